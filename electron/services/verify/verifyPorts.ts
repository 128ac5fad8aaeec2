import type { Bypass } from '../../../shared/contract/bypasses.contract.ts';
import type { CompanySettings } from '../../../shared/contract/companySettings.ts';
import type { UserRef } from '../../../shared/contract/userRef.ts';
import type { UserDetail } from '../../../shared/contract/users.contract.ts';
import type { Secret } from '../../../shared/lib/secret.ts';
import type { AttemptStore } from './attemptLimit.ts';

/** What of a user decides about his sign-in. */
export type VerifiedUser = Pick<
  UserDetail,
  'id' | 'username' | 'enabled' | 'whenDisabled' | 'method' | 'mode' | 'missing' | 'mustChangePin' | 'pinRules' | 'pin'
>;

export interface CodeVerdict {
  readonly result: 'accepted' | 'wrong' | 'already-used' | 'expired' | 'not-started' | 'no-token';
  readonly serial?: string;
}

export interface VerifyPorts {
  /** Null when there is no such user. */
  findUser(user: UserRef, signal: AbortSignal): Promise<VerifiedUser | null>;
  company(): Pick<CompanySettings, 'whenDisabled' | 'pinRules'>;
  /** The record of a user's PIN; null when he has none. */
  pinRecord(userId: number): string | null;
  /** Constant time. */
  matchesPin(pin: Secret, record: string): Promise<boolean>;
  /** Checks an OATH code against all tokens of a user, with their drift, and uses it up. */
  checkCode(userId: number, code: string, now: number): Promise<CodeVerdict>;
  /** True when one was open and is used up by this call. */
  useBypass(userId: number, now: number): Promise<boolean>;
  openBypass(userId: number, now: number): Bypass | null;
  readonly attempts: AttemptStore;
  now(): number;
}
