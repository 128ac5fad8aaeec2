import type { Duplex } from 'node:stream';
import type { ProxyAnswer } from '../../services/network/networkPorts.ts';
import { readProxyAnswer } from './proxyTunnel.ts';

export interface HttpAnswer {
  readonly status: number;
  /** Empty: the answer leads nowhere else. */
  readonly location: string;
  /** Milliseconds since 1970; null: the answer has no date that can be read. */
  readonly date: number | null;
  /** What it says of itself if it is a proxy. */
  readonly proxy: ProxyAnswer;
}

/** Longer heads than this are no answer that we could use. */
const mostBytes = 16_384;

/**
 * Asks who is at the other end for the head of its start page, and reads the status and what else tells a proxy or portal (RFC 9110
 * sections 9.3.2, 6.6.1 and 10.2.2). A proxy is asked for the whole address, with fields of its own. Null: what came is not HTTP. Rejects with the error of the connection.
 */
export function askHttp(
  connection: Duplex,
  host: string,
  { target = '/', fields = '' }: { target?: string; fields?: string } = {},
): Promise<HttpAnswer | null> {
  return new Promise((resolve, reject) => {
    let head = '';
    connection.on('data', (bytes: Buffer) => {
      head += bytes.toString('latin1');
      if (!'HTTP/'.startsWith(head.slice(0, 5))) return resolve(null);
      if (head.includes('\r\n\r\n') || head.length > mostBytes) resolve(read(head));
    });
    connection.once('end', () => resolve(read(head)));
    connection.once('error', reject);
    connection.once('close', () => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' })));
    connection.write(`HEAD ${target} HTTP/1.1\r\nHost: ${host.includes(':') ? `[${host}]` : host}\r\n${fields}Connection: close\r\n\r\n`);
  });
}

function read(head: string): HttpAnswer | null {
  const status = /^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1];
  if (status === undefined) return null;
  const field = (name: string) => new RegExp(`^${name}:[ \\t]*(.*?)[ \\t]*\\r?$`, 'im').exec(head)?.[1] ?? '';
  const date = Date.parse(field('Date'));
  return {
    status: Number(status),
    location: field('Location').slice(0, 300),
    date: Number.isNaN(date) ? null : date,
    proxy: readProxyAnswer(head),
  };
}
