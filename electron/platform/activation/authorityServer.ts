import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { AppError } from '../../../shared/contract/errors.ts';
import type { HttpAnswer, Listen, PageRequest, Peer } from '../../services/authority/authorityPorts.ts';
import { certifyListener } from './certificates.ts';

const maxBodyBytes = 64 * 1024;
const dayMs = 86_400_000;
const renewBeforeMs = 90 * dayMs;
/** Calls of the protocol; everything else is for the eyes of somebody. */
const isCall = (url: string): boolean => url.startsWith('/v1/');

/** A small body as text; undefined where it is longer. */
async function readText(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Reads a small JSON body; undefined where it is none. */
async function readBody(request: IncomingMessage): Promise<unknown> {
  try {
    return JSON.parse((await readText(request)) ?? '') as unknown;
  } catch {
    return undefined;
  }
}

async function pageRequestOf(request: IncomingMessage): Promise<PageRequest> {
  const { method = '', url = '/', headers } = request;
  const isForm = headers['content-type']?.split(';')[0] === 'application/x-www-form-urlencoded';
  const body = isForm ? await readText(request) : undefined;
  const { host = '', origin = '', cookie = '' } = headers;
  const form = body === undefined ? null : new URLSearchParams(body);
  return { method, url, form, address: request.socket.remoteAddress ?? '', host, origin, cookies: cookie };
}

function peerOf(request: IncomingMessage): Peer {
  const socket = request.socket as TLSSocket;
  const shown = socket.getPeerX509Certificate();
  return {
    address: socket.remoteAddress ?? '',
    certificate: shown ? { sha256: createHash('sha256').update(shown.raw).digest('hex'), trusted: socket.authorized } : null,
  };
}

/** Client certificates are asked for and looked at, and never required by TLS itself: who has none is told so in words. */
export const listen: Listen = async ({ port, hosts, key, answer, page }) => {
  let expiresAt = 0;

  async function context() {
    const authority = await key();
    const made = await certifyListener(hosts, authority, Date.now());
    expiresAt = made.expiresAt;
    return {
      cert: made.certificate + authority.certificate,
      key: made.privateKey.reveal(),
      ca: [authority.certificate],
      minVersion: 'TLSv1.2' as const,
    };
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isCall(request.url ?? '')) {
      const { status, headers, body } = await page(await pageRequestOf(request));
      return void response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' }).end(body);
    }
    const peer = peerOf(request);
    const { status, body }: HttpAnswer =
      request.method === 'POST'
        ? await answer(request.url ?? '', await readBody(request), peer)
        : { status: 405, body: { code: 'request-not-valid', message: 'Calls are made with POST.' } };
    const text = JSON.stringify(body);
    response
      .writeHead(status, {
        'content-type': 'application/json; charset=utf-8',
        'content-length': Buffer.byteLength(text),
        'cache-control': 'no-store',
        connection: 'close',
      })
      .end(text);
  }

  const limits = { requestTimeout: 15_000, headersTimeout: 10_000, handshakeTimeout: 10_000 };
  const server = createServer({ ...(await context()), ...limits, requestCert: true, rejectUnauthorized: false }, (request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  server.maxConnections = 500;
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const isTaken = cause.code === 'EADDRINUSE' || cause.code === 'EACCES';
      reject(isTaken ? new AppError('port-taken', `Port ${port} cannot be used.`, { cause, details: { port } }) : cause);
    });
    server.listen(port, resolve);
  });
  async function renewInTime(): Promise<void> {
    if (expiresAt - Date.now() < renewBeforeMs) server.setSecureContext(await context());
  }
  // Where it fails it is tried again tomorrow, for three months.
  const timer = setInterval(() => void renewInTime().catch(() => undefined), dayMs).unref();

  return {
    port: (server.address() as AddressInfo).port,
    close() {
      clearInterval(timer);
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
};
