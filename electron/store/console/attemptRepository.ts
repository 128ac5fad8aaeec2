import type { AttemptStore } from '../../services/verify/attemptLimit.ts';
import type { TypedQueries } from '../typedQueries.ts';
import type { ConsoleSchema } from './schema.ts';

export function createAttemptRepository({ from, get, run, transaction }: TypedQueries<ConsoleSchema>): AttemptStore {
  function read(userId: number) {
    const row = get(from.selectFrom('failed_attempts').select(['failures', 'last_at']).where('user_id', '=', userId));
    return row ? { failures: row.failures, lastAt: row.last_at } : null;
  }

  return {
    read,
    change: (userId, next) =>
      transaction(() => {
        const before = read(userId);
        const after = next(before);
        if (after === before) return;
        if (after === null) return void run(from.deleteFrom('failed_attempts').where('user_id', '=', userId));
        const values = { failures: after.failures, last_at: after.lastAt };
        run(
          from
            .insertInto('failed_attempts')
            .values({ user_id: userId, ...values })
            .onConflict((conflict) => conflict.column('user_id').doUpdateSet(values)),
        );
      }),
  };
}
