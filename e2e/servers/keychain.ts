import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { temporaryFolder } from '../support/commands.ts';

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

/** dbus-run-session sets its own. */
function withoutBus({ DBUS_SESSION_BUS_ADDRESS: _address, ...env }: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return env;
}
