import { createHash, randomBytes } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';

/**
 * Bytes in a file of which any part can be read and checked without the rest. After the bytes follow a CRC-32 of each block and a
 * random number; the hash of these is the seal. It is kept elsewhere, so it tells this file from every other, and the checksums tell
 * what was torn. Hashing eight megabytes takes longer than answering many questions from them.
 */
export interface SealedBytes {
  readonly length: number;
  /** Fills `into` with what begins at `from`; false when that is not there, not readable or not as it was written. */
  read(from: number, into: Uint8Array): boolean;
  close(): void;
}

const blockBytes = 65_536;
const checkBytes = 4;
const nonceBytes = 16;

const hashOf = (trailer: Uint8Array) => createHash('sha256').update(trailer).digest();

/** Gives everything that the file has to hold to `write`, in turn, and answers its seal. */
export function sealBlocks(chunks: Iterable<Uint8Array>, write: (bytes: Uint8Array) => void): Uint8Array {
  const checks: number[] = [];
  let [check, filled] = [0, 0];
  for (const chunk of chunks) {
    write(chunk);
    for (let at = 0; at < chunk.length;) {
      const part = chunk.subarray(at, at + blockBytes - filled);
      check = crc32(part, check);
      at += part.length;
      filled += part.length;
      if (filled < blockBytes) continue;
      checks.push(check);
      [check, filled] = [0, 0];
    }
  }
  if (filled > 0) checks.push(check);
  const trailer = Buffer.concat([new Uint8Array(Uint32Array.from(checks).buffer), randomBytes(nonceBytes)]);
  write(trailer);
  return hashOf(trailer);
}

/** The bytes that have this seal, or null when the file is another. Throws what the file system throws. */
export function openSealed(path: string, seal: Uint8Array): SealedBytes | null {
  const file = openSync(path, 'r');
  const sealed = readTrailer(file, seal);
  if (!sealed) {
    closeSync(file);
    return null;
  }
  const { length, checks } = sealed;
  let block: Uint8Array | undefined;

  /** Reads a whole block to `into`. */
  function readBlock(index: number, into: Uint8Array): boolean {
    try {
      return fill(file, index * blockBytes, into) && crc32(into) === checks[index];
    } catch {
      return false;
    }
  }

  return {
    length,

    read(from, into) {
      if (from < 0 || from + into.length > length) return false;
      for (let at = 0; at < into.length;) {
        const index = Math.floor((from + at) / blockBytes);
        const size = Math.min(blockBytes, length - index * blockBytes);
        const skip = from + at - index * blockBytes;
        const part = into.subarray(at, at + size - skip);
        if (part.length === size) {
          if (!readBlock(index, part)) return false;
        } else {
          block ??= new Uint8Array(blockBytes);
          if (!readBlock(index, block.subarray(0, size))) return false;
          part.set(block.subarray(skip, skip + part.length));
        }
        at += part.length;
      }
      return true;
    },

    close: () => closeSync(file),
  };
}

function readTrailer(file: number, seal: Uint8Array): { readonly length: number; readonly checks: Uint32Array } | null {
  const bytes = fstatSync(file).size - nonceBytes;
  if (bytes < 0) return null;
  const count = Math.ceil(bytes / (blockBytes + checkBytes));
  const length = bytes - count * checkBytes;
  const trailer = new Uint8Array(count * checkBytes + nonceBytes);
  if (!fill(file, length, trailer) || !hashOf(trailer).equals(seal)) return null;
  return { length, checks: new Uint32Array(trailer.buffer, 0, count) };
}

function fill(file: number, position: number, into: Uint8Array): boolean {
  for (let at = 0; at < into.length;) {
    const count = readSync(file, into, at, into.length - at, position + at);
    if (count === 0) return false;
    at += count;
  }
  return true;
}
