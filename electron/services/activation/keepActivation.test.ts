import { expect, it, vi } from 'vitest';
import type { ActivationState } from '../../../shared/contract/activation.contract.ts';
import { isRenewalDue, startKeeping } from './keepActivation.ts';

const dayMs = 86_400_000;

function setUp(expiresAt: number, failure: ActivationState['contact']['failure'] = null) {
  const state = {
    phase: 'joined',
    activation: {
      authorityUrl: '',
      company: '',
      serverId: '',
      activatedAt: 0,
      certificateExpiresAt: expiresAt,
      groups: [],
      isOffline: false,
    },
    readOnly: null,
    group: null,
    members: [],
    contact: { at: 0, failure },
  } satisfies ActivationState;
  const timers = new Set<() => void>();
  const ports = {
    contact: vi.fn<() => Promise<ActivationState>>(async () => state),
    renew: vi.fn<() => Promise<ActivationState>>(async () => Promise.reject(new Error('away'))),
    every(_ms: number, callback: () => void) {
      timers.add(callback);
      return () => void timers.delete(callback);
    },
    clock: 0,
    now: () => ports.clock,
  };
  const stop = startKeeping(ports);
  return {
    ...ports,
    ports,
    stop,
    timers,
    async tick() {
      for (const timer of [...timers]) timer();
      await new Promise((resolve) => setTimeout(resolve));
    },
  };
}

it('tells the authority again and again that the server is alive, until it is stopped', async () => {
  const { contact, renew, tick, stop, timers } = setUp(31 * dayMs);

  await tick();
  await tick();

  expect(contact).toHaveBeenCalledTimes(2);
  expect(renew).not.toHaveBeenCalled();
  stop();
  expect(timers.size).toBe(0);
});

it('renews a month before the certificate expires; where that fails it tries again after hours, not at once', async () => {
  const { renew, tick, ports } = setUp(29 * dayMs);

  await tick();
  await tick();
  expect(renew).toHaveBeenCalledTimes(1);
  ports.clock += dayMs / 4;
  await tick();

  expect(renew).toHaveBeenCalledTimes(2);
});

it('asks for no certificate while the authority does not answer', async () => {
  const { renew, tick } = setUp(dayMs, { at: 0, since: 0, code: 'refused', message: '' });

  await tick();

  expect(renew).not.toHaveBeenCalled();
});

it('asks for no certificate by itself where files alone bring it', () => {
  const activation = { certificateExpiresAt: dayMs, isOffline: true } as NonNullable<ActivationState['activation']>;

  expect(isRenewalDue({ activation }, 0)).toBe(false);
  expect(isRenewalDue({ activation: { ...activation, isOffline: false } }, 0)).toBe(true);
});

it('waits with the first contact until the window is there, and then asks every five minutes', () => {
  const asked: number[] = [];
  const every = (ms: number, callback: () => void) => {
    asked.push(ms);
    if (asked.length === 1) queueMicrotask(callback);
    return () => undefined;
  };
  startKeeping({ contact: async () => Promise.reject(new Error('away')), renew: never, every, now: () => 0 });

  return vi.waitFor(() => expect(asked).toEqual([10_000, 300_000]));
});

const never = (): never => {
  throw new Error('must not be called');
};
