import { generateKeyPairSync, sign } from 'node:crypto';
import { isIPv4 } from 'node:net';
import type { ServerCertificate } from '../createLdapServer.ts';
import { encodeBoolean, encodeElement, encodeInteger, encodeOctets, encodeSequence } from '../protocol/ber.ts';

export interface CertificateWishes {
  /** Host names and IPv4 addresses that the certificate is good for. The first one is the subject. */
  readonly names: readonly string[];
  /** Default: an hour ago. */
  readonly notBefore?: Date;
  /** Default: in one day. */
  readonly notAfter?: Date;
}

const hourMs = 3_600_000;
/** ecdsa-with-SHA256, RFC 5758. */
const signatureAlgorithm = encodeSequence(Buffer.from('06082a8648ce3d040302', 'hex'));
const commonName = Buffer.from('0603550403', 'hex');
const subjectAltName = Buffer.from('0603551d11', 'hex');
const basicConstraints = Buffer.from('0603551d13', 'hex');

/** Makes a new key and a certificate of RFC 5280 for it, signed by itself. For tests: the key is thrown away with them. */
export function selfSignedCertificate({ names, notBefore, notAfter }: CertificateWishes): ServerCertificate {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const name = encodeSequence(encodeElement(0x31, encodeSequence(commonName, encodeOctets(names[0] ?? 'localhost', 0x0c))));
  const content = encodeSequence(
    encodeElement(0xa0, encodeInteger(2)),
    encodeInteger(1),
    signatureAlgorithm,
    name,
    encodeSequence(time(notBefore ?? new Date(Date.now() - hourMs)), time(notAfter ?? new Date(Date.now() + 24 * hourMs))),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    encodeElement(
      0xa3,
      encodeSequence(extension(subjectAltName, ...names.map(alternativeName)), extension(basicConstraints, encodeBoolean(true))),
    ),
  );
  const signature = encodeElement(0x03, Buffer.of(0), sign('sha256', content, privateKey));
  return {
    certificatePem: toPem(encodeSequence(content, signatureAlgorithm, signature)),
    privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function alternativeName(name: string): Buffer {
  return isIPv4(name) ? encodeOctets(Buffer.from(name.split('.').map(Number)), 0x87) : encodeOctets(name, 0x82);
}

function extension(oid: Buffer, ...content: readonly Buffer[]): Buffer {
  return encodeSequence(oid, encodeOctets(encodeSequence(...content)));
}

/** RFC 5280 wants two-digit years up to 2049, and tests have no reason to go further. */
function time(date: Date): Buffer {
  return encodeOctets(`${date.toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`, 0x17);
}

function toPem(der: Buffer): string {
  return `-----BEGIN CERTIFICATE-----\n${der
    .toString('base64')
    .replace(/(.{64})/g, '$1\n')
    .trimEnd()}\n-----END CERTIFICATE-----\n`;
}
