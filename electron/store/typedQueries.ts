import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, type Compilable } from 'kysely';
import { transaction } from './transaction.ts';

/** Queries written with Kysely, run at once on a `node:sqlite` connection. */
export interface TypedQueries<Schema> {
  readonly from: Kysely<Schema>;
  all<Row>(query: Compilable<Row>): Row[];
  get<Row>(query: Compilable<Row>): Row | undefined;
  /** Answers how many rows changed. */
  run(query: Compilable<unknown>): number;
  /** All or nothing. Takes the write lock at once, so that nothing read inside can be outdated. */
  transaction<T>(work: () => T): T;
}

/**
 * Kysely checks and writes the SQL; the connection runs it synchronously, since SQLite does anyway and a transaction must
 * not be interleaved with other calls (https://kysely.dev/docs/recipes/splitting-query-building-and-execution).
 */
export function createTypedQueries<Schema>(database: DatabaseSync): TypedQueries<Schema> {
  const from = new Kysely<Schema>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });
  const statements = new Map<string, StatementSync>();

  function prepare(query: Compilable<unknown>): { statement: StatementSync; parameters: SQLInputValue[] } {
    const { sql, parameters } = query.compile();
    const statement = statements.get(sql) ?? database.prepare(sql);
    statements.set(sql, statement);
    return { statement, parameters: parameters as SQLInputValue[] };
  }

  return {
    from,
    all<Row>(query: Compilable<Row>) {
      const { statement, parameters } = prepare(query);
      return statement.all(...parameters) as Row[];
    },
    get<Row>(query: Compilable<Row>) {
      const { statement, parameters } = prepare(query);
      return statement.get(...parameters) as Row | undefined;
    },
    run(query) {
      const { statement, parameters } = prepare(query);
      return Number(statement.run(...parameters).changes);
    },
    transaction: (work) => transaction(database, 'BEGIN IMMEDIATE', work),
  };
}
