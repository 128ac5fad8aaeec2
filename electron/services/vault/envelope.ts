import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { AppError } from '../../../shared/contract/errors.ts';
import { Secret } from '../../../shared/lib/secret.ts';

/**
 * Layout of a sealed secret: version (1 byte) · key id (4 bytes) · nonce (12) · tag (16) · ciphertext, AES-256-GCM.
 * The binding is authenticated with it (AAD) and so is the header; a secret moved to another binding does not open.
 */
const version = 1;
const keyIdBytes = 4;
const nonceBytes = 12;
const tagBytes = 16;
const headerBytes = 1 + keyIdBytes;

/** OWASP's scrypt parameters for interactive use (N=2^17, r=8, p=1); kept in the sealed key so that they can rise later. */
const scryptCost = { logN: 17, r: 8, p: 1 };
const saltBytes = 16;

const derive = promisify<Secret, Uint8Array, { logN: number; r: number; p: number }, Buffer>((passphrase, salt, { logN, r, p }, done) =>
  scrypt(passphrase.reveal().normalize('NFKC'), salt, 32, { N: 2 ** logN, r, p, maxmem: 256 * 1024 * 1024 }, done),
);

export function newKey(): Uint8Array {
  return randomBytes(32);
}

function keyId(key: Uint8Array): Buffer {
  return createHash('sha256').update('vault key id').update(key).digest().subarray(0, keyIdBytes);
}

function encrypt(key: Uint8Array, header: Buffer, binding: string, text: Buffer): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.concat([header, Buffer.from(binding)]));
  const encrypted = Buffer.concat([cipher.update(text), cipher.final()]);
  return Buffer.concat([header, nonce, cipher.getAuthTag(), encrypted]);
}

/** Throws when key, binding or bytes do not fit together. */
function decrypt(key: Uint8Array, headerLength: number, binding: string, bytes: Buffer): Buffer {
  const header = bytes.subarray(0, headerLength);
  const nonce = bytes.subarray(headerLength, headerLength + nonceBytes);
  const tag = bytes.subarray(headerLength + nonceBytes, headerLength + nonceBytes + tagBytes);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
    .setAAD(Buffer.concat([header, Buffer.from(binding)]))
    .setAuthTag(tag);
  return Buffer.concat([decipher.update(bytes.subarray(headerLength + nonceBytes + tagBytes)), decipher.final()]);
}

export function seal(key: Uint8Array, binding: string, secret: Secret): Uint8Array {
  return encrypt(key, Buffer.concat([Buffer.from([version]), keyId(key)]), binding, Buffer.from(secret.reveal()));
}

/** Throws AppError `keychain-unavailable` for another key, `secret-bound-elsewhere` when it was sealed for something else. */
export function open(key: Uint8Array, binding: string, sealed: Uint8Array): Secret {
  const bytes = Buffer.from(sealed);
  if (bytes[0] !== version || !bytes.subarray(1, headerBytes).equals(keyId(key))) {
    throw new AppError('keychain-unavailable', 'The stored password was sealed with another key. Enter it again.');
  }
  try {
    return new Secret(decrypt(key, headerBytes, binding, bytes).toString());
  } catch (cause) {
    throw new AppError('secret-bound-elsewhere', 'The stored password belongs to another server or user. Enter it again.', { cause });
  }
}

/** Names a key without telling anything about it. */
export function nameOfKey(key: Uint8Array): string {
  return keyId(key).toString('hex');
}

/**
 * HMAC-SHA-256 of a secret under a key of its own, made from `key`: a key must not serve two algorithms. Nobody can compute or
 * try it without the key.
 */
export function authenticate(key: Uint8Array, context: string, secret: Secret): Uint8Array {
  const own = createHmac('sha256', key).update('vault mac key').digest();
  return createHmac('sha256', own)
    .update(JSON.stringify([context, secret.reveal()]))
    .digest();
}

/** Header: version · log2 N · r · p · salt. */
export async function sealWithPassphrase(passphrase: Secret, key: Uint8Array): Promise<Uint8Array> {
  const header = Buffer.concat([Buffer.from([version, scryptCost.logN, scryptCost.r, scryptCost.p]), randomBytes(saltBytes)]);
  return encrypt(await derive(passphrase, header.subarray(4), scryptCost), header, 'vault key', Buffer.from(key));
}

/** Throws AppError `vault-passphrase-wrong`. */
export async function openWithPassphrase(passphrase: Secret, sealed: Uint8Array): Promise<Uint8Array> {
  const bytes = Buffer.from(sealed);
  const headerLength = 4 + saltBytes;
  const [, logN = 0, r = 0, p = 0] = bytes;
  const derived = await derive(passphrase, bytes.subarray(4, headerLength), { logN, r, p });
  try {
    return decrypt(derived, headerLength, 'vault key', bytes);
  } catch (cause) {
    throw new AppError('vault-passphrase-wrong', 'The passphrase is wrong.', { cause });
  }
}
