import type { CountryCode } from 'libphonenumber-js/core';
import examples from 'libphonenumber-js/mobile/examples';
import metadata from 'libphonenumber-js/max/metadata';
import { describe, expect, it } from 'vitest';
import { createPhoneParser, parseWithLibrary } from './phoneParser.ts';

describe('createPhoneParser', () => {
  const inGermany = createPhoneParser(metadata, 'DE');
  const inAmerica = createPhoneParser(metadata, 'US');

  it.each([
    ['+49 30 901820', '+4930901820', ''],
    ['+49 (0)30 901820', '+4930901820', ''],
    ['0049 30 901820', '+4930901820', ''],
    ['0049.30.901820', '+4930901820', ''],
    ['030 / 90 18 20', '+4930901820', ''],
    ['(030) 901820', '+4930901820', ''],
    ['030 901820 ext. 12', '+4930901820', '12'],
    ['030 901820,12', '+4930901820', '12'],
    ['+1 425 555 0100', '+14255550100', ''],
    ['+44 20 7946 0018', '+442079460018', ''],
  ])('reads %j in Germany', (text, e164, extension) => {
    expect(inGermany(text)).toEqual({ e164, extension });
  });

  it.each([
    ['(425) 555-0100', '+14255550100', ''],
    ['425.555.0100 x12', '+14255550100', '12'],
    ['555-123-4567 x890', null, ''],
    ['913-488-4271 x890', '+19134884271', '890'],
    ['1 (425) 555-0100', '+14255550100', ''],
    ['00 49 30 901820', '+4930901820', ''],
    ['011 49 30 901820', '+4930901820', ''],
    ['tel:+1-425-555-0100;ext=7', '+14255550100', '7'],
    ['416-967-1111', '+14169671111', ''],
  ])('reads %j in the United States', (text, e164, extension) => {
    expect(inAmerica(text)).toEqual(e164 === null ? null : { e164, extension });
  });

  it.each(['n/a', '', '-', '12', 'ask Bob', '+', '+49', '+999 123456789', '4255550100 4255550101', '\u0000', '9'.repeat(300)])(
    'finds no number in %j',
    (text) => {
      expect(inAmerica(text)).toBeNull();
    },
  );

  it('reads numbers with a country code also when the default country is unknown', () => {
    const nowhere = createPhoneParser(metadata, 'XX');

    expect(nowhere('+49 30 901820')).toEqual({ e164: '+4930901820', extension: '' });
    expect(nowhere('030 901820')).toBeNull();
  });

  it('agrees with the library on every shape of number of every country', () => {
    const countries = Object.keys(metadata.countries) as CountryCode[];
    const random = pseudoRandom(20261122);
    const differing: string[] = [];
    for (const [index, country] of countries.entries()) {
      // Alternately at home and abroad.
      const home = index % 2 === 0 ? country : (countries[random(countries.length)] ?? country);
      const parsePhone = createPhoneParser(metadata, home);
      for (const text of shapesOf(metadata.countries[country]![0] as unknown as string, examples[country] ?? '12345678', random)) {
        const known = parseWithLibrary(text, home, metadata);
        if (JSON.stringify(parsePhone(text)) !== JSON.stringify(known)) differing.push(`${home} ${text}`);
      }
    }

    expect(differing).toEqual([]);
  });
});

/** One national number in many spellings, with digits changed, dropped and added so that most are doubtful. */
function shapesOf(callingCode: string, national: string, random: (below: number) => number): string[] {
  const numbers = [national];
  for (let count = 0; count < 12; count += 1) {
    const digits = [...national];
    const edits = 1 + random(4);
    for (let edit = 0; edit < edits; edit += 1) {
      const position = random(digits.length);
      const kind = random(6);
      digits.splice(position, kind === 0 ? 1 : kind === 1 ? 0 : 1, ...(kind === 0 ? [] : [String(random(10))]));
    }
    numbers.push(digits.join(''));
  }
  return numbers.flatMap((digits) => [
    `+${callingCode}${digits}`,
    `+${callingCode} ${digits.slice(0, 3)}-${digits.slice(3)}`,
    `+${callingCode} (0)${digits}`,
    `00${callingCode}${digits}`,
    `${callingCode}${digits}`,
    digits,
    `0${digits}`,
    `1${digits}`,
    `8 ${digits}`,
    `(${digits.slice(0, 2)}) ${digits.slice(2, 5)}.${digits.slice(5)}`,
    `${digits}x${random(1000)}`,
    `+${callingCode} ${digits} ext. ${random(1_000_000_000)}`,
  ]);
}

/** Same numbers in every run: a failure can be repeated. */
function pseudoRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * below);
  };
}
