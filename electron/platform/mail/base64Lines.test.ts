import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { base64Lines } from './base64Lines.ts';

test.each([0, 1, 56, 57, 58, 114, 57 * 8192, 57 * 8192 + 1, 57 * 16_384 + 200])('%i bytes are lines of 76 characters', async (bytes) => {
  const content = randomBytes(bytes);

  const encoded = Buffer.from(await base64Lines(content)).toString('latin1');

  expect(encoded).toBe((content.toString('base64').match(/.{1,76}/g) ?? []).join('\r\n'));
});
