import { createStore } from 'zustand/vanilla';
import type { RelayTestStep, RelayWay } from '../../../../shared/contract/email.contract.ts';
import type { ConsoleClient } from '../../../app/client.tsx';
import { createStepRun, type StepRunState } from '../../../ui/stepRun.ts';
import type { EmailDraft } from './emailSettings.store.ts';

export interface RelayTestStore {
  readonly state: StepRunState<'check' | 'mail', RelayTestStep>;
  /** In which other ways the relay answers, after a test that found no connection. */
  readonly ways: readonly RelayWay[];
  /** Goes to the relay with settings that need not be saved; with an address a mail is handed over at the end. */
  run(draft: EmailDraft, to: string): Promise<void>;
  stop(): void;
}

/** A test of the relay, step by step as it happens. */
export function createRelayTestStore(
  { email }: { readonly email: Pick<ConsoleClient['email'], 'test' | 'onTested'> },
  newRunId: () => string = () => crypto.randomUUID(),
) {
  return createStore<RelayTestStore>()((set, _get, store) => {
    const { run, stop } = createStepRun<'check' | 'mail', RelayTestStep>(store, {
      onStep: (listener) => email.onTested(listener),
      isSame: (a, b) => a.step === b.step,
      newRunId,
    });
    return {
      state: { phase: 'idle' },
      ways: [],
      run(draft, to) {
        set({ ways: [] });
        return run(to === '' ? 'check' : 'mail', async (runId, options) => {
          const answer = await email.test({ ...draft, ...(to !== '' && { to }), runId, findWays: true }, options);
          if (!options.signal.aborted) set({ ways: answer.ways });
          return answer;
        });
      },
      stop,
    };
  });
}
