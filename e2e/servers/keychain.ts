import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand, runInBackground, temporaryFolder, waitUntil } from '../support/commands.ts';

export interface KeychainRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** `unlocked`: as after signing in. `locked`: it answers, but asks for a password that nobody types. `none`: no Secret Service at all. */
export type KeychainState = 'unlocked' | 'locked' | 'none';

/** The home of somebody who has a real Secret Service (gnome-keyring). What one run stores is there in the next. */
export function createKeychainHome() {
  const { folder, remove } = temporaryFolder('keychain');

  /** Runs a Node script in a session of its own; the keychain service lives as long as that. */
  async function run(
    state: KeychainState,
    script: string,
    args: readonly string[] = [],
    env: NodeJS.ProcessEnv = {},
  ): Promise<KeychainRun> {
    const sessionEnv = { ...withoutBus(process.env), HOME: folder, XDG_DATA_HOME: `${folder}/data`, XDG_RUNTIME_DIR: folder, ...env };
    const command = [process.execPath, script, ...args];
    const child =
      state === 'none'
        ? spawn(process.execPath, command.slice(1), { env: { ...sessionEnv, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' } })
        : spawn('dbus-run-session', ['--', 'sh', '-c', `${start[state]} >/dev/null 2>&1; exec "$@"`, 'sh', ...command], {
            env: sessionEnv,
          });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.stdin.end();
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, stdout, stderr };
  }

  return { run, remove };
}

const start = {
  unlocked: 'printf pw | gnome-keyring-daemon --unlock --components=secrets --daemonize',
  locked: 'gnome-keyring-daemon --start --components=secrets --daemonize',
};

export interface KeychainSession {
  /** For programs that are to find it. */
  readonly env: NodeJS.ProcessEnv;
  unlock(): Promise<void>;
  /** As at a sign-in without the password of the keychain. */
  lock(): Promise<void>;
  end(): Promise<void>;
}

/** A session that lasts, with a keychain of its own, which is unlocked. */
export async function startKeychainSession(): Promise<KeychainSession> {
  const { folder, remove } = temporaryFolder('keychain');
  const address = `unix:path=${join(folder, 'bus')}`;
  const env = { DBUS_SESSION_BUS_ADDRESS: address };
  const all = { ...process.env, HOME: folder, XDG_DATA_HOME: join(folder, 'data'), XDG_RUNTIME_DIR: folder, ...env };
  const bus = runInBackground('dbus-daemon', ['--session', '--nofork', `--address=${address}`], all);
  // A keychain that is started again takes the place of the one before, and ends with the bus.
  const startAgain = (state: 'unlocked' | 'locked') =>
    runCommand('sh', ['-c', `${replace[state]} >/dev/null 2>&1`], { env: all }).then(() => undefined);
  const session = {
    env,
    unlock: () => startAgain('unlocked'),
    lock: () => startAgain('locked'),
    async end() {
      await bus.stop();
      remove();
    },
  };
  await waitUntil(() => existsSync(join(folder, 'bus')), bus.output);
  await session.unlock();
  return session;
}

const replace = {
  unlocked: 'printf pw | gnome-keyring-daemon --replace --unlock --components=secrets --daemonize',
  locked: 'gnome-keyring-daemon --replace --components=secrets --daemonize </dev/null',
};

/** dbus-run-session sets its own. */
function withoutBus({ DBUS_SESSION_BUS_ADDRESS: _address, ...env }: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return env;
}
