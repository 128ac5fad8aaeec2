import type { MailCommits, MailStep, Outcome } from './outboxPorts.ts';

/** Beginnings and ends of mails, committed together: a commit waits for the disk, and several connections need not wait one after the other. */
export interface GroupCommit {
  /** Resolves after the commit; true when `sender` may hand the mail over now. Rejects with what the store throws. */
  begin(id: number): Promise<boolean>;
  /**
   * For a mail whose beginning was answered by an error, and which was therefore not handed over: should it have been committed all the same,
   * the mail waits again. Resolves after the commit; rejects with what the store throws.
   */
  giveBack(id: number): Promise<void>;
  /** Resolves after the commit. Rejects with what the store throws; then nothing is recorded. */
  finish(id: number, outcome: Outcome): Promise<void>;
  /** Both in one commit: the end of a mail, and the beginning of the one after it on the same connection. */
  turn(ended: { readonly id: number; readonly outcome: Outcome }, nextId: number): Promise<boolean>;
}

/** So long a commit waits for other mails that are being handed over: two small commits take twice as long as a larger one. */
const patienceMs = 2;

/** What comes in the same turn, shortly after it or while a commit goes on, is the next commit. */
export function createGroupCommit(commits: MailCommits, sender: string, now: () => number): GroupCommit {
  interface Entry {
    readonly steps: readonly MailStep[];
    /** Is told whether the last of the steps is so. */
    resolve(result: boolean): void;
    reject(error: unknown): void;
  }
  let entries: Entry[] = [];
  let isCommitting = false;
  /** Mails that have begun and not ended. */
  let underway = 0;
  let allAreThere: (() => void) | undefined;

  /** Resolves when everything that is under way has come, or a little later. */
  async function gathered(): Promise<void> {
    if (entries.length >= underway) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, patienceMs);
      allAreThere = () => (clearTimeout(timer), resolve());
    });
    allAreThere = undefined;
  }

  async function flush(): Promise<void> {
    while (entries.length > 0) {
      await gathered();
      const group = entries;
      entries = [];
      try {
        const results = await commits.commit(group.flatMap(({ steps }) => steps));
        let at = 0;
        for (const { steps, resolve } of group) {
          for (const { kind } of steps) {
            const isSo = results[at++]!;
            if (kind === 'begin') underway += Number(isSo);
            else if (kind === 'finish') underway -= 1;
          }
          resolve(results[at - 1]!);
        }
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    isCommitting = false;
  }

  function add(...steps: readonly MailStep[]): Promise<boolean> {
    return new Promise((resolve, reject) => {
      entries.push({ steps, resolve, reject });
      if (entries.length >= underway) allAreThere?.();
      if (isCommitting) return;
      isCommitting = true;
      setImmediate(() => void flush());
    });
  }
  const beginning = (id: number): MailStep => ({ kind: 'begin', id, sender, at: now() });
  const end = (id: number, outcome: Outcome): MailStep => ({ kind: 'finish', id, sender, outcome, at: now() });

  return {
    begin: (id) => add(beginning(id)),
    async giveBack(id) {
      await add({ kind: 'giveBack', id, sender, at: now() });
    },
    async finish(id, outcome) {
      await add(end(id, outcome));
    },
    turn: ({ id, outcome }, nextId) => add(end(id, outcome), beginning(nextId)),
  };
}
