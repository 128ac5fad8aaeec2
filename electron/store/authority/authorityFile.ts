import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { AuthorityStore } from '../../services/authority/authorityPorts.ts';
import { openDatabase, type DatabaseDefinition } from '../database.ts';
import type { MadeFiles } from '../madeFiles.ts';
import { createTypedQueries } from '../typedQueries.ts';
import { createAuthorityRepository } from './authorityRepository.ts';
import type { AuthoritySchema } from './schema.ts';

/** The file of an authority, opened when it is needed for the first time: most data folders have none and never will. */
export function createAuthorityFile(
  definition: DatabaseDefinition,
  made: Pick<MadeFiles, 'refuseLost' | 'add' | 'has'>,
): {
  /** Also where the file is lost: who opens it is told. */
  exists(): boolean;
  /** Makes the file on first use. Throws what openDatabase throws, and `store-damaged` where it was there once and is lost. */
  open(): AuthorityStore;
  close(): void;
} {
  let database: DatabaseSync | undefined;
  let store: AuthorityStore | undefined;
  return {
    exists: () => existsSync(definition.file) || made.has('authority'),
    open() {
      if (store) return store;
      made.refuseLost('authority', definition.file);
      database = openDatabase(definition);
      made.add('authority');
      return (store = createAuthorityRepository(createTypedQueries<AuthoritySchema>(database)));
    },
    close() {
      database?.close();
      database = undefined;
      store = undefined;
    },
  };
}
