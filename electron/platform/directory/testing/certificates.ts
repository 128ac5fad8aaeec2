import { generateKeyPairSync, randomBytes, sign, X509Certificate, type KeyObject } from 'node:crypto';
import { isIPv4 } from 'node:net';

/** A certificate with its key, made for one test: no test needs openssl, and none trusts a key that lies in the repository. */
export interface TestCertificate {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
  readonly key: KeyObject;
  readonly subject: string;
  readonly sha256: string;
}

export interface CertificateWish {
  readonly subject: string;
  /** DNS names and IPv4 addresses. */
  readonly names?: readonly string[];
  /** Without it the certificate is its own issuer. */
  readonly issuer?: TestCertificate;
  readonly isAuthority?: boolean;
  readonly validFrom?: Date;
  readonly validTo?: Date;
}

const day = 86_400_000;

/** X.509 version 3 (RFC 5280) with ECDSA P-256. */
export function makeCertificate(wish: CertificateWish): TestCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = sequence(oid('1.2.840.10045.4.3.2'));
  const names = (wish.names ?? []).map((name) =>
    isIPv4(name) ? tlv(0x87, Buffer.from(name.split('.').map(Number))) : tlv(0x82, Buffer.from(name)),
  );
  const extensions = [
    ...(names.length === 0 ? [] : [sequence(oid('2.5.29.17'), octets(sequence(...names)))]),
    ...(wish.isAuthority === true
      ? [sequence(oid('2.5.29.19'), tlv(0x01, Buffer.of(0xff)), octets(sequence(tlv(0x01, Buffer.of(0xff)))))]
      : []),
  ];
  const body = sequence(
    tlv(0xa0, integer(Buffer.of(2))),
    integer(Buffer.concat([Buffer.of(0x01), randomBytes(8)])),
    algorithm,
    distinguishedName(wish.issuer?.subject ?? wish.subject),
    sequence(time(wish.validFrom ?? new Date(Date.now() - day)), time(wish.validTo ?? new Date(Date.now() + 90 * day))),
    distinguishedName(wish.subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    ...(extensions.length === 0 ? [] : [tlv(0xa3, sequence(...extensions))]),
  );
  const signature = sign('sha256', body, wish.issuer?.key ?? privateKey);
  const der = sequence(body, algorithm, tlv(0x03, Buffer.concat([Buffer.of(0), signature])));
  return {
    // No empty line, which readers take for the end of a header, where the last line is full.
    certificatePem: `-----BEGIN CERTIFICATE-----\n${der
      .toString('base64')
      .match(/.{1,64}/g)!
      .join('\n')}\n-----END CERTIFICATE-----\n`,
    privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    key: privateKey,
    subject: wish.subject,
    sha256: new X509Certificate(der).fingerprint256.replaceAll(':', '').toLowerCase(),
  };
}

function tlv(tag: number, ...content: readonly Buffer[]): Buffer {
  const { length } = Buffer.concat(content);
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.of(tag, ...size), ...content]);
}

const sequence = (...content: readonly Buffer[]): Buffer => tlv(0x30, ...content);
const octets = (content: Buffer): Buffer => tlv(0x04, content);
const integer = (content: Buffer): Buffer => tlv(0x02, content);
const time = (date: Date): Buffer => tlv(0x18, Buffer.from(`${date.toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`));
const distinguishedName = (commonName: string): Buffer => sequence(tlv(0x31, sequence(oid('2.5.4.3'), tlv(0x0c, Buffer.from(commonName)))));

function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...others] = dotted.split('.').map(Number);
  const bytes = others.flatMap((part) => {
    const digits = [part & 0x7f];
    for (let left = part >> 7; left > 0; left >>= 7) digits.unshift((left & 0x7f) | 0x80);
    return digits;
  });
  return tlv(0x06, Buffer.of(first * 40 + second, ...bytes));
}
