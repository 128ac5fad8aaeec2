import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Runs `work` while no other command of this checkout installs or builds. The lock lies outside the checkout,
 * where nothing is cleaned away; one that a dead process left behind is taken over.
 */
export async function holdingLock(root, work) {
  const file = join(tmpdir(), `mfa-server-console-${createHash('sha256').update(root).digest('hex').slice(0, 12)}.lock`);
  while (!take(file)) await sleep(100);
  const release = () => rmSync(file, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  if (!isAlive(holderOf(file))) rmSync(file, { force: true });
  return false;
}

function holderOf(file) {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return NaN; // released meanwhile
  }
}

function isAlive(pid) {
  // Empty: its owner has made the file and not yet written to it.
  if (pid === 0) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
