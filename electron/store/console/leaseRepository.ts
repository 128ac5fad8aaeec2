import type { LeasePorts } from '../../runtime/lease.ts';
import type { TypedQueries } from '../typedQueries.ts';
import type { ConsoleSchema } from './schema.ts';

/** Each process looks with each heartbeat of its own: as many as may be missed, and one more. */
const looksAtTheDead = 4;

/** One row a lease: whoever holds it until when. */
export function createLeaseRepository({ from, get, run, transaction }: TypedQueries<ConsoleSchema>): Pick<LeasePorts, 'take' | 'release'> {
  /** A lease of somebody else that lasts longer than any can, and how often it was seen. */
  let strange = { key: '', looks: 0 };

  return {
    take(name, holder, { now, expiresAt }) {
      return transaction(() => {
        const current = get(from.selectFrom('leases').selectAll().where('name', '=', name));
        if (current && current.holder !== holder && current.expires_at > now) {
          if (current.expires_at <= expiresAt) return false;
          // The clock was set back. Whoever lives writes an earlier end with the next heartbeat.
          const key = `${name} ${current.holder} ${current.expires_at}`;
          strange = { key, looks: strange.key === key ? strange.looks + 1 : 1 };
          if (strange.looks < looksAtTheDead) return false;
        }
        run(
          from
            .insertInto('leases')
            .values({ name, holder, expires_at: expiresAt })
            .onConflict((conflict) => conflict.column('name').doUpdateSet({ holder, expires_at: expiresAt })),
        );
        return true;
      });
    },
    release(name, holder) {
      run(from.deleteFrom('leases').where('name', '=', name).where('holder', '=', holder));
    },
  };
}
