import type { PastCheck } from '../../../shared/contract/network.contract.ts';
import type { CheckHistory } from '../../runtime/checkHistory.ts';
import type { TypedQueries } from '../typedQueries.ts';
import type { ConsoleSchema } from './schema.ts';

/** So many results of a subject are kept. */
export const keptChecks = 200;

/** What the checks of the network found, or those of the requirements. */
export function createCheckRepository(
  { from, all, get, run, transaction }: TypedQueries<ConsoleSchema>,
  area: ConsoleSchema['checks']['area'],
): CheckHistory {
  const columns = ['subject', 'at', 'state', 'reason', 'connect_ms'] as const;
  const ofSubject = (subject: string) => from.selectFrom('checks').where('area', '=', area).where('subject', '=', subject);
  const deleteOf = (subject: string) => from.deleteFrom('checks').where('area', '=', area).where('subject', '=', subject);
  return {
    add: (findings, at) =>
      transaction(() => {
        for (const { id, state, reason, connectMs } of findings) {
          const values = { state, reason, connect_ms: connectMs };
          run(
            from
              .insertInto('checks')
              .values({ area, subject: id, at, ...values })
              .onConflict((conflict) => conflict.columns(['area', 'subject', 'at']).doUpdateSet(values)),
          );
          const newestFirst = ofSubject(id).select('at').orderBy('at', 'desc');
          const oldest = get(newestFirst.limit(1).offset(keptChecks - 1))?.at;
          if (oldest !== undefined) run(deleteOf(id).where('at', '<', oldest));
        }
      }),
    of: (id, limit) => all(ofSubject(id).select(columns).orderBy('at', 'desc').limit(limit)).map(toCheck),
    latest: () =>
      all(
        from
          .selectFrom('checks as newest')
          .select(columns)
          .where('area', '=', area)
          .where('at', '=', ({ selectFrom }) =>
            selectFrom('checks as each')
              .select(({ fn }) => fn.max('each.at').as('at'))
              .whereRef('each.area', '=', 'newest.area')
              .whereRef('each.subject', '=', 'newest.subject'),
          ),
      ).map((row) => ({ id: row.subject, ...toCheck(row) })),
    forget: (id) => void run(deleteOf(id)),
  };
}

function toCheck(row: Omit<ConsoleSchema['checks'], 'area'>): PastCheck {
  return { at: row.at, state: row.state as PastCheck['state'], reason: row.reason, connectMs: row.connect_ms };
}
