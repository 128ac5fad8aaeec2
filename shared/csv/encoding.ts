import type { CsvEncoding } from '../contract/fileImport.ts';

/** Counts what tells UTF-8 from other encodings. Parts may be of any size. */
export interface Utf8Census {
  add(bytes: Uint8Array): void;
  /** Characters beyond ASCII that were written in UTF-8, and bytes that cannot be UTF-8. */
  counts(): { readonly characters: number; readonly wrong: number };
}

/** How many bytes follow this one in UTF-8 (RFC 3629 §3); -1 where it cannot begin a character. */
function following(byte: number): number {
  if (byte < 0x80) return 0;
  if (byte < 0xc2) return -1;
  if (byte < 0xe0) return 1;
  if (byte < 0xf0) return 2;
  return byte < 0xf5 ? 3 : -1;
}

export function createUtf8Census(): Utf8Census {
  let characters = 0;
  let wrong = 0;
  let missing = 0;
  return {
    add(bytes) {
      for (let at = 0; at < bytes.length; at += 1) {
        const byte = bytes[at] ?? 0;
        if (missing === 0 && byte < 0x80) continue;
        if (missing > 0) {
          if ((byte & 0xc0) === 0x80) {
            missing -= 1;
            if (missing === 0) characters += 1;
            continue;
          }
          wrong += 1;
          missing = 0;
        }
        const next = following(byte);
        if (next === -1) wrong += 1;
        else missing = next;
      }
    },
    counts: () => ({ characters, wrong }),
  };
}

/** Bytes at the start that only say what encoding this is. */
export function byteOrderMark(start: Uint8Array): { readonly encoding: CsvEncoding; readonly length: number } | null {
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) return { encoding: 'utf-8', length: 3 };
  if (start[0] === 0xff && start[1] === 0xfe) return { encoding: 'utf-16le', length: 2 };
  if (start[0] === 0xfe && start[1] === 0xff) return { encoding: 'utf-16be', length: 2 };
  return null;
}

/**
 * The encoding of a file by its first bytes and by the census of all of it. A mark decides; then zero bytes in every other
 * place (UTF-16 of western text); then whether what is not ASCII is UTF-8 more often than not, so that a few broken
 * characters do not turn all others into Windows-1252.
 */
export function detectEncoding(start: Uint8Array, census: ReturnType<Utf8Census['counts']>): CsvEncoding {
  const mark = byteOrderMark(start);
  if (mark !== null) return mark.encoding;
  const pairs = Math.min(start.length, 4096) >> 1;
  let evenZeros = 0;
  let oddZeros = 0;
  for (let pair = 0; pair < pairs; pair += 1) {
    if (start[pair * 2] === 0) evenZeros += 1;
    if (start[pair * 2 + 1] === 0) oddZeros += 1;
  }
  if (pairs > 0 && oddZeros > pairs / 2 && evenZeros < pairs / 8) return 'utf-16le';
  if (pairs > 0 && evenZeros > pairs / 2 && oddZeros < pairs / 8) return 'utf-16be';
  return census.wrong === 0 || census.characters > census.wrong ? 'utf-8' : 'windows-1252';
}
