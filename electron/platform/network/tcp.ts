import { lookup } from 'node:dns/promises';
import { connect, isIP, type Socket } from 'node:net';

export interface Address {
  readonly address: string;
  readonly family: number;
}

/** Addresses of a host, or the address that it is. Rejects with what Node's resolver throws. */
export async function resolveHost(host: string): Promise<readonly Address[]> {
  const family = isIP(host);
  return family === 0 ? lookup(host, { all: true }) : [{ address: host, family }];
}

/** Connects to one of the addresses. Rejects with Node's error, or with the signal's reason when that aborts. */
export function connectTcp(
  server: { readonly host: string; readonly port: number },
  addresses: readonly Address[],
  signal: AbortSignal,
): Promise<Socket> {
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

/** Resolves to what `ready` makes once the socket is connected or secured; whatever goes wrong destroys the socket. */
export function whenReady<T>(socket: Socket, event: 'connect' | 'secureConnect', signal: AbortSignal, ready: () => T): Promise<T> {
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
