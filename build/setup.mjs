/**
 * What every command does first: packages installed, Node 24 found. Runs on Node 20 with nothing installed,
 * so it imports nothing but Node itself. Writes to stderr only: stdout belongs to the command.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { holdingLock } from './lock.mjs';
import { run } from './processes.mjs';

/** The checkout. */
export const root = fileURLToPath(new URL('..', import.meta.url));

const neededMajor = 24;
const modules = join(root, 'node_modules');
const stampFile = join(modules, '.setup-stamp');
const installedList = join(modules, '.package-lock.json');
const platform = `${process.platform}-${process.arch}`;

/** Ends the command with a sentence that the admin can act on. */
export function giveUp(sentence, exitCode = 1) {
  process.stderr.write(`${sentence}\n`);
  process.exit(exitCode);
}

export function say(sentence) {
  process.stderr.write(`${sentence}\n`);
}

/**
 * Installs the packages of the lock file unless they are there already. Ends the process with a sentence when that fails.
 * `announce` receives one line when it takes time.
 */
export async function installPackages(announce = say) {
  const lockFile = readFileSync(join(root, 'package-lock.json'));
  const hash = createHash('sha256').update(lockFile).digest('hex');
  // npm writes its list anew whenever it changes anything, whoever called it.
  const wanted = () => `${platform} ${hash} ${statSync(installedList, { throwIfNoEntry: false })?.mtimeMs}`;
  const isFresh = () => readIfThere(stampFile) === wanted();
  if (isFresh()) return;
  await holdingLock(root, () => {
    if (isFresh()) return;
    if (!isInstalled(JSON.parse(lockFile.toString()))) {
      announce('Installing packages. This happens once and takes about a minute.');
      runNpm();
    }
    writeFileSync(stampFile, wanted());
  });
}

/** npm keeps a list of what it installed; somebody may have run `npm install` without us. */
function isInstalled(lock) {
  const list = readIfThere(installedList);
  if (list === undefined) return false;
  const installed = JSON.parse(list).packages;
  return Object.entries(lock.packages).every(([path, { version, optional, link }]) => {
    if (path === '' || link) return true;
    // What is optional may be meant for another machine.
    return installed[path] ? installed[path].version === version : optional;
  });
}

function runNpm() {
  // Not `npm ci`: it refuses a lock file that was made where a registry lacks the optional packages of other platforms.
  // This installs the same versions with the same checksums, and lets such packages be absent.
  const args = 'install --no-save --no-audit --no-fund --loglevel=error';
  // npm tells its scripts where it lives; without it the shell finds npm, which is a script on Windows.
  const npm = process.env.npm_execpath?.endsWith('.js') ? `"${process.execPath}" "${process.env.npm_execpath}" ${args}` : `npm ${args}`;
  const { status, stdout, stderr } = spawnSync(npm, { cwd: root, shell: true, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  if (status === 0) return;
  const output = `${stderr}\n${stdout}`.trim();
  say(output.split('\n').slice(0, 12).join('\n'));
  const isOffline = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ECONNRESET/.test(output);
  giveUp(
    isOffline
      ? 'The packages cannot be fetched, because this machine does not reach its package registry. Connect it, or copy node_modules from a machine of the same kind, and try again.'
      : 'The packages could not be installed. What npm said stands above.',
  );
}

/** Path of a Node that is new enough: this one, or the one among the packages. Ends the process with a sentence when there is none. */
export function findNode() {
  if (majorOf(process.versions.node) >= neededMajor) return process.execPath;
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const executable = join(modules, name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(executable)) return executable;
  return giveUp(
    `This is Node ${process.versions.node}; the console needs Node ${neededMajor} or newer, and there is no package of it for ${platform}. Install Node ${neededMajor} and try again.`,
  );
}

/** Runs the calling script again under a Node that is new enough, and returns only when it already is. */
export async function underNewNode() {
  const node = findNode();
  if (node === process.execPath) return;
  process.exit(await run(node, process.argv.slice(1)));
}

function readIfThere(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function majorOf(version) {
  return Number(version.split('.')[0]);
}
