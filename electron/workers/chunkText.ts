import type { DecodeUtf8 } from '../../shared/directory/mappingText.ts';

export interface ChunkTextDecoder {
  /**
   * Decodes one value; malformed UTF-8 becomes U+FFFD. Values that lie in one buffer, as those of one network read do,
   * are decoded together: a call into Node for each value costs several times what the value's own text costs.
   */
  readonly decodeUtf8: DecodeUtf8;
  /** Must be called before bytes that may have been overwritten since are decoded: for each page. */
  forget(): void;
}

const notAscii = /[^\u0000-\u007f]/;
/** A buffer that is larger holds more than one page, and reading all of it for a few values would not pay. */
const maxChunkBytes = 2 * 1024 * 1024;
const { latin1Slice, utf8Slice } = Buffer.prototype;

export function createChunkTextDecoder(): ChunkTextDecoder {
  let chunk: ArrayBufferLike | null = null;
  let text = '';

  return {
    decodeUtf8(bytes) {
      const { buffer, byteOffset, length } = bytes;
      if (buffer !== chunk) {
        if (buffer.byteLength > maxChunkBytes || length < 4) return utf8Slice.call(bytes, 0, length);
        chunk = buffer;
        text = latin1Slice.call(new Uint8Array(buffer), 0, buffer.byteLength);
      }
      const part = text.slice(byteOffset, byteOffset + length);
      return notAscii.test(part) ? utf8Slice.call(bytes, 0, length) : part;
    },
    forget() {
      chunk = null;
      text = '';
    },
  };
}
