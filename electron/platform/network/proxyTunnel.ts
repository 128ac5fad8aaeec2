import { connect, type Socket } from 'node:net';
import { AppError } from '../../../shared/contract/errors.ts';
import { targetIdOf } from '../../../shared/network/hostNames.ts';
import type { Proxy, ProxyAnswer, ProxyOf } from '../../services/network/networkPorts.ts';
import { whenReady } from './tcp.ts';

interface Target {
  readonly host: string;
  readonly port: number;
}

/** Longer heads than this are no answer of a proxy that we could use. */
const mostBytes = 16_384;

/** What a proxy answers in place of a tunnel. */
export class ProxyRefusal extends Error {
  override readonly name = 'ProxyRefusal';
  readonly answer: ProxyAnswer;
  constructor(answer: ProxyAnswer) {
    super(`The proxy answers ${answer.status ?? 'with something else than HTTP'}.`);
    this.answer = answer;
  }
}

/** The lines of a request that name the one who asks (RFC 7617). Empty: there is no user. */
export function proxySignIn({ user, password }: Proxy): string {
  if (user === '') return '';
  return `Proxy-Authorization: Basic ${Buffer.from(`${user}:${password?.reveal() ?? ''}`, 'utf8').toString('base64')}\r\n`;
}

/**
 * A connection to the target through the proxy, by CONNECT (RFC 9110 section 9.3.6); what is sent on it reaches the target. `onConnected` is
 * called when the proxy itself is reached. Rejects with ProxyRefusal, with Node's error of the connection to the proxy, or with the
 * signal's reason.
 */
export async function openTunnel(proxy: Proxy, target: Target, signal: AbortSignal, onConnected?: () => void): Promise<Socket> {
  const socket = connect({ host: proxy.host, port: proxy.port, noDelay: true, autoSelectFamily: true });
  await whenReady(socket, 'connect', signal, () => undefined);
  onConnected?.();
  const name = targetIdOf(target);
  return new Promise((resolve, reject) => {
    let head = '';
    const settle = (finish: () => void) => {
      socket.off('data', onData).off('error', onError).off('close', onClose);
      signal.removeEventListener('abort', onAbort);
      finish();
    };
    const fail = (error: unknown) =>
      settle(() => {
        // Late errors of a socket that nobody wants any more.
        socket.on('error', () => undefined);
        socket.destroy();
        reject(error as Error);
      });
    const onError = (error: Error) => fail(error);
    const onClose = () => fail(new ProxyRefusal({ status: null, offers: '' }));
    const onAbort = () => fail(signal.reason);
    const onData = (bytes: Buffer) => {
      head += bytes.toString('latin1');
      const end = head.indexOf('\r\n\r\n');
      if (end < 0 && head.length < mostBytes && 'HTTP/1.'.startsWith(head.slice(0, 7))) return;
      const answer = readProxyAnswer(head);
      if (end < 0 || answer.status === null || answer.status < 200 || answer.status > 299) return fail(new ProxyRefusal(answer));
      settle(() => {
        socket.pause();
        // A server of TLS never speaks first, but whoever does must be heard.
        if (head.length > end + 4) socket.unshift(Buffer.from(head.slice(end + 4), 'latin1'));
        resolve(socket);
      });
    };
    socket.on('data', onData).once('error', onError).once('close', onClose);
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) return onAbort();
    socket.write(`CONNECT ${name} HTTP/1.1\r\nHost: ${name}\r\n${proxySignIn(proxy)}\r\n`);
  });
}

export function readProxyAnswer(head: string): ProxyAnswer {
  const status = /^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1];
  const offers = [...head.matchAll(/^proxy-authenticate:[ \t]*([\w-]+)/gim)].map(([, scheme]) => scheme);
  return { status: status === undefined ? null : Number(status), offers: [...new Set(offers)].join(', ') };
}

/** A tunnel to the target where a proxy stands on the way; null: connect directly. Rejects with AppError. */
export type OpenTunnel = (target: Target, signal: AbortSignal) => Promise<Socket | null>;

/** The way out for all HTTPS calls of this process. Until somebody says which proxy to use there is none. */
export function createWayOut(): { readonly openTunnel: OpenTunnel; follow(choose: ProxyOf): void } {
  let choose: ProxyOf = async () => null;
  return {
    async openTunnel(target, signal) {
      const proxy = await choose(target);
      if (!proxy) return null;
      try {
        return await openTunnel(proxy, target, signal);
      } catch (error) {
        throw signal.aborted ? signal.reason : tunnelError(error, targetIdOf(proxy));
      }
    },
    follow: (next) => void (choose = next),
  };
}

function tunnelError(error: unknown, proxy: string): AppError {
  if (!(error instanceof ProxyRefusal)) {
    return new AppError('proxy-unreachable', `The proxy ${proxy} cannot be reached.`, { cause: error, details: { proxy } });
  }
  const { status, offers } = error.answer;
  const details = { proxy, ...(status !== null && { status }), ...(offers !== '' && { offers }) };
  if (status === 407)
    return new AppError('proxy-authentication', `The proxy ${proxy} wants a sign-in (HTTP 407).`, { cause: error, details });
  const said = status === null ? 'does not answer in HTTP' : `answers with HTTP ${status}`;
  return new AppError('proxy-refused', `The proxy ${proxy} ${said} in place of a connection.`, { cause: error, details });
}
