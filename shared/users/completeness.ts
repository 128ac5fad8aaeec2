import type { Method, Mode } from '../contract/users.contract.ts';

export type Missing = 'phone' | 'app' | 'token' | 'pin';

/** What a user has to authenticate with. */
export interface Means {
  readonly method: Method;
  readonly mode: Mode;
  /** E.164, or the directory's own text where it is not valid. */
  readonly phone: string;
  readonly phoneValid: boolean;
  /** A mobile app is activated. */
  readonly hasApp?: boolean;
  /** An OATH secret is stored. */
  readonly hasToken?: boolean;
  /** A PIN is set. */
  readonly hasPin?: boolean;
}

/**
 * What the user's method and mode still need; empty for a complete user (reference §2.5).
 * A phone that cannot be dialled is as good as none; the backup phone does not count.
 */
export function missingOf(user: Means): Missing[] {
  const pin: Missing[] = needsPin(user.mode) && !user.hasPin ? ['pin'] : [];
  switch (user.method) {
    case 'call':
    case 'text':
      return user.phone !== '' && user.phoneValid ? pin : ['phone', ...pin];
    case 'app':
      return user.hasApp ? pin : ['app', ...pin];
    case 'oath':
      return user.hasToken ? [] : ['token'];
  }
}

/** In these modes a PIN is asked for as well (reference §2.3); a user without one cannot sign in. */
export function needsPin(mode: Mode): boolean {
  return mode === 'pin' || mode.endsWith('-pin');
}
