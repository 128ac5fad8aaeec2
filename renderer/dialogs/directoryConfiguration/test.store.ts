import { createStore } from 'zustand/vanilla';
import type { DirectorySettings, TestStep } from '../../../shared/contract/directory.contract.ts';
import { isAppError, type AppError } from '../../../shared/contract/errors.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { asAppError } from '../../ui/asAppError.ts';

export type TestKind = 'connection' | 'login';

export type TestState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'running'; readonly kind: TestKind; readonly steps: readonly TestStep[] }
  | { readonly phase: 'finished'; readonly kind: TestKind; readonly passed: boolean; readonly steps: readonly TestStep[] }
  /** The test itself could not be run; what a step found wrong is in its step. */
  | { readonly phase: 'failed'; readonly kind: TestKind; readonly error: AppError };

export interface TestDraft {
  readonly settings: DirectorySettings;
  readonly password?: string;
}

export interface TestStore {
  readonly state: TestState;
  /** Runs a test with settings that need not be saved. A test that runs already is stopped. */
  run(kind: TestKind, draft: TestDraft): Promise<void>;
  stop(): void;
}

/** A test of the directory connection, step by step as it happens. */
export function createTestStore(client: Pick<ConsoleClient, 'directory'>, newRunId: () => string = () => crypto.randomUUID()) {
  let running: AbortController | null = null;

  return createStore<TestStore>()((set) => ({
    state: { phase: 'idle' },

    async run(kind, draft) {
      running?.abort();
      const own = (running = new AbortController());
      const show = (state: TestState) => own === running && set({ state });
      const runId = newRunId();
      let steps: readonly TestStep[] = [];
      const unsubscribe = client.directory.onTested((event) => {
        if (event.runId !== runId) return;
        steps = withStep(steps, event.step);
        show({ phase: 'running', kind, steps });
      });
      show({ phase: 'running', kind, steps });
      try {
        const test = kind === 'connection' ? client.directory.testConnection : client.directory.testLogin;
        const { passed, steps: all } = await test({ ...draft, runId }, { signal: own.signal });
        show({ phase: 'finished', kind, passed, steps: all });
      } catch (error) {
        if (isAppError(error, 'cancelled')) show({ phase: 'idle' });
        else show({ phase: 'failed', kind, error: asAppError(error) });
      } finally {
        unsubscribe();
      }
    },

    stop() {
      running?.abort();
    },
  }));
}

/** A step that has moved on takes the place of its earlier state. */
function withStep(steps: readonly TestStep[], step: TestStep): readonly TestStep[] {
  const at = steps.findIndex(
    (other) => other.step === step.step && other.server.host === step.server.host && other.server.port === step.server.port,
  );
  return at < 0 ? [...steps, step] : steps.with(at, step);
}
