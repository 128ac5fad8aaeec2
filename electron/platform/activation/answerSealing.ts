import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  randomBytes,
  X509Certificate,
  type KeyObject,
} from 'node:crypto';
import type { AnswerFile } from '../../../shared/activation/activationFile.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Secret } from '../../../shared/lib/secret.ts';

const purpose = 'mfa activation answer 1';

/** One key for one answer: what two keys have in common, through HKDF (RFC 5869), bound to the key that was made for the answer. */
function answerKey(privateKey: KeyObject, publicKey: KeyObject, ephemeral: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', diffieHellman({ privateKey, publicKey }), ephemeral, purpose, 32));
}

/** Seals a text for who has the private key to this public key (SPKI): ECDH on P-256 with a key of its own, AES-256-GCM. */
export function sealAnswer(spki: Uint8Array, text: string): Pick<AnswerFile, 'ephemeral' | 'nonce' | 'tag' | 'sealed'> {
  const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ephemeral = own.publicKey.export({ type: 'spki', format: 'der' });
  const publicKey = createPublicKey({ key: Buffer.from(spki), type: 'spki', format: 'der' });
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', answerKey(own.privateKey, publicKey, ephemeral), nonce);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  const [base64, tag] = [(bytes: Uint8Array) => Buffer.from(bytes).toString('base64'), cipher.getAuthTag()];
  return { ephemeral: base64(ephemeral), nonce: base64(nonce), tag: base64(tag), sealed: base64(sealed) };
}

/** Throws AppError `activation-file-not-valid`: the answer is damaged, or was made for another request. */
export function openAnswer(file: AnswerFile, key: Secret): string {
  try {
    const ephemeral = Buffer.from(file.ephemeral, 'base64');
    const publicKey = createPublicKey({ key: ephemeral, type: 'spki', format: 'der' });
    const nonce = Buffer.from(file.nonce, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', answerKey(createPrivateKey(key.reveal()), publicKey, ephemeral), nonce, {
      authTagLength: 16,
    }).setAuthTag(Buffer.from(file.tag, 'base64'));
    return Buffer.concat([decipher.update(Buffer.from(file.sealed, 'base64')), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new AppError('activation-file-not-valid', 'The answer was made for another request, or is damaged.', { cause });
  }
}

/** Whether the authority signed this certificate, and for this key. */
export function isIssuedFor(certificate: string, authority: string, key: Secret): boolean {
  const [issued, issuer] = [new X509Certificate(certificate), new X509Certificate(authority)];
  return issued.verify(issuer.publicKey) && issued.checkIssued(issuer) && issued.checkPrivateKey(createPrivateKey(key.reveal()));
}
