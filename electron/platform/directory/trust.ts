import { createHash, X509Certificate } from 'node:crypto';
import tls, { type SecureContext, type TLSSocket } from 'node:tls';
import type { Certificate, DirectorySettings } from '../../../shared/contract/directory.contract.ts';
import { AppError, type ErrorDetails } from '../../../shared/contract/errors.ts';
import { certificateError } from './ldapErrors.ts';

/** What the server showed, in the form that people see and pins compare. */
export function describeCertificate(certificate: X509Certificate): Certificate {
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    names: splitNames(certificate.subjectAltName ?? ''),
    notBefore: certificate.validFromDate.toISOString(),
    notAfter: certificate.validToDate.toISOString(),
    sha256: createHash('sha256').update(certificate.raw).digest('hex'),
  };
}

function splitNames(names: string): string[] {
  return names.split(', ').filter((name) => name !== '');
}

/** Node writes one attribute a line, the most general first. */
function oneLine(name: string | undefined): string {
  return (name ?? '').split('\n').toReversed().join(', ');
}

/** A pin is for one host and port. */
function pinsOf(target: { host: string; port: number }, pins: DirectorySettings['pins']): DirectorySettings['pins'] {
  return pins.filter((pin) => pin.host.toLowerCase() === target.host.toLowerCase() && pin.port === target.port);
}

/** Whether a certificate that was accepted was so because of a pin. */
export function isPinned(
  certificate: Certificate | null,
  target: { host: string; port: number },
  pins: DirectorySettings['pins'],
): boolean {
  return certificate !== null && pinsOf(target, pins).some((pin) => pin.sha256 === certificate.sha256);
}

/**
 * Decides about the certificate that the other side showed, before a byte of LDAP is sent. A pin for this host and port is the whole
 * truth: that certificate is accepted whatever else is wrong with it, any other one is refused. Without a pin the issuer, the
 * validity and the name must be right. Throws AppError with the certificate in its details.
 */
export function requireTrust(socket: TLSSocket, target: { host: string; port: number }, pins: DirectorySettings['pins']): Certificate {
  const shown = socket.getPeerX509Certificate();
  if (shown === undefined) throw new AppError('tls-failed', 'The server showed no certificate.', { details: { ...target } });
  const certificate = describeCertificate(shown);
  const details: ErrorDetails = { ...target, ...certificateDetails(certificate) };
  const pinned = pinsOf(target, pins);
  if (pinned.length > 0) {
    if (isPinned(certificate, target, pins)) return certificate;
    throw new AppError('certificate-changed', 'The server shows another certificate than the trusted one.', {
      details: { ...details, trusted: pinned.map((pin) => pin.sha256).join(' ') },
    });
  }
  if (socket.authorized) return certificate;
  // Typed as Error, but Node puts the code there.
  throw certificateError(String(socket.authorizationError), details);
}

function certificateDetails(certificate: Certificate): ErrorDetails {
  return { ...certificate, names: certificate.names.join(', ') };
}

/** The certificate that an error of `requireTrust` carries in its details. */
export function certificateOf(error: AppError): Certificate | undefined {
  const { subject, issuer, names, notBefore, notAfter, sha256 } = error.details ?? {};
  if (typeof sha256 !== 'string') return undefined;
  return {
    subject: String(subject),
    issuer: String(issuer),
    names: splitNames(String(names)),
    notBefore: String(notBefore),
    notAfter: String(notAfter),
    sha256,
  };
}

/**
 * Options that ask Node to verify for the host that the administrator typed, not for the one that Node would guess: behind StartTLS it
 * guesses "localhost". Verification runs in any case; `requireTrust` draws the conclusion, because Node would close the
 * connection before the certificate can be shown to anybody.
 */
export function tlsOptions(host: string, hostIsAddress: boolean, secureContext: SecureContext): tls.ConnectionOptions {
  return {
    secureContext,
    // RFC 6066 section 3 allows no addresses here.
    servername: hostIsAddress ? '' : host,
    checkServerIdentity: (_guessed, certificate) => tls.checkServerIdentity(host, certificate),
    rejectUnauthorized: false,
  };
}

/** Trust anchors of Node and of this computer, and those that the administrator added. Throws `invalid-input` if the PEM text is none. */
export function createTrustAnchors(): (caPem: string) => SecureContext {
  const contexts = new Map<string, SecureContext>();
  let common: string[] | undefined;
  return (caPem) => {
    const known = contexts.get(caPem);
    if (known !== undefined) return known;
    common ??= [...new Set([...tls.rootCertificates, ...tls.getCACertificates('system'), ...tls.getCACertificates('extra')])];
    const context = tls.createSecureContext({ ca: [...common, ...splitPem(caPem)], minVersion: 'TLSv1.2' });
    contexts.clear();
    contexts.set(caPem, context);
    return context;
  };
}

function splitPem(caPem: string): string[] {
  if (caPem.trim() === '') return [];
  const blocks = caPem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  try {
    blocks.forEach((block) => new X509Certificate(block));
  } catch (error) {
    throw new AppError('invalid-input', 'The certificate authority is not a PEM certificate.', {
      cause: error,
      details: { field: 'caPem' },
    });
  }
  if (blocks.length === 0)
    throw new AppError('invalid-input', 'The certificate authority is not a PEM certificate.', { details: { field: 'caPem' } });
  return blocks;
}
