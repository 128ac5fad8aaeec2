import { directoryTimeouts, type DirectorySettings } from '../../shared/contract/directory.contract.ts';
import { Secret } from '../../shared/lib/secret.ts';
import {
  startSampleDirectory,
  type Fault,
  type SampleDirectory,
  type SampleDirectoryOptions,
} from '../../electron/platform/ldapServer/index.ts';
import { defaultSettings } from '../../electron/services/directory/kinds.ts';

/** The sample company on a server that a spec can change, break and mend while the console uses it. */
export interface Contoso extends SampleDirectory {
  readonly password: string;
  /** What the console needs to sign in, without encryption unless changed. Waits are short. */
  settings(changes?: Partial<DirectorySettings>): DirectorySettings;
  /** From the next connection on; null mends it. */
  misbehave(fault: Fault | null): void;
}

export const contosoPassword = 'Service-Passw0rd';

export async function startContoso(options: Partial<SampleDirectoryOptions> = {}): Promise<Contoso> {
  let current: Fault | null = null;
  const switchable: Fault = (next) => ({ ...next, openSession: (peer) => (current ? current(next) : next).openSession(peer) });
  const directory = await startSampleDirectory({ servicePassword: new Secret(contosoPassword), ...options, faults: [switchable] });
  return {
    ...directory,
    password: contosoPassword,
    settings: (changes = {}) => ({
      ...defaultSettings.ad,
      servers: [{ host: '127.0.0.1', port: directory.port, security: 'none' }],
      allowPlainText: true,
      baseDn: directory.baseDn,
      bindDn: directory.serviceDn,
      pageSize: 50,
      timeouts: directoryTimeouts.parse({ connectMs: 5_000, firstAnswerMs: 5_000, idleMs: 5_000, totalMs: 60_000 }),
      ...changes,
    }),
    misbehave: (fault) => void (current = fault),
  };
}
