import type { Method, Mode } from '../contract/users.contract.ts';

export type Missing = 'phone' | 'app' | 'token';

/** What a user has to authenticate with. */
export interface Means {
  readonly method: Method;
  /** E.164, or the directory's own text where it is not valid. */
  readonly phone: string;
  readonly phoneValid: boolean;
  /** A mobile app is activated. */
  readonly hasApp?: boolean;
  /** An OATH secret is stored. */
  readonly hasToken?: boolean;
}

/**
 * What the user's method still needs; empty for a complete user (reference §2.5).
 * A phone that cannot be dialled is as good as none; the backup phone does not count.
 */
export function missingOf(user: Means): Missing[] {
  switch (user.method) {
    case 'call':
    case 'text':
      return user.phone !== '' && user.phoneValid ? [] : ['phone'];
    case 'app':
      return user.hasApp ? [] : ['app'];
    case 'oath':
      return user.hasToken ? [] : ['token'];
  }
}

/** Everything that the user's method needs is there. */
export function isComplete(user: Means): boolean {
  return missingOf(user).length === 0;
}

/** In these modes a PIN is asked for as well (reference §2.3); a user without one cannot sign in. */
export function needsPin(mode: Mode): boolean {
  return mode === 'pin' || mode.endsWith('-pin');
}
