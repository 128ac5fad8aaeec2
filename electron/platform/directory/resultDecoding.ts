import { enter, enterAny, peekTag, readBytes, readInteger, readText, type BerCursor } from './berDecoding.ts';

/** Tags of protocol operations that a server sends (RFC 4511 section 4). */
export const operation = {
  bindResponse: 0x61,
  searchEntry: 0x64,
  searchDone: 0x65,
  searchReference: 0x73,
  extendedResponse: 0x78,
} as const;

/** LDAPResult of RFC 4511 section 4.1.9. */
export interface LdapResult {
  readonly code: number;
  readonly matchedDn: string;
  /** What the server says for its logs. Active Directory puts its sub-code here. */
  readonly diagnostic: string;
  /** OID of an extended response; tells a notice of disconnection from others. */
  readonly extension: string;
  /** Response value of the paged results control (RFC 2696), where there is one. */
  readonly paging: { readonly estimate: number; readonly cookie: Buffer } | null;
}

export const pagedResultsOid = '1.2.840.113556.1.4.319';

/** Decodes a result; the cursor stands at its operation and ends with the message. Throws MalformedMessage. */
export function decodeResult(cursor: BerCursor): LdapResult {
  const messageEnd = cursor.end;
  const end = enterAny(cursor);
  cursor.end = end;
  const code = readInteger(cursor, 0x0a);
  const matchedDn = readText(cursor, 0x04);
  const diagnostic = readText(cursor, 0x04);
  let extension = '';
  while (cursor.at < end) {
    if (peekTag(cursor) === 0x8a) extension = readText(cursor, 0x8a);
    else cursor.at = enterAny(cursor);
  }
  cursor.end = messageEnd;
  return { code, matchedDn, diagnostic, extension, paging: decodePaging(cursor) };
}

function decodePaging(cursor: BerCursor): LdapResult['paging'] {
  if (peekTag(cursor) !== 0xa0) return null;
  const end = enter(cursor, 0xa0);
  while (cursor.at < end) {
    const controlEnd = enter(cursor, 0x30);
    const oid = readText(cursor, 0x04);
    if (oid === pagedResultsOid) {
      if (peekTag(cursor) === 0x01) cursor.at = enter(cursor, 0x01);
      enter(cursor, 0x04);
      enter(cursor, 0x30);
      const estimate = readInteger(cursor, 0x02);
      // Copied: the cookie outlives the page, and must not keep its memory.
      return { estimate, cookie: Buffer.from(readBytes(cursor, 0x04)) };
    }
    cursor.at = controlEnd;
  }
  return null;
}
