import type { DirectoryAttributes } from '../contract/directory.contract.ts';
import { hasControls, isFaithful, textLimits, type DecodeUtf8 } from './mappingText.ts';

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const uuid = /^\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}?$/i;

/**
 * 16 bytes in the form in which Windows tools show them: the first three groups are little-endian, the last two are not
 * (MS-DTYP 2.3.4.2 and 2.3.4.3). Lower case, without braces.
 */
export function formatGuid(bytes: Uint8Array): string {
  const at = (index: number): string => hex[bytes[index] ?? 0] ?? '00';
  return (
    at(3) +
    at(2) +
    at(1) +
    at(0) +
    '-' +
    at(5) +
    at(4) +
    '-' +
    at(7) +
    at(6) +
    '-' +
    at(8) +
    at(9) +
    '-' +
    at(10) +
    at(11) +
    at(12) +
    at(13) +
    at(14) +
    at(15)
  );
}

/**
 * The directory's identifier in the form in which it is stored and compared; null when the value cannot be one.
 * `guid` takes 16 bytes (objectGUID) or the text of a UUID (entryUUID); `bytes` is any octets, shown in hex.
 */
export function formatDirectoryId(bytes: Uint8Array, type: DirectoryAttributes['uniqueIdType'], decodeUtf8: DecodeUtf8): string | null {
  if (bytes.length === 0 || bytes.length > textLimits.directoryId) return null;
  if (type === 'guid') {
    if (bytes.length === 16) return formatGuid(bytes);
    return uuid.exec(decodeUtf8(bytes).trim())?.[1]?.toLowerCase() ?? null;
  }
  if (type === 'bytes') return bytes.length > 128 ? null : Array.from(bytes, (byte) => hex[byte]).join('');
  const text = decodeUtf8(bytes).trim();
  return text === '' || hasControls(text) || !isFaithful(text) ? null : text;
}
