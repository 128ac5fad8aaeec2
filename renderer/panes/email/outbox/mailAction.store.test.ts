import { expect, it } from 'vitest';
import { AppError } from '../../../../shared/contract/errors.ts';
import { affectedBy, createMailActionStore, type SelectedMails } from './mailAction.store.ts';

function opened(selected: SelectedMails, refusal?: AppError) {
  const calls: unknown[] = [];
  const outbox = {
    idsAt: async () => ({ ids: [7, 8, 9] }),
    affected: async ({ target }: { target: object }) => ('all' in target ? { count: 40, unknown: 0 } : { count: 2, unknown: 1 }),
    async retry(input: unknown) {
      calls.push(input);
      if (refusal) throw refusal;
      return { count: 2 };
    },
  };
  const store = createMailActionStore({ outbox: outbox as never }, 'retry', selected);
  return { calls, state: () => store.getState() };
}

const selected = { list: { search: '' }, ranges: [{ from: 0, to: 2 }] };

it('asks about the selected mails, with how many of them would change and may arrive twice', async () => {
  const { state, calls } = opened(selected);
  await state().read();
  const asked = state().state;
  expect(asked).toMatchObject({ phase: 'asking', choice: 'selected', ids: [7, 8, 9] });
  expect(asked.phase === 'asking' && affectedBy(asked)).toEqual({ count: 2, unknown: 1 });
  expect(calls).toEqual([]);

  await state().run();
  expect(calls).toEqual([{ target: { ids: [7, 8, 9] } }]);
  expect(state().state).toEqual({ phase: 'done', count: 2 });
});

it('is about all mails where that is chosen, or nothing is selected', async () => {
  const all = opened(selected);
  await all.state().read();
  all.state().choose('all');
  await all.state().run();
  expect(all.calls).toEqual([{ target: { all: true } }]);

  const none = opened(null);
  await none.state().read();
  expect(none.state().state).toMatchObject({ choice: 'all', selected: null });
});

it('takes the rows that were on screen when they were selected', async () => {
  const { state, calls } = opened({ ...selected, ids: [1] });
  await state().read();
  await state().run();
  expect(calls).toEqual([{ target: { ids: [1] } }]);
});

it('says why nothing was changed', async () => {
  const { state } = opened(selected, new AppError('mail-not-ready', 'From is not set.'));
  await state().read();
  await state().run();
  expect(state().state).toMatchObject({ phase: 'failed', error: { code: 'mail-not-ready' } });
});
