import { AppError, type ErrorCode, type ErrorDetails } from '../../../shared/contract/errors.ts';
import { MalformedMessage, MessageTooLong } from './berDecoding.ts';
import type { LdapResult } from './resultDecoding.ts';

type Outcome = readonly [code: ErrorCode, message: string];

/** Result codes of RFC 4511 appendix A that end a request without a result. */
const byResultCode: Readonly<Record<number, Outcome>> = {
  1: ['directory-refused', 'The directory could not carry out the request (operations error).'],
  2: ['directory-refused', 'The directory did not understand the request (protocol error).'],
  3: ['time-limit', 'The directory stopped at its time limit.'],
  4: ['size-limit', 'The directory stopped at its size limit.'],
  7: ['stronger-auth-required', 'The directory does not accept this kind of sign-in.'],
  8: ['stronger-auth-required', 'The directory wants a signed or encrypted connection.'],
  9: ['referral', 'The directory answers with a referral to another server.'],
  10: ['referral', 'This part of the tree is kept on another server.'],
  11: ['size-limit', 'The directory stopped at a limit that its administrator set.'],
  12: ['paging-unsupported', 'The directory does not know an extension that the request needs.'],
  13: ['plain-text-refused', 'The directory wants an encrypted connection.'],
  32: ['base-dn-missing', 'The directory has no entry with this distinguished name.'],
  33: ['directory-refused', 'The directory cannot follow an alias.'],
  34: ['base-dn-missing', 'This is not a distinguished name.'],
  48: ['bad-credentials', 'The directory does not let this account sign in this way.'],
  49: ['bad-credentials', 'Name or password is wrong.'],
  50: ['directory-refused', 'The account may not do this.'],
  51: ['directory-busy', 'The directory is busy.'],
  52: ['directory-busy', 'The directory is not available at the moment.'],
  53: ['directory-refused', 'The directory refuses the request.'],
  81: ['connection-lost', 'The directory closed the connection.'],
  85: ['time-limit', 'The directory did not answer in time.'],
  91: ['unreachable', 'The directory cannot be reached.'],
};

/** Sub-codes of Active Directory behind code 49: https://learn.microsoft.com/windows/win32/debug/system-error-codes--1300-1699- */
const bySubCode: Readonly<Record<string, Outcome>> = {
  '525': ['bad-credentials', 'The account does not exist.'],
  '52e': ['bad-credentials', 'Name or password is wrong.'],
  '530': ['logon-restricted', 'The account may not sign in at this time.'],
  '531': ['logon-restricted', 'The account may not sign in from this computer.'],
  '532': ['password-expired', 'The password of the account has expired.'],
  '533': ['account-disabled', 'The account is disabled.'],
  '568': ['logon-restricted', 'The account is in too many groups to sign in.'],
  '701': ['account-expired', 'The account has expired.'],
  '773': ['password-expired', 'The password of the account must be changed first.'],
  '775': ['account-locked', 'The account is locked.'],
};

/** What a result other than success means. `details.resultCode` and, where there is one, `details.subCode` go to the log. */
export function resultError(result: LdapResult, details: ErrorDetails = {}): AppError {
  const subCode = result.code === 49 ? subCodeOf(result.diagnostic) : '';
  const [code, message] = bySubCode[subCode] ??
    byResultCode[result.code] ?? ['directory-refused', `The directory answered with code ${result.code}.`];
  return new AppError(code, message, {
    details: { ...details, resultCode: result.code, ...(subCode === '' ? {} : { subCode }), diagnostic: result.diagnostic.slice(0, 500) },
  });
}

/**
 * Active Directory has no field for its sub-code: `80090308: LdapErr: DSID-0C090439, comment: AcceptSecurityContext error, data 52e, v4563`.
 * The format is [MS-ADTS] 3.1.1.3.1.9; Samba writes the same.
 */
function subCodeOf(diagnostic: string): string {
  return /\bdata ([0-9a-f]{3,4})\b/i.exec(diagnostic)?.[1]?.toLowerCase() ?? '';
}

/** Codes of Node (system errors and OpenSSL) when a connection is made or breaks. */
const byNodeCode: Readonly<Record<string, Outcome>> = {
  ENOTFOUND: ['host-not-found', 'There is no such host.'],
  EAI_AGAIN: ['host-not-found', 'The name service does not answer.'],
  EAI_FAIL: ['host-not-found', 'The name service cannot resolve this name.'],
  EAI_NODATA: ['host-not-found', 'There is no address for this host.'],
  ECONNREFUSED: ['refused', 'Nothing listens on this port.'],
  ECONNRESET: ['connection-lost', 'The server closed the connection.'],
  ECONNABORTED: ['connection-lost', 'The connection was broken off.'],
  EPIPE: ['connection-lost', 'The server closed the connection.'],
  ETIMEDOUT: ['timeout', 'The server does not answer.'],
  EHOSTUNREACH: ['unreachable', 'There is no way to this host.'],
  ENETUNREACH: ['unreachable', 'There is no way to this network.'],
  EHOSTDOWN: ['unreachable', 'The host is down.'],
  EADDRNOTAVAIL: ['unreachable', 'This address cannot be used.'],
  EACCES: ['unreachable', 'This computer does not allow the connection.'],
  EPROTO: ['tls-failed', 'The server does not speak TLS on this port.'],
};

/** Verification results of OpenSSL, as Node spells them in `authorizationError`. */
const byCertificateCode: Readonly<Record<string, Outcome>> = {
  CERT_HAS_EXPIRED: ['certificate-expired', 'The certificate has expired.'],
  CERT_NOT_YET_VALID: ['certificate-expired', 'The certificate is not valid yet.'],
  ERR_TLS_CERT_ALTNAME_INVALID: ['certificate-name', 'The certificate is for another name.'],
};

/** Why a certificate is not trusted. Whatever is not about time or name is about its issuer. */
export function certificateError(verificationCode: string, details: ErrorDetails): AppError {
  const [code, message] = byCertificateCode[verificationCode] ?? [
    'certificate-unknown',
    'The issuer of the certificate is not known here.',
  ];
  return new AppError(code, message, { details: { ...details, verificationCode } });
}

/** Translates whatever Node throws while a connection is made or used. AppErrors pass. */
export function connectionError(error: unknown, details: ErrorDetails): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof MalformedMessage) {
    return new AppError('not-ldap', 'The server does not speak LDAP as it should.', { cause: error, details });
  }
  if (error instanceof MessageTooLong) {
    return new AppError('directory-refused', 'The server sent more at once than this console takes.', {
      cause: error,
      details: { ...details, reason: 'message-too-long' },
    });
  }
  const nodeCode = codeOf(error);
  const [code, message] =
    byNodeCode[nodeCode] ??
    (nodeCode.startsWith('ERR_SSL_') || nodeCode.startsWith('ERR_TLS_')
      ? (['tls-failed', 'No secure connection could be agreed upon.'] as const)
      : (['unreachable', 'The server cannot be reached.'] as const));
  return new AppError(code, message, { cause: error, details: { ...details, ...(nodeCode === '' ? {} : { nodeCode }) } });
}

/** With several addresses Node reports one error for each; the first one speaks for all. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
