import { resolve } from 'node:path';
import { readPassword } from '../password.ts';
import { text } from '../text.ts';
import { UsageError, type OfflineCall, type Verb, type VerbCall } from '../verb.ts';

/** For scripts that cannot pipe. */
const passphraseVariable = 'MFA_BACKUP_PASSPHRASE';
const minPassphrase = 8;

const passphraseOf = (call: VerbCall | OfflineCall) => readPassword(call, passphraseVariable, 'passphrase-stdin');

const backup: Verb = {
  name: 'backup',
  usage: 'FILE [--secrets [--passphrase-stdin]]',
  summary: 'Writes a copy of all users, mails and settings into one new file, while the console runs.',
  details: text.backupDetails(passphraseVariable),
  example: 'mfactl backup /var/backups/mfa-2026-11-27.mfabackup',
  options: { secrets: { type: 'boolean' }, 'passphrase-stdin': { type: 'boolean' } },
  positionals: { min: 1, max: 1 },
  async run(call) {
    const withSecrets = call.options['secrets'] === true;
    if (!withSecrets && call.options['passphrase-stdin']) throw new UsageError('--passphrase-stdin belongs to --secrets.');
    const passphrase = withSecrets ? await passphraseOf(call) : undefined;
    if (withSecrets && (passphrase?.reveal().length ?? 0) < minPassphrase) {
      throw new UsageError(text.backupPassphrase(passphraseVariable, minPassphrase));
    }
    const file = resolve(call.positionals[0]!);
    const summary = await call.client.backups.create({ file, ...(passphrase && { passphrase: passphrase.reveal() }) });
    return { json: { file, ...summary }, text: text.backupWritten(file, summary) };
  },
};

const restore: Verb = {
  name: 'restore',
  usage: 'FILE [--check [--passphrase-stdin]]',
  summary: 'Puts a backup in the place of the data of a console that is stopped; --check only reads it.',
  details: text.restoreDetails(passphraseVariable),
  example: 'mfactl restore /var/backups/mfa-2026-11-27.mfabackup --check',
  options: { check: { type: 'boolean' }, 'passphrase-stdin': { type: 'boolean' } },
  positionals: { min: 1, max: 1 },
  async run() {
    throw new UsageError('restore runs without a console.');
  },
  async runOffline(call) {
    const file = resolve(call.positionals[0]!);
    if (call.options['check'] !== true && call.options['passphrase-stdin']) throw new UsageError('--passphrase-stdin belongs to --check.');
    const passphrase = call.options['check'] === true ? await passphraseOf(call) : undefined;
    if (call.options['check'] === true) {
      const summary = await call.offline.checkBackup(file, passphrase);
      return { json: { file, ...summary }, text: text.backupChecked(file, summary) };
    }
    const { keptIn, ...summary } = await call.offline.restore(file);
    return { json: { file, ...summary, keptIn }, text: text.backupRestored(summary, keptIn) };
  },
};

export const backupVerbs: readonly Verb[] = [backup, restore];
