import type { Channel } from '../../shared/contract/wire.ts';
import { SignedOutError } from './durableChannel.ts';

declare global {
  interface Window {
    /** Put there by electron/preload.ts; absent in a browser tab. */
    readonly consoleBridge?: Pick<Channel, 'send' | 'onMessage'>;
  }
}

/** Closing code of the server for a session that it does not know. It can say so only after it accepted the socket. */
const notSignedIn = 4401;
/** A socket that is neither accepted nor refused counts as refused after this time. */
const openTimeoutMs = 10_000;

/** How this page reaches the privileged side: by the bridge of the desktop host, or by a WebSocket to where it came from. */
export function createOpener(page: Pick<Window, 'consoleBridge' | 'location'> = window): () => Promise<Channel> {
  const { consoleBridge: bridge, location } = page;
  // On the desktop the page lives and dies with its main process, so this channel never closes.
  if (bridge) return async () => ({ ...bridge, onClose: () => {} });

  const url = new URL('/socket', location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return createWebSocketOpener(url);
}

function createWebSocketOpener(url: URL): () => Promise<Channel> {
  let isSignedOut = false;

  return () =>
    new Promise((resolve, reject) => {
      if (isSignedOut) throw new SignedOutError('The session has ended.');
      const socket = new WebSocket(url);
      const timer = setTimeout(() => socket.close(), openTimeoutMs);
      socket.addEventListener('close', ({ code }) => {
        clearTimeout(timer);
        isSignedOut = code === notSignedIn;
        reject(new Error('The server refused the connection.'));
      });
      socket.addEventListener('open', () => {
        clearTimeout(timer);
        resolve(channelOf(socket));
      });
    });
}

function channelOf(socket: WebSocket): Channel {
  return {
    send: (message) => socket.send(JSON.stringify(message)),
    onMessage(listener) {
      const onData = (event: MessageEvent<string>) => listener(JSON.parse(event.data));
      socket.addEventListener('message', onData);
      return () => socket.removeEventListener('message', onData);
    },
    onClose: (listener) => socket.addEventListener('close', listener, { once: true }),
  };
}
