import { DatabaseSync } from 'node:sqlite';
import type { MailIntentStore } from '../../services/email/mailIntents.ts';
import type { UserWriter } from '../../services/users/userWriter.ts';
import type { TagStore } from '../../services/tags/tagService.ts';
import { patientTransaction } from '../patientTransaction.ts';
import { createTagWrites } from '../tags/tagWrites.ts';
import { editSome, previewSome } from './bulkEdit.ts';
import { forgetSome, listRemoved, listRemovedBefore, removeSome, restoreSome } from './recycleBin.ts';
import { createMailIntents } from './mailIntents.ts';
import { addUserFunctions } from './userConnection.ts';
import { addUser, editUser, removeDevice } from './writeUser.ts';

/** A connection for `createUserWrites`. */
export function openForWriting(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: 5_000 });
  database.exec('PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; PRAGMA cache_size=-32000;');
  addUserFunctions(database);
  return database;
}

/** What the thread that writes users does. */
export type UserWrites = UserWriter & TagStore & MailIntentStore;

/** Writes users and their tags on this connection: each call is one transaction of its own, and waits for other writers without blocking. */
export function createUserWrites(database: DatabaseSync, now: () => number): UserWrites {
  const write = <T>(work: () => T): Promise<T> => patientTransaction(database, work);

  return {
    ...createTagWrites(database, now),
    ...createMailIntents(database, write),
    add: (user) => write(() => addUser(database, user, now())),
    edit: (edit) => write(() => editUser(database, edit, now())),
    removeDevice: (userId, deviceId) => write(() => removeDevice(database, userId, deviceId, now())),
    previewSome: async (ids, change) => previewSome(database, ids, change),
    editSome: (ids, change, pins, by, mail) => write(() => editSome(database, ids, change, pins, by, now(), mail)),
    removeSome: (ids, by) => write(() => removeSome(database, ids, by, now())),
    restoreSome: (ids) => write(() => restoreSome(database, ids, now())),
    forgetSome: (ids) => write(() => forgetSome(database, ids, now())),
    removed: async (options) => listRemoved(database, options),
    removedBefore: async (instant, limit) => listRemovedBefore(database, instant, limit),
  };
}
