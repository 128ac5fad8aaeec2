import { expect, it } from 'vitest';
import { sizeText } from './sizes.ts';

it.each([
  [0, '0 bytes'],
  [1_023, '1,023 bytes'],
  [1_024, '1 KB'],
  [1_025, '2 KB'],
  [1_048_576, '1 MB'],
  [1_048_577, '1.1 MB'],
  [10 * 1_048_576, '10 MB'],
  [5_000_000_000, '4.7 GB'],
])('%i bytes are %s', (bytes, text) => expect(sizeText(bytes)).toBe(text));
