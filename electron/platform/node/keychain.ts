import { AsyncEntry } from '@napi-rs/keyring';
import { Secret } from '../../../shared/lib/secret.ts';
import type { KeychainPort } from '../../services/vault/vault.ts';

/** Shown by the keychain's own tools beside the entry. */
const service = 'MFA Server Console';

/** Without this the library falls back to the kernel's keyring, which forgets at the next start and says nothing. */
const options = { linux: { store: 'secret-service' } } as const;

const backends: Readonly<Record<string, string>> = { win32: 'Windows Credential Manager', darwin: 'macOS Keychain' };

/** The keychain of the signed-in account. Windows holds 2,560 bytes an entry, so only the short vault key goes there. */
export function createKeychain(platform: NodeJS.Platform = process.platform): KeychainPort {
  return {
    backend: backends[platform] ?? 'Secret Service',
    async get(entry) {
      const value = await new AsyncEntry(service, entry, options).getPassword();
      return value ? new Secret(value) : null;
    },
    async set(entry, value) {
      await new AsyncEntry(service, entry, options).setPassword(value.reveal());
    },
  };
}
