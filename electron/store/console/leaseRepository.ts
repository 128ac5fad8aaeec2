import type { LeasePorts } from '../../runtime/lease.ts';
import type { TypedQueries } from '../typedQueries.ts';
import type { ConsoleSchema } from './schema.ts';

/** One row a lease: whoever holds it until when. */
export function createLeaseRepository({ from, get, run, transaction }: TypedQueries<ConsoleSchema>): Pick<LeasePorts, 'take' | 'release'> {
  return {
    take(name, holder, { now, expiresAt }) {
      return transaction(() => {
        const current = get(from.selectFrom('leases').selectAll().where('name', '=', name));
        if (current && current.holder !== holder && current.expires_at > now) return false;
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
