import type { AsyncEntry } from '@napi-rs/keyring';
import { Secret } from '../../../shared/lib/secret.ts';
import type { KeychainPort } from '../../services/vault/vault.ts';

/** Shown by the keychain's own tools beside the entry. */
const service = 'MFA Server Console';

/** Without this the library falls back to the kernel's keyring, which forgets at the next start and says nothing. */
const options = { linux: { store: 'secret-service' } } as const;

const backends: Readonly<Record<string, string>> = { win32: 'Windows Credential Manager', darwin: 'macOS Keychain' };

/** What is used of the native part. */
interface Keyring {
  readonly AsyncEntry: typeof AsyncEntry;
}

/**
 * The keychain of the signed-in account. Windows holds 2,560 bytes an entry, so only the short vault key goes there. `load` brings the native
 * part when it is first needed: where that cannot be loaded, there is no keychain, and everything else works.
 */
export function createKeychain(
  platform: NodeJS.Platform = process.platform,
  load: () => Promise<Keyring> = () => import('@napi-rs/keyring'),
): KeychainPort {
  async function open(name: string) {
    const keyring = await load().catch((cause: unknown) => {
      throw new Error(cannotLoad(platform), { cause });
    });
    return new keyring.AsyncEntry(service, name, options);
  }

  return {
    backend: backends[platform] ?? 'Secret Service',
    async get(entry) {
      const value = await (await open(entry)).getPassword();
      return value ? new Secret(value) : null;
    },
    async set(entry, value) {
      await (await open(entry)).setPassword(value.reveal());
    },
  };
}

/** The native part of Windows needs VCRUNTIME140.dll, which does not come with Windows. */
function cannotLoad(platform: NodeJS.Platform): string {
  const sentence = 'The native part of the console that asks the keychain cannot be loaded.';
  return platform === 'win32'
    ? `${sentence} Install the Microsoft Visual C++ Redistributable (x64) and start the console again.`
    : sentence;
}
