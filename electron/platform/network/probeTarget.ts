import { lookup } from 'node:dns/promises';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, rootCertificates } from 'node:tls';
import type { Probe } from '../../services/network/networkService.ts';

const dnsMs = 1_500;
const connectTimeoutMs = 1_500;
const tlsMs = 1_500;

function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error('late'), { code: 'ETIMEDOUT' })), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function failureOf(error: unknown): NonNullable<Probe['failure']> {
  const code = (error as { code?: string }).code ?? '';
  if (code === 'ECONNREFUSED') return 'refused';
  return code === 'ETIMEDOUT' ? 'timeout' : 'unreachable';
}

function opened(socket: Socket, event: 'connect' | 'secureConnect'): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once(event, resolve);
    socket.on('error', reject);
    socket.once('close', () => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' })));
  });
}

/**
 * Follows the way to a target: DNS, TCP and, where asked, TLS 1.2 or newer against the public roots that ship with Node.
 * A certificate that does not hold is looked at and reported; nothing is ever sent to whoever showed it. Never rejects.
 */
export async function probeTarget({ host, port, tls }: { host: string; port: number; tls: boolean }): Promise<Probe> {
  let addresses: string[];
  try {
    addresses = (await within(dnsMs, lookup(host, { all: true }))).map(({ address }) => address);
  } catch {
    return { addresses: [], connectMs: null, tls: null, failure: 'dns' };
  }
  const started = performance.now();
  const socket = connectTcp({ host, port, autoSelectFamily: true });
  try {
    await within(connectTimeoutMs, opened(socket, 'connect'));
  } catch (error) {
    socket.destroy();
    return { addresses, connectMs: null, tls: null, failure: failureOf(error) };
  }
  const connectMs = performance.now() - started;
  if (!tls) {
    socket.destroy();
    return { addresses, connectMs, tls: null, failure: null };
  }
  const secure = connectTls({
    socket,
    ...(isIP(host) === 0 && { servername: host }),
    host,
    ca: [...rootCertificates],
    minVersion: 'TLSv1.2',
    rejectUnauthorized: false,
  });
  try {
    await within(tlsMs, opened(secure, 'secureConnect'));
    const { issuer } = secure.getPeerCertificate();
    const names = [issuer?.CN, issuer?.O].flat().filter((name) => name !== undefined);
    return {
      addresses,
      connectMs,
      tls: {
        version: secure.getProtocol() ?? '',
        issuer: names.join(', '),
        trusted: secure.authorized,
        problem: String(secure.authorizationError ?? ''),
      },
      failure: null,
    };
  } catch (error) {
    const code = (error as { code?: string }).code;
    const failure = code === 'ETIMEDOUT' ? 'timeout' : code === 'ECONNRESET' || code === 'EPIPE' ? 'reset' : 'tls';
    return { addresses, connectMs, tls: null, failure };
  } finally {
    secure.destroy();
    socket.destroy();
  }
}
