/** Text forms of Windows identifiers, as Active Directory takes them in names and filters ([MS-DTYP] 2.3.4.3 and 2.4.2.1). */

/** Bytes of `S-1-5-21-…`; undefined where the text is no SID. */
export function parseSid(text: string): Buffer | undefined {
  const match = /^S-1-(\d{1,15})((?:-\d{1,10}){1,15})$/i.exec(text);
  if (match === null) return undefined;
  const [, authority = '', tail = ''] = match;
  const parts = tail.slice(1).split('-').map(Number);
  if (Number(authority) >= 2 ** 48 || parts.some((part) => part >= 2 ** 32)) return undefined;
  const bytes = Buffer.alloc(8 + 4 * parts.length);
  bytes[0] = 1;
  bytes[1] = parts.length;
  bytes.writeUIntBE(Number(authority), 2, 6);
  parts.forEach((part, index) => bytes.writeUInt32LE(part, 8 + 4 * index));
  return bytes;
}

/** Bytes of `00112233-4455-6677-8899-aabbccddeeff` or of 32 hexadecimal digits in byte order; undefined for anything else. */
export function parseGuid(text: string): Buffer | undefined {
  if (/^[0-9a-f]{32}$/i.test(text)) return Buffer.from(text, 'hex');
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return undefined;
  const bytes = Buffer.from(text.replaceAll('-', ''), 'hex');
  // The first three groups are little-endian numbers.
  bytes.subarray(0, 4).reverse();
  bytes.subarray(4, 6).reverse();
  bytes.subarray(6, 8).reverse();
  return bytes;
}
