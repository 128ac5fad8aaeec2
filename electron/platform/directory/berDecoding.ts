/** The bytes are not LDAP (RFC 4511) as a server sends it. */
export class MalformedMessage extends Error {
  override readonly name = 'MalformedMessage';
}

/** LDAP, perhaps, but more of it than is kept in memory. */
export class MessageTooLong extends Error {
  override readonly name = 'MessageTooLong';
}

/**
 * A cursor over the bytes of one message. One object is reused for all messages of a connection: a read of 100,000 entries decodes
 * millions of elements, and an object for each would cost more than the decoding. Decoding never waits, so it is never in use twice.
 */
export interface BerCursor {
  bytes: Buffer;
  /** Next byte to read. */
  at: number;
  /** Behind the last byte that may be read. */
  end: number;
}

export function createCursor(): BerCursor {
  return { bytes: Buffer.alloc(0), at: 0, end: 0 };
}

/** Reads the header of the next element, which must have that tag and fit in. Leaves the cursor at its content; answers where that ends. */
export function enter(cursor: BerCursor, tag: number): number {
  const found = cursor.at < cursor.end ? cursor.bytes[cursor.at] : undefined;
  if (found !== tag)
    throw new MalformedMessage(`Expected 0x${tag.toString(16)}, found ${found === undefined ? 'the end' : `0x${found.toString(16)}`}.`);
  return enterAny(cursor);
}

/** The same for whatever tag comes next. */
export function enterAny(cursor: BerCursor): number {
  const { bytes, end } = cursor;
  const lengthAt = cursor.at + 1;
  if (lengthAt >= end) throw new MalformedMessage('An element is cut off.');
  let length = bytes[lengthAt] as number;
  let at = lengthAt + 1;
  if (length >= 0x80) {
    const count = length & 0x7f;
    if (count === 0 || count > 4 || at + count > end) throw new MalformedMessage('The length of an element is not a length of LDAP.');
    length = 0;
    for (let i = 0; i < count; i += 1) length = length * 256 + (bytes[at + i] as number);
    at += count;
  }
  cursor.at = at;
  const elementEnd = at + length;
  if (elementEnd > end) throw new MalformedMessage('An element is longer than what contains it.');
  return elementEnd;
}

/** The tag of the next element, or -1 at the end. */
export function peekTag(cursor: BerCursor): number {
  return cursor.at < cursor.end ? (cursor.bytes[cursor.at] as number) : -1;
}

/** Reads INTEGER (0x02) or ENUMERATED (0x0a) of at most four bytes. */
export function readInteger(cursor: BerCursor, tag: number): number {
  const end = enter(cursor, tag);
  const length = end - cursor.at;
  if (length < 1 || length > 4) throw new MalformedMessage('An integer has an impossible length.');
  const value = cursor.bytes.readIntBE(cursor.at, length);
  cursor.at = end;
  return value;
}

export function readText(cursor: BerCursor, tag: number): string {
  const end = enter(cursor, tag);
  const text = cursor.bytes.toString('utf8', cursor.at, end);
  cursor.at = end;
  return text;
}

/** A view of the content of the next element; shares memory with the message. */
export function readBytes(cursor: BerCursor, tag: number): Buffer {
  const end = enter(cursor, tag);
  const content = cursor.bytes.subarray(cursor.at, end);
  cursor.at = end;
  return content;
}
