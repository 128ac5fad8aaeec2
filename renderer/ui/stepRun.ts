import type { StoreApi } from 'zustand/vanilla';
import { isAppError, type AppError } from '../../shared/contract/errors.ts';
import { asAppError } from './asAppError.ts';

export type StepRunState<Kind, Step> =
  | { readonly phase: 'idle' }
  | { readonly phase: 'running'; readonly kind: Kind; readonly steps: readonly Step[] }
  | { readonly phase: 'finished'; readonly kind: Kind; readonly passed: boolean; readonly steps: readonly Step[] }
  /** The test itself could not be run; what a step found wrong is in its step. */
  | { readonly phase: 'failed'; readonly kind: Kind; readonly error: AppError };

interface StepRunPorts<Step> {
  onStep(listener: (event: { readonly runId: string; readonly step: Step }) => void): () => void;
  /** Whether the one is a later state of the other. */
  isSame(a: Step, b: Step): boolean;
  newRunId(): string;
}

type Ask<Step> = (
  runId: string,
  options: { readonly signal: AbortSignal },
) => Promise<{ readonly passed: boolean; readonly steps: readonly Step[] }>;

/** Runs a test of the server and shows its steps as they happen, for a store that has the state. */
export function createStepRun<Kind, Step>(
  { setState }: Pick<StoreApi<{ readonly state: StepRunState<Kind, Step> }>, 'setState'>,
  { onStep, isSame, newRunId }: StepRunPorts<Step>,
) {
  let running: AbortController | null = null;

  return {
    /** A test that runs already is stopped. */
    async run(kind: Kind, ask: Ask<Step>): Promise<void> {
      running?.abort();
      const own = (running = new AbortController());
      const show = (state: StepRunState<Kind, Step>) => own === running && setState({ state });
      const runId = newRunId();
      let steps: readonly Step[] = [];
      const unsubscribe = onStep((event) => {
        if (event.runId !== runId) return;
        const at = steps.findIndex((other) => isSame(other, event.step));
        // A step that has moved on takes the place of its earlier state.
        steps = at < 0 ? [...steps, event.step] : steps.with(at, event.step);
        show({ phase: 'running', kind, steps });
      });
      show({ phase: 'running', kind, steps });
      try {
        const { passed, steps: all } = await ask(runId, { signal: own.signal });
        show({ phase: 'finished', kind, passed, steps: all });
      } catch (error) {
        if (isAppError(error, 'cancelled')) show({ phase: 'idle' });
        else show({ phase: 'failed', kind, error: asAppError(error) });
      } finally {
        unsubscribe();
      }
    },
    stop: () => running?.abort(),
  };
}
