import { expect, it, vi } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import type { NetworkTarget, TargetCheck } from '../../../shared/contract/network.contract.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { selectOnly } from '../../ui/table/selection.ts';
import { countStates, createFirewallStore } from './firewall.store.ts';

const target = (id: string, isEnabled = true): NetworkTarget => ({
  ...{ id, host: id.split(':')[0]!, port: 443, protocol: 'tcp', purpose: 'own', name: '', tls: true, optional: false, isEnabled, note: '' },
});
const passed = (id: string): TargetCheck => ({
  ...{ id, host: id.split(':')[0]!, port: 443, protocol: 'tcp', purpose: 'own', optional: false, state: 'pass', reason: 'Reached.' },
  ...{ addresses: [], connectMs: 1, tls: null, proxy: null, http: null, clockMs: null },
});

type Network = ConsoleClient['network'];

function setUp(targets: NetworkTarget[]) {
  let tell: Parameters<Network['onChecked']>[0] = () => {};
  let changed = () => {};
  const check = vi.fn<Network['check']>();
  let resolve: (checks: TargetCheck[]) => void = () => {};
  let reject: (error: Error) => void = () => {};
  check.mockImplementation(() => new Promise((...settle) => ([resolve, reject] = settle)));
  const answered = { resolve: (checks: TargetCheck[]) => resolve(checks), reject: (error: Error) => reject(error) };
  const store = createFirewallStore(
    {
      network: {
        targets: async () => targets,
        check,
        history: async () => [],
        windowsFirewall: async () => ({ isHere: false }),
        schedule: async () => ({ everyHours: 24 }),
        setSchedule: async () => null,
        setEnabled: async () => null,
        removeTarget: async () => null,
        onChecked: (listener) => ((tell = listener), () => {}),
        onChanged: (listener) => ((changed = () => listener({})), () => {}),
      },
    },
    { newRunId: () => 'run', now: () => 1_000 },
  );
  const states = () => store.getState().rows?.map(({ id, state }) => [id, state]);
  return { store, check, answered, states, tell: (event: Parameters<typeof tell>[0]) => tell(event), change: () => changed() };
}

it('checks what is on when it is opened, and fills each row as its answer comes', async () => {
  const { store, check, answered, states, tell } = setUp([target('a:443'), target('b:443'), target('c:443', false)]);
  store.getState().follow();
  await vi.waitFor(() => expect(check).toHaveBeenCalled());
  expect(check.mock.calls[0]![0]).toEqual({ ids: ['a:443', 'b:443'], runId: 'run' });
  expect(states()).toEqual([
    ['a:443', 'checking'],
    ['b:443', 'checking'],
    ['c:443', 'off'],
  ]);

  tell({ runId: 'another', check: passed('b:443') });
  tell({ runId: 'run', check: passed('a:443') });
  expect(states()?.slice(0, 2)).toEqual([
    ['a:443', 'pass'],
    ['b:443', 'checking'],
  ]);

  answered.resolve([passed('a:443'), { ...passed('b:443'), state: 'fail' }]);
  await vi.waitFor(() => expect(store.getState().checkedAt).toBe(1_000));
  expect(countStates(store.getState().rows!)).toMatchObject({ pass: 1, fail: 1, off: 1, checking: 0 });
});

it('keeps the selected target selected wherever its row goes, and says when the check cannot be run', async () => {
  const targets = [target('a:443'), target('b:443')];
  const { store, check, answered, change } = setUp(targets);
  store.getState().follow();
  await vi.waitFor(() => expect(check).toHaveBeenCalled());
  answered.reject(new AppError('internal', 'No answer.'));
  await vi.waitFor(() => expect(store.getState().error).toMatchObject({ code: 'internal' }));
  expect(store.getState().isChecking).toBe(false);

  store.getState().select(selectOnly(1));
  targets.shift();
  change();
  await vi.waitFor(() => expect(store.getState().rows).toHaveLength(1));
  expect(store.getState().selection.active).toBe(0);
});
