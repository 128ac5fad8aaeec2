import { connect as connectTcp, isIP, type Socket, type TcpNetConnectOpts } from 'node:net';
import {
  connect as connectTls,
  createSecureContext,
  rootCertificates,
  type DetailedPeerCertificate,
  type SecureContext,
  TLSSocket,
} from 'node:tls';
import type { Probe, ProbeTarget } from '../../services/network/networkPorts.ts';
import { askHttp, type HttpAnswer } from './askHttp.ts';
import { resolveNames } from './resolveNames.ts';

/** Each step may take so long, and all of them together. */
const stepMs = 1_500;
const allMs = 4_800;

const nothing: Probe = { addresses: [], connectMs: null, tls: null, http: null, clockMs: null, failure: null };

/** Made once: reading all public roots takes longer than a connection. */
let publicRoots: SecureContext | undefined;
const withPublicRoots = () => (publicRoots ??= createSecureContext({ ca: [...rootCertificates], minVersion: 'TLSv1.2' }));

/**
 * Follows the way to a target: DNS, TCP and, where asked, TLS 1.2 or newer against the public roots that ship with Node, or plain HTTP.
 * A certificate that does not hold is looked at and reported; nothing is ever sent to whoever showed it. Never rejects.
 */
export async function probeTarget({ host, port, speaks }: ProbeTarget, signal: AbortSignal): Promise<Probe> {
  const all = AbortSignal.any([signal, AbortSignal.timeout(allMs)]);
  const sockets: Socket[] = [];
  try {
    return await follow();
  } finally {
    for (const socket of sockets) socket.destroy();
  }

  async function follow(): Promise<Probe> {
    let addresses: string[];
    try {
      addresses = await step(all, (within) => resolveNames(host, within));
    } catch (error) {
      return { ...nothing, failure: codeOf(error) === 'ETIMEDOUT' || codeOf(error) === 'EAI_AGAIN' ? 'dns-silent' : 'dns' };
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
    try {
      await step(all, () => opened(socket, 'secureConnect'));
      const tls = described(socket);
      return { ...found, tls, clockMs: tls.trusted ? (await answerOf(socket)).clockMs : null };
    } catch (error) {
      const code = codeOf(error);
      if (code === 'ETIMEDOUT') return { ...found, failure: 'timeout' };
      if (code === 'ECONNRESET' || code === 'EPIPE') return { ...found, failure: 'reset' };
      return { ...found, http: await plainAnswer(addresses), failure: 'tls' };
    }
  }

  /** A socket that connects; one of TLS does both itself, since two that share a connection must end in the right order. */
  function begin(addresses: readonly string[], isSecure: boolean): Socket {
    const options: TcpNetConnectOpts = {
      host,
      port,
      autoSelectFamily: true,
      // What was shown is what is tried; asking again could give another answer.
      lookup: (_host, { all: isAll }, callback) => {
        const found = addresses.map((address) => ({ address, family: isIP(address) }));
        if (isAll === true) callback(null, found);
        else callback(null, found[0]?.address ?? '', found[0]?.family ?? 4);
      },
    };
    const names = isIP(host) === 0 ? { servername: host } : {};
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

  /** What the other end says in HTTP, and what time it is there. A date of whole seconds is right to half a second at best. */
  async function answerOf(connection: Socket): Promise<Pick<Probe, 'http' | 'clockMs'> & { isLate: boolean }> {
    const asked = Date.now();
    let answer: HttpAnswer | null = null;
    let isLate = false;
    try {
      answer = await step(all, () => askHttp(connection, host));
    } catch (error) {
      isLate = codeOf(error) === 'ETIMEDOUT';
    }
    const date = answer?.date ?? null;
    return {
      http: answer ? { status: answer.status, location: answer.location } : null,
      clockMs: date === null ? null : Math.round((date + 500 - (asked + Date.now()) / 2) / 1000) * 1000,
      isLate,
    };
  }
}

const codeOf = (error: unknown) => (error as { code?: string }).code ?? '';

function failureOf(error: unknown): NonNullable<Probe['failure']> {
  if (codeOf(error) === 'ECONNREFUSED') return 'refused';
  return codeOf(error) === 'ETIMEDOUT' ? 'timeout' : 'unreachable';
}

/** Ends with `ETIMEDOUT` when the step, or all steps, took too long. */
async function step<T>(all: AbortSignal, work: (within: AbortSignal) => Promise<T>): Promise<T> {
  const within = AbortSignal.any([all, AbortSignal.timeout(stepMs)]);
  return Promise.race([work(within), whenAborted(within)]);
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const late = () => reject(Object.assign(new Error('late'), { code: 'ETIMEDOUT' }));
    if (signal.aborted) late();
    else signal.addEventListener('abort', late, { once: true });
  });
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
