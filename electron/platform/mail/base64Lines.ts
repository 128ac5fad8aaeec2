import { setImmediate as nextTurn } from 'node:timers/promises';

/** RFC 2045 section 6.8: lines of at most 76 characters, which 57 bytes make. */
const lineBytes = 57;
const lineLength = 76;
/** Encoded at once; between them everything else has its turn. */
const chunkBytes = lineBytes * 8192;

/** What was encoded already, as long as somebody keeps the content: one attachment goes out thousands of times. */
const known = new WeakMap<Uint8Array, Promise<Uint8Array>>();

/** Content in base64, in lines as a mail wants them; without a line break at the end. The same answer for the same object, which must not change. */
export function base64Lines(content: Uint8Array): Promise<Uint8Array> {
  let encoded = known.get(content);
  if (!encoded) known.set(content, (encoded = encode(content)));
  return encoded;
}

async function encode(content: Uint8Array): Promise<Uint8Array> {
  const length = Math.ceil(content.length / 3) * 4;
  const lines = Math.ceil(length / lineLength);
  const target = Buffer.allocUnsafe(length + Math.max(0, lines - 1) * 2);
  let to = 0;
  for (let from = 0; from < content.length; from += chunkBytes) {
    const end = Math.min(content.length, from + chunkBytes);
    const chunk = Buffer.from(Buffer.from(content.buffer, content.byteOffset + from, end - from).toString('base64'), 'latin1');
    for (let at = 0; at < chunk.length; at += lineLength) {
      if (to > 0) to += target.write('\r\n', to, 'latin1');
      to += chunk.copy(target, to, at, Math.min(chunk.length, at + lineLength));
    }
    await nextTurn();
  }
  return target;
}
