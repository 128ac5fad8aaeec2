import { describe, expect, test } from 'vitest';
import { mailId } from './mailMaker.ts';

describe('the id of a mail', () => {
  test('is the same again for the same user of the same campaign, and another one for every other', () => {
    const ids = ['first', 'second'].flatMap((campaign) => Array.from({ length: 1_000 }, (_none, user) => mailId(campaign, user + 1)));

    expect(mailId('first', 7)).toBe(ids[6]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(mailId('first', 0xffff_ffff)).toMatch(/^[0-9a-f]{32}$/);
  });

  test('does not tell the user', () => {
    expect(mailId('first', 0x1234).endsWith('1234')).toBe(false);
  });

  test('is near that of the next user, so that a store in order writes few pages for many mails', () => {
    const beginnings = new Set(Array.from({ length: 256 }, (_none, user) => mailId('first', 0x4200 + user).slice(0, -2)));

    expect(beginnings.size).toBe(1);
  });
});
