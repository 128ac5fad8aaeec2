import type { Secret } from '../../../../shared/lib/secret.ts';
import type { Entry } from '../data/entryStore.ts';
import { resultCode, type LdapResult } from '../protocol/resultCode.ts';
import { bindRefused } from '../windowsMessages.ts';

/** Sub-codes of result 49 that Windows gives, in hexadecimal as they stand in the message. */
const subCodes = {
  'unknown-user': '525',
  'wrong-password': '52e',
  'outside-logon-hours': '530',
  'wrong-workstation': '531',
  'password-expired': '532',
  disabled: '533',
  'account-expired': '701',
  'must-change-password': '773',
  'locked-out': '775',
} as const;

export type BindRefusal = keyof typeof subCodes;
export type BindVerdict = 'accepted' | BindRefusal;

/** Decides whether a password opens an account. The only code that sees the password. */
export type VerifyBind = (account: Entry, password: Secret, signal: AbortSignal) => BindVerdict | Promise<BindVerdict>;

export function bindResult(verdict: BindVerdict): LdapResult {
  if (verdict === 'accepted') return { code: resultCode.success };
  return { code: resultCode.invalidCredentials, message: bindRefused(subCodes[verdict]) };
}
