import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { root } from '../hosts/desktop.ts';

/** Runs the built mfactl on a data folder, without blocking this process, and resolves to its exit code and all that it wrote. */
export async function collectMfactl(
  dataFolder: string,
  words: readonly string[],
  stdin = '',
): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [join(root, 'dist', 'cli.js'), ...words], { env: { ...process.env, MFA_DATA_DIR: dataFolder } });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  child.stdin.end(stdin);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}
