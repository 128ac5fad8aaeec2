import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { userInfo } from 'node:os';
import type { Router } from '../../runtime/router.ts';
import { contentSecurityPolicy } from './contentSecurityPolicy.ts';
import { createRendererFiles } from './rendererFiles.ts';
import { createSignIn, type SignIn } from './signIn.ts';
import { serveWebSockets } from './webSocketServer.ts';

export interface HttpHost {
  readonly port: number;
  /** A link that signs in once, within ten minutes. */
  signInLink(): string;
  /** Ends all connections; from now on this one is served, or nobody. Sessions and files stay. */
  serve(router: Router | null): void;
  close(): Promise<void>;
}

export interface HttpHostOptions {
  readonly rendererFolder: string;
  /** 0 chooses a free one. */
  readonly port: number;
  readonly now: () => number;
  /** Of the host that had the port before: who signed in there stays signed in. */
  readonly signIn?: SignIn | undefined;
}

// Importing this module would load Node's fetch too, which nobody here uses: an eighth of the time until the host answers.
const { createServer } = process.getBuiltinModule('node:http');

/** Closing code of WebSockets: the service is restarted (https://www.iana.org/assignments/websocket). */
const restarting = 1012;

const notSignedIn = 'Not signed in. Use the sign-in link that the server printed, or run "mfactl serve" again for a new one.';

/**
 * Serves the renderer and its WebSocket on the loopback address only. Every request must carry our own host name
 * (a page of another site that resolves to 127.0.0.1 does not), the session's cookie, and for the WebSocket our own origin.
 */
export async function startHttpHost(first: Router, { rendererFolder, port, now, signIn: given }: HttpHostOptions): Promise<HttpHost> {
  let router: Router | null = first;
  const files = createRendererFiles(rendererFolder, contentSecurityPolicy("'self'"));
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  const actualPort = (server.address() as AddressInfo).port;
  const origins = new Set([`http://127.0.0.1:${actualPort}`, `http://localhost:${actualPort}`]);
  // Cookies do not know ports: two consoles on one machine need two names.
  const signIn = given ?? createSignIn(`mfa-console-${actualPort}`, now);
  const account = userInfo().username;

  const isOwnHost = ({ headers }: IncomingMessage) => origins.has(`http://${headers.host}`);

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const url = new URL(request.url ?? '/', `http://127.0.0.1:${actualPort}`);
      if (!isOwnHost(request)) return end(response, 421, 'This is not the address of the console.');
      const code = url.searchParams.get('code');
      if (request.method === 'GET' && url.pathname === '/' && code !== null) return redeem(response, code);
      if (signIn.session(request) === null) return end(response, 401, notSignedIn);
      if (url.pathname === '/') url.pathname = '/index.html';
      await send(response, await files({ url: url.href, method: request.method ?? '' }));
    } catch {
      end(response, 400, 'The request is not valid.');
    }
  }

  function redeem(response: ServerResponse, code: string): void {
    const session = signIn.redeem(code);
    if (session === null) return end(response, 401, 'This sign-in link was used or has expired. Run "mfactl serve" again for a new one.');
    const cookie = `${signIn.cookieName}=${session}; HttpOnly; SameSite=Strict; Path=/`;
    // Only then the address bar and the history hold no code.
    response.writeHead(303, { location: '/', 'set-cookie': cookie, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' }).end();
  }

  const sockets = serveWebSockets(() => router, {
    server,
    authenticate(request) {
      if (!isOwnHost(request) || !origins.has(request.headers.origin ?? '') || signIn.session(request) === null) return null;
      return { id: `browser ${request.socket.remotePort}`, account, access: new Set(['read', 'manage']) };
    },
  });

  return {
    port: actualPort,
    signInLink: () => `http://127.0.0.1:${actualPort}/?code=${signIn.newCode()}`,
    serve(next) {
      router = next;
      // With what was sent last: it says why.
      for (const socket of sockets.clients) socket.close(restarting);
    },
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      await closeServer(server);
    },
  };
}

function end(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }).end(`${text}\n`);
}

async function send(response: ServerResponse, answer: Response): Promise<void> {
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(Buffer.from(await answer.arrayBuffer()));
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
