import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { defaultCompanySettings } from '../../../shared/contract/companySettings.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { countMails, type AlikeUsers } from '../../../shared/email/mailPlan.ts';
import { isFileImport, type ImportSummary } from '../../../shared/contract/imports.contract.ts';
import type { ImportMail } from '../../services/imports/importPorts.ts';
import { transaction } from '../transaction.ts';
import { noteIntents, rememberBefore } from '../users/mailIntents.ts';
import { addMailFunctions } from '../users/userConnection.ts';
import { readVersion } from '../users/userSearch.ts';
import { addImportFunctions, applyVerdicts } from './apply.ts';
import { classify } from './classify.ts';
import { applyFile } from './fileApply.ts';
import { classifyFile, findNewTags } from './fileClassify.ts';
import { mailedPeople, mailedRows } from './mailedByImport.ts';
import { outcomeNumber } from './outcomes.ts';
import { readMeta, writeMeta, type ImportMeta } from './reportMeta.ts';
import { countOutcomes, indexReport } from './reportIndex.ts';

export type ImportCounts = ImportSummary['counts'];

/** What was decided about everybody. */
export type ImportDecision = Pick<ImportSummary, 'counts' | 'mails'>;

export interface ImportConnection {
  readonly meta: ImportMeta;
  /** Decides about everybody by the store as it is now, and counts the mails where there are any. Writes nothing to the store. */
  compare(mail?: ImportMail | null): ImportDecision;
  /** Tags that an import of a file makes, the first of them; to be asked before it is applied. */
  newTags(): string[];
  /**
   * Writes to the store, in one transaction or not at all. Decides anew if the list of users has changed meanwhile.
   * Notes who is to be mailed in the same transaction. `beginCommit` is called last; the transaction is undone when it throws.
   */
  apply(jobId: string, now: number, beginCommit: () => void, mail?: ImportMail | null): ImportDecision;
  /** Makes the file the report of the import, with this summary. */
  finishReport(summary: ImportSummary): void;
  /** Moves what was written from the log into the store's file, as far as readers allow. Only speed depends on it. */
  checkpoint(): void;
  close(): void;
}

/** How long to wait for another writer, such as the search index or another host. Then SQLite reports "busy". */
const busyTimeoutMs = 30_000;

/** About 150,000 people. */
const mappedFileBytes = 64 * 1024 * 1024;

/** Opens the store's file of users together with a staging file. The store must exist and be up to date. */
export function openImportConnection(storeFile: string, stagingFile: string): ImportConnection {
  const database = new DatabaseSync(storeFile, { timeout: busyTimeoutMs });
  try {
    // Sorting goes to files, because in memory it would take as much as there are people; SQLite sorts in pieces as large as the
    // cache of the store, and small pieces stay in the processor's. Where pages are met at random, apply.ts widens it.
    database.exec(`
      PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; PRAGMA temp_store=FILE;
      PRAGMA main.cache_size=-16384; PRAGMA wal_autocheckpoint=0;
    `);
    database.prepare('ATTACH DATABASE ? AS staging').run(stagingFile);
    database.exec('PRAGMA staging.journal_mode=MEMORY; PRAGMA staging.synchronous=OFF; PRAGMA staging.cache_size=-16384;');
    // Saves a copy of each page. A larger file would take more memory than an import may.
    if (statSync(stagingFile).size <= mappedFileBytes) database.exec(`PRAGMA staging.mmap_size=${mappedFileBytes}`);
    addImportFunctions(database);
    addMailFunctions(database);
    const meta = readMeta(database, 'staging');
    if (meta === undefined) throw new AppError('not-found', 'What was read for this import is gone.');
    return createConnection(database, meta);
  } catch (error) {
    database.close();
    throw error;
  }
}

/** How people of a directory, or rows of a file, are compared with the store and written to it. */
function stepsOf(
  database: DatabaseSync,
  { summary, fields, userDefaults = defaultCompanySettings.userDefaults }: ImportMeta,
): { decideAll(): void; write(application: { jobId: string; now: number }): void; mailed(): AlikeUsers[] } {
  const { request } = summary;
  const known = new Set(fields);
  if (!isFileImport(request)) {
    return {
      decideAll: () => classify(database, known, request),
      write: ({ jobId, now }) => applyVerdicts(database, { jobId, now, fields: known, request, userDefaults }),
      mailed: () => mailedPeople(database, known, request),
    };
  }
  const rules = { request, staged: known, userDefaults };
  return {
    decideAll: () => classifyFile(database, rules),
    write: (application) => applyFile(database, rules, application),
    mailed: () => mailedRows(database, rules),
  };
}

function createConnection(database: DatabaseSync, meta: ImportMeta): ImportConnection {
  const { decideAll, write, mailed } = stepsOf(database, meta);
  const { sendEmail = 'none' } = meta.summary.request;

  /** Before anything is written. */
  const withMails = (counts: ImportCounts, mail: ImportMail | null | undefined): ImportDecision =>
    mail ? { counts, mails: countMails(mailed(), sendEmail, mail.rules) } : { counts };

  /** One snapshot of the store: what is decided fits the version that is answered. */
  function decide(): { counts: ImportCounts; version: number } {
    return transaction(database, 'BEGIN', () => {
      const version = readVersion(database);
      decideAll();
      return { counts: countOutcomes(database), version };
    });
  }

  return {
    meta,
    compare: (mail) => withMails(decide().counts, mail),
    newTags: () => (isFileImport(meta.summary.request) ? findNewTags(database) : []),
    apply(jobId, now, beginCommit, mail) {
      const decided = decide();
      return transaction(database, 'BEGIN IMMEDIATE', () => {
        let { counts } = decided;
        if (readVersion(database) !== decided.version) {
          decideAll();
          counts = countOutcomes(database);
        }
        const decision = withMails(counts, mail);
        const updated = `SELECT user_id FROM staging.verdicts WHERE outcome = ${outcomeNumber('update')}`;
        if (mail?.noted) rememberBefore(database, updated);
        if (counts.add + counts.update > 0) write({ jobId, now });
        if (mail?.noted)
          noteIntents(database, { ...mail.noted, campaign: jobId }, now, 'SELECT id FROM main.users WHERE import_job = ?', jobId);
        database.prepare('INSERT INTO main.imports_applied (job_id, applied_at) VALUES (?, ?)').run(jobId, now);
        beginCommit();
        return decision;
      });
    },
    finishReport(summary) {
      transaction(database, 'BEGIN', () => {
        indexReport(database);
        writeMeta(database, { ...meta, summary }, 'staging');
      });
    },
    checkpoint: () => database.exec('PRAGMA main.wal_checkpoint(PASSIVE)'),
    close: () => database.close(),
  };
}
