import type { SealedSecrets } from '../../services/vault/vault.ts';
import type { TypedQueries } from '../typedQueries.ts';
import type { ConsoleSchema } from './schema.ts';

/** Sealed secrets by what they are bound to. Knows nothing of their content. */
export function createSecretsRepository({ from, all, get, run }: TypedQueries<ConsoleSchema>): SealedSecrets {
  return {
    read: (binding) => get(from.selectFrom('secrets').select('sealed').where('binding', '=', binding))?.sealed ?? null,
    write(binding, sealed) {
      run(
        from
          .insertInto('secrets')
          .values({ binding, sealed })
          .onConflict((conflict) => conflict.column('binding').doUpdateSet({ sealed })),
      );
    },
    names: () => all(from.selectFrom('secrets').select('binding')).map(({ binding }) => binding),
    remove(binding) {
      run(from.deleteFrom('secrets').where('binding', '=', binding));
    },
  };
}
