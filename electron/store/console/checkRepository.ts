import type { PastCheck } from '../../../shared/contract/network.contract.ts';
import type { CheckHistory } from '../../services/network/networkPorts.ts';
import type { TypedQueries } from '../typedQueries.ts';
import type { ConsoleSchema } from './schema.ts';

/** So many results of a target are kept. */
export const keptChecks = 200;

export function createCheckRepository({ from, all, get, run, transaction }: TypedQueries<ConsoleSchema>): CheckHistory {
  const columns = ['target', 'at', 'state', 'reason', 'connect_ms'] as const;
  return {
    add: (checks, at) =>
      transaction(() => {
        for (const { id, state, reason, connectMs } of checks) {
          const values = { state, reason, connect_ms: connectMs };
          run(
            from
              .insertInto('network_checks')
              .values({ target: id, at, ...values })
              .onConflict((conflict) => conflict.columns(['target', 'at']).doUpdateSet(values)),
          );
          const ofTarget = from.selectFrom('network_checks').select('at').where('target', '=', id).orderBy('at', 'desc');
          const oldest = get(ofTarget.limit(1).offset(keptChecks - 1))?.at;
          if (oldest !== undefined) run(from.deleteFrom('network_checks').where('target', '=', id).where('at', '<', oldest));
        }
      }),
    of: (id, limit) =>
      all(from.selectFrom('network_checks').select(columns).where('target', '=', id).orderBy('at', 'desc').limit(limit)).map(toCheck),
    latest: () =>
      all(
        from
          .selectFrom('network_checks as newest')
          .select(columns)
          .where('at', '=', ({ selectFrom }) =>
            selectFrom('network_checks as each')
              .select(({ fn }) => fn.max('each.at').as('at'))
              .whereRef('each.target', '=', 'newest.target'),
          ),
      ).map((row) => ({ id: row.target, ...toCheck(row) })),
    forget: (id) => void run(from.deleteFrom('network_checks').where('target', '=', id)),
  };
}

function toCheck(row: ConsoleSchema['network_checks']): PastCheck {
  return { at: row.at, state: row.state as PastCheck['state'], reason: row.reason, connectMs: row.connect_ms };
}
