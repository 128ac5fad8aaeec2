import { expect, it } from 'vitest';
import { errorCodes } from '../../shared/contract/errors.ts';
import { errorText } from './errorText.ts';

it.each(errorCodes)('says what happened and what to do for %s', (code) => {
  const { sentence, advice } = errorText[code];

  for (const text of [sentence, advice]) {
    expect(text).toMatch(/^[A-Z].{10,}\.$/);
    expect(text).not.toMatch(/!|success/i);
  }
});

it('has no two codes that read alike', () => {
  const sentences = errorCodes.map((code) => errorText[code].sentence);

  expect(new Set(sentences).size).toBe(sentences.length);
});
