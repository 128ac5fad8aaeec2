import { lookup } from 'node:dns/promises';
import { connect, isIP, type Socket } from 'node:net';
import tls, { type SecureContext } from 'node:tls';
import type { Certificate, DirectoryServer, DirectorySettings } from '../../../shared/contract/directory.contract.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { OpenEvent } from '../../services/directory/directoryPort.ts';
import { createConnection } from './connection.ts';
import { connectionError, resultError } from './ldapErrors.ts';
import { startTlsRequest } from './requests.ts';
import { certificateOf, isPinned, requireTrust, tlsOptions } from './trust.ts';

export interface OpenSocket {
  readonly socket: Socket;
  readonly certificate: Certificate | null;
}

export interface SocketTarget {
  readonly server: DirectoryServer;
  readonly settings: Pick<DirectorySettings, 'pins' | 'allowPlainText' | 'caPem'>;
  readonly trustAnchors: (caPem: string) => SecureContext;
  readonly maxMessageBytes: number;
}

export type Observe = (event: OpenEvent) => void;

/** Runs one step and tells who watches how it went. Rejects with what the step rejects with, as AppError. */
export async function observed<T>(
  observe: Observe,
  step: OpenEvent['step'],
  server: DirectoryServer,
  work: () => Promise<T>,
  found: (result: T) => Pick<OpenEvent, 'addresses' | 'certificate' | 'isPinned' | 'rootDse'> = () => ({}),
): Promise<T> {
  const startedAt = performance.now();
  observe({ step, server, state: 'running', milliseconds: 0 });
  try {
    const result = await work();
    observe({ step, server, state: 'passed', milliseconds: performance.now() - startedAt, ...found(result) });
    return result;
  } catch (thrown) {
    const error = connectionError(thrown, { host: server.host, port: server.port });
    observe({ step, server, state: 'failed', milliseconds: performance.now() - startedAt, error, certificate: certificateOf(error) });
    throw error;
  }
}

/**
 * Connects to one server and makes the connection as secure as configured. After it, the first byte of LDAP may be sent.
 * The signal covers everything; whoever aborts it says why. Throws AppError.
 */
export async function openSocket(target: SocketTarget, observe: Observe, signal: AbortSignal): Promise<OpenSocket> {
  const { server, settings } = target;
  if (server.security === 'none' && !settings.allowPlainText) {
    throw new AppError('plain-text-refused', 'A password would be sent in clear text, and that is not allowed.', {
      details: { host: server.host, port: server.port },
    });
  }
  const addresses = await observed(
    observe,
    'dns',
    server,
    () => abortable(resolve(server.host), signal),
    (found) => ({
      addresses: found.map(({ address }) => address),
    }),
  );
  const socket = await observed(observe, 'tcp', server, () => connectTcp(server, addresses, signal));
  try {
    if (server.security === 'none') return { socket, certificate: null };
    return await observed(
      observe,
      'tls',
      server,
      async () => {
        const plain = server.security === 'starttls' ? await startTls(target, socket, signal) : socket;
        return secure(target, plain, signal);
      },
      ({ certificate }) => ({ certificate, isPinned: isPinned(certificate, server, settings.pins) }),
    );
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

interface Address {
  readonly address: string;
  readonly family: number;
}

async function resolve(host: string): Promise<readonly Address[]> {
  const family = isIP(host);
  return family === 0 ? lookup(host, { all: true }) : [{ address: host, family }];
}

function connectTcp(server: DirectoryServer, addresses: readonly Address[], signal: AbortSignal): Promise<Socket> {
  const socket = connect({
    host: server.host,
    port: server.port,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: 60_000,
    autoSelectFamily: true,
    // Resolved a moment ago; asking again could give another answer than the one that was shown.
    lookup: (_host, options, callback) => {
      const [first] = addresses;
      if (options.all === true) callback(null, [...addresses]);
      else callback(null, first?.address ?? '', first?.family ?? 4);
    },
  });
  return whenReady(socket, 'connect', signal, () => socket);
}

/** RFC 4511 section 4.14. */
async function startTls(target: SocketTarget, socket: Socket, signal: AbortSignal): Promise<Socket> {
  const details = { host: target.server.host, port: target.server.port };
  const connection = createConnection(socket, { maxMessageBytes: target.maxMessageBytes, details });
  const noLimit = { firstAnswerMs: 2 ** 31 - 1, idleMs: 2 ** 31 - 1 };
  const result = await abortable(connection.request(startTlsRequest, noLimit), signal);
  if (result.code !== 0) {
    const cause = resultError(result, details);
    throw new AppError('tls-failed', 'The server does not offer StartTLS.', { cause, details: { ...cause.details } });
  }
  try {
    return connection.release();
  } catch (cause) {
    // Bytes that somebody put in between would otherwise be taken for part of what is secured (RFC 4513 section 3.1.1).
    throw new AppError('tls-failed', 'The server sent plain text where TLS begins.', { cause, details });
  }
}

function secure(target: SocketTarget, plain: Socket, signal: AbortSignal): Promise<OpenSocket> {
  const { server, settings } = target;
  const socket = tls.connect({ socket: plain, ...tlsOptions(server.host, isIP(server.host) !== 0, target.trustAnchors(settings.caPem)) });
  return whenReady(socket, 'secureConnect', signal, () => ({ socket, certificate: requireTrust(socket, server, settings.pins) })).catch(
    (error: unknown) => {
      // A reset in the middle of a handshake says "no TLS here" rather than "the network is bad".
      const known = connectionError(error, { host: server.host, port: server.port });
      if (known.code !== 'connection-lost' && known.code !== 'unreachable') throw known;
      throw new AppError('tls-failed', 'The server closed the connection instead of agreeing on TLS.', {
        cause: error,
        details: known.details,
      });
    },
  );
}

function whenReady<T>(socket: Socket, event: 'connect' | 'secureConnect', signal: AbortSignal, ready: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      socket.off(event, onReady).off('error', onError).off('close', onClose);
      signal.removeEventListener('abort', onAbort);
      finish();
    };
    const fail = (error: unknown) => {
      settle(() => reject(error));
      // Late errors of a socket that nobody wants any more.
      socket.on('error', () => undefined);
      socket.destroy();
    };
    const onReady = () => {
      try {
        const result = ready();
        settle(() => resolve(result));
      } catch (error) {
        fail(error);
      }
    };
    const onError = (error: Error) => fail(error);
    const onClose = () => fail(Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
    const onAbort = () => fail(signal.reason);
    if (signal.aborted) {
      fail(signal.reason);
      return;
    }
    socket.once(event, onReady).once('error', onError).once('close', onClose);
    signal.addEventListener('abort', onAbort);
  });
}

/** Settles as the promise does, or rejects with the signal's reason if that aborts first. */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) {
    promise.catch(() => undefined);
    return Promise.reject(signal.reason as Error);
  }
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort);
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
