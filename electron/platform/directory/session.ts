import type { Certificate, DirectoryServer, DirectorySettings } from '../../../shared/contract/directory.contract.ts';
import { AppError, isAppError } from '../../../shared/contract/errors.ts';
import type { DirectorySession, NamedEntry, RootDse } from '../../services/directory/directoryPort.ts';
import { parseFilter } from '../../../shared/directory/filterSyntax.ts';
import { toSeconds } from '../../../shared/lib/durations.ts';
import type { LdapConnection } from './connection.ts';
import { decodeNamedEntry } from './entryDecoding.ts';
import { resultError } from './ldapErrors.ts';
import { abortable } from '../network/tcp.ts';
import { pagedSearch, unpagedSearch, type CutReason, type ReadProgress } from './pagedSearch.ts';
import { searchRequest } from './requests.ts';
import { decodeResult, operation, pagedResultsOid } from './resultDecoding.ts';
import { createSeenNames } from './seenNames.ts';

/** A signed-in connection and what is known of its server. */
export interface Link {
  readonly connection: LdapConnection;
  readonly server: DirectoryServer;
  readonly certificate: Certificate | null;
  readonly rootDse: RootDse;
}

/** A session that makes its connection anew when the server has dropped it. `reopen` signs in again, so no search is ever anonymous by accident. */
export function createSession(opened: Link, settings: DirectorySettings, reopen: (signal: AbortSignal) => Promise<Link>): DirectorySession {
  const { timeouts } = settings;
  const limits = { firstAnswerMs: timeouts.firstAnswerMs, idleMs: timeouts.idleMs };
  let link = opened;
  let reopening: Promise<Link> | undefined;
  let isClosed = false;
  let hasPaging = link.rootDse.supportedControls.size === 0 || link.rootDse.supportedControls.has(pagedResultsOid);

  async function openConnection(signal: AbortSignal): Promise<LdapConnection> {
    if (isClosed) throw new AppError('connection-lost', 'The session is closed.');
    if (link.connection.isOpen) return link.connection;
    // Two searches that find the connection gone share the new one.
    reopening ??= reopen(signal).finally(() => (reopening = undefined));
    link = await reopening;
    return link.connection;
  }

  const details = () => ({ host: link.server.host, port: link.server.port });

  return {
    get server() {
      return link.server;
    },
    get certificate() {
      return link.certificate;
    },
    get rootDse() {
      return link.rootDse;
    },

    async *search(request, signal) {
      const startedAt = performance.now();
      const filter = parseFilter(request.filter);
      const progress: ReadProgress = { seen: createSeenNames(), delivered: 0, referrals: 0 };
      const timer = new AbortController();
      const timeout = setTimeout(() => timer.abort(new AppError('time-limit', 'The read took longer than its limit.')), timeouts.totalMs);
      const stop = AbortSignal.any([signal, timer.signal]);
      let cutBy: CutReason | null = null;
      try {
        for (let hasRetried = false; ;) {
          signal.throwIfAborted();
          const connection = await openConnection(signal);
          const options = {
            connection,
            request,
            filter,
            limits,
            stop,
            signal,
            progress,
            pageSize: settings.pageSize,
            deadline: startedAt + timeouts.totalMs,
            details: { ...details(), base: request.base },
          };
          try {
            cutBy = yield* hasPaging && request.scope !== 'base' ? pagedSearch(options) : unpagedSearch(options);
            break;
          } catch (error) {
            if (hasPaging && isAppError(error, 'paging-unsupported')) {
              hasPaging = false;
            } else if (isAppError(error, 'connection-lost') && !hasRetried && !isClosed) {
              hasRetried = true;
            } else {
              throw error;
            }
          }
        }
      } finally {
        clearTimeout(timeout);
        progress.seen.release();
      }
      const summary = { entries: progress.delivered, referrals: progress.referrals, milliseconds: performance.now() - startedAt };
      return cutBy === null ? { ...summary, complete: true } : { ...summary, complete: false, cutBy };
    },

    async readNamed(dn, signal) {
      try {
        return await readOnce(dn, signal);
      } catch (error) {
        if (!isAppError(error, 'connection-lost') || isClosed) throw error;
        return readOnce(dn, signal);
      }
    },

    close() {
      isClosed = true;
      link.connection.close();
      return Promise.resolve();
    },
  };

  async function readOnce(dn: string, signal: AbortSignal): Promise<NamedEntry | null> {
    const connection = await openConnection(signal);
    const plan = { base: dn, scope: 'base', filter: parseFilter('(objectClass=*)'), attributes: ['*'], page: null } as const;
    const encode = searchRequest({ ...plan, timeLimitSeconds: toSeconds(timeouts.firstAnswerMs) });
    let entry: NamedEntry | null = null;
    const answer = new Promise<NamedEntry | null>((resolve, reject) => {
      connection.start(encode, limits, {
        onMessage(tag, cursor) {
          if (tag === operation.searchEntry) entry = decodeNamedEntry(cursor);
          if (tag !== operation.searchDone) return false;
          const result = decodeResult(cursor);
          if (result.code === 0 || result.code === 32) resolve(entry);
          else reject(resultError(result, details()));
          return true;
        },
        onFailed: reject,
      });
    });
    return abortable(answer, signal);
  }
}
