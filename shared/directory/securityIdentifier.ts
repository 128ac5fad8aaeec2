/** Revision, number of sub-authorities, and the authority of six bytes. */
const headerBytes = 8;
/** MS-DTYP 2.4.2.2 */
const mostSubAuthorities = 15;

/**
 * The value of objectSid as Windows shows it, `S-1-5-21-…` (MS-DTYP 2.4.2.1 and 2.4.2.2): the authority is big-endian, what follows
 * is little-endian. Null when the bytes are no SID.
 */
export function formatSid(bytes: Uint8Array): string | null {
  const count = bytes[1] ?? 0;
  if (bytes[0] !== 1 || count > mostSubAuthorities || bytes.length !== headerBytes + 4 * count) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const authority = view.getUint16(2) * 2 ** 32 + view.getUint32(4);
  const subAuthorities = Array.from({ length: count }, (_, index) => view.getUint32(headerBytes + 4 * index, true));
  return ['S', 1, authority, ...subAuthorities].join('-');
}
