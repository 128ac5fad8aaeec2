import { once } from 'node:events';
import { WebSocket } from 'ws';
import { webSocketChannel } from '../../electron/platform/node/webSocketServer.ts';
import { createClient } from '../../shared/contract/client.ts';
import { contract } from '../../shared/contract/index.ts';
import type { WebHost } from '../hosts/web.ts';

export interface WebSession {
  readonly cookie: string;
  readonly origin: string;
}

/** Signs in to a headless host as a browser does. */
export async function signInToHost({ signInLink, origin }: Pick<WebHost, 'signInLink' | 'origin'>): Promise<WebSession> {
  const answer = await fetch(signInLink, { redirect: 'manual' });
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0];
  if (answer.status !== 303 || cookie === undefined) throw new Error(`Sign-in answered ${answer.status}.`);
  return { cookie, origin };
}

/** Calls a headless host as a page does, without one: where somebody is signed in, or after it signed in itself. */
export async function connectWebClient(host: WebSession | Pick<WebHost, 'signInLink' | 'origin'>) {
  const { cookie, origin } = 'cookie' in host ? host : await signInToHost(host);
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/socket`, { headers: { cookie, origin } });
  await once(socket, 'open');
  return { ...createClient(contract, webSocketChannel(socket)), close: () => socket.close() };
}
