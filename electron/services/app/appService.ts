import type { appContract, VaultState } from '../../../shared/contract/app.contract.ts';
import type { RestoreOutcome } from '../../../shared/contract/backups.contract.ts';
import type { Implementation } from '../../../shared/contract/define.ts';
import { Secret } from '../../../shared/lib/secret.ts';
import type { Call } from '../../runtime/call.ts';

export interface AppPorts {
  readonly version: string;
  readonly host: 'desktop' | 'headless' | 'command line';
  readonly serverName: string;
  readonly dataFolder: string;
  isLeaseHolder(): boolean;
  /** What is wrong with the file of users, as far as is known. */
  storeDamage(): string | undefined;
  lastRestore(): RestoreOutcome | null;
  vaultState(): Promise<VaultState>;
  unlockVault(passphrase: Secret): Promise<VaultState>;
  preference(account: string, name: string): string | null;
  setPreference(account: string, name: string, value: string): void;
}

/** What the console knows about itself, and what an administrator likes to see. */
export function createAppService(ports: AppPorts): Implementation<typeof appContract, Call> {
  return {
    async status(_input, { caller }) {
      const { version, host, serverName, dataFolder } = ports;
      return {
        version,
        host,
        serverName,
        dataFolder,
        access: [...caller.access],
        vault: await ports.vaultState(),
        leaseHolder: ports.isLeaseHolder(),
        storeDamage: ports.storeDamage(),
        lastRestore: ports.lastRestore(),
      };
    },
    async unlockVault({ passphrase }) {
      return ports.unlockVault(new Secret(passphrase));
    },
    async preference({ key }, { caller }) {
      return { value: ports.preference(caller.account, key) };
    },
    async setPreference({ key, value }, { caller }) {
      ports.setPreference(caller.account, key, value);
      return null;
    },
  };
}
