import { once } from 'node:events';
import { WebSocket } from 'ws';
import { webSocketChannel } from '../../electron/platform/node/webSocketServer.ts';
import { createClient } from '../../shared/contract/client.ts';
import { contract } from '../../shared/contract/index.ts';
import type { WebHost } from '../hosts/web.ts';

/** Signs in to a headless host as a browser does, and calls it without one. */
export async function connectWebClient({ signInLink, origin }: Pick<WebHost, 'signInLink' | 'origin'>) {
  const answer = await fetch(signInLink, { redirect: 'manual' });
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0];
  if (answer.status !== 303 || cookie === undefined) throw new Error(`Sign-in answered ${answer.status}.`);
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/socket`, { headers: { cookie, origin } });
  await once(socket, 'open');
  return { ...createClient(contract, webSocketChannel(socket)), close: () => socket.close() };
}
