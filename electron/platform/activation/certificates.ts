import 'reflect-metadata';
import { createHash, randomBytes, webcrypto, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  Pkcs10CertificateRequest,
  Pkcs10CertificateRequestGenerator,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
  type Extension,
  type PublicKey,
} from '@peculiar/x509';
import { RefusalError } from '../../../shared/activation/protocol.ts';
import { Secret } from '../../../shared/lib/secret.ts';
import { sealAnswer } from './answerSealing.ts';
import type { MakeRequest } from '../../services/activation/activationPorts.ts';
import type { AuthorityKey, CertificateMaker, IssuedCertificate } from '../../services/authority/authorityPorts.ts';

/** X.509 (RFC 5280) and PKCS#10 (RFC 2986), all with ECDSA on P-256 (FIPS 186-5) and SHA-256. */
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const dayMs = 86_400_000;
const authorityLifeMs = 20 * 365 * dayMs;
const serverLifeMs = 90 * dayMs;
/** A year: somebody has to carry the next one. */
const fileLifeMs = 365 * dayMs;
const listenerLifeMs = 180 * dayMs;
/** Certificates begin in the past: a server whose clock is slow by a day is then told so, instead of failing in the handshake. */
const beginsBeforeMs = 2 * dayMs;

/** 64 hexadecimal digits. */
export function fingerprintOf(certificate: string): string {
  return createHash('sha256').update(new X509Certificate(certificate).raw).digest('hex');
}

const newKeys = () => webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

async function exportKey(key: webcrypto.CryptoKey): Promise<Secret> {
  return new Secret(PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY'));
}

async function importKey(key: Secret): Promise<webcrypto.CryptoKey> {
  const [der] = PemConverter.decode(key.reveal());
  return webcrypto.subtle.importKey('pkcs8', der!, algorithm, false, ['sign']);
}

/** Positive and of 127 random bits (RFC 5280 section 4.1.2.2). */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = (bytes[0]! & 0x7f) | 0x40;
  return bytes.toString('hex');
}

async function issue(
  authority: AuthorityKey,
  publicKey: PublicKey | webcrypto.CryptoKey,
  wish: { readonly commonName: string; readonly usage: ExtendedKeyUsage; readonly lifeMs: number; readonly extensions?: Extension[] },
  now: number,
): Promise<IssuedCertificate> {
  const issuer = new X509Certificate(authority.certificate);
  const expiresAt = Math.min(now + wish.lifeMs, issuer.validToDate.getTime());
  const made = await X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    issuer: issuer.subject.replaceAll('\n', ', '),
    subject: [{ CN: [wish.commonName] }],
    notBefore: new Date(now - beginsBeforeMs),
    notAfter: new Date(expiresAt),
    signingAlgorithm: algorithm,
    publicKey,
    signingKey: await importKey(authority.privateKey),
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([wish.usage], true),
      ...(wish.extensions ?? []),
    ],
  });
  const certificate = `${made.toString('pem')}\n`;
  return { certificate, sha256: fingerprintOf(certificate), issuedAt: now, expiresAt };
}

/** The key of a request that was signed with it. Throws RefusalError `request-not-valid`. */
async function keyOf(request: string): Promise<PublicKey> {
  try {
    const parsed = new Pkcs10CertificateRequest(request);
    const { name, namedCurve } = parsed.publicKey.algorithm as Partial<typeof algorithm>;
    if (name === algorithm.name && namedCurve === algorithm.namedCurve && (await parsed.verify())) return parsed.publicKey;
  } catch {
    // Said below: whatever is wrong with it, it is no request.
  }
  throw new RefusalError('request-not-valid', 'The certificate request is not a signed PKCS#10 request for a P-256 key.');
}

export const certificateMaker: CertificateMaker = {
  async createAuthority(id, now) {
    const keys = await newKeys();
    const made = await X509CertificateGenerator.createSelfSigned({
      serialNumber: serialNumber(),
      name: [{ CN: [`MFA Server Console activation authority ${id.slice(0, 8)}`] }],
      notBefore: new Date(now - beginsBeforeMs),
      notAfter: new Date(now + authorityLifeMs),
      signingAlgorithm: algorithm,
      keys,
      extensions: [
        new BasicConstraintsExtension(true, 0, true),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true),
        await SubjectKeyIdentifierExtension.create(keys.publicKey),
      ],
    });
    return { certificate: `${made.toString('pem')}\n`, privateKey: await exportKey(keys.privateKey) };
  },
  async certifyServer(request, serverId, authority, now, renewedBy) {
    const publicKey = await keyOf(request);
    const lifeMs = renewedBy === 'file' ? fileLifeMs : serverLifeMs;
    return issue(authority, publicKey, { commonName: serverId, usage: ExtendedKeyUsage.clientAuth, lifeMs }, now);
  },
  keyDigest: async (request) =>
    createHash('sha256')
      .update(new Uint8Array((await keyOf(request)).rawData))
      .digest('hex'),
  sealFor: async (request, text) => sealAnswer(new Uint8Array((await keyOf(request)).rawData), text),
};

/** A certificate for HTTPS under these names and addresses, with a key that is kept nowhere. */
export async function certifyListener(
  names: readonly string[],
  authority: AuthorityKey,
  now: number,
): Promise<IssuedCertificate & { readonly privateKey: Secret }> {
  const keys = await newKeys();
  const alternatives = new SubjectAlternativeNameExtension(
    names.map((name) => ({ type: isIP(name) === 0 ? ('dns' as const) : ('ip' as const), value: name })),
  );
  const wish = { commonName: 'MFA Server Console activation authority', usage: ExtendedKeyUsage.serverAuth, lifeMs: listenerLifeMs };
  const issued = await issue(authority, keys.publicKey, { ...wish, extensions: [alternatives] }, now);
  return { ...issued, privateKey: await exportKey(keys.privateKey) };
}

export const makeRequest: MakeRequest = async () => {
  const keys = await newKeys();
  const request = await Pkcs10CertificateRequestGenerator.create({
    // The authority gives the name.
    name: [{ CN: ['MFA server'] }],
    keys,
    signingAlgorithm: algorithm,
  });
  return { request: `${request.toString('pem')}\n`, privateKey: await exportKey(keys.privateKey) };
};
