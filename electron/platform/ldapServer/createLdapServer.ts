import { createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { createSecureContext, createServer as createTlsServer } from 'node:tls';
import type { LdapBackend } from './protocol/backend.ts';
import { serveConnection, type Connection } from './protocol/connection.ts';
import type { LdapOperation } from './protocol/messages.ts';

export interface LdapServerOptions {
  readonly backend: LdapBackend;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  /** `ldap` offers StartTLS where there is a certificate; `ldaps` needs one. Default `ldap`. */
  readonly protocol?: 'ldap' | 'ldaps';
  readonly tls?: ServerCertificate;
  /** Longer messages end the connection. Default 10 MB, as MaxReceiveBuffer of Active Directory. */
  readonly maxMessageBytes?: number;
  /** Requests that may run or wait on one connection. Default 256. */
  readonly maxPendingRequests?: number;
  /** Ends silent connections. Default 900,000 (MaxConnIdleTime of Active Directory); 0 = never. */
  readonly idleTimeoutMs?: number;
}

export interface ServerCertificate {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

/** Counts since the start. Tests assert on them that a run uses one connection, or that a list asks the directory nothing. */
export interface LdapServerStats {
  readonly connections: number;
  readonly openConnections: number;
  readonly requests: Readonly<Partial<Record<LdapOperation['kind'], number>>>;
}

export interface LdapServer {
  /** For example `ldap://127.0.0.1:40389`. */
  readonly url: string;
  readonly port: number;
  /** A copy of the counts as they are now. */
  stats(): LdapServerStats;
  /** Stops listening and cuts all connections. Resolves when the port is free. */
  close(): Promise<void>;
}

/**
 * Listens for LDAP on one port and serves the backend to whoever connects.
 * Rejects with Node's error when the port cannot be had or the certificate cannot be read.
 */
export async function createLdapServer(options: LdapServerOptions): Promise<LdapServer> {
  const { backend, host = '127.0.0.1', protocol = 'ldap', tls } = options;
  const { maxMessageBytes = 10_485_760, maxPendingRequests = 256, idleTimeoutMs = 900_000 } = options;
  const tlsOptions = tls && { cert: tls.certificatePem, key: tls.privateKeyPem };
  const secureContext = tlsOptions && createSecureContext(tlsOptions);
  const open = new Set<Connection>();
  const sockets = new Set<Socket>();
  const requests: Partial<Record<LdapOperation['kind'], number>> = {};
  let connections = 0;

  function serve(socket: Socket): void {
    connections += 1;
    const connection = serveConnection(socket, {
      backend,
      secureContext,
      maxMessageBytes,
      maxPendingRequests,
      idleTimeoutMs,
      onRequest: ({ operation }) => {
        requests[operation.kind] = (requests[operation.kind] ?? 0) + 1;
      },
      onClosed: () => open.delete(connection),
    });
    open.add(connection);
  }

  if (protocol === 'ldaps' && tlsOptions === undefined) throw new TypeError('LDAPS needs a certificate.');
  const server: Server = protocol === 'ldaps' ? createTlsServer({ ...tlsOptions }, serve) : createTcpServer(serve);
  // A handshake that has not ended is a socket that `serve` does not know yet; close() has to end it as well.
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  const port = await listen(server, options.port ?? 0, host);

  return {
    url: `${protocol}://${host.includes(':') ? `[${host}]` : host}:${port}`,
    port,
    stats: () => ({ connections, openConnections: open.size, requests: { ...requests } }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const connection of open) connection.destroy();
        for (const socket of sockets) socket.destroy();
      }),
  };
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
