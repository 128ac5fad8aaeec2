import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import type { MailWrite } from '../store/mail/mailCommits.ts';
import { createOutboxRepository } from '../store/mail/outboxRepository.ts';
import { serveQueries } from '../store/users/serveQueries.ts';

/** Writes mails and their steps for createMailCommits, one after the other. The host has opened and checked the file. */
const { mailFile } = workerData as { mailFile: string };
if (!parentPort) throw new Error('mailCommitWorker runs as a worker thread only.');

const database = new DatabaseSync(mailFile, { timeout: 5_000 });
database.exec('PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF;');
const store = createOutboxRepository(database);
serveQueries<MailWrite>(parentPort, async (write) => ('add' in write ? store.add(...write.add) : store.carryOut(write.steps)));
