import { connect } from 'node:net';
import {
  createBerCursor,
  encodeElement,
  encodeEnumerated,
  encodeInteger,
  encodeOctets,
  encodeSequence,
  readInteger,
  readText,
} from '../protocol/ber.ts';
import { createFrameSplitter } from '../protocol/framing.ts';

export interface RawAnswer {
  readonly messageId: number;
  readonly tag: number;
  /** Result code; undefined for entries and references. */
  readonly code?: number;
  /** Name of an extended answer, such as the notice of disconnection. */
  readonly responseName?: string;
  /** Content of the controls element. */
  readonly controls?: Buffer;
}

export interface RawClient {
  send(bytes: Buffer): void;
  /** Resolves with the next answer, or undefined when the server has hung up. */
  next(): Promise<RawAnswer | undefined>;
  /** Resolves when the server has ended the connection. */
  readonly closed: Promise<void>;
  /** Resolves with the reason when what arrived is no LDAP. Nothing is read any more after it. */
  readonly broken: Promise<Error>;
  destroy(): void;
}

/** A client without manners, for bytes that no library would send. */
export function connectRaw(port: number): RawClient {
  const socket = connect(port, '127.0.0.1');
  const frames = createFrameSplitter(1_000_000);
  const answers: RawAnswer[] = [];
  const waiting: ((answer: RawAnswer | undefined) => void)[] = [];
  let isClosed = false;
  const closed = new Promise<void>((resolve) => {
    socket.on('close', () => {
      isClosed = true;
      waiting.splice(0).forEach((give) => give(undefined));
      resolve();
    });
  });
  socket.on('error', () => socket.destroy());
  const broken = new Promise<Error>((resolve) => {
    socket.on('data', (chunk: Buffer) => {
      try {
        frames.push(chunk).map(readAnswer).forEach(deliver);
      } catch (error) {
        socket.removeAllListeners('data');
        resolve(error as Error);
      }
    });
  });
  function deliver(answer: RawAnswer): void {
    const give = waiting.shift();
    if (give === undefined) answers.push(answer);
    else give(answer);
  }
  return {
    send: (bytes) => socket.write(bytes),
    next: () => (answers.length > 0 || isClosed ? Promise.resolve(answers.shift()) : new Promise((resolve) => waiting.push(resolve))),
    closed,
    broken,
    destroy: () => socket.destroy(),
  };
}

function readAnswer(frame: Buffer): RawAnswer {
  const message = createBerCursor(createBerCursor(frame).next().content);
  const messageId = readInteger(message.next());
  const operation = message.next();
  const body = createBerCursor(operation.content);
  if (body.peekTag() !== 0x0a) return { messageId, tag: operation.tag };
  const code = readInteger(body.next());
  body.next();
  body.next();
  const responseName = body.peekTag() === 0x8a ? readText(body.next()) : undefined;
  const controls = message.atEnd() ? undefined : message.next(0xa0).content;
  return { messageId, tag: operation.tag, code, responseName, controls };
}

/** Wraps an encoded operation (and controls, if any) into a message. */
export function message(messageId: number, operation: Buffer, ...controls: readonly Buffer[]): Buffer {
  return encodeSequence(encodeInteger(messageId), operation, ...(controls.length > 0 ? [encodeElement(0xa0, ...controls)] : []));
}

export function bindOperation(name: string, password: string, version = 3): Buffer {
  return encodeElement(0x60, encodeInteger(version), encodeOctets(name), encodeOctets(password, 0x80));
}

export function searchOperation(baseDn: string, scope: number, filter: Buffer = encodeOctets('objectClass', 0x87)): Buffer {
  const limits = [encodeInteger(0), encodeInteger(0), Buffer.of(1, 1, 0)];
  return encodeElement(0x63, encodeOctets(baseDn), encodeEnumerated(scope), encodeEnumerated(0), ...limits, filter, encodeSequence());
}
