import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { freePort } from '../support/loopback.ts';

/** Where something is wrong below LDAP. Faults of the protocol itself come from the built-in directory server. */
export interface HostileServer {
  readonly port: number;
  readonly connections: () => number;
  stop(): Promise<void>;
}

async function listen(onConnection: (socket: Socket) => void): Promise<HostileServer> {
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket.on('error', () => {}).once('close', () => sockets.delete(socket)));
    onConnection(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Takes the connection, reads what comes, and never says a word. */
export const startSilent = () => listen((socket) => socket.resume());

/** Takes the connection and resets it as soon as the first bytes come. */
export const startResetting = () => listen((socket) => socket.once('data', () => socket.resetAndDestroy()));

/** Answers everything with bytes that are no LDAP and no TLS. */
export const startBabbling = () => listen((socket) => socket.on('data', () => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n')));

/** A port where nobody listens. */
export const closedPort = freePort;
