import { MalformedMessage, MessageTooLong } from './berDecoding.ts';

/** Called with one whole LDAPMessage: `start` is behind its header, `end` behind its last byte. The bytes are never written to again. */
export type OnMessage = (bytes: Buffer, start: number, end: number) => void;

export interface Framer {
  /** Throws MalformedMessage on bytes that cannot be LDAP, MessageTooLong on messages over the cap; the connection is useless then. */
  push(chunk: Buffer): void;
  /** Bytes of a message that has not arrived whole. */
  readonly pendingBytes: number;
}

/**
 * Cuts the chunks of a socket into LDAP messages. Messages that lie within one chunk are not copied; one that spans chunks is
 * copied once, when its last byte is there. (Joining on every chunk makes a 64 MB message cost gigabytes of copying.)
 */
export function createFramer(maxMessageBytes: number, onMessage: OnMessage): Framer {
  const parts: Buffer[] = [];
  let pendingBytes = 0;
  /** Bytes of the message that has begun; 0 while its header is incomplete. */
  let neededBytes = 0;

  function stash(part: Buffer, needed: number): void {
    parts.push(part);
    pendingBytes += part.length;
    neededBytes = needed;
  }

  /** Completes what is pending, if the chunk allows that. Answers the chunk and offset to go on with, or null if all is used up. */
  function resume(chunk: Buffer): { chunk: Buffer; offset: number } | null {
    if (neededBytes === 0) {
      const joined = Buffer.concat([...parts, chunk]);
      parts.length = 0;
      pendingBytes = 0;
      return { chunk: joined, offset: 0 };
    }
    if (pendingBytes + chunk.length < neededBytes) {
      stash(chunk, neededBytes);
      return null;
    }
    const total = neededBytes;
    const used = total - pendingBytes;
    const whole = Buffer.allocUnsafe(total);
    let at = 0;
    for (const part of parts) at += part.copy(whole, at);
    chunk.copy(whole, at, 0, used);
    parts.length = 0;
    pendingBytes = 0;
    neededBytes = 0;
    onMessage(whole, 2 + lengthBytesOf(whole, 0), total);
    return { chunk, offset: used };
  }

  return {
    get pendingBytes() {
      return pendingBytes;
    },
    push(received) {
      let chunk = received;
      let offset = 0;
      if (pendingBytes > 0) {
        const next = resume(chunk);
        if (next === null) return;
        ({ chunk, offset } = next);
      }
      while (offset < chunk.length) {
        if (chunk[offset] !== 0x30) throw new MalformedMessage('An LDAP message must start with 0x30.');
        const lengthBytes = chunk.length - offset < 2 ? 0 : lengthBytesOf(chunk, offset);
        if (chunk.length - offset < 2 + lengthBytes) {
          stash(chunk.subarray(offset), 0);
          return;
        }
        const contentBytes = lengthBytes === 0 ? (chunk[offset + 1] ?? 0) : chunk.readUIntBE(offset + 2, lengthBytes);
        const headerBytes = 2 + lengthBytes;
        if (contentBytes + headerBytes > maxMessageBytes)
          throw new MessageTooLong(`A message of ${contentBytes} bytes is over the limit of ${maxMessageBytes}.`);
        const end = offset + headerBytes + contentBytes;
        if (end > chunk.length) {
          stash(chunk.subarray(offset), headerBytes + contentBytes);
          return;
        }
        onMessage(chunk, offset + headerBytes, end);
        offset = end;
      }
    },
  };
}

function lengthBytesOf(bytes: Buffer, offset: number): number {
  const first = bytes[offset + 1] ?? 0;
  if (first < 0x80) return 0;
  const count = first & 0x7f;
  if (count === 0 || count > 4) throw new MalformedMessage('The length of a message is not a length of LDAP.');
  return count;
}
