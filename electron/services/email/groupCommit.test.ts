import { describe, expect, it } from 'vitest';
import { createGroupCommit } from './groupCommit.ts';
import type { MailStep } from './outboxPorts.ts';

const sent = { state: 'sent', dueAt: 0, reply: '250' } as const;

function createStore() {
  const groups: string[][] = [];
  let isFull = false;
  const commits = createGroupCommit(
    {
      async commit(steps: readonly MailStep[]) {
        if (isFull) throw new Error('The disk is full.');
        groups.push(steps.map(({ kind, id }) => `${kind} ${id}`));
        return steps.map(({ id }) => id < 100);
      },
    },
    'this process',
    () => 0,
  );
  return { commits, groups, fill: (value: boolean) => (isFull = value) };
}

describe('commits of several connections', () => {
  it('are one where mails begin and end at about the same time, and each hears of its own', async () => {
    const { commits, groups } = createStore();
    expect(await Promise.all([commits.begin(1), commits.begin(2), commits.begin(100)])).toEqual([true, true, false]);
    const first = commits.turn({ id: 1, outcome: sent }, 3);
    await new Promise(setImmediate);
    expect(await Promise.all([first, commits.turn({ id: 2, outcome: sent }, 101)])).toEqual([true, false]);

    expect(groups).toEqual([
      ['begin 1', 'begin 2', 'begin 100'],
      ['finish 1', 'begin 3', 'finish 2', 'begin 101'],
    ]);
  });

  it('do not wait for a mail that takes long', async () => {
    const { commits, groups } = createStore();
    await Promise.all([commits.begin(1), commits.begin(2)]);
    await commits.finish(1, sent);

    expect(groups.at(-1)).toEqual(['finish 1']);
  });

  it('fail together, record nothing, and can be tried again', async () => {
    const { commits, groups, fill } = createStore();
    fill(true);
    const results = await Promise.allSettled([commits.begin(1), commits.begin(2)]);
    fill(false);

    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await commits.begin(1)).toBe(true);
    expect(groups).toEqual([['begin 1']]);
  });
});
