import { request, type RequestOptions } from 'node:https';
import { isIP } from 'node:net';
import { connect as connectTls, type SecureContext, type TLSSocket } from 'node:tls';
import type { AppError } from '../../../shared/contract/errors.ts';
import { requireTrust, tlsOptions } from '../directory/trust.ts';
import type { OpenTunnel } from './proxyTunnel.ts';

export interface HttpsAnswer {
  readonly status: number;
  readonly body: string;
}

export interface TrustedPost {
  /** Whom the certificate has to name; an IPv6 address stands without brackets. */
  readonly host: string;
  readonly port: number;
  /** Where the request goes, as Node takes it. */
  readonly to: RequestOptions;
  readonly contentType: string;
  readonly body: string;
  readonly secureContext: SecureContext;
  /** For all of it, from the connection to the last byte of the answer. */
  readonly limitMs: number;
  readonly maxAnswerBytes: number;
  tooLong(): AppError;
  /** The way through a proxy, where there is one. */
  readonly openTunnel?: OpenTunnel | undefined;
  /** Called when TLS stands, before its certificate is judged. */
  onSecure?(): void;
}

/**
 * Posts to one HTTPS server that is trusted by `secureContext`; nothing of the body leaves before its certificate was judged; a proxy
 * on the way sees where it goes and nothing of it. No redirect, no connection that is kept. Rejects with what `requireTrust` or `openTunnel`
 * throws, with `tooLong()`, or with Node's error.
 */
export async function postTrusted(post: TrustedPost): Promise<HttpsAnswer> {
  const { host, port, body } = post;
  const signal = AbortSignal.timeout(post.limitMs);
  const tunnel = await post.openTunnel?.({ host, port }, signal);
  const tls = tlsOptions(host, isIP(host) !== 0, post.secureContext);
  return new Promise((resolve, reject) => {
    const asked = request({
      ...post.to,
      method: 'POST',
      headers: { 'content-type': post.contentType, accept: 'application/json', 'content-length': Buffer.byteLength(body) },
      signal,
      // An agent would make a connection of its own.
      ...(tunnel ? { createConnection: () => connectTls({ ...tls, socket: tunnel }) } : { agent: false, ...tls }),
    });
    asked.once('error', reject).once('response', (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        bytes += chunk.length;
        if (bytes > post.maxAnswerBytes) asked.destroy(post.tooLong());
      });
      response.once('error', reject);
      response.once('end', () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }));
    });
    asked.once('socket', (socket) => {
      socket.once('secureConnect', () => {
        post.onSecure?.();
        try {
          requireTrust(socket as TLSSocket, { host, port }, []);
          // Nothing has left before this.
          asked.end(body);
        } catch (error) {
          asked.destroy(error as Error);
        }
      });
    });
  });
}
