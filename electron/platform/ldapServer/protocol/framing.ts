import { BerError, berTag, readHeader } from './ber.ts';

export interface FrameSplitter {
  /** Takes what arrived and answers the messages that are complete now. Throws BerError when no message can start or fit here. */
  push(chunk: Buffer): Buffer[];
  /** How many bytes of an unfinished message wait. */
  pendingBytes(): number;
}

/** Longest header that a message can have: one byte tag, one byte count, four bytes length. */
const longestHeaderBytes = 6;

/**
 * Cuts a byte stream into LDAP messages. A message that announces more than `maxMessageBytes` is refused before its body is read,
 * so a length of 2 GB costs six bytes of memory.
 */
export function createFrameSplitter(maxMessageBytes: number): FrameSplitter {
  // Chunks are joined only when a message is complete: joining on every chunk would be quadratic for a slow sender.
  let chunks: Buffer[] = [];
  let waiting = 0;
  let needed = 2;

  function headerBytes(): Buffer {
    const first = chunks[0];
    if (first !== undefined && first.length >= longestHeaderBytes) return first;
    return Buffer.concat(chunks, Math.min(waiting, longestHeaderBytes));
  }

  function completeBytes(): number {
    const start = headerBytes();
    const header = readHeader(start, 0);
    if (start.length > 0 && start[0] !== berTag.sequence) throw new BerError('The bytes do not start an LDAP message.');
    if (header === undefined) return waiting + 1;
    const total = header.headerBytes + header.contentBytes;
    if (total > maxMessageBytes) throw new BerError(`A message of ${total} bytes is over the limit of ${maxMessageBytes}.`);
    return total;
  }

  return {
    pendingBytes: () => waiting,
    push(chunk) {
      const frames: Buffer[] = [];
      chunks.push(chunk);
      waiting += chunk.length;
      while (waiting >= needed) {
        needed = completeBytes();
        if (waiting < needed) break;
        const joined = chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks, waiting);
        frames.push(joined.subarray(0, needed));
        const rest = joined.subarray(needed);
        chunks = rest.length > 0 ? [rest] : [];
        waiting = rest.length;
        needed = 2;
      }
      return frames;
    },
  };
}
