import type { AuthorityPorts } from '../authorityPorts.ts';
import type { HomeView, Viewer } from './pageViews.ts';

const idleMs = 15 * 60_000;
const longestMs = 8 * 60 * 60_000;
/** Somebody who makes many gets rid of his oldest. */
const mostSessions = 50;
const bytes = 32;

/** `__Host-`: the browser takes it only over TLS, from this host itself, for all paths. */
const cookieName = '__Host-mfa-authority';

export interface Session extends Viewer {
  readonly startedAt: number;
  usedAt: number;
  /** Shown with the next page, once. */
  notice: Partial<Pick<HomeView, 'credentials' | 'revoked' | 'problem'>>;
}

/** Who is signed in to the page. In memory: whoever restarts the authority signs everybody out. */
export function createPageSessions({ randomBytes, digest, now }: Pick<AuthorityPorts, 'randomBytes' | 'digest' | 'now'>) {
  /** By the digest of what is in the cookie, so that looking one up takes no time that says something about it. */
  const sessions = new Map<string, Session>();
  const newToken = (): string => [...randomBytes(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const isOver = ({ startedAt, usedAt }: Session): boolean => now() - usedAt >= idleMs || now() - startedAt >= longestMs;

  function keyOf(cookies: string): string {
    const found = cookies.split('; ').find((part) => part.startsWith(`${cookieName}=`));
    return digest(found?.slice(cookieName.length + 1) ?? '');
  }

  return {
    /** Answers the cookie. */
    start(account: string): string {
      const id = newToken();
      for (const [key, session] of sessions) if (isOver(session) || sessions.size >= mostSessions) sessions.delete(key);
      sessions.set(digest(id), { account, token: newToken(), startedAt: now(), usedAt: now(), notice: {} });
      return `${cookieName}=${id}; Path=/; Secure; HttpOnly; SameSite=Strict`;
    },
    find(cookies: string): Session | null {
      const session = sessions.get(keyOf(cookies));
      if (!session || isOver(session)) return null;
      session.usedAt = now();
      return session;
    },
    /** Answers the cookie that takes the other one away. */
    end(cookies: string): string {
      sessions.delete(keyOf(cookies));
      return `${cookieName}=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0`;
    },
    endAll: () => sessions.clear(),
  };
}
