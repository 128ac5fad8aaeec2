import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { optionalFiles } from '../../shared/contract/backups.contract.ts';
import { AppError } from '../../shared/contract/errors.ts';
import { refuseWhileRestoring, settleRestore } from './backups/pendingRestore.ts';
import { openDatabase, type DatabaseDefinition } from './database.ts';
import { createMadeFiles, sizeOf, type MadeFiles } from './madeFiles.ts';
import { consoleTables } from './migrations/0001_console.ts';
import { failedAttempts } from './migrations/0002_attempts.ts';
import { savedFilters } from './migrations/0003_saved_filters.ts';
import { networkChecks } from './migrations/0004_network_checks.ts';
import { checksByArea } from './migrations/0005_checks.ts';
import { authorityTables } from './migrations/0001_authority.ts';
import { authorityPage } from './migrations/0002_authority_page.ts';
import { repeatedActivation } from './migrations/0003_repeated_activation.ts';
import { mailTables } from './migrations/0001_mail.ts';
import { mailTemplateTables } from './migrations/0002_mail_templates.ts';
import { mailHours } from './migrations/0003_mail_hours.ts';
import { mailLists } from './migrations/0004_mail_lists.ts';
import { mailMinutes } from './migrations/0005_mail_minutes.ts';
import { users } from './migrations/0001_users.ts';
import { people } from './migrations/0002_people.ts';
import { userSids } from './migrations/0003_user_sids.ts';
import { mailIntents } from './migrations/0004_mail_intents.ts';
import { enabledSince } from './migrations/0005_enabled_since.ts';

/** The files in the data folder. Workers open the users' file by themselves. */
export function storeFiles(dataFolder: string): {
  readonly console: DatabaseDefinition;
  readonly users: DatabaseDefinition;
  readonly mail: DatabaseDefinition;
  /** Of an activation authority; most data folders have none. */
  readonly authority: DatabaseDefinition;
  readonly imports: string;
  readonly uploads: string;
  readonly exports: string;
  readonly attachments: string;
  readonly logs: string;
} {
  return {
    console: {
      file: join(dataFolder, 'console.db'),
      migrations: [consoleTables, failedAttempts, savedFilters, networkChecks, checksByArea],
    },
    users: { file: join(dataFolder, 'users.db'), migrations: [users, people, userSids, mailIntents, enabledSince] },
    mail: { file: join(dataFolder, 'mail.db'), migrations: [mailTables, mailTemplateTables, mailHours, mailLists, mailMinutes] },
    authority: { file: join(dataFolder, 'authority.db'), migrations: [authorityTables, authorityPage, repeatedActivation] },
    imports: join(dataFolder, 'imports'),
    uploads: join(dataFolder, 'uploads'),
    exports: join(dataFolder, 'exports'),
    attachments: join(dataFolder, 'attachments'),
    logs: join(dataFolder, 'logs'),
  };
}

/**
 * The last file is made last: where it has something in it, the others cannot be new. SQLite takes an empty file for a new one, and the
 * console would start without its users.
 */
function refuseEmptied({ console, users, mail }: ReturnType<typeof storeFiles>): void {
  if (sizeOf(mail.file) === 0) return;
  for (const { file } of [console, users]) {
    if (sizeOf(file) > 0) continue;
    throw new AppError('store-damaged', 'The store is damaged.', { details: { file, finding: 'The file is empty or gone.' } });
  }
}

function noteMade(files: ReturnType<typeof storeFiles>, made: MadeFiles): void {
  try {
    for (const name of optionalFiles) if (sizeOf(files[name].file) > 0) made.add(name);
  } catch {
    // A full disk is no reason not to open: the next start notes it.
  }
}

/**
 * Throws what openDatabase throws, `store-damaged` for a file that was there once, and `store-in-use` while a backup is restored here; then
 * nothing stays open. A restore whose process ended in the middle is ended first.
 */
export function openStore(dataFolder: string) {
  settleRestore(dataFolder);
  const files = storeFiles(dataFolder);
  refuseEmptied(files);
  const opened: DatabaseSync[] = [];
  const open = (definition: DatabaseDefinition): DatabaseSync => {
    const database = openDatabase(definition);
    opened.push(database);
    return database;
  };
  try {
    const [console, users] = [open(files.console), open(files.users)];
    const made = createMadeFiles(console);
    made.refuseLost('mail', files.mail.file);
    const mail = open(files.mail);
    refuseWhileRestoring(dataFolder);
    noteMade(files, made);
    return { console, users, mail, files, made };
  } catch (error) {
    for (const database of opened) database.close();
    throw error;
  }
}
