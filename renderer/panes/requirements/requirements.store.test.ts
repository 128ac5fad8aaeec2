import { expect, it } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Requirement } from '../../../shared/contract/requirements.contract.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { createRequirementsStore } from './requirements.store.ts';

type Client = ConsoleClient['requirements'];
const passed = (kind: Requirement['kind']): Requirement => ({ kind, state: 'pass', reason: 'All is well.', fix: '' });

function setUp(check: Client['check']) {
  let tell: Parameters<Client['onChecked']>[0] = () => {};
  const onChecked: Client['onChecked'] = (listener) => ((tell = listener), () => {});
  const store = createRequirementsStore(
    { requirements: { check, onChecked, settings: async () => ({ timeServer: '', everyHours: 24 }), setSchedule: async () => null } },
    { newRunId: () => 'run', now: () => 1_000 },
  );
  return { store, tell: (event: Parameters<typeof tell>[0]) => tell(event) };
}

it('shows each answer in its place as it comes', async () => {
  let finish: (found: Requirement[]) => void = () => {};
  const { store, tell } = setUp(() => new Promise((resolve) => (finish = resolve)));
  const checked = store.getState().check();
  tell({ runId: 'run', requirement: passed('clock') });
  tell({ runId: 'run', requirement: passed('disk') });
  tell({ runId: 'another', requirement: passed('relay') });
  expect(store.getState().found?.map(({ kind }) => kind)).toEqual(['disk', 'clock']);
  expect(store.getState().isChecking).toBe(true);

  finish([passed('disk'), passed('memory'), { ...passed('clock'), state: 'fail' }]);
  await checked;
  expect(store.getState().found?.map(({ kind, state }) => [kind, state])).toEqual([
    ['disk', 'pass'],
    ['memory', 'pass'],
    ['clock', 'fail'],
  ]);
  expect(store.getState()).toMatchObject({ isChecking: false, checkedAt: 1_000 });
});

it('keeps what is known when the check cannot be run, and says so', async () => {
  const { store } = setUp(() => Promise.reject(new AppError('internal', 'No answer.')));
  await store.getState().check();
  expect(store.getState()).toMatchObject({ isChecking: false, checkedAt: null, error: { code: 'internal' } });
});
