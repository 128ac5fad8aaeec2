import { DatabaseSync } from 'node:sqlite';
import type { NewUser, UserEdit } from '../../services/users/userWriter.ts';
import { writeWhenFree } from './whenFree.ts';
import { addUser, editUser } from './writeUser.ts';

/** What the thread that writes users is asked. */
export type UserWrite = { readonly kind: 'add'; readonly user: NewUser } | { readonly kind: 'edit'; readonly edit: UserEdit };

/** An import of a million people, in this process or another, writes for so long. */
const patienceMs = 30_000;

/** A connection that waits for others in short steps only; see `writeWhenFree`. */
export function openForWriting(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: 10 });
  database.exec('PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; PRAGMA cache_size=-16000;');
  return database;
}

/** Does one write, in a transaction of its own. */
export function writeUsers(database: DatabaseSync, write: UserWrite, now: () => number): Promise<unknown> {
  return writeWhenFree(database, patienceMs, () => {
    switch (write.kind) {
      case 'add':
        return addUser(database, write.user, now());
      case 'edit':
        return editUser(database, write.edit, now());
    }
  });
}
