import { expect, it } from 'vitest';
import { errorCodes } from '../../shared/contract/errors.ts';
import { errorText } from './errorText.ts';

it.each(errorCodes)('%s has a sentence of its own, and says what to do next', (code) => {
  const { sentence, advice } = errorText[code];
  const others = errorCodes.filter((other) => other !== code).map((other) => errorText[other].sentence);

  expect(others).not.toContain(sentence);
  expect(sentence).toMatch(/^[A-Z].*[.]$/);
  expect(advice).toMatch(/^[A-Z].*[.]$/);
});
