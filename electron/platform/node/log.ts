import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pino, type Logger } from 'pino';
import rollingFile from 'pino-roll';
import type { LogSettings } from '../../../shared/contract/logs.contract.ts';
import { removeOldLogFiles } from './oldLogFiles.ts';

export interface OpenLog {
  readonly log: Logger;
  /** Why nothing is written at the moment; undefined while all is well. A console without a log is better than no console. */
  problem(): string | undefined;
}

/** Fields whose name says that they hold a secret are blanked, wherever somebody may have put one by mistake. */
const secretFields = ['password', 'passphrase', 'secret', 'pin', 'cookie'].flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/** So much waits for a disk that is full; what does not fit is lost. */
const mostWaitingBytes = 1024 * 1024;

/**
 * JSON lines in `folder`, one set of files a host kind, as many and as large as `settings` allow. Lines are written before the call returns.
 * Never fails: where the folder cannot be used, or its disk is full, only the log is lost.
 */
export async function openLog(folder: string, host: string, settings: LogSettings): Promise<OpenLog> {
  const options = {
    base: { pid: process.pid, host },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: secretFields, censor: '[secret]' },
  };
  let problem: string | undefined;
  const note = (error: unknown): void => void (problem = error instanceof Error ? error.message : String(error));
  try {
    mkdirSync(folder, { recursive: true });
    const name = host.replaceAll(' ', '-');
    const file = join(folder, `${name}.log`);
    const limits = { size: `${settings.fileMb}m`, limit: { count: settings.files - 1 }, maxLength: mostWaitingBytes };
    const stream = await rollingFile({ file, sync: true, ...limits });
    stream.on('error', note);
    // Everything that waited has been written.
    stream.on('drain', () => (problem = undefined));
    const tidy = () => removeOldLogFiles(folder, name, settings.files);
    stream.on('cleanup-complete', tidy);
    tidy();
    return { log: pino(options, stream), problem: () => problem };
  } catch (error) {
    note(error);
    return { log: pino({ ...options, enabled: false }), problem: () => problem };
  }
}
