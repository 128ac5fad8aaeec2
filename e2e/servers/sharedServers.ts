import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { startSamba, type Samba } from './startSamba.ts';

/** Servers that are worth starting once for all suites. Null where this machine cannot run them. */
export interface SharedServers {
  readonly samba: Samba | null;
}

/** How they are handed to the processes that run the tests. */
const variable = 'MFA_TEST_SERVERS';

/** True when the program can be started, for example 'samba'. */
export function hasProgram(name: string): boolean {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return folders.some((folder) => existsSync(join(folder, name)));
}

/** Samba takes ports below 1024, so it needs root. */
export function canRunSamba(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0 && ['samba', 'samba-tool', 'ldbadd', 'openssl'].every(hasProgram);
}

/**
 * Starts them, unless whoever started this process has done so; resolves to what ends them again.
 * Serves vitest and Playwright as their global set-up.
 */
export async function setUpSharedServers(): Promise<() => Promise<void>> {
  if (process.env[variable] !== undefined) return async () => {};
  const samba = canRunSamba() ? await startSamba() : null;
  process.env[variable] = JSON.stringify({ samba } satisfies SharedServers);
  return async () => {
    delete process.env[variable];
    await samba?.stop();
  };
}

/** In a test: the servers that the global set-up has started. */
export function sharedServers(): SharedServers {
  const text = process.env[variable];
  if (text === undefined) throw new Error('No servers: run this through its vitest or Playwright configuration.');
  return JSON.parse(text) as SharedServers;
}
