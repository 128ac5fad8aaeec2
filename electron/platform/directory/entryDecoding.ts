import type { Entry } from '../../../shared/directory/entry.ts';
import { enter, MalformedMessage, peekTag, type BerCursor } from './berDecoding.ts';

/** An attribute of which the server sent a part only (`member;range=0-1499`): where the rest begins. */
export interface OpenRange {
  /** Index in the attributes that were asked for. */
  readonly index: number;
  readonly next: number;
}

export interface DecodedEntry extends Entry {
  readonly values: (readonly Uint8Array[])[];
  /** Undefined for almost all entries. */
  readonly openRanges: OpenRange[] | undefined;
}

export interface EntryDecoder {
  /** Decodes a SearchResultEntry; the cursor stands at its operation. Throws MalformedMessage. */
  decode(cursor: BerCursor): DecodedEntry;
}

const noValues: readonly Uint8Array[] = [];

/** What an attribute description of the server means for this search. */
interface Column {
  readonly description: Buffer;
  /** Positions in the request; several where a name was asked for twice. Empty: nobody asked. */
  readonly indexes: readonly number[];
  /** `cn;lang-de` where `cn` was asked for: used only if the entry has no plain value. */
  readonly isVariant: boolean;
  /** Where the next part begins; -1 if this one is the last or there are no parts. */
  readonly nextRange: number;
  readonly isRange: boolean;
}

/**
 * Decodes entries for one search. Names of attributes are compared as bytes with those of the previous entry, because servers send
 * them in the same order entry after entry; only an unknown name is decoded and looked up.
 */
export function createEntryDecoder(attributes: readonly string[]): EntryDecoder {
  const wanted = new Map<string, number[]>();
  attributes.forEach((attribute, index) => {
    const name = attribute.toLowerCase();
    wanted.set(name, [...(wanted.get(name) ?? []), index]);
  });
  const known = new Map<string, Column>();
  const nothing: (readonly Uint8Array[])[] = attributes.map(() => noValues);
  /** Column that came at this position last time. */
  const expected: Column[] = [];

  function lookUp(bytes: Buffer, start: number, end: number): Column {
    const description = bytes.toString('latin1', start, end);
    const found = known.get(description);
    if (found !== undefined) return found;
    const column = describe(description, wanted);
    // Ranges differ from entry to entry; remembering them all would let a server fill the memory.
    if (!column.isRange && known.size < 4096) known.set(description, column);
    return column;
  }

  return {
    decode(cursor) {
      const { bytes } = cursor;
      cursor.end = enter(cursor, 0x64);
      const dnEnd = enter(cursor, 0x04);
      const dn = bytes.toString('utf8', cursor.at, dnEnd);
      cursor.at = dnEnd;
      cursor.end = enter(cursor, 0x30);
      // A copy of a template: the fastest way to an array without holes.
      const values = nothing.slice();
      let openRanges: OpenRange[] | undefined;
      let variants: { column: Column; values: readonly Uint8Array[] }[] | undefined;
      const entryEnd = cursor.end;
      for (let position = 0; cursor.at < entryEnd; position += 1) {
        cursor.end = entryEnd;
        cursor.end = enter(cursor, 0x30);
        const nameEnd = enter(cursor, 0x04);
        let column = expected[position];
        if (column === undefined || !isSame(bytes, cursor.at, nameEnd, column.description)) {
          column = lookUp(bytes, cursor.at, nameEnd);
          if (position < 256) expected[position] = column;
        }
        cursor.at = nameEnd;
        if (column.indexes.length === 0) {
          cursor.at = cursor.end;
          continue;
        }
        const found = readValues(cursor);
        if (column.isVariant) {
          (variants ??= []).push({ column, values: found });
          continue;
        }
        for (const index of column.indexes) {
          const before = values[index] as readonly Uint8Array[];
          values[index] = before.length === 0 ? found : [...before, ...found];
          if (column.nextRange >= 0) (openRanges ??= []).push({ index, next: column.nextRange });
        }
      }
      for (const variant of variants ?? []) {
        for (const index of variant.column.indexes) if (values[index]?.length === 0) values[index] = variant.values;
      }
      return { dn, values, openRanges };
    },
  };
}

function readValues(cursor: BerCursor): readonly Uint8Array[] {
  const end = enter(cursor, 0x31);
  cursor.end = end;
  if (cursor.at === end) return noValues;
  const first = readValue(cursor);
  if (cursor.at === end) return [first];
  const values = [first];
  while (cursor.at < end) values.push(readValue(cursor));
  return values;
}

function readValue(cursor: BerCursor): Uint8Array {
  const end = enter(cursor, 0x04);
  const value = cursor.bytes.subarray(cursor.at, end);
  cursor.at = end;
  return value;
}

function isSame(bytes: Buffer, start: number, end: number, other: Buffer): boolean {
  const { length } = other;
  if (end - start !== length) return false;
  for (let i = 0; i < length; i += 1) if (bytes[start + i] !== other[i]) return false;
  return true;
}

/** Attribute descriptions are `name;option;option` (RFC 4512 section 2.5), without regard to case. */
function describe(description: string, wanted: ReadonlyMap<string, readonly number[]>): Column {
  const bytes = Buffer.from(description, 'latin1');
  const exact = wanted.get(description.toLowerCase());
  if (exact !== undefined) return { description: bytes, indexes: exact, isVariant: false, nextRange: -1, isRange: false };
  const [name = '', ...options] = description.toLowerCase().split(';');
  const range = options.map((option) => /^range=(\d{1,9})-(\d{1,9}|\*)$/.exec(option)).find((match) => match !== null);
  // `;binary` says how a value is encoded, not that it is another one (RFC 4522).
  const others = options.filter((option) => !option.startsWith('range=') && option !== 'binary');
  return {
    description: bytes,
    indexes: wanted.get([name, ...others].join(';')) ?? wanted.get(name) ?? [],
    isVariant: others.length > 0,
    nextRange: range === undefined || range === null || range[2] === '*' ? -1 : Number(range[2]) + 1,
    isRange: range !== undefined,
  };
}

/** Decodes an entry of which every attribute is wanted, with the names that the server uses. Throws MalformedMessage. */
export function decodeNamedEntry(cursor: BerCursor): { dn: string; attributes: { name: string; values: readonly Uint8Array[] }[] } {
  const { bytes } = cursor;
  cursor.end = enter(cursor, 0x64);
  const dnEnd = enter(cursor, 0x04);
  const dn = bytes.toString('utf8', cursor.at, dnEnd);
  cursor.at = dnEnd;
  const entryEnd = enter(cursor, 0x30);
  const attributes: { name: string; values: readonly Uint8Array[] }[] = [];
  while (cursor.at < entryEnd) {
    cursor.end = entryEnd;
    if (peekTag(cursor) !== 0x30) throw new MalformedMessage('An entry holds something that is no attribute.');
    cursor.end = enter(cursor, 0x30);
    const nameEnd = enter(cursor, 0x04);
    const name = bytes.toString('latin1', cursor.at, nameEnd);
    cursor.at = nameEnd;
    attributes.push({ name, values: readValues(cursor) });
  }
  return { dn, attributes };
}
