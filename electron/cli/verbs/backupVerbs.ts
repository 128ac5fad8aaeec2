import { resolve } from 'node:path';
import { backupHours, backupSchedule, optionalFiles } from '../../../shared/contract/backups.contract.ts';
import { formatTable } from '../table.ts';
import { readPassword } from '../password.ts';
import { formatNumber } from '../formatNumber.ts';
import { text } from '../text.ts';
import { numberOption, textOption, UsageError, type OfflineCall, type Verb, type VerbCall } from '../verb.ts';

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
  usage: 'FILE [--check [--passphrase-stdin]] | --give-up mail|authority',
  summary: 'Puts a backup in the place of the data of a console that is stopped; --check only reads it.',
  details: text.restoreDetails(passphraseVariable),
  example: 'mfactl restore /var/backups/mfa-2026-11-27.mfabackup --check',
  options: { check: { type: 'boolean' }, 'passphrase-stdin': { type: 'boolean' }, 'give-up': { type: 'string' } },
  positionals: { min: 0, max: 1 },
  async run() {
    throw new UsageError('restore runs without a console.');
  },
  async runOffline(call) {
    const [named] = call.positionals;
    const givenUp = textOption(call, 'give-up');
    if ((named === undefined) === (givenUp === undefined)) throw new UsageError(text.restoreOne);
    if (named === undefined) {
      const name = optionalFiles.find((each) => each === givenUp);
      if (!name) throw new UsageError(text.restoreOne);
      call.offline.giveUp(name);
      return { json: { givenUp: name }, text: text.restoreGivenUp(name) };
    }
    const file = resolve(named);
    if (call.options['check'] !== true && call.options['passphrase-stdin']) throw new UsageError('--passphrase-stdin belongs to --check.');
    const passphrase = call.options['check'] === true ? await passphraseOf(call) : undefined;
    if (call.options['check'] === true) {
      const summary = await call.offline.checkBackup(file, passphrase);
      return { json: { file, ...summary }, text: text.backupChecked(file, summary) };
    }
    const { keptIn, mails, ...summary } = await call.offline.restore(file);
    return { json: { file, ...summary, keptIn, mails }, text: text.backupRestored(summary, keptIn, mails) };
  },
};

const schedule: Verb = {
  name: 'backup schedule',
  usage: '[--every HOURS --at HH:MM --keep N --folder DIR | --off]',
  summary: 'Shows or sets when backups are made by themselves, how many of them are kept, and where.',
  details: text.backupScheduleDetails(backupHours),
  example: 'mfactl backup schedule --every 24 --at 02:30 --keep 14 --folder /var/backups/mfa',
  options: {
    every: { type: 'string' },
    at: { type: 'string' },
    keep: { type: 'string' },
    folder: { type: 'string' },
    off: { type: 'boolean' },
  },
  positionals: { min: 0, max: 0 },
  async run(call) {
    const { client } = call;
    const every = numberOption(call, 'every', { min: 1, max: 168 });
    const [at, keep, folder] = [textOption(call, 'at'), numberOption(call, 'keep', { min: 1, max: 1_000 }), textOption(call, 'folder')];
    const isGiven = [every, at, keep, folder].some((value) => value !== undefined);
    if (call.options['off'] === true) {
      if (isGiven) throw new UsageError(text.backupOffAlone);
      await client.backups.setSchedule({ schedule: null });
    } else if (isGiven) {
      const before = await client.backups.overview(null);
      const known = before.schedule ?? { everyHours: 24, at: '02:30', keep: 14, folder: before.folder };
      const next = backupSchedule.safeParse({
        everyHours: every ?? known.everyHours,
        at: at ?? known.at,
        keep: keep ?? known.keep,
        folder: folder === undefined ? known.folder : resolve(folder),
      });
      if (!next.success) throw new UsageError(text.backupScheduleWrong(backupHours));
      await client.backups.setSchedule({ schedule: next.data });
    }
    const { schedule: now, nextAt } = await client.backups.overview(null);
    return { json: { schedule: now, nextAt }, text: text.backupSchedule(now, nextAt) };
  },
};

const list: Verb = {
  name: 'backup list',
  usage: '',
  summary: 'Lists the copies in the folder of backups, the newest first, and says how the last backup went.',
  example: 'mfactl backup list --json',
  options: {},
  positionals: { min: 0, max: 0 },
  async run({ client }) {
    const overview = await client.backups.overview(null);
    const { copies, last, failure } = overview;
    const rows = copies.map(({ file, bytes, changedAt, isScheduled }) => [
      file,
      formatNumber(bytes),
      new Date(changedAt).toISOString(),
      isScheduled ? 'scheduled' : '',
    ]);
    const table = rows.length === 0 ? [] : [formatTable(['File', 'Bytes', 'Written', ''], rows)];
    return { json: overview, text: [...table, text.backupLast(last, failure)].join('\n\n') };
  },
};

export const backupVerbs: readonly Verb[] = [backup, schedule, list, restore];
