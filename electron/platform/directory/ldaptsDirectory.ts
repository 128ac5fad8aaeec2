import type { DirectoryServer } from '../../../shared/contract/directory.contract.ts';
import { AppError, type ErrorCode } from '../../../shared/contract/errors.ts';
import { asMilliseconds } from '../../../shared/lib/durations.ts';
import type { DirectoryPort, DirectoryTarget, OpenOptions } from '../../services/directory/directoryPort.ts';
import { createConnection } from './connection.ts';
import { connectionError, resultError } from './ldapErrors.ts';
import { abortable } from '../network/tcp.ts';
import { observed, openSocket, type Observe } from './openSocket.ts';
import { bindRequest } from './requests.ts';
import { readRootDse } from './rootDse.ts';
import { createSession, type Link } from './session.ts';
import { createTrustAnchors } from './trust.ts';

export interface LdaptsDirectoryOptions {
  /** A message over it ends the connection. Default 64 MB. */
  readonly maxMessageBytes?: number;
  /** So long a server that could not be reached is tried last. Default one minute. */
  readonly avoidFailedMs?: number;
}

/** Failures after which the next server is asked: the server is the problem, not who signs in. */
const serverFailures: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'host-not-found',
  'refused',
  'timeout',
  'unreachable',
  'connection-lost',
  'tls-failed',
  'not-ldap',
  'certificate-expired',
  'certificate-name',
  'certificate-unknown',
  'certificate-changed',
  'directory-busy',
]);

/**
 * Reads LDAP directories. ldapts writes the requests; sockets, TLS, framing and answers are handled here
 * (build/decisions/ldap-search-decoder.md says why).
 */
export function createLdaptsDirectory(options: LdaptsDirectoryOptions = {}): DirectoryPort {
  const maxMessageBytes = options.maxMessageBytes ?? 64 * 1024 * 1024;
  const avoidFailedMs = options.avoidFailedMs ?? 60_000;
  const trustAnchors = createTrustAnchors();
  const failedAt = new Map<string, number>();

  async function openServer(target: DirectoryTarget, server: DirectoryServer, signal: AbortSignal, how: OpenOptions): Promise<Link> {
    const { settings, password } = target;
    const details = { host: server.host, port: server.port };
    const { connectMs } = settings.timeouts;
    const tooLate = new AppError('timeout', 'The server does not answer.', { details: { ...details, waitedMs: connectMs } });
    const timer = new AbortController();
    const timeout = setTimeout(() => timer.abort(tooLate), connectMs);
    const stop = AbortSignal.any([signal, timer.signal]);
    const observe: Observe = (event) => how.observe?.(event);
    // The stop signal rules; these are there because every request needs some.
    const patience = asMilliseconds(connectMs * 2);
    const limits = { firstAnswerMs: patience, idleMs: patience };
    try {
      const { socket, certificate } = await openSocket({ server, settings, trustAnchors, maxMessageBytes }, observe, stop);
      const connection = createConnection(socket, { maxMessageBytes, details });
      try {
        if (how.signIn !== false) {
          await observed(observe, 'bind', server, async () => {
            const result = await abortable(connection.request(bindRequest(settings.bindDn, password), limits), stop);
            if (result.code !== 0) throw resultError(result, { ...details, bindDn: settings.bindDn });
          });
        }
        const rootDse = await observed(
          observe,
          'rootdse',
          server,
          () => readRootDse(connection, limits, details, stop),
          (found) => ({ rootDse: found }),
        );
        return { connection, server, certificate, rootDse };
      } catch (error) {
        connection.close();
        throw error;
      }
    } finally {
      clearTimeout(timeout);
    }
  }

  async function openLink(target: DirectoryTarget, signal: AbortSignal, how: OpenOptions): Promise<Link> {
    const failures: AppError[] = [];
    for (const server of inOrderOfHope(target.settings.servers)) {
      signal.throwIfAborted();
      const key = `${server.host}:${server.port}`;
      try {
        const link = await openServer(target, server, signal, how);
        failedAt.delete(key);
        return link;
      } catch (thrown) {
        signal.throwIfAborted();
        const error = connectionError(thrown, { host: server.host, port: server.port });
        if (!serverFailures.has(error.code)) throw error;
        failedAt.set(key, performance.now());
        failures.push(error);
      }
    }
    const [first] = failures;
    if (first === undefined) throw new AppError('directory-not-configured', 'No server is configured.');
    if (failures.length === 1) throw first;
    const tried = failures.map(({ code, details }) => `${String(details?.host)}:${String(details?.port)} ${code}`).join(', ');
    throw new AppError(first.code, first.message, { cause: first, details: { ...first.details, tried } });
  }

  function inOrderOfHope(servers: readonly DirectoryServer[]): DirectoryServer[] {
    const now = performance.now();
    const hasFailed = ({ host, port }: DirectoryServer) => now - (failedAt.get(`${host}:${port}`) ?? -Infinity) < avoidFailedMs;
    return [...servers.filter((server) => !hasFailed(server)), ...servers.filter(hasFailed)];
  }

  return {
    async open(target, signal, how = {}) {
      const link = await openLink(target, signal, how);
      // Only the first connection is watched.
      return createSession(link, target.settings, (again) => openLink(target, again, { signIn: how.signIn }));
    },
  };
}
