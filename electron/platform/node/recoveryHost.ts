import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { DamagedStore } from './openWithRecovery.ts';
import { recoveryPage, recoveryPolicy, startedPage } from './recoveryPage.ts';
import { createSignIn, type SignIn } from './signIn.ts';

// See httpHost.ts.
const { createServer } = process.getBuiltinModule('node:http');

/** The headless host in the place of a console whose store is damaged: one page with one button. */
export interface RecoveryHost {
  readonly port: number;
  /** Whoever signed in here is signed in to the console that takes over the port. */
  readonly signIn: SignIn;
  signInLink(): string;
  /** Shows this and waits until somebody presses the button. */
  ask(damaged: DamagedStore): Promise<boolean>;
  /** Says that the console is there from now on, and frees the port for it. */
  handOver(): Promise<void>;
}

/** Serves on the loopback address only, to whoever has a sign-in link, as the console does. `port` 0 chooses a free one. */
export async function startRecoveryHost({ port, now }: { port: number; now: () => number }): Promise<RecoveryHost> {
  let shown: DamagedStore | undefined;
  let decide: (() => void) | undefined;
  const waiting = new Set<ServerResponse>();
  const server = createServer(handle);
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  const actualPort = (server.address() as AddressInfo).port;
  const hosts = new Set([`127.0.0.1:${actualPort}`, `localhost:${actualPort}`]);
  const signIn = createSignIn(`mfa-console-${actualPort}`, now);

  function answer(response: ServerResponse, status: number, page: string): void {
    const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'content-security-policy': recoveryPolicy };
    response.writeHead(status, { ...headers, connection: 'close', 'x-content-type-options': 'nosniff' }).end(page);
  }

  function handle(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', `http://127.0.0.1:${actualPort}`);
    const { method, headers } = request;
    if (!hosts.has(headers.host ?? '')) return answer(response, 421, 'This is not the address of the console.');
    const code = url.searchParams.get('code');
    if (method === 'GET' && code !== null) return redeem(response, code);
    if (signIn.session(request) === null) return answer(response, 401, 'Not signed in. Use the sign-in link that the server printed.');
    if (method === 'POST' && url.pathname === '/restore') {
      if (!hosts.has((headers.origin ?? '').replace('http://', ''))) return answer(response, 403, 'The request is not valid.');
      // Answered when the console is there, or when the restore failed.
      waiting.add(response);
      decide?.();
      return;
    }
    answer(response, 200, shown ? recoveryPage(shown) : startedPage);
  }

  function redeem(response: ServerResponse, code: string): void {
    const session = signIn.redeem(code);
    if (session === null) return answer(response, 401, 'This sign-in link was used or has expired.');
    const cookie = `${signIn.cookieName}=${session}; HttpOnly; SameSite=Strict; Path=/`;
    response.writeHead(303, { location: '/', 'set-cookie': cookie, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' }).end();
  }

  function answerWaiting(page: string): void {
    for (const response of waiting) answer(response, 200, page);
    waiting.clear();
  }

  return {
    port: actualPort,
    signIn,
    signInLink: () => `http://127.0.0.1:${actualPort}/?code=${signIn.newCode()}`,
    async ask(damaged) {
      shown = damaged;
      answerWaiting(recoveryPage(damaged));
      await new Promise<void>((resolve) => (decide = resolve));
      return true;
    },
    async handOver() {
      shown = undefined;
      answerWaiting(startedPage);
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      });
    },
  };
}
