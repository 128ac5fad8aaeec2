import { describe, expect, it } from 'vitest';
import { readSecretKey, secretKeyProblemText } from './secretKey.ts';

const problemOf = (text: string, encoding: 'base32' | 'hex' = 'base32') => {
  const reading = readSecretKey(text, encoding);
  return 'problem' in reading ? secretKeyProblemText(reading.problem, encoding) : 'read';
};

describe('readSecretKey', () => {
  it.each([
    ['GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ', 'base32'],
    ['gezd gnbv gy3t qojq gezd gnbv gy3t qojq', 'base32'],
    ['GEZD-GNBV-GY3T-QOJQ-GEZD-GNBV-GY3T-QOJQ======', 'base32'],
    ['3132333435363738393031323334353637383930', 'hex'],
    ['0x31323334 35363738 39303132 33343536 37383930', 'hex'],
  ] as const)('reads %s (%s)', (text, encoding) => {
    const reading = readSecretKey(text, encoding);

    expect('bytes' in reading && Buffer.from(reading.bytes).toString()).toBe('12345678901234567890');
  });

  it('says where a typing mistake is and what was probably meant', () => {
    expect(problemOf('GEZDGNBVGY3TQOJQ GEZDGNBVGY3TQ0JQ')).toBe(
      'Character 31 of the secret key, “0”, is not Base32 (A to Z, 2 to 7). Perhaps the letter O is meant.',
    );
    expect(problemOf('GEZD=GNBVGY3TQOJQ')).toContain('Character 5 of the secret key, “=”');
    expect(problemOf('GEZDGNBVGY3TQOJQ\u0000')).toContain('Character 17 of the secret key, “U+0000”');
    expect(problemOf('GEZDGNBVGY3TQOJQ😀')).toContain('“😀”');
    expect(problemOf('31323334353637383930G0', 'hex')).toBe('Character 21 of the secret key, “G”, is not hexadecimal (0 to 9, A to F).');
  });

  it.each([
    ['', 'The secret key is missing.'],
    [' == ', 'The secret key is missing.'],
    ['GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQA', 'The secret key has 33 characters. A character is missing or one is too many.'],
    ['GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQABC', 'The secret key has 35 characters. A character is missing or one is too many.'],
    ['GEZDGNBV', 'The secret key has only 40 bits. It needs at least 80.'],
    ['GEZDGNBV'.repeat(40), 'The secret key has 1600 bits. At most 1024 are possible.'],
  ])('refuses %j', (text, said) => {
    expect(problemOf(text)).toBe(said);
  });
});
