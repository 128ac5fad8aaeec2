import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { _electron, type ElectronApplication } from '@playwright/test';

export const root = join(import.meta.dirname, '..', '..');
export const double = join(root, 'e2e', 'double', 'run.ts');

/** The double is a Node script, so it must find the Node that runs the tests. */
export const doubleEnv = { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH']}` };

/** Without Electron's runtime the double takes its place; the specs are the same. */
export const isRealElectron = existsSync(join(root, 'node_modules', 'electron', 'dist'));

const switches = (folder: string) => [`--user-data-dir=${join(folder, 'profile')}`, '.'];

/** The built desktop host on a data folder of its own. `folder` also takes the profile of its browser. */
export function startDesktop(folder: string, extraEnv: NodeJS.ProcessEnv = {}): Promise<ElectronApplication> {
  const args = switches(folder);
  const env = { ...doubleEnv, MFA_DATA_DIR: join(folder, 'data'), ...extraEnv };
  return _electron.launch(isRealElectron ? { args, cwd: root, env } : { args, cwd: root, env, executablePath: double });
}

/** Starts one that ends by itself, as a double click would. Resolves to its exit code, and to what the double notes on stderr of its message boxes. */
export async function runDesktop(folder: string, extraEnv: NodeJS.ProcessEnv = {}): Promise<{ code: number | null; stderr: string }> {
  const electron = join(root, 'node_modules', 'electron');
  const executable = isRealElectron ? join(electron, 'dist', readFileSync(join(electron, 'path.txt'), 'utf8')) : double;
  const env = { ...doubleEnv, MFA_DATA_DIR: join(folder, 'data'), ...extraEnv };
  // As Playwright starts the first one.
  const args = ['--no-sandbox', ...switches(folder)];
  const child = spawn(executable, args, { cwd: root, env, stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stderr };
}
