import { createStore } from 'zustand/vanilla';
import type { DirectorySettings, TestStep } from '../../../shared/contract/directory.contract.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { createStepRun, type StepRunState } from '../../ui/stepRun.ts';

export type TestKind = 'connection' | 'login';
export type TestState = StepRunState<TestKind, TestStep>;

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
  const { directory } = client;
  return createStore<TestStore>()((_set, _get, store) => {
    const { run, stop } = createStepRun<TestKind, TestStep>(store, {
      onStep: (listener) => directory.onTested(listener),
      isSame: (a, b) => a.step === b.step && a.server.host === b.server.host && a.server.port === b.server.port,
      newRunId,
    });
    return {
      state: { phase: 'idle' },
      run: (kind, draft) =>
        run(kind, (runId, options) =>
          (kind === 'connection' ? directory.testConnection : directory.testLogin)({ ...draft, runId }, options),
        ),
      stop,
    };
  });
}
