/** Finds Electron's runtime, and fetches it when it can be had. Since version 42 the package comes without it. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findNode, root, say } from './setup.mjs';

const electron = join(root, 'node_modules', 'electron');
const refusal = join(root, 'node_modules', '.cache', 'electron-not-fetched');
const stalledAfterMs = 20_000;
const tryAgainAfterMs = 24 * 60 * 60 * 1000;

/** Why no window of Electron can be opened on this machine at all, or undefined when one can. */
export function whyNoDesktop(env = process.env) {
  if (process.platform !== 'linux') return undefined;
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return 'There is no display';
  if (process.getuid() === 0) return "Electron's sandbox does not run as root";
  return undefined;
}

/** Path of Electron's executable, or undefined when it is not there and cannot be fetched. Waits while data arrives, and at most 20 s without any. */
export async function findElectron() {
  const present = executable();
  if (present) return present;
  if (wasRefusedLately()) return undefined;
  say("Fetching Electron's runtime. This happens once.");
  if (await fetchRuntime()) return executable();
  mkdirSync(join(refusal, '..'), { recursive: true });
  writeFileSync(refusal, '');
  return undefined;
}

function executable() {
  const pathFile = join(electron, 'path.txt');
  if (!existsSync(pathFile)) return undefined;
  const file = join(electron, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(file) ? file : undefined;
}

/** A closed network should not cost 20 s at each start. */
function wasRefusedLately() {
  const stat = statSync(refusal, { throwIfNoEntry: false });
  return stat !== undefined && Date.now() - stat.mtimeMs < tryAgainAfterMs;
}

/** Runs the package's own installer, which checks the checksum. Its temporary files show whether data still arrives. */
function fetchRuntime() {
  const folder = mkdtempSync(join(tmpdir(), 'electron-runtime-'));
  const child = spawn(findNode(), [join(electron, 'install.js')], {
    env: { ...process.env, TMPDIR: folder, TEMP: folder, TMP: folder },
    stdio: 'ignore',
  });
  let size = 0;
  let grewAt = Date.now();
  const watch = setInterval(() => {
    const now = sizeOf(folder);
    if (now !== size) [size, grewAt] = [now, Date.now()];
    else if (Date.now() - grewAt > stalledAfterMs) child.kill();
  }, 1000);
  return new Promise((resolve) => {
    const end = (isDone) => {
      clearInterval(watch);
      rmSync(folder, { recursive: true, force: true });
      resolve(isDone);
    };
    child.once('error', () => end(false)).once('exit', (code) => end(code === 0));
  });
}

function sizeOf(folder) {
  const sizes = readdirSync(folder, { recursive: true }).map((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0);
  return sizes.reduce((sum, size) => sum + size, 0);
}
