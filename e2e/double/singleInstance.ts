import { mkdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { userData } from './launch.ts';

const lockFile = join(userData, 'SingletonLock');
const knockFile = 'SingletonKnock';

/** One process per folder of user data, as in Electron. False: there is one, and it has been told; `onSecond` runs there. */
export function takeLock(onSecond: () => void): boolean {
  mkdirSync(userData, { recursive: true });
  if (isHeld()) {
    writeFileSync(join(userData, knockFile), String(process.pid));
    return false;
  }
  writeFileSync(lockFile, String(process.pid));
  let lastKnock = '';
  const watcher = watch(userData, (_change, name) => {
    if (name !== knockFile) return;
    const knock = readFileSync(join(userData, knockFile), 'utf8');
    if (knock === '' || knock === lastKnock) return; // one write may be reported more than once
    lastKnock = knock;
    onSecond();
  });
  watcher.unref();
  process.once('exit', () => rmSync(lockFile, { force: true }));
  return true;
}

function isHeld(): boolean {
  try {
    process.kill(Number(readFileSync(lockFile, 'utf8')), 0);
    return true;
  } catch {
    return false; // no such file, or a process that has gone
  }
}
