import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pino, type Logger } from 'pino';
import rollingFile from 'pino-roll';
import type { LogSettings } from '../../../shared/contract/logs.contract.ts';

export type { Logger };

/** Fields whose name says that they hold a secret are blanked, wherever somebody may have put one by mistake. */
const secretFields = ['password', 'passphrase', 'secret', 'pin', 'cookie'].flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/** JSON lines in `folder`, one set of files a host kind, as many and as large as `settings` allow. Lines are written before the call returns. */
export async function openLog(folder: string, host: string, settings: LogSettings): Promise<Logger> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${host.replaceAll(' ', '-')}.log`);
  const stream = await rollingFile({ file, size: `${settings.fileMb}m`, limit: { count: settings.files - 1 }, sync: true });
  return pino(
    { base: { pid: process.pid, host }, timestamp: pino.stdTimeFunctions.isoTime, redact: { paths: secretFields, censor: '[secret]' } },
    stream,
  );
}
