import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { AuthorityStore } from '../../services/authority/authorityPorts.ts';
import { openDatabase, type DatabaseDefinition } from '../database.ts';
import { createTypedQueries } from '../typedQueries.ts';
import { createAuthorityRepository } from './authorityRepository.ts';
import type { AuthoritySchema } from './schema.ts';

/** The file of an authority, opened when it is needed for the first time: most data folders have none and never will. */
export function createAuthorityFile(definition: DatabaseDefinition): {
  exists(): boolean;
  /** Makes the file on first use. */
  open(): AuthorityStore;
  close(): void;
} {
  let database: DatabaseSync | undefined;
  let store: AuthorityStore | undefined;
  return {
    exists: () => existsSync(definition.file),
    open() {
      if (store) return store;
      database = openDatabase(definition);
      return (store = createAuthorityRepository(createTypedQueries<AuthoritySchema>(database)));
    },
    close() {
      database?.close();
      database = undefined;
      store = undefined;
    },
  };
}
