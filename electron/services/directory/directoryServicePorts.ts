import type { DirectoryServer, DirectorySettings, ServerState, TestStep } from '../../../shared/contract/directory.contract.ts';
import type { PhoneParser } from '../../../shared/phones/phoneParser.ts';
import type { Secret } from '../../../shared/lib/secret.ts';
import type { DirectoryPort } from './directoryPort.ts';

/** To whom a password may be sent. It does not leave its binding: with other servers or another user there is no password. */
export interface SecretBinding {
  readonly purpose: 'directory';
  /** `security://host:port`, sorted: a password that was given for TLS is not sent in clear either. */
  readonly servers: string[];
  readonly user: string;
}

/** The vault, as far as this service needs it. */
export interface SecretStore {
  put(binding: SecretBinding, secret: Secret): Promise<void>;
  /** Does not open the keychain. */
  has(binding: SecretBinding): boolean;
  /** Rejects with `secret-missing`, `secret-bound-elsewhere`, `keychain-locked`, `keychain-unavailable`. */
  take(binding: SecretBinding): Promise<Secret>;
  forget(binding: SecretBinding): void;
}

/** What this service needs from the world. */
export interface DirectoryServicePorts {
  readonly directory: DirectoryPort;
  readonly secrets: SecretStore;
  readSettings(): DirectorySettings | null;
  saveSettings(settings: DirectorySettings): void;
  /** Starts the built-in directory if it is not running. It serves plain LDAP on loopback. */
  startSample(): Promise<{ url: string; baseDn: string; bindDn: string; password: Secret }>;
  /** How servers answered last (serverStates.ts). */
  serverStates(servers: readonly DirectoryServer[]): ServerState[];
  /** Users of the store whose distinguished name lies below a base DN. */
  countImported(baseDn: string, signal: AbortSignal): Promise<number>;
  emitTested(event: { runId: string; step: TestStep }): void;
  /** For showing what would be stored; the numbers of a country are those of the settings. */
  createPhoneParser(defaultCountry: string): PhoneParser;
}

export function secretBinding(settings: DirectorySettings): SecretBinding {
  return {
    purpose: 'directory',
    servers: settings.servers.map(({ host, port, security }) => `${security}://${host.toLowerCase()}:${port}`).sort(),
    user: settings.bindDn,
  };
}
