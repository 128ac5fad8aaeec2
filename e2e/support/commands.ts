import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Runs a program to its end and resolves to what it wrote to stdout. Rejects with what it wrote to stderr when it fails. */
export async function runCommand(
  file: string,
  args: readonly string[],
  options: { input?: string; cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<string> {
  const child = spawn(file, args, { cwd: options.cwd, env: options.env, stdio: ['pipe', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin.end(options.input);
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${file} ${args[0] ?? ''} ended with ${code}: ${stderr.trim() || stdout.trim()}`);
  return stdout;
}

export interface Background {
  /** What it wrote so far; for the message when it does not start. */
  output(): string;
  hasEnded(): boolean;
  /** Ends it by its process id and waits until it is gone. */
  stop(): Promise<void>;
}

/** Starts a server program. It does not outlive this process. */
export function runInBackground(file: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): Background {
  const child: ChildProcess = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout!, child.stderr!]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.on('error', (error) => (output += error.message));
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
  const kill = () => void child.kill('SIGKILL');
  process.once('exit', kill);
  return {
    output: () => output,
    hasEnded,
    async stop() {
      process.off('exit', kill);
      if (hasEnded()) return;
      const ended = once(child, 'exit');
      child.kill();
      const isEnded = await Promise.race([ended.then(() => true), sleep(5_000, false, { ref: false })]);
      if (!isEnded) child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Asks again and again until `isReady` answers true; fails after `limitMs` with `what`. */
export async function waitUntil(isReady: () => Promise<boolean> | boolean, what: () => string, limitMs = 30_000): Promise<void> {
  const end = Date.now() + limitMs;
  while (!(await isReady())) {
    if (Date.now() > end) throw new Error(what());
    await sleep(100);
  }
}

export function temporaryFolder(name: string): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), `mfa-e2e-${name}-`));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
