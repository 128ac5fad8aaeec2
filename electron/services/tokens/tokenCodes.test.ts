import { describe, expect, it } from 'vitest';
import { Secret } from '../../../shared/lib/secret.ts';
import { createCodes, matchCode, searchPosition, stepAt } from './tokenCodes.ts';
import type { TokenKey } from './tokenPorts.ts';

const digits20 = '12345678901234567890';
const seeds = { SHA1: digits20, SHA256: `${digits20}123456789012`, SHA512: `${digits20.repeat(3)}1234` } as const;
const secretOf = (text: string) => new Secret(Buffer.from(text).toString('base64'));
const noPause = () => Promise.resolve();

const key = (changes: Partial<TokenKey> = {}): TokenKey => ({
  id: 1,
  serial: 'A1',
  kind: 'totp',
  algorithm: 'SHA1',
  digits: 6,
  interval: 30,
  sealed: new Uint8Array(),
  counter: 0,
  drift: 0,
  startsAt: null,
  expiresAt: null,
  ...changes,
});
const codesOf = (of: TokenKey) => createCodes(secretOf(seeds[of.algorithm]), of);

describe('createCodes', () => {
  it('makes the codes of RFC 4226, appendix D', () => {
    const codes = codesOf(key({ kind: 'hotp' }));

    expect(Array.from({ length: 10 }, (_, counter) => codes(counter))).toEqual([
      '755224',
      '287082',
      '359152',
      '969429',
      '338314',
      '254676',
      '287922',
      '162583',
      '399871',
      '520489',
    ]);
  });

  it.each([
    [59, '94287082', '46119246', '90693936'],
    [1111111109, '07081804', '68084774', '25091201'],
    [1111111111, '14050471', '67062674', '99943326'],
    [1234567890, '89005924', '91819424', '93441116'],
    [2000000000, '69279037', '90698825', '38618901'],
    [20000000000, '65353130', '77737706', '47863826'],
  ])('makes the codes of RFC 6238, appendix B, at second %i', (second, sha1, sha256, sha512) => {
    const at = (algorithm: keyof typeof seeds) => codesOf(key({ algorithm, digits: 8 }))(stepAt(second * 1000, 30));

    expect([at('SHA1'), at('SHA256'), at('SHA512')]).toEqual([sha1, sha256, sha512]);
  });
});

describe('matchCode', () => {
  const now = 1_700_000_000_000;
  const step = stepAt(now, 30);

  it.each([-2, -1, 0, 1, 2])('accepts a code %i steps off and remembers the drift', (off) => {
    const token = key();

    expect(matchCode(token, codesOf(token), codesOf(token)(step + off), now)).toEqual({
      result: 'accepted',
      after: { counter: step + off, drift: off },
    });
  });

  it.each([-3, 3])('refuses a code %i steps off', (off) => {
    const token = key();

    expect(matchCode(token, codesOf(token), codesOf(token)(step + off), now)).toEqual({ result: 'wrong' });
  });

  it('follows a clock that drifts on', () => {
    const token = key({ drift: 5 });

    expect(matchCode(token, codesOf(token), codesOf(token)(step + 7), now)).toMatchObject({ result: 'accepted', after: { drift: 7 } });
    expect(matchCode(token, codesOf(token), codesOf(token)(step), now)).toEqual({ result: 'wrong' });
  });

  it('refuses the step that was used last and older ones', () => {
    const token = key({ counter: step });

    expect(matchCode(token, codesOf(token), codesOf(token)(step), now)).toEqual({ result: 'already-used' });
    expect(matchCode(token, codesOf(token), codesOf(token)(step - 1), now)).toEqual({ result: 'already-used' });
    expect(matchCode(token, codesOf(token), codesOf(token)(step + 1), now)).toMatchObject({ result: 'accepted' });
  });

  it('lets a 60-second token be one step off', () => {
    const token = key({ interval: 60 });
    const minute = stepAt(now, 60);

    expect(matchCode(token, codesOf(token), codesOf(token)(minute + 1), now)).toMatchObject({ result: 'accepted' });
    expect(matchCode(token, codesOf(token), codesOf(token)(minute + 2), now)).toEqual({ result: 'wrong' });
  });

  it('looks ten presses ahead for a counter, and never back', () => {
    const token = key({ kind: 'hotp', interval: 0, counter: 5 });
    const codes = codesOf(token);

    expect(matchCode(token, codes, codes(5), now)).toEqual({ result: 'accepted', after: { counter: 6, drift: 0 } });
    expect(matchCode(token, codes, codes(15), now)).toEqual({ result: 'accepted', after: { counter: 16, drift: 0 } });
    expect(matchCode(token, codes, codes(16), now)).toEqual({ result: 'wrong' });
    expect(matchCode(token, codes, codes(4), now)).toEqual({ result: 'already-used' });
  });

  it.each(['', '12345', '1234567', 'abcdef', '١٢٣٤٥٦'])('refuses %j, which is no code', (code) => {
    expect(matchCode(key(), codesOf(key()), code, now)).toEqual({ result: 'wrong' });
  });
});

describe('searchPosition', () => {
  const now = 1_700_000_000_000;
  const step = stepAt(now, 30);
  const search = (token: TokenKey, code: string, nextCode?: string) =>
    searchPosition(token, codesOf(token), { code, nextCode }, now, noPause);

  it('finds one code within an hour', async () => {
    const token = key();

    expect(await search(token, codesOf(token)(step - 120))).toMatchObject({ result: 'accepted', after: { drift: -120 } });
    expect(await search(token, codesOf(token)(step + 121))).toEqual({ result: 'wrong' });
  });

  it('finds two consecutive codes within a day, and refuses two that are not', async () => {
    const token = key();
    const codes = codesOf(token);

    expect(await search(token, codes(step + 2000), codes(step + 2001))).toMatchObject({
      result: 'accepted',
      after: { counter: step + 2001, drift: 2001 },
    });
    expect(await search(token, codes(step + 2000), codes(step + 2002))).toEqual({ result: 'wrong' });
  });

  it('takes a used code for no proof, but two codes of a clock that was set back', async () => {
    const token = key({ counter: step + 100 });
    const codes = codesOf(token);

    expect(await search(token, codes(step))).toEqual({ result: 'already-used' });
    expect(await search(token, codes(step), codes(step + 1))).toMatchObject({ result: 'accepted', after: { counter: step + 1 } });
  });

  it('finds a counter a thousand presses ahead, never behind', async () => {
    const token = key({ kind: 'hotp', interval: 0, counter: 10 });
    const codes = codesOf(token);

    expect(await search(token, codes(900), codes(901))).toEqual({ result: 'accepted', after: { counter: 902, drift: 0 } });
    expect(await search(token, codes(8), codes(9))).toEqual({ result: 'wrong' });
  });
});
