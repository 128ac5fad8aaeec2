import { formatAuthorityUrl } from '../../../../shared/activation/authorityUrl.ts';
import type { Client } from '../../../../shared/contract/define.ts';
import type { authorityContract } from '../../../../shared/contract/authority.contract.ts';
import { isAppError } from '../../../../shared/contract/errors.ts';
import type { AuthorityPorts, PageAnswer, PageRequest } from '../authorityPorts.ts';
import { createPageCodes, retryAtOf } from './pageCodes.ts';
import { createPageSessions, type Session } from './pageSessions.ts';
import { pageStyle } from './pageStyle.ts';
import { pageText as text } from './pageText.ts';
import { homePage, paths, problemPage, revokePage, signInPage } from './pageViews.ts';

export interface AuthorityPagePorts extends Pick<AuthorityPorts, 'store' | 'randomBytes' | 'digest' | 'now'> {
  /** The console as somebody who signed in to the page may use it: checked and audited as the window and mfactl are. */
  openConsole(account: string): Pick<Client<{ authority: typeof authorityContract }>['authority'], PageCall>;
  failed(error: unknown): void;
}
type PageCall = 'state' | 'servers' | 'generateCredentials' | 'revoke';

/** Nothing but our own style sheet and forms to ourselves: there is no script. `same-origin` so that browsers say where a form came from. */
const safety = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
} as const;

const shown = (body: string, status = 200): PageAnswer => ({
  status,
  headers: { ...safety, 'content-type': 'text/html; charset=utf-8' },
  body,
});
const moved = (location: string, cookie?: string): PageAnswer => ({
  status: 303,
  headers: { ...safety, location, ...(cookie !== undefined && { 'set-cookie': cookie }) },
  body: '',
});

/** The authority's web page: whoever signed in generates credentials, sees the servers, and revokes one. HTML without a script. */
export function createAuthorityPage(ports: AuthorityPagePorts) {
  const codes = createPageCodes(ports);
  const sessions = createPageSessions(ports);

  function signIn({ form, address }: PageRequest): PageAnswer {
    try {
      const account = codes.redeem(form?.get('code') ?? '', address);
      if (account === null) return shown(signInPage({ problem: text.codeRefused }), 401);
      return moved(paths.home, sessions.start(account));
    } catch (error) {
      const retryAt = retryAtOf(error);
      if (retryAt === null) throw error;
      return shown(signInPage({ problem: text.tooManyGuesses(retryAt) }), 429);
    }
  }

  async function home(session: Session): Promise<PageAnswer> {
    const console = ports.openConsole(session.account);
    const [{ builtIn, listening }, servers] = await Promise.all([console.state(null), console.servers(null)]);
    const { credentials = null, revoked = null, problem = null } = session.notice;
    session.notice = {};
    const [url = null] = listening?.urls ?? builtIn?.urls ?? [];
    return shown(homePage({ viewer: session, url, servers, credentials, revoked, problem }));
  }

  const serverOf = async (session: Session, id: string | null) =>
    (await ports.openConsole(session.account).servers(null)).find((server) => server.id === id);

  async function askToRevoke(session: Session, id: string | null): Promise<PageAnswer> {
    const server = await serverOf(session, id);
    return server ? shown(revokePage(session, server)) : shown(problemPage(text.noSuchPage), 404);
  }

  /** What the page shows next is kept with the session, so that a page that is loaded again repeats nothing. */
  async function doing(session: Session, work: () => Promise<Session['notice']>): Promise<PageAnswer> {
    session.notice = await work().catch((error: unknown) => {
      if (!isAppError(error)) throw error;
      return { problem: error.message };
    });
    return moved(paths.home);
  }

  function change(path: string, session: Session, { form, cookies }: PageRequest): Promise<PageAnswer> | PageAnswer {
    const console = ports.openConsole(session.account);
    switch (path) {
      case paths.credentials:
        return doing(session, async () => ({ credentials: await console.generateCredentials(null) }));
      case paths.revoke:
        return doing(session, async () => {
          const server = await serverOf(session, form?.get('server') ?? null);
          await console.revoke({ serverId: server?.id ?? '' });
          return { revoked: server?.name ?? '' };
        });
      case paths.signOut:
        return moved(paths.signIn, sessions.end(cookies));
      default:
        return shown(problemPage(text.noSuchPage), 404);
    }
  }

  async function route(request: PageRequest): Promise<PageAnswer> {
    const { method, url, form, host, origin, cookies } = request;
    const { pathname, searchParams } = new URL(url, 'https://authority.invalid');
    if (method === 'GET' && pathname === paths.style) {
      return { status: 200, headers: { ...safety, 'content-type': 'text/css; charset=utf-8' }, body: pageStyle };
    }
    if (method !== 'GET' && method !== 'POST') return shown(problemPage(text.noSuchPage), 405);
    // A form of another site carries its own origin, whatever else it managed to send along.
    if (method === 'POST' && origin !== `https://${host}`) return shown(problemPage(text.notOurs), 403);
    const session = sessions.find(cookies);
    if (pathname === paths.signIn) {
      if (method === 'POST') return signIn(request);
      return session ? moved(paths.home) : shown(signInPage({ code: searchParams.get('code') ?? '' }));
    }
    if (!session) return method === 'GET' ? moved(paths.signIn) : shown(signInPage({ problem: text.sessionOver }), 401);
    if (method === 'POST') {
      return form?.get('token') === session.token ? change(pathname, session, request) : shown(problemPage(text.notOurs), 403);
    }
    if (pathname === paths.home) return home(session);
    if (pathname === paths.revoke) return askToRevoke(session, searchParams.get('server'));
    return shown(problemPage(text.noSuchPage), 404);
  }

  return {
    makeCode: codes.make,
    /** Signs everybody out. */
    close: sessions.endAll,
    async answer(request: PageRequest): Promise<PageAnswer> {
      try {
        return await route(request);
      } catch (error) {
        ports.failed(error);
        return shown(problemPage(text.failed), 500);
      }
    },
  };
}

/** The address that somebody opens to sign in with a code. */
export const signInUrl = (host: string, port: number, code: string): string =>
  `${formatAuthorityUrl({ host, port, sha256: null })}${paths.signIn}?code=${code}`;
