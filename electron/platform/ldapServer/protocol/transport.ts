import type { Socket } from 'node:net';
import { TLSSocket, type SecureContext } from 'node:tls';

/** How long a connection that we hang up on may take to read our last words. */
const lingerMs = 2_000;

/** Answers that may wait for a reader. Who asks on and on and reads nothing is cut off, or our memory would be theirs to fill. */
const maxUnreadBytes = 64 * 1024 * 1024;

export interface TransportEvents {
  onData(chunk: Buffer): void;
  /** Called once, whatever ended the connection. */
  onClosed(): void;
}

export interface Transport {
  readonly address: string;
  isSecure(): boolean;
  /** Resolves when more may be written: at once, or after a slow reader has caught up, or when the connection is gone. */
  write(bytes: Buffer): Promise<void>;
  /** Writes `lastBytes` unencrypted, then takes the server's side of a TLS handshake. */
  upgrade(lastBytes: Buffer, secureContext: SecureContext): void;
  /** Says the last words, hangs up, and ignores what still arrives. */
  end(lastBytes?: Buffer): void;
  /** Sends what was written and is gone, without a word. */
  drop(): void;
  destroy(): void;
}

/** Wraps an accepted socket (plain or TLS) so that the protocol need not care which of both it talks to. */
export function createTransport(accepted: Socket, options: { idleTimeoutMs: number }, events: TransportEvents): Transport {
  let socket = accepted;
  let isEnding = false;
  let isClosed = false;

  function listen(): void {
    socket.on('data', onData);
    socket.on('error', () => socket.destroy());
    socket.on('close', onClosed);
    socket.setTimeout(options.idleTimeoutMs, () => socket.destroy());
  }

  function onData(chunk: Buffer): void {
    if (!isEnding) events.onData(chunk);
  }

  function onClosed(): void {
    if (isClosed) return;
    isClosed = true;
    accepted.destroy();
    events.onClosed();
  }

  socket.setNoDelay(true);
  listen();

  return {
    address: accepted.remoteAddress ?? '',
    isSecure: () => socket instanceof TLSSocket,
    write(bytes) {
      if (isEnding || socket.destroyed) return Promise.resolve();
      if (socket.writableLength > maxUnreadBytes) {
        socket.destroy();
        return Promise.resolve();
      }
      if (socket.writableCorked === 0) {
        // One segment for everything that is written in this turn of the event loop.
        socket.cork();
        const corked = socket;
        process.nextTick(() => corked.uncork());
      }
      if (socket.write(bytes)) return Promise.resolve();
      return waitForDrain(socket);
    },
    upgrade(lastBytes, secureContext) {
      accepted.write(lastBytes);
      accepted.off('data', onData);
      accepted.setTimeout(0);
      socket = new TLSSocket(accepted, { isServer: true, secureContext });
      listen();
    },
    end(lastBytes) {
      if (isEnding) return;
      isEnding = true;
      if (lastBytes === undefined) socket.end();
      else socket.end(lastBytes);
      const ending = socket;
      setTimeout(() => ending.destroy(), lingerMs).unref();
    },
    drop() {
      isEnding = true;
      socket.destroySoon();
    },
    destroy() {
      socket.destroy();
    },
  };
}

function waitForDrain(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      socket.off('drain', finish);
      socket.off('close', finish);
      resolve();
    };
    socket.on('drain', finish);
    socket.on('close', finish);
  });
}
