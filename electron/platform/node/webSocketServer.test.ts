import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, type WebSocketServer } from 'ws';
import type { Router } from '../../runtime/router.ts';
import { serveWebSockets, type WebSocketOptions } from './webSocketServer.ts';

const tooLarge = 'x'.repeat(8_000_001);
let server: WebSocketServer;
let served = 0;
const router: Router = { serve: () => void (served += 1), call: () => Promise.resolve(null), emit: () => {} };

afterEach(() => {
  for (const socket of server.clients) socket.terminate();
  server.close();
});

/** Connects, sends one text and answers the close code. */
async function closeCode(authenticate: WebSocketOptions['authenticate'], text: string): Promise<number> {
  served = 0;
  server = serveWebSockets(() => router, { host: '127.0.0.1', port: 0, authenticate });
  await once(server, 'listening');
  const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  socket.on('error', () => {});
  socket.once('open', () => socket.send(text));
  const [code] = (await once(socket, 'close')) as [number];
  return code;
}

describe('the WebSocket server', () => {
  it('survives a message over its limit from somebody who is not signed in', async () => {
    expect(await closeCode(() => null, tooLarge)).toBe(4401);
    expect(served).toBe(0);
  });

  it('survives a message over its limit from a signed-in page', async () => {
    const caller = { id: 'test', account: 'test', access: new Set<never>() };

    expect(await closeCode(() => caller, tooLarge)).toBe(1009);
    expect(served).toBe(1);
  });
});
