import { isIP, type Socket } from 'node:net';
import tls, { type SecureContext } from 'node:tls';
import type { Certificate, DirectoryServer, DirectorySettings } from '../../../shared/contract/directory.contract.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { asMilliseconds } from '../../../shared/lib/durations.ts';
import type { OpenEvent } from '../../services/directory/directoryPort.ts';
import { abortable, connectTcp, resolveHost, whenReady } from '../network/tcp.ts';
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
    () => abortable(resolveHost(server.host), signal),
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

/** RFC 4511 section 4.14. */
async function startTls(target: SocketTarget, socket: Socket, signal: AbortSignal): Promise<Socket> {
  const details = { host: target.server.host, port: target.server.port };
  const connection = createConnection(socket, { maxMessageBytes: target.maxMessageBytes, details });
  const longest = asMilliseconds(2 ** 31 - 1);
  const noLimit = { firstAnswerMs: longest, idleMs: longest };
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
