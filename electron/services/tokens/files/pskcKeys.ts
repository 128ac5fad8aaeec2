import { createDecipheriv, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';
import { AppError } from '../../../../shared/contract/errors.ts';
import type { Secret } from '../../../../shared/lib/secret.ts';

/** What a container says about its encryption, as written (RFC 6030 §6). */
export interface PskcEncryption {
  readonly keyName: string;
  /** Present when the key is derived from a password. */
  readonly derived: {
    readonly algorithm: string;
    readonly salt: string;
    readonly iterations: number;
    readonly keyBytes: number;
    readonly prf: string;
  } | null;
  readonly mac: { readonly algorithm: string; readonly keyAlgorithm: string; readonly key: string } | null;
}

export interface PskcOpener {
  /** Opens a secret after its MAC was checked. Throws AppError `token-file-password-wrong` or `token-file-not-valid`. */
  open(value: { readonly algorithm: string; readonly cipher: string; readonly mac: string }): Buffer;
}

/** RFC 6030 §6.1 and XML Encryption; by what follows the # of the identifier. */
const ciphers: Readonly<Record<string, { name: string; keyBytes: number; ivBytes: number }>> = {
  'aes128-cbc': { name: 'aes-128-cbc', keyBytes: 16, ivBytes: 16 },
  'aes192-cbc': { name: 'aes-192-cbc', keyBytes: 24, ivBytes: 16 },
  'aes256-cbc': { name: 'aes-256-cbc', keyBytes: 32, ivBytes: 16 },
};
const hashes: Readonly<Record<string, string>> = {
  'hmac-sha1': 'sha1',
  'hmac-sha224': 'sha224',
  'hmac-sha256': 'sha256',
  'hmac-sha384': 'sha384',
  'hmac-sha512': 'sha512',
};
/** More would hold up the computer for minutes; OWASP recommends 1.3 million for SHA-1. */
const maximumIterations = 10_000_000;

const shortName = (identifier: string) => identifier.split('#').at(-1)?.toLowerCase() ?? '';
const notValid = (message: string) => new AppError('token-file-not-valid', message);
const wrongPassword = () => new AppError('token-file-password-wrong', 'The password or key does not open the token file.');

/** Makes the key of a container. `given` is the password, or the pre-shared key in hexadecimal or Base64. */
export function createPskcOpener(encryption: PskcEncryption, given: Secret | null): PskcOpener {
  if (given === null) {
    const name = encryption.keyName ? ` (${encryption.keyName})` : '';
    throw new AppError(
      'token-file-password-missing',
      encryption.derived ? 'The token file is protected by a password.' : `The token file is encrypted with a pre-shared key${name}.`,
    );
  }
  const key = encryption.derived ? deriveKey(encryption.derived, given) : presharedKey(given);
  const macKey = encryption.mac && (encryption.mac.key === '' ? key : decrypt(encryption.mac.keyAlgorithm, key, encryption.mac.key));

  return {
    open({ algorithm, cipher, mac }) {
      if (encryption.mac && macKey) {
        const hash = hashes[shortName(encryption.mac.algorithm)];
        if (hash === undefined)
          throw notValid(`The token file uses a check value (${shortName(encryption.mac.algorithm)}) that is not supported.`);
        if (mac === '') throw notValid('The check value (ValueMAC) of an encrypted secret is missing.');
        const expected = createHmac(hash, macKey).update(bytesOf(cipher)).digest();
        const found = bytesOf(mac);
        if (found.length !== expected.length || !timingSafeEqual(found, expected)) throw wrongPassword();
      }
      return decrypt(algorithm, key, cipher);
    },
  };
}

function deriveKey({ algorithm, salt, iterations, keyBytes, prf }: NonNullable<PskcEncryption['derived']>, password: Secret): Buffer {
  if (shortName(algorithm) !== 'pbkdf2')
    throw notValid(`The token file derives its key in a way (${shortName(algorithm)}) that is not supported.`);
  // RFC 8018: HMAC-SHA-1 unless it says otherwise.
  const hash = prf === '' ? 'sha1' : hashes[shortName(prf)];
  if (hash === undefined) throw notValid(`The token file derives its key with ${shortName(prf)}, which is not supported.`);
  if (!Number.isInteger(iterations) || iterations < 1 || iterations > maximumIterations)
    throw notValid('The iteration count of the key derivation is missing or out of range.');
  if (![16, 24, 32].includes(keyBytes)) throw notValid('The key length of the key derivation is missing or not that of AES.');
  return pbkdf2Sync(password.reveal(), bytesOf(salt), iterations, keyBytes, hash);
}

function presharedKey(given: Secret): Buffer {
  const text = given.reveal().replace(/[\s:-]/g, '');
  const bytes = /^(0x)?([0-9a-f]{2})+$/i.test(text) ? Buffer.from(text.replace(/^0x/i, ''), 'hex') : Buffer.from(text, 'base64');
  if ([16, 24, 32].includes(bytes.length)) return bytes;
  throw new AppError(
    'token-file-password-wrong',
    'The token file needs its pre-shared key: 32, 48 or 64 hexadecimal characters, or the same in Base64.',
  );
}

/** The IV stands before the ciphertext; the last byte tells the length of the padding, whose other bytes may be anything (XML Encryption §5.2). */
function decrypt(algorithm: string, key: Buffer, cipherText: string): Buffer {
  const cipher = ciphers[shortName(algorithm)];
  if (!cipher) throw notValid(`The token file is encrypted in a way (${shortName(algorithm) || 'not named'}) that is not supported.`);
  if (key.length !== cipher.keyBytes) throw wrongPassword();
  const bytes = bytesOf(cipherText);
  if (bytes.length < 2 * cipher.ivBytes || bytes.length % cipher.ivBytes !== 0)
    throw notValid('An encrypted value in the token file is cut off.');
  const decipher = createDecipheriv(cipher.name, key, bytes.subarray(0, cipher.ivBytes)).setAutoPadding(false);
  const padded = Buffer.concat([decipher.update(bytes.subarray(cipher.ivBytes)), decipher.final()]);
  const padding = padded.at(-1) ?? 0;
  if (padding < 1 || padding > cipher.ivBytes) throw wrongPassword();
  return padded.subarray(0, padded.length - padding);
}

function bytesOf(base64: string): Buffer {
  return Buffer.from(base64.replace(/\s/g, ''), 'base64');
}
