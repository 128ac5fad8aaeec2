import { describe, expect, it } from 'vitest';
import { createChunkTextDecoder } from './chunkText.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('createChunkTextDecoder', () => {
  it('decodes values that share a buffer, whatever stands between them', () => {
    const chunk = new Uint8Array([0x30, 0x84, 0xff, ...encode('plain'), 0x04, ...encode('Müller 漢字 🙂'), 0x80]);
    const decoder = createChunkTextDecoder();

    expect(decoder.decodeUtf8(chunk.subarray(3, 8))).toBe('plain');
    expect(decoder.decodeUtf8(chunk.subarray(9, chunk.length - 1))).toBe('Müller 漢字 🙂');
    expect(decoder.decodeUtf8(chunk.subarray(3, 3))).toBe('');
  });

  it('marks what is not UTF-8', () => {
    expect(createChunkTextDecoder().decodeUtf8(new Uint8Array([0x4d, 0xfc, 0x6c, 0x6c]))).toBe('M\uFFFDll');
  });

  it('does not repeat old text after a buffer was used again', () => {
    const buffer = encode('first text');
    const decoder = createChunkTextDecoder();
    decoder.decodeUtf8(buffer);
    buffer.set(encode('other text'));
    decoder.forget();

    expect(decoder.decodeUtf8(buffer)).toBe('other text');
  });

  it('decodes values of very large buffers', () => {
    const large = new Uint8Array(3 * 1024 * 1024);
    large.set(encode('far away'), 2_500_000);

    expect(createChunkTextDecoder().decodeUtf8(large.subarray(2_500_000, 2_500_008))).toBe('far away');
  });
});
