import type { BackupCopy, BackupSummary, backupsContract } from '../../../shared/contract/backups.contract.ts';
import type { Implementation } from '../../../shared/contract/define.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { Secret } from '../../../shared/lib/secret.ts';
import { timeStamp } from '../../../shared/lib/timeStamp.ts';
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

/** Restores a backup in the place of the store that the console has open. */
export interface Restores {
  /** Unpacks and checks it beside the store, which stays as it is. */
  stage(
    request: { readonly file: string; readonly createdAt: number; readonly now: number },
    options: { readonly signal: AbortSignal; onProgress(progress: { done: number; total: number }): void },
  ): Promise<void>;
  /** Soon after this the console stops, and another one takes its place on what was staged. `file` is for people. */
  carryOut(order: { readonly account: string; readonly file: string }): void;
}

export interface BackupPorts {
  readonly files: BackupFiles;
  /** Null for a process that cannot start its console again. */
  readonly restores: Restores | null;
  /** Whether this process does the background work. */
  isWorking(): boolean;
  /** Where an upload lies, and its name. Throws AppError `not-found`, `conflict` while it is not complete. */
  uploaded(uploadId: string): { readonly path: string; readonly name: string };
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

  function sourceOf(from: { readonly file: string } | { readonly uploadId: string }): { path: string; name: string } {
    if ('uploadId' in from) return ports.uploaded(from.uploadId);
    refuseRelative(from.file);
    return { path: from.file, name: from.file };
  }

  function startRestore(call: Call, restores: Restores, { path, name, createdAt }: { path: string; name: string; createdAt: number }) {
    return ports.jobs.start(call, {
      kind: 'restore',
      subject: name,
      async run({ signal, progress }) {
        progress({ phase: 'restore' });
        await restores.stage({ file: path, createdAt, now: ports.now() }, { signal, onProgress: inKilobytes(progress) });
        signal.throwIfAborted();
        restores.carryOut({ account: call.caller.account, file: name });
      },
    });
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
        const { bytes } = await make(file, sealedKey, { signal, onProgress: inKilobytes(progress) });
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
    const file = ports.join(schedule.folder, `mfa-scheduled-${timeStamp(now)}.mfabackup`);
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
          suggestedFile: ports.join(folder, `mfa-${timeStamp(ports.now())}.mfabackup`),
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
      async check({ from, passphrase }) {
        const { summary, sealedKey } = await files.check(sourceOf(from).path);
        if (passphrase !== undefined && sealedKey) await ports.checkPassphrase(new Secret(passphrase), sealedKey);
        return summary;
      },
      async restore({ from, createdAt }, call) {
        const { restores } = ports;
        if (!restores) {
          throw new AppError('conflict', 'This program cannot start the console again. Stop the console, then run: mfactl restore FILE');
        }
        if (!ports.isWorking()) {
          throw new AppError(
            'store-in-use',
            'Another console on this data folder does the background work. Restore there, or stop it first.',
          );
        }
        const { path, name } = sourceOf(from);
        return { jobId: await startRestore(call, restores, { path, name, createdAt }) };
      },
    },
  };
}

const kilobytes = (bytes: number): number => Math.ceil(bytes / 1024);

/** Progress in bytes, told in kilobytes; nothing before the whole is known. */
function inKilobytes(tell: (progress: { done: number; total: number }) => void) {
  return ({ done, total }: { done: number; total: number }): void => {
    if (total > 0) tell({ done: Math.min(kilobytes(done), kilobytes(total)), total: kilobytes(total) });
  };
}
