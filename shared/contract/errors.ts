import { z } from 'zod';

/** Every code has one sentence in renderer/i18n/errorText.ts; adding a code without a sentence fails to compile. */
export const errorCodes = [
  'invalid-input',
  'not-allowed',
  'not-found',
  'conflict',
  'cancelled',
  'internal',

  // network and TLS
  'host-not-found',
  'refused',
  'timeout',
  'unreachable',
  'connection-lost',
  'certificate-expired',
  'certificate-name',
  'certificate-unknown',
  'certificate-changed',
  'tls-failed',
  'not-ldap',

  // directory
  'directory-not-configured',
  'bad-credentials',
  'account-disabled',
  'account-locked',
  'account-expired',
  'password-expired',
  'logon-restricted',
  'stronger-auth-required',
  'plain-text-refused',
  'base-dn-missing',
  'filter-malformed',
  'size-limit',
  'time-limit',
  'directory-busy',
  'directory-refused',
  'paging-unsupported',
  'paging-stuck',
  'referral',

  // users
  'username-taken',
  'changed-meanwhile',
  'phone-not-valid',
  'pin-refused',
  'not-verified',

  // tokens
  'serial-taken',
  'token-assigned',
  'secret-key-not-valid',
  'code-wrong',
  'code-already-used',
  'token-file-not-valid',
  'token-file-too-large',
  'token-file-password-missing',
  'token-file-password-wrong',
  // files
  'file-not-readable',
  'file-too-large',
  'columns-missing',

  // mail
  'mail-not-ready',
  'attachment-missing',
  'not-smtp',
  'relay-refused',
  'token-unavailable',
  'token-refused',
  'token-not-accepted',

  // secrets
  'keychain-unavailable',
  'keychain-locked',
  'secret-missing',
  'secret-bound-elsewhere',
  'vault-passphrase-wrong',

  // store
  'disk-full',
  'folder-not-writable',
  'windows-firewall-unreadable',
  'network-folder',
  'store-newer',
  'store-damaged',
  'store-busy',
  'store-in-use',

  // activation
  'not-activated',
  'server-read-only',
  'already-activated',
  'credentials-mistyped',
  'credentials-wrong',
  'credentials-expired',
  'credentials-used',
  'too-many-guesses',
  'authority-unknown',
  'authority-changed',
  'authority-failed',
  'authority-key-missing',
  'not-an-authority',
  'proxy-authentication',
  'proxy-unreachable',
  'proxy-refused',
  'tls-reset',
  'clock-differs',
  'certificate-refused',
  'certificate-revoked',
  'certificate-other-group',
  'group-not-found',
  'group-taken',
  'group-already-joined',
  'port-taken',
  'activation-file-not-valid',

  // checks
  'requirements-not-met',

  // backups
  'backup-not-valid',
  'backup-damaged',
  'backup-not-readable',
  'backup-changed',
  'backup-too-large',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

export const errorPayload = z.object({
  code: z.enum(errorCodes),
  /** Safe to show: never contains a password or a stack. */
  message: z.string(),
  /** Finds the full error, with its cause, in the log. */
  ref: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});
export type ErrorPayload = z.infer<typeof errorPayload>;
export type ErrorDetails = NonNullable<ErrorPayload['details']>;

/** The only error that services throw on purpose and the only one that clients receive. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails | undefined;
  readonly ref: string | undefined;

  constructor(code: ErrorCode, message: string, options: { cause?: unknown; details?: ErrorDetails | undefined; ref?: string } = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.details = options.details;
    this.ref = options.ref;
  }
}

export function isAppError(error: unknown, code?: ErrorCode): error is AppError {
  return error instanceof AppError && (code === undefined || error.code === code);
}
