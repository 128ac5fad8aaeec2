import type { VaultState } from '../../../shared/contract/app.contract.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { Secret } from '../../../shared/lib/secret.ts';
import { newKey, open, openWithPassphrase, seal, sealWithPassphrase } from './envelope.ts';
import { createSealer, type Sealer } from './sealer.ts';

export type { Sealer } from './sealer.ts';

/** The keychain of the operating system. Keeps one short entry: the vault key, base64. */
export interface KeychainPort {
  /** Name for people: Windows Credential Manager, Secret Service … */
  readonly backend: string;
  /** Null when there is no such entry. Throws when no keychain answers or when it is locked. */
  get(entry: string): Promise<Secret | null>;
  set(entry: string, value: Secret): Promise<void>;
}

/** Sealed bytes in the data folder. */
export interface SealedSecrets {
  read(binding: string): Uint8Array | null;
  write(binding: string, sealed: Uint8Array): void;
  remove(binding: string): void;
  names(): string[];
}

export interface VaultPorts {
  readonly keychain: KeychainPort;
  readonly sealed: SealedSecrets;
  /** Names the entry in the keychain: two data folders on one computer must not share a key. Null before the first secret. */
  readVaultId(): string | null;
  writeVaultId(id: string): void;
  newId(): string;
  /** Why the keychain did not answer; written once. */
  log(error: unknown): void;
}

/** What a secret may be used for. It is part of what is sealed: under another binding it cannot be opened. */
export interface Binding {
  readonly purpose: string;
  /** `host:port`, in any order. */
  readonly servers: readonly string[];
  readonly user: string;
}

export interface Vault {
  state(): Promise<VaultState>;
  /** Throws `keychain-unavailable` or `keychain-locked`; there is no plain-text fallback. */
  put(binding: Binding, secret: Secret): Promise<void>;
  has(binding: Binding): boolean;
  /** Throws `secret-missing` when nothing is kept under this binding, and what the keychain says where it has the key. */
  take(binding: Binding): Promise<Secret>;
  forget(binding: Binding): void;
  /** A sealer whose key is this vault's. Throws what `put` throws. */
  sealer(): Promise<Sealer>;
  /** The key of `sealer`, Base64, for a thread of this process that seals many secrets (`createSealer`). Throws what `put` throws. */
  sealerKey(): Promise<Secret>;
  /** All secrets that open without asking anybody; for somebody who must make sure that none of them is where it does not belong. */
  openAll(): Promise<Secret[]>;
  /** The key of this vault, sealed with a passphrase, for a backup. Throws what `put` throws. */
  keySealedWith(passphrase: Secret): Promise<Uint8Array>;
  /** Opens the vault by its passphrase, or makes a vault sealed by it where there is no keychain. Throws `vault-passphrase-wrong`. */
  unlock(passphrase: Secret): Promise<VaultState>;
}

/** Where the key lies among the sealed secrets when it is sealed with a passphrase. */
export const passphraseEntry = 'vault-key-sealed-by-passphrase';

export function createVault(ports: VaultPorts): Vault {
  let key: Uint8Array | null = null;
  let keySource: 'keychain' | 'passphrase' | null = null;
  let reported = false;
  /** Two that need the first key must not make one each. */
  let making: Promise<Uint8Array> | undefined;

  const nameOf = ({ purpose, servers, user }: Binding) =>
    JSON.stringify([purpose, [...servers].map((server) => server.toLowerCase()).sort(), user.toLowerCase()]);
  const unavailable = (cause: unknown) =>
    new AppError('keychain-unavailable', `The keychain (${ports.keychain.backend}) does not answer.`, { cause });

  async function askKeychain<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (cause) {
      if (!reported) ports.log(cause);
      reported = true;
      throw unavailable(cause);
    }
  }

  /** The key from the keychain; null when the keychain answers and has none for this data folder. */
  async function keyFromKeychain(): Promise<Uint8Array | null> {
    const id = ports.readVaultId();
    const entry = await askKeychain(() => ports.keychain.get(id ?? 'none'));
    return id === null || entry === null ? null : new Uint8Array(Buffer.from(entry.reveal(), 'base64'));
  }

  async function existingKey(): Promise<Uint8Array | null> {
    if (key) return key;
    if (ports.sealed.read(passphraseEntry)) throw new AppError('keychain-locked', 'The vault is sealed. Enter its passphrase.');
    key = await keyFromKeychain();
    keySource = key && 'keychain';
    return key;
  }

  async function keyForWriting(): Promise<Uint8Array> {
    const existing = await existingKey();
    if (existing) return existing;
    const id = ports.readVaultId() ?? ports.newId();
    const created = newKey();
    await askKeychain(() => ports.keychain.set(id, new Secret(Buffer.from(created).toString('base64'))));
    ports.writeVaultId(id);
    key = created;
    keySource = 'keychain';
    return created;
  }

  const sharedKey = () => (making ??= keyForWriting().finally(() => (making = undefined)));

  async function state(): Promise<VaultState> {
    if (keySource === 'passphrase') return { state: 'passphrase', backend: 'passphrase' };
    if (ports.sealed.read(passphraseEntry)) return { state: 'locked', backend: 'passphrase' };
    try {
      if (!key) await existingKey();
      return { state: 'keychain', backend: ports.keychain.backend };
    } catch {
      return { state: 'unavailable', backend: ports.keychain.backend };
    }
  }

  return {
    state,
    async put(binding, secret) {
      const name = nameOf(binding);
      ports.sealed.write(name, seal(await sharedKey(), name, secret));
    },
    has: (binding) => ports.sealed.read(nameOf(binding)) !== null,
    async take(binding) {
      const name = nameOf(binding);
      const sealed = ports.sealed.read(name);
      if (!sealed) throw new AppError('secret-missing', 'No password is stored for this server and user.');
      const existing = await existingKey();
      if (!existing)
        throw new AppError('keychain-unavailable', 'The keychain no longer has the key of this data folder. Enter the password again.');
      try {
        return open(existing, name, sealed);
      } catch (error) {
        // Perhaps sealed before there was a passphrase, when the keychain still answered.
        if (keySource !== 'passphrase' || ports.readVaultId() === null) throw error;
        const older = await keyFromKeychain();
        if (older === null) throw error;
        return open(older, name, sealed);
      }
    },
    forget(binding) {
      ports.sealed.remove(nameOf(binding));
    },
    async sealer() {
      return createSealer(await sharedKey());
    },
    async sealerKey() {
      return new Secret(Buffer.from(await sharedKey()).toString('base64'));
    },
    async openAll() {
      const existing = await existingKey().catch(() => null);
      return (existing ? ports.sealed.names() : []).flatMap((name) => {
        const sealed = ports.sealed.read(name);
        try {
          return sealed ? [open(existing!, name, sealed)] : [];
        } catch {
          return [];
        }
      });
    },
    async keySealedWith(passphrase) {
      return sealWithPassphrase(passphrase, await sharedKey());
    },
    async unlock(passphrase) {
      const sealed = ports.sealed.read(passphraseEntry);
      if (sealed) {
        key = await openWithPassphrase(passphrase, sealed);
      } else {
        const { state: now } = await state();
        if (now === 'keychain') throw new AppError('conflict', 'The vault is kept by the keychain. It needs no passphrase.');
        const created = newKey();
        ports.sealed.write(passphraseEntry, await sealWithPassphrase(passphrase, created));
        key = created;
      }
      keySource = 'passphrase';
      return state();
    },
  };
}
