import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import type { MailStep } from '../services/email/outboxPorts.ts';
import { createOutboxRepository } from '../store/mail/outboxRepository.ts';
import { serveQueries } from '../store/users/serveQueries.ts';

/** Commits steps of mails for createMailCommits, one group after the other. The host has opened and checked the file. */
const { mailFile } = workerData as { mailFile: string };
if (!parentPort) throw new Error('mailCommitWorker runs as a worker thread only.');

const database = new DatabaseSync(mailFile, { timeout: 5_000 });
database.exec('PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF;');
const store = createOutboxRepository(database);
serveQueries<readonly MailStep[]>(parentPort, async (steps) => store.carryOut(steps));
