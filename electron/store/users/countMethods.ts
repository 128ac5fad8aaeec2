import type { DatabaseSync } from 'node:sqlite';
import type { MethodCount } from '../../../shared/contract/status.contract.ts';
import { methods } from '../../../shared/contract/users.contract.ts';

/** Users that are looked at between two pauses: some 10 ms. */
const step = 20_000;

/** How many users there are of each method. Looks at all of them, in the present read transaction. */
export async function countMethods(database: DatabaseSync, pause: () => Promise<void>): Promise<MethodCount[]> {
  const counts = new Map(methods.map((method) => [method as string, { complete: 0, incomplete: 0, disabled: 0 }]));
  const { last } = database.prepare('SELECT coalesce(max(id), 0) AS last FROM users').get() as { last: number };
  const statement = database.prepare(
    'SELECT method, enabled, complete, count(*) AS n FROM users WHERE id > ? AND id <= ? GROUP BY method, enabled, complete',
  );
  for (let from = 0; from < last; from += step) {
    for (const { method, enabled, complete, n } of statement.all(from, from + step) as unknown as CountRow[]) {
      const count = counts.get(method);
      if (count) count[enabled === 0 ? 'disabled' : complete === 1 ? 'complete' : 'incomplete'] += n;
    }
    await pause();
  }
  return methods.map((method) => ({ method, ...counts.get(method)! }));
}

interface CountRow {
  readonly method: string;
  readonly enabled: number;
  readonly complete: number;
  readonly n: number;
}
