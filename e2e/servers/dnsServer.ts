import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** What a name is said to have; `silent`: nobody answers when asked for it. */
export type DnsAnswer = { readonly v4?: string; readonly v6?: readonly number[] } | 'silent';

const types = { a: 1, aaaa: 28 } as const;
const noSuchName = 3;

/** A name server (RFC 1035) on 127.0.0.1:53 that tells what a test wants, and knows no other name. Ends with the process. */
export async function startDnsServer(names: Readonly<Record<string, DnsAnswer>>): Promise<void> {
  const socket = createSocket('udp4');
  socket.on('message', (question, { port, address }) => {
    const { name, type, end } = readQuestion(question);
    const answer = names[name.toLowerCase()];
    if (answer === 'silent') return;
    const data = type === types.a ? answer?.v4?.split('.').map(Number) : type === types.aaaa ? answer?.v6 : undefined;
    const header = Buffer.from(question.subarray(0, 12));
    // An answer, with recursion, to one question.
    header.writeUInt16BE(0x8180 | (answer === undefined ? noSuchName : 0), 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(data ? 1 : 0, 6);
    header.writeUInt32BE(0, 8);
    socket.send(Buffer.concat([header, question.subarray(12, end), ...(data ? [record(type, data)] : [])]), port, address);
  });
  socket.bind(53, '127.0.0.1');
  await once(socket, 'listening');
  socket.unref();
}

function readQuestion(message: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.'), type: message.readUInt16BE(at + 1), end: at + 5 };
}

/** Of the name that the question holds, good for a second. */
function record(type: number, data: readonly number[]): Buffer {
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(1, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, Buffer.from(data)]);
}
