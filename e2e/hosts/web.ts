import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from './desktop.ts';

export interface WebHost {
  /** Signs in once. */
  readonly signInLink: string;
  readonly origin: string;
  /** Of its process. */
  readonly pid: number;
  /** What the server wrote to stderr so far. */
  log(): string;
  /** Ends it as Ctrl+C would, or at once. */
  stop(signal?: 'SIGINT' | 'SIGKILL'): Promise<void>;
}

/** The built headless host on a data folder of its own; on a free port, unless one is given. */
export async function startWebHost(folder: string, extraEnv: NodeJS.ProcessEnv = {}, port = 0): Promise<WebHost> {
  const server = spawn(process.execPath, [join(root, 'dist', 'server.js'), '--port', String(port)], {
    env: { ...process.env, MFA_DATA_DIR: join(folder, 'data'), ...extraEnv },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  server.stderr.setEncoding('utf8').on('data', (text: string) => (log += text));
  const exited = once(server, 'exit');
  const kill = () => void server.kill('SIGKILL');
  process.once('exit', kill);
  for await (const line of createInterface(server.stdout)) {
    const signInLink = /^Sign in at (http:\S+)$/.exec(line)?.[1];
    if (!signInLink) continue;
    return {
      signInLink,
      origin: new URL(signInLink).origin,
      pid: server.pid!,
      log: () => log,
      async stop(signal = 'SIGINT') {
        process.off('exit', kill);
        server.kill(signal);
        await exited;
      },
    };
  }
  await exited;
  throw new Error(`The headless host ended with ${server.exitCode}: ${log}`);
}
