import { AppError } from '../../../shared/contract/errors.ts';
import { Secret } from '../../../shared/lib/secret.ts';
import type { AuthorityKey, AuthorityPorts, AuthorityRecord } from './authorityPorts.ts';

const licenceContext = 'activation licence key';
/** 125 bits, written so that it can be read aloud. */
const keyBytes = 25;
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A new licence or group key: five groups of five. */
export function makeKey(random: Uint8Array): Secret {
  const text = [...random.subarray(0, keyBytes)].map((byte) => digits[byte % digits.length]).join('');
  return new Secret(text.replaceAll(/(.{5})(?=.)/g, '$1-'));
}

export interface AuthorityIdentity {
  /** Makes the authority on first use. Throws what the keychain says. */
  ensure(): Promise<AuthorityRecord>;
  key(): Promise<AuthorityKey>;
  licenceKey(): Promise<Secret>;
  newKey(): Secret;
}

/** Who an authority is: its company, its certificate, and the keys that only the vault opens. */
export function createAuthorityIdentity(
  { store, certificates, vault, randomBytes, newId, now }: AuthorityPorts,
  companyName: () => string,
): AuthorityIdentity {
  let making: Promise<AuthorityRecord> | undefined;
  const newKey = () => makeKey(randomBytes(keyBytes));

  async function make(): Promise<AuthorityRecord> {
    const existing = store().read();
    if (existing) return existing;
    const companyId = newId();
    const { certificate, privateKey } = await certificates.createAuthority(companyId, now());
    const licenceKey = await vault.seal(licenceContext, newKey());
    // The key first: a certificate whose key is lost would be an authority for ever that can sign nothing.
    await vault.putKey(companyId, privateKey);
    return store().create({ companyId, companyName: companyName(), certificate, licenceKey, createdAt: now() });
  }

  const ensure = () => (making ??= make().finally(() => (making = undefined)));

  return {
    ensure,
    newKey,
    async key() {
      const { certificate, companyId } = await ensure();
      try {
        return { certificate, privateKey: await vault.takeKey(companyId) };
      } catch (cause) {
        throw new AppError('authority-key-missing', 'The key of the activation authority cannot be opened.', { cause });
      }
    },
    async licenceKey() {
      return vault.open(licenceContext, (await ensure()).licenceKey);
    },
  };
}
