/** Hands over what is in an outbox, as the process does that holds the lease, until it is killed. Arguments: data folder, port of the relay. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { composeMail } from '../../electron/platform/mail/composeMail.ts';
import { dropIntoFolder } from '../../electron/platform/mail/pickupFolder.ts';
import { createSmtpRelay } from '../../electron/platform/mail/smtpRelay.ts';
import { workerFile } from '../../electron/platform/node/installFolder.ts';
import { startDispatcher } from '../../electron/services/email/dispatcher.ts';
import { createPace } from '../../electron/services/email/pace.ts';
import { openDatabase } from '../../electron/store/database.ts';
import { createMailCommits } from '../../electron/store/mail/mailCommits.ts';
import { createOutboxRepository } from '../../electron/store/mail/outboxRepository.ts';
import { storeFiles } from '../../electron/store/storeFiles.ts';
import { defaultEmailSettings } from '../../shared/contract/email.contract.ts';

const [folder = '', port = ''] = process.argv.slice(2);
const relay = createSmtpRelay();
const file = storeFiles(folder).mail;
startDispatcher({
  store: createOutboxRepository(openDatabase(file)),
  steps: createMailCommits(workerFile('mailCommitWorker'), file.file),
  compose: composeMail,
  drop: dropIntoFolder,
  files: { read: () => Promise.reject(new Error('There are no attachments here.')) },
  settings: () => ({
    ...defaultEmailSettings,
    mode: 'relay',
    from: 'mfa@corp.example',
    ratePerSecond: 0,
    connections: 4,
    relay: { ...defaultEmailSettings.relay, host: '127.0.0.1', port: Number(port), security: 'none' },
  }),
  mayDeliver: () => true,
  pace: createPace(() => performance.now()),
  sender: randomUUID(),
  openRelay: (settings) => relay.open({ relay: settings.relay, password: null }, new AbortController().signal),
  openPin: () => Promise.resolve('4831'),
  pinMailed: () => Promise.resolve(),
  now: Date.now,
  ticks: () => performance.now(),
  random: () => 0,
  wait: (ms) => wait(ms),
  changed: () => undefined,
  log: (error) => process.stderr.write(`${String(error)}\n`),
});
