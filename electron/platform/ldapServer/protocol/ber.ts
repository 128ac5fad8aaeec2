/**
 * The part of BER (X.690) that LDAP uses: definite lengths, one-byte tags (RFC 4511 section 5.1).
 *
 * The classes that ldapts exports are made for a client that trusts its server: BerReader lets a child run past the end of its
 * parent, and BerWriter loses the last byte of a sequence over 64 KB that exactly fills its buffer. A server reads what strangers
 * send, so every element here is a slice that cannot see beyond its parent.
 */

/** The bytes are not BER as RFC 4511 allows it. The connection that sent them cannot be understood any more. */
export class BerError extends Error {
  override readonly name = 'BerError';
}

export interface BerElement {
  readonly tag: number;
  readonly content: Buffer;
}

export interface BerCursor {
  atEnd(): boolean;
  /** The tag of the next element, or undefined at the end. */
  peekTag(): number | undefined;
  /** Reads the next element. Throws BerError if it is cut off, or has another tag than the expected one. */
  next(expectedTag?: number): BerElement;
}

export const berTag = { boolean: 0x01, integer: 0x02, octets: 0x04, enumerated: 0x0a, sequence: 0x30, set: 0x31 } as const;

export interface BerHeader {
  readonly tag: number;
  readonly headerBytes: number;
  readonly contentBytes: number;
}

/** Reads tag and length at `offset`. Answers undefined when more bytes are needed; throws BerError on a length that LDAP forbids. */
export function readHeader(bytes: Buffer, offset: number): BerHeader | undefined {
  const tag = bytes[offset];
  const first = bytes[offset + 1];
  if (tag === undefined) return undefined;
  if ((tag & 0x1f) === 0x1f) throw new BerError('Tags of more than one byte are not used in LDAP.');
  if (first === undefined) return undefined;
  if (first < 0x80) return { tag, headerBytes: 2, contentBytes: first };
  const lengthBytes = first & 0x7f;
  if (lengthBytes === 0) throw new BerError('Indefinite lengths are not allowed in LDAP.');
  if (lengthBytes > 4) throw new BerError('The length field is too long.');
  if (bytes.length < offset + 2 + lengthBytes) return undefined;
  return { tag, headerBytes: 2 + lengthBytes, contentBytes: bytes.readUIntBE(offset + 2, lengthBytes) };
}

export function createBerCursor(bytes: Buffer): BerCursor {
  let offset = 0;
  return {
    atEnd: () => offset >= bytes.length,
    peekTag: () => bytes[offset],
    next(expectedTag) {
      const header = readHeader(bytes, offset);
      if (header === undefined) throw new BerError('An element is cut off.');
      const start = offset + header.headerBytes;
      const end = start + header.contentBytes;
      if (end > bytes.length) throw new BerError('An element is longer than its parent.');
      if (expectedTag !== undefined && header.tag !== expectedTag) {
        throw new BerError(`Expected tag 0x${expectedTag.toString(16)}, found 0x${header.tag.toString(16)}.`);
      }
      offset = end;
      return { tag: header.tag, content: bytes.subarray(start, end) };
    },
  };
}

/** Reads INTEGER or ENUMERATED content of at most 4 bytes, as all integers of LDAP messages are. */
export function readInteger(element: BerElement): number {
  const { content } = element;
  if (content.length === 0 || content.length > 4) throw new BerError('An integer has an impossible length.');
  return content.readIntBE(0, content.length);
}

export function readBoolean(element: BerElement): boolean {
  if (element.content.length !== 1) throw new BerError('A boolean has an impossible length.');
  return element.content[0] !== 0;
}

export function readText(element: BerElement): string {
  return element.content.toString('utf8');
}

/** Encodes one element from its finished content. */
export function encodeElement(tag: number, ...content: readonly Buffer[]): Buffer {
  const length = content.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([encodeHeader(tag, length), ...content]);
}

export function encodeSequence(...content: readonly Buffer[]): Buffer {
  return encodeElement(berTag.sequence, ...content);
}

export function encodeOctets(value: string | Buffer, tag: number = berTag.octets): Buffer {
  return encodeElement(tag, typeof value === 'string' ? Buffer.from(value, 'utf8') : value);
}

/** Encodes a signed integer of at most 32 bits in the shortest form. */
export function encodeInteger(value: number, tag: number = berTag.integer): Buffer {
  let length = 1;
  while (length < 4 && (value < -(2 ** (8 * length - 1)) || value >= 2 ** (8 * length - 1))) length += 1;
  const content = Buffer.alloc(length);
  content.writeIntBE(value, 0, length);
  return encodeElement(tag, content);
}

export function encodeEnumerated(value: number): Buffer {
  return encodeInteger(value, berTag.enumerated);
}

export function encodeBoolean(value: boolean, tag: number = berTag.boolean): Buffer {
  return encodeElement(tag, Buffer.of(value ? 0xff : 0x00));
}

function encodeHeader(tag: number, length: number): Buffer {
  if (length < 0x80) return Buffer.of(tag, length);
  if (length < 0x100) return Buffer.of(tag, 0x81, length);
  if (length < 0x10000) return Buffer.of(tag, 0x82, length >> 8, length & 0xff);
  const header = Buffer.of(tag, 0x84, 0, 0, 0, 0);
  header.writeUInt32BE(length, 2);
  return header;
}
