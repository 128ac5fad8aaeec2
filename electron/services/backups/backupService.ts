import type { BackupCopy, BackupSummary, backupsContract } from '../../../shared/contract/backups.contract.ts';
import type { Implementation } from '../../../shared/contract/define.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { Secret } from '../../../shared/lib/secret.ts';
import type { Call, JobStarter } from '../../runtime/call.ts';
import { readBackupRecord, type BackupRecord } from './backupRecord.ts';
import { nextBackup } from './backupTimes.ts';

/** Makes and reads backups without blocking the caller's thread. What they throw: see the contract. */
export interface BackupFiles {
  make(
    request: {
      readonly file: string;
      readonly version: string;
      readonly serverName: string;
      readonly now: number;
      /** Base64. */
      readonly sealedKey: string | null;
    },
    options?: { readonly signal?: AbortSignal; onProgress?(progress: { done: number; total: number }): void },
  ): Promise<BackupSummary>;
  check(file: string): Promise<{ readonly summary: BackupSummary; readonly sealedKey: Uint8Array | null }>;
  /** Newest first. */
  list(folder: string): BackupCopy[];
  prepareFolder(folder: string): void;
  remove(file: string): void;
}

export interface BackupPorts {
  readonly files: BackupFiles;
  readonly version: string;
  readonly serverName: string;
  readonly jobs: JobStarter;
  readonly settings: { read(name: string): unknown; change(name: string, next: (before: unknown) => unknown): void };
  /** Where copies go when nobody chose another folder. */
  readonly defaultFolder: string;
  join(folder: string, name: string): string;
  /** The key of the vault, sealed with this passphrase. Throws what the keychain says. */
  sealKey(passphrase: Secret): Promise<Uint8Array>;
  /** Throws `vault-passphrase-wrong`. */
  checkPassphrase(passphrase: Secret, sealedKey: Uint8Array): Promise<unknown>;
  isAbsolute(file: string): boolean;
  now(): number;
  every(intervalMs: number, callback: () => void): () => void;
  /** A scheduled backup that could not even be begun. */
  log(error: unknown): void;
}

export interface Backups {
  readonly service: Implementation<typeof backupsContract, Call>;
  record(): BackupRecord;
  /** Makes backups by the schedule until the returned function is called. */
  startSchedule(): () => void;
}

const settingsName = 'backups';
const lookEveryMs = 30_000;

export function createBackups(ports: BackupPorts): Backups {
  const { files, version, serverName } = ports;
  const read = () => readBackupRecord(ports.settings.read(settingsName));
  const change = (next: Partial<BackupRecord>) =>
    ports.settings.change(settingsName, (before) => ({ ...readBackupRecord(before), ...next }));

  function refuseRelative(path: string): void {
    if (!ports.isAbsolute(path)) {
      throw new AppError('invalid-input', 'The file of a backup needs its whole path, from the drive or root on.', {
        details: { file: path },
      });
    }
  }

  async function make(file: string, sealedKey: string | null, options?: Parameters<BackupFiles['make']>[1]): Promise<BackupSummary> {
    try {
      const summary = await files.make({ file, version, serverName, now: ports.now(), sealedKey }, options);
      change({ last: { at: ports.now(), file, bytes: summary.bytes }, failure: null });
      return summary;
    } catch (error) {
      const message = error instanceof AppError ? error.message : 'Something went wrong in the console.';
      if (!options?.signal?.aborted) change({ failure: { at: ports.now(), message, file } });
      throw error;
    }
  }

  async function keyFor(passphrase: string | undefined): Promise<string | null> {
    return passphrase === undefined ? null : Buffer.from(await ports.sealKey(new Secret(passphrase))).toString('base64');
  }

  async function start(call: Call, file: string, sealedKey: string | null, afterwards = () => {}): Promise<string> {
    return ports.jobs.start(call, {
      kind: 'backup',
      subject: file,
      async run({ signal, progress }) {
        progress({ phase: 'backup' });
        const kilobytes = (bytes: number) => Math.ceil(bytes / 1024);
        const { bytes } = await make(file, sealedKey, {
          signal,
          onProgress: ({ done, total }) =>
            total > 0 && progress({ done: Math.min(kilobytes(done), kilobytes(total)), total: kilobytes(total) }),
        });
        progress({ done: kilobytes(bytes), total: kilobytes(bytes) });
        afterwards();
      },
    });
  }

  function removeOld(folder: string, keep: number): void {
    const scheduled = files.list(folder).filter(({ isScheduled }) => isScheduled);
    for (const { file } of scheduled.slice(keep)) files.remove(file);
  }

  function makeWhenDue(): void {
    const { schedule, tried } = read();
    const now = ports.now();
    if (!schedule || nextBackup(schedule, tried) > now) return;
    // Before it begins: what fails is tried again at the next time, not all the time.
    change({ tried: now });
    const { signal } = new AbortController();
    const call: Call = {
      caller: { id: 'schedule', account: 'schedule', access: new Set() },
      signal,
      ref: `schedule-${now}`,
      note: () => {},
    };
    try {
      files.prepareFolder(schedule.folder);
    } catch (error) {
      const message = error instanceof AppError ? error.message : String(error);
      change({ failure: { at: now, message, file: schedule.folder } });
      ports.log(error);
      return;
    }
    const file = ports.join(schedule.folder, `mfa-scheduled-${stamp(now)}.mfabackup`);
    start(call, file, null, () => removeOld(schedule.folder, schedule.keep)).catch(ports.log);
  }

  return {
    record: read,
    startSchedule: () => ports.every(lookEveryMs, makeWhenDue),
    service: {
      async create({ file, passphrase }) {
        refuseRelative(file);
        return make(file, await keyFor(passphrase));
      },
      async start({ file, passphrase }, call) {
        refuseRelative(file);
        // A folder that nobody made yet is no reason to fail.
        if (file.startsWith(ports.defaultFolder)) files.prepareFolder(ports.defaultFolder);
        return { jobId: await start(call, file, await keyFor(passphrase)) };
      },
      async overview() {
        const { schedule, tried, last, failure } = read();
        const folder = schedule?.folder ?? ports.defaultFolder;
        return {
          last,
          failure,
          schedule,
          nextAt: schedule && nextBackup(schedule, tried),
          copies: files.list(folder),
          folder,
          suggestedFile: ports.join(folder, `mfa-${stamp(ports.now())}.mfabackup`),
        };
      },
      async setSchedule({ schedule }, { note }) {
        if (schedule) {
          refuseRelative(schedule.folder);
          files.prepareFolder(schedule.folder);
        }
        note({ before: read().schedule });
        change({ schedule, tried: ports.now() });
        return null;
      },
      async check({ file, passphrase }) {
        refuseRelative(file);
        const { summary, sealedKey } = await files.check(file);
        if (passphrase !== undefined && sealedKey) await ports.checkPassphrase(new Secret(passphrase), sealedKey);
        return summary;
      },
    },
  };
}

/** `20261127-023000` on the clock of this computer. */
function stamp(at: number): string {
  const time = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${time.getFullYear()}${two(time.getMonth() + 1)}${two(time.getDate())}`;
  return `${day}-${two(time.getHours())}${two(time.getMinutes())}${two(time.getSeconds())}`;
}
