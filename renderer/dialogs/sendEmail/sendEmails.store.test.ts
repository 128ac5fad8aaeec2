import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createSendEmailsStore } from './sendEmails.store.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Asked to send one mail again: nobody is chosen yet. */
function opened(mails = 1) {
  const planned: object[] = [];
  const sent: object[] = [];
  const store = createSendEmailsStore(
    {
      outbox: {
        plan: async (input: object) => (planned.push(input), { mails, byTemplate: [], none: [], sample: [] }),
        send: async (input: object) => (sent.push(input), { jobId: 'j' }),
      },
      jobs: { get: () => new Promise(() => {}), onChanged: () => () => {} },
    } as never,
    { template: 'call-pin-new-user' },
  );
  return { state: () => store.getState(), planned, sent };
}

const anna = { id: 7, label: 'anna' };

it('sends the mail to nobody until somebody is chosen', async () => {
  const { state, planned, sent } = opened();
  await state().read();
  expect(state()).toMatchObject({ state: { phase: 'asking' }, whom: 'picked', plan: null });
  state().send();
  expect(sent).toEqual([]);

  state().pick(anna);
  state().pick(anna);
  await vi.runAllTimersAsync();
  expect(planned).toEqual([{ target: { ids: [7] }, template: 'call-pin-new-user' }]);
  expect(state().plan?.phase).toBe('planned');

  state().unpick(7);
  expect(state().plan).toBeNull();
});

it('plans once for what was typed, and never sends a plan of what was typed before', async () => {
  const { state, planned } = opened();
  await state().read();
  state().choose('search');
  state().typeSearch('s');
  state().typeSearch('sales');
  await vi.runAllTimersAsync();
  expect(planned).toEqual([{ target: { where: { search: 'sales' } }, template: 'call-pin-new-user' }]);

  state().typeSearch('salesman');
  expect(state().plan).toBeNull();
  state().typeSearch(' ');
  await vi.runAllTimersAsync();
  expect(state().plan).toBeNull();
});

it('mails all users only when that is chosen', async () => {
  const { state, sent } = opened();
  await state().read();
  state().choose('all');
  await vi.runAllTimersAsync();
  state().send();
  await vi.runAllTimersAsync();

  expect(sent).toEqual([{ target: { where: { search: '' } }, template: 'call-pin-new-user', atMost: 1 }]);
});

it('sends many mails only after their number was typed, for this plan', async () => {
  const { state, sent } = opened(1234);
  await state().read();
  state().choose('all');
  await vi.runAllTimersAsync();
  state().send();
  state().confirm('123');
  state().send();
  state().confirm('1234');
  state().choose('search');
  state().typeSearch('s');
  await vi.runAllTimersAsync();
  state().send();
  expect(sent).toEqual([]);

  state().confirm('1,234');
  state().send();
  await vi.runAllTimersAsync();
  expect(sent).toEqual([{ target: { where: { search: 's' } }, template: 'call-pin-new-user', atMost: 1234 }]);
});
