import type { TypedQueries } from '../typedQueries.ts';
import type { ConsoleSchema } from './schema.ts';

export interface SettingsRepository {
  /** The JSON value that was saved under this name; undefined when there is none. */
  read(name: string): unknown;
  write(name: string, value: unknown): void;
  /** Writes what `next` makes of the saved value, in one transaction. When `next` throws, so does this, and nothing is written. */
  change(name: string, next: (before: unknown) => unknown): void;
  preference(account: string, name: string): string | null;
  setPreference(account: string, name: string, value: string): void;
}

export function createSettingsRepository({ from, get, run, transaction }: TypedQueries<ConsoleSchema>): SettingsRepository {
  function read(name: string): unknown {
    const row = get(from.selectFrom('settings').select('value').where('name', '=', name));
    return row && (JSON.parse(row.value) as unknown);
  }

  function write(name: string, value: unknown): void {
    const row = { name, value: JSON.stringify(value) };
    run(
      from
        .insertInto('settings')
        .values(row)
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: row.value })),
    );
  }

  return {
    read,
    write,
    change: (name, next) => transaction(() => write(name, next(read(name)))),
    preference(account, name) {
      return get(from.selectFrom('preferences').select('value').where('account', '=', account).where('name', '=', name))?.value ?? null;
    },
    setPreference(account, name, value) {
      run(
        from
          .insertInto('preferences')
          .values({ account, name, value })
          .onConflict((conflict) => conflict.columns(['account', 'name']).doUpdateSet({ value })),
      );
    },
  };
}
