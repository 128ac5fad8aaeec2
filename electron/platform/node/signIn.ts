import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const linkLifetimeMs = 10 * 60_000;
const sessionLifetimeMs = 12 * 3_600_000;

/**
 * Sign-in to the headless host: a link with a code that works once and for ten minutes is exchanged for a cookie.
 * Who can read the terminal (or start the process) may use the console; other accounts of the machine may not.
 */
export interface SignIn {
  /** A new code; earlier ones that were not used stay valid until they expire. */
  newCode(): string;
  /** The value of the session's cookie, or null when the code is unknown, used or expired. */
  redeem(code: string): string | null;
  /** The session that this request belongs to. */
  session(request: Pick<IncomingMessage, 'headers'>): string | null;
  readonly cookieName: string;
}

export function createSignIn(cookieName: string, now: () => number): SignIn {
  const codes = new Map<string, number>();
  const sessions = new Map<string, number>();
  const newToken = () => randomBytes(32).toString('base64url');

  /** Looks at every entry and compares in constant time, so that the answer's time says nothing about a token. */
  function find(tokens: Map<string, number>, wanted: string): string | null {
    const bytes = Buffer.from(wanted);
    let found: string | null = null;
    for (const [token, expiresAt] of tokens) {
      if (expiresAt <= now()) tokens.delete(token);
      else if (bytes.length === token.length && timingSafeEqual(bytes, Buffer.from(token))) found = token;
    }
    return found;
  }

  return {
    cookieName,
    newCode() {
      const code = newToken();
      codes.set(code, now() + linkLifetimeMs);
      return code;
    },
    redeem(code) {
      const known = find(codes, code);
      if (known === null) return null;
      codes.delete(known);
      const session = newToken();
      sessions.set(session, now() + sessionLifetimeMs);
      return session;
    },
    session({ headers }) {
      const prefix = `${cookieName}=`;
      const cookie = headers.cookie?.split('; ').find((part) => part.startsWith(prefix));
      return cookie === undefined ? null : find(sessions, cookie.slice(prefix.length));
    },
  };
}
