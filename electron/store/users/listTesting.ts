import { answerSlowly } from './answerSlowly.ts';
import { createOrderBuilder } from './buildOrder.ts';
import { createFinder, finderLimits } from './finder.ts';
import type { FinderLimits } from './finder.ts';
import { createKeptFiles } from './keptFiles.ts';
import { searchTextLimits } from './searchText.ts';
import { openForReading } from './userConnection.ts';
import { createUserList } from './userList.ts';
import type { UserList } from './userList.ts';
import type { SlowAnswer, SlowQuery } from './userMessages.ts';
import { createQueue } from './workQueue.ts';

/** Small limits take the ways that large lists need. */
export const listLimits = {
  ordinary: finderLimits,
  small: { leastKept: 1, few: { hits: 20, rows: 50 }, text: { ...searchTextLimits, partUsers: 96, mostChanged: 6 } },
  // As with a list that does not fit into memory.
  withoutText: { leastKept: 1, few: { hits: 20, rows: 50 }, text: { ...searchTextLimits, mostUsers: 100 } },
} satisfies Record<string, FinderLimits>;

/** The list of a store, all in one thread. */
export function createListOn(
  file: string,
  limits: FinderLimits,
  asked: (query: SlowQuery) => void = () => {},
  now = () => performance.now(),
  answered: (answer: SlowAnswer) => void = () => {},
): UserList {
  const database = openForReading(file);
  const files = createKeptFiles({ storeFile: file, database });
  const finder = createFinder(database, limits, { files, now });
  const orders = createOrderBuilder(database);
  const queue = createQueue();
  const { signal } = new AbortController();
  const quick = openForReading(file);
  return createUserList({
    database: quick,
    files: createKeptFiles({ storeFile: file, database: quick }),
    async slow(query) {
      asked(query);
      const answer = await queue.run(() => answerSlowly({ database, finder, orders, files }, query, () => Promise.resolve()), {
        isUrgent: true,
        signal,
      });
      answered(answer);
      return answer;
    },
    now,
    leastKept: 1,
    later: (work) => void setTimeout(work),
  });
}
