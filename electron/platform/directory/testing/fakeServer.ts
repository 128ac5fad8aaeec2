import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { BerReader, BerWriter } from 'ldapts';

/** A request as it came, decoded by ldapts: what we send is checked by somebody else's code. */
export interface FakeRequest {
  readonly id: number;
  /** Application tag: 0x60 bind, 0x63 search, 0x77 extended, 0x50 abandon, 0x42 unbind. */
  readonly tag: number;
  readonly base: string;
  readonly scope: number;
  readonly sizeLimit: number;
  readonly timeLimit: number;
  readonly attributes: readonly string[];
  readonly cookie: Buffer | null;
  readonly pageSize: number;
}

export interface FakeServer {
  readonly port: number;
  readonly requests: readonly FakeRequest[];
  readonly connections: () => number;
  close(): Promise<void>;
}

/** An LDAP server that says whatever a test wants. Binds succeed; everything else is up to `answer`. */
export async function startFakeServer(answer: (request: FakeRequest, socket: Socket, connection: number) => void): Promise<FakeServer> {
  const requests: FakeRequest[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    const connection = connections;
    sockets.add(socket);
    socket.setNoDelay(true);
    let rest = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk) => {
      rest = Buffer.concat([rest, chunk]);
      for (let size = messageSize(rest); size > 0 && size <= rest.length; size = messageSize(rest)) {
        const request = decode(rest.subarray(0, size));
        rest = rest.subarray(size);
        requests.push(request);
        if (request.tag === 0x60) socket.write(message(request.id, done(0x61, 0)));
        else answer(request, socket, connection);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    connections: () => connections,
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function messageSize(bytes: Buffer): number {
  if (bytes.length < 2) return 0;
  const first = bytes[1] ?? 0;
  if (first < 0x80) return 2 + first;
  const count = first & 0x7f;
  return bytes.length < 2 + count ? 0 : 2 + count + bytes.readUIntBE(2, count);
}

function decode(bytes: Buffer): FakeRequest {
  const reader = new BerReader(bytes);
  reader.readSequence();
  const id = reader.readInt() ?? 0;
  const tag = reader.peek() ?? 0;
  const request = {
    id,
    tag,
    base: '',
    scope: -1,
    sizeLimit: -1,
    timeLimit: -1,
    attributes: [] as string[],
    cookie: null as Buffer | null,
    pageSize: -1,
  };
  if (tag !== 0x63) return request;
  const length = reader.readSequence() === null ? 0 : reader.length;
  const end = reader.offset + length;
  request.base = reader.readString() ?? '';
  request.scope = reader.readEnumeration() ?? -1;
  reader.readEnumeration();
  request.sizeLimit = reader.readInt() ?? -1;
  request.timeLimit = reader.readInt() ?? -1;
  reader.readBoolean();
  const filterTag = reader.peek() ?? 0;
  reader.readString(filterTag, true);
  reader.readSequence();
  while (reader.offset < end) request.attributes.push(reader.readString() ?? '');
  if (reader.peek() === 0xa0) {
    reader.readSequence();
    reader.readSequence();
    reader.readString();
    reader.readBoolean();
    const value = new BerReader(reader.readString(0x04, true) ?? Buffer.alloc(0));
    value.readSequence();
    request.pageSize = value.readInt() ?? -1;
    request.cookie = value.readString(0x04, true) ?? Buffer.alloc(0);
  }
  return request;
}

type Write = (writer: BerWriter) => void;

/** One LDAPMessage. */
export function message(id: number, ...parts: readonly Write[]): Buffer {
  const writer = new BerWriter();
  writer.startSequence();
  writer.writeInt(id);
  for (const part of parts) part(writer);
  writer.endSequence();
  return writer.buffer;
}

export function entry(dn: string, attributes: Readonly<Record<string, readonly (string | Buffer)[]>> = {}): Write {
  return (writer) => {
    writer.startSequence(0x64);
    writer.writeString(dn);
    writer.startSequence();
    for (const [name, values] of Object.entries(attributes)) {
      writer.startSequence();
      writer.writeString(name);
      writer.startSequence(0x31);
      for (const value of values) writer.writeBuffer(Buffer.from(value as string), 0x04);
      writer.endSequence();
      writer.endSequence();
    }
    writer.endSequence();
    writer.endSequence();
  };
}

export function reference(url: string): Write {
  return (writer) => {
    writer.startSequence(0x73);
    writer.writeString(url);
    writer.endSequence();
  };
}

export function done(tag: number, code: number, diagnostic = ''): Write {
  return (writer) => {
    writer.startSequence(tag);
    writer.writeEnumeration(code);
    writer.writeString('');
    writer.writeString(diagnostic);
    writer.endSequence();
  };
}

export function cookie(value: string, estimate = 0): Write {
  return (writer) => {
    const inner = new BerWriter();
    inner.startSequence();
    inner.writeInt(estimate);
    inner.writeString(value);
    inner.endSequence();
    writer.startSequence(0xa0);
    writer.startSequence();
    writer.writeString('1.2.840.113556.1.4.319');
    writer.writeBuffer(inner.buffer, 0x04);
    writer.endSequence();
    writer.endSequence();
  };
}

/** Answers the question for the rootDSE with what supports paging. True if it was that question. */
export function answerRootDse(request: FakeRequest, socket: Socket, controls: readonly string[] = ['1.2.840.113556.1.4.319']): boolean {
  if (request.tag !== 0x63 || request.base !== '') return false;
  socket.write(message(request.id, entry('', { namingContexts: ['DC=contoso,DC=example'], supportedControl: controls })));
  socket.write(message(request.id, done(0x65, 0)));
  return true;
}
