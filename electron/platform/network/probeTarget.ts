import { connect as connectTcp, isIP, type Socket, type TcpNetConnectOpts } from 'node:net';
import {
  connect as connectTls,
  createSecureContext,
  rootCertificates,
  type DetailedPeerCertificate,
  type SecureContext,
  TLSSocket,
} from 'node:tls';
import type { Probe, ProbeTarget, Proxy, ProxyAnswer } from '../../services/network/networkPorts.ts';
import { askHttp, type HttpAnswer } from './askHttp.ts';
import { dnsFailureOf, failureOf, nothing } from './probeFailures.ts';
import { probeTime } from './probeTime.ts';
import { openTunnel, ProxyRefusal, proxySignIn } from './proxyTunnel.ts';
import { resolveNames } from './resolveNames.ts';
import { codeOf, step } from './step.ts';
import { targetIdOf } from '../../../shared/network/hostNames.ts';

/** All steps together may take so long. */
const allMs = 4_800;
/** A proxy has to find and reach the target itself. */
const tunnelMs = 3_000;

/** Made once: reading all public roots takes longer than a connection. */
let publicRoots: SecureContext | undefined;
const withPublicRoots = () => (publicRoots ??= createSecureContext({ ca: [...rootCertificates], minVersion: 'TLSv1.2' }));

/**
 * Follows the way to a target: DNS, TCP and, where asked, TLS 1.2 or newer against the public roots that ship with Node, or plain HTTP; a
 * time server is asked by UDP.
 * A certificate that does not hold is looked at and reported; nothing is ever sent to whoever showed it. Never rejects.
 */
export async function probeTarget({ host, port, speaks, proxy }: ProbeTarget, signal: AbortSignal): Promise<Probe> {
  const all = AbortSignal.any([signal, AbortSignal.timeout(allMs)]);
  if (speaks === 'time') return probeTime({ host, port }, all);
  const sockets: Socket[] = [];
  const names = isIP(host) === 0 ? { servername: host } : {};
  try {
    return await (proxy === null ? follow() : speaks === 'http' ? followProxy(proxy) : followTunnel(proxy));
  } finally {
    for (const socket of sockets) socket.destroy();
  }

  async function follow(): Promise<Probe> {
    let addresses: string[];
    try {
      addresses = await step(all, (within) => resolveNames(host, within));
    } catch (error) {
      return { ...nothing, failure: dnsFailureOf(error) };
    }
    const started = performance.now();
    const socket = begin(addresses, speaks === 'tls');
    try {
      await step(all, () => opened(socket, 'connect'));
    } catch (error) {
      return { ...nothing, addresses, failure: failureOf(error) };
    }
    const found = { ...nothing, addresses, connectMs: performance.now() - started };
    if (speaks === 'nothing') return found;
    if (!(socket instanceof TLSSocket)) {
      const http = await answerOf(socket);
      return { ...found, http: http.http, clockMs: http.clockMs, failure: http.http ? null : http.isLate ? 'timeout' : 'http' };
    }
    return secured(socket, found, () => plainAnswer(addresses));
  }

  async function secured(socket: TLSSocket, found: Probe, plain: () => Promise<Probe['http']>): Promise<Probe> {
    try {
      await step(all, () => opened(socket, 'secureConnect'));
      const tls = described(socket);
      return { ...found, tls, clockMs: tls.trusted ? (await answerOf(socket)).clockMs : null };
    } catch (error) {
      const code = codeOf(error);
      if (code === 'ETIMEDOUT') return { ...found, failure: 'timeout' };
      if (code === 'ECONNRESET' || code === 'EPIPE') return { ...found, failure: 'reset' };
      return { ...found, http: await plain(), failure: 'tls' };
    }
  }

  /** TLS by CONNECT: the proxy finds the addresses. */
  async function followTunnel(way: Proxy): Promise<Probe> {
    const started = performance.now();
    let isReached = false;
    const tunnel = () => step(all, (within) => openTunnel(way, { host, port }, within, () => (isReached = true)), tunnelMs);
    let plain: Socket;
    try {
      plain = await tunnel();
    } catch (error) {
      return { ...nothing, ...proxyFailure(way, error, isReached) };
    }
    const found = {
      ...nothing,
      connectMs: performance.now() - started,
      proxy: through(way),
    };
    if (speaks === 'nothing') {
      sockets.push(plain);
      return found;
    }
    // Only the outer one is ended: it takes the other with it.
    const socket = connectTls({ socket: plain, ...names, secureContext: withPublicRoots(), rejectUnauthorized: false });
    sockets.push(socket);
    return secured(socket, found, async () => {
      const again = await tunnel().catch(() => null);
      if (!again) return null;
      sockets.push(again);
      return (await answerOf(again)).http;
    });
  }

  /** Plain HTTP: the proxy is asked for the whole address (RFC 9112 section 3.2.2). */
  async function followProxy(way: Proxy): Promise<Probe> {
    const started = performance.now();
    let isReached = false;
    try {
      const socket = connectTcp({ host: way.host, port: way.port, autoSelectFamily: true });
      sockets.push(socket);
      await step(all, () => opened(socket, 'connect'));
      isReached = true;
      const connectMs = performance.now() - started;
      const asked = Date.now();
      const target = `http://${targetIdOf({ host, port }).replace(/:80$/, '')}/`;
      const answer = await step(all, () => askHttp(socket, host, { target, fields: proxySignIn(way) }), tunnelMs);
      if (answer === null || answer.status === 407 || (answer.status >= 502 && answer.status <= 504)) {
        throw new ProxyRefusal(answer?.proxy ?? { status: null, offers: '' });
      }
      const http = { status: answer.status, location: answer.location };
      return {
        ...nothing,
        connectMs,
        http,
        clockMs: clockOf(answer, asked),
        proxy: through(way),
      };
    } catch (error) {
      return { ...nothing, ...proxyFailure(way, error, isReached) };
    }
  }

  /** A socket that connects; one of TLS does both itself, since two that share a connection must end in the right order. */
  function begin(addresses: readonly string[], isSecure: boolean): Socket {
    const options: TcpNetConnectOpts = {
      host,
      port,
      autoSelectFamily: true,
      // What was shown is what is tried; asking again could give another answer. Later, as a resolver does: where there is no route, the
      // connection fails within the callback, and Node's TLS cannot go on with a socket that failed before it was handed over.
      lookup: (_host, { all: isAll }, callback) => {
        const found = addresses.map((address) => ({ address, family: isIP(address) }));
        process.nextTick(() => (isAll === true ? callback(null, found) : callback(null, found[0]?.address ?? '', found[0]?.family ?? 4)));
      },
    };
    const socket = isSecure
      ? connectTls({ ...options, ...names, secureContext: withPublicRoots(), rejectUnauthorized: false })
      : connectTcp(options);
    sockets.push(socket);
    return socket;
  }

  /** Who does not speak TLS may speak HTTP. */
  async function plainAnswer(addresses: readonly string[]): Promise<Probe['http']> {
    const socket = begin(addresses, false);
    try {
      await step(all, () => opened(socket, 'connect'));
    } catch {
      return null;
    }
    return (await answerOf(socket)).http;
  }

  /** What the other end says in HTTP, and what time it is there. */
  async function answerOf(connection: Socket): Promise<Pick<Probe, 'http' | 'clockMs'> & { isLate: boolean }> {
    const asked = Date.now();
    let answer: HttpAnswer | null = null;
    let isLate = false;
    try {
      answer = await step(all, () => askHttp(connection, host));
    } catch (error) {
      isLate = codeOf(error) === 'ETIMEDOUT';
    }
    return {
      http: answer ? { status: answer.status, location: answer.location } : null,
      clockMs: clockOf(answer, asked),
      isLate,
    };
  }
}

/** By how much a clock is ahead that answered a question of then. A date of whole seconds is right to half a second at best. */
function clockOf(answer: HttpAnswer | null, asked: number): number | null {
  const date = answer?.date ?? null;
  return date === null ? null : Math.round((date + 500 - (asked + Date.now()) / 2) / 1000) * 1000;
}

/** Which proxy it went through, without its password, and what that said in place of letting us through. */
function through({ host, port, user }: Proxy, answer: ProxyAnswer | null = null): NonNullable<Probe['proxy']> {
  return { host, port, user, answer };
}

function proxyFailure(way: Proxy, error: unknown, isReached: boolean): Pick<Probe, 'proxy' | 'failure'> {
  const answer = error instanceof ProxyRefusal ? error.answer : null;
  const proxy = through(way, answer);
  if (answer) return { proxy, failure: answer.status === 407 ? 'proxy-sign-in' : 'proxy-refused' };
  return { proxy, failure: isReached ? 'proxy-silent' : 'proxy-unreachable' };
}

function opened(socket: Socket, event: 'connect' | 'secureConnect'): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once(event, resolve);
    socket.on('error', reject);
    socket.once('close', () => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' })));
  });
}

const nameOf = ({ CN, O }: Record<'CN' | 'O', string | string[] | undefined>) =>
  [CN, O]
    .flat()
    .filter((name) => name !== undefined)
    .join(', ');

function described(secure: TLSSocket): NonNullable<Probe['tls']> {
  const own = secure.getPeerCertificate(true);
  const chain: DetailedPeerCertificate[] = [];
  // The last one is its own issuer.
  for (let each = own; each?.subject && !chain.includes(each); each = each.issuerCertificate) chain.push(each);
  return {
    version: secure.getProtocol() ?? '',
    issuer: own.issuer ? nameOf(own.issuer as Parameters<typeof nameOf>[0]) : '',
    chain: chain.map(({ subject }) => nameOf(subject as Parameters<typeof nameOf>[0])),
    trusted: secure.authorized,
    problem: String(secure.authorizationError ?? ''),
    notAfter: own.valid_to ? new Date(own.valid_to).toISOString() : '',
  };
}
