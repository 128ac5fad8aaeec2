import type { Outcome, OutboxStore } from './outboxPorts.ts';

/** Beginnings and ends of mails, committed together: a commit waits for the disk, and several connections need not wait one after the other. */
export interface GroupCommit {
  /** Resolves after the commit; true when `sender` may hand the mail over now. Rejects with what the store throws. */
  begin(id: number): Promise<boolean>;
  /** Resolves after the commit. Rejects with what the store throws; then nothing is recorded. */
  finish(id: number, outcome: Outcome): Promise<void>;
  /** Both in one commit: the end of a mail, and the beginning of the one after it on the same connection. */
  turn(ended: { readonly id: number; readonly outcome: Outcome }, nextId: number): Promise<boolean>;
}

export function createGroupCommit(store: OutboxStore, sender: string, now: () => number): GroupCommit {
  interface Entry {
    readonly work: () => boolean;
    resolve(result: boolean): void;
    reject(error: unknown): void;
  }
  let entries: Entry[] = [];

  function flush(): void {
    const group = entries;
    entries = [];
    let results: boolean[];
    try {
      results = store.together(() => group.map(({ work }) => work()));
    } catch (error) {
      for (const { reject } of group) reject(error);
      return;
    }
    for (const [index, { resolve }] of group.entries()) resolve(results[index]!);
  }

  /** What comes in the same turn is committed at its end. */
  function add(work: () => boolean): Promise<boolean> {
    return new Promise((resolve, reject) => {
      if (entries.push({ work, resolve, reject }) === 1) setImmediate(flush);
    });
  }

  return {
    begin: (id) => add(() => store.begin(id, sender, now())),
    async finish(id, outcome) {
      await add(() => {
        store.finish(id, sender, outcome, now());
        return true;
      });
    },
    turn: ({ id, outcome }, nextId) =>
      add(() => {
        store.finish(id, sender, outcome, now());
        return store.begin(nextId, sender, now());
      }),
  };
}
