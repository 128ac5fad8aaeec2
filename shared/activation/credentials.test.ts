import { describe, expect, it } from 'vitest';
import { credentialBytes, makeCredentials, readCredentials } from './credentials.ts';

const made = makeCredentials(Uint8Array.from({ length: credentialBytes }, (_none, at) => (at * 37 + 11) % 256));
const plain = made.password.replaceAll('-', '');

describe('activation credentials', () => {
  it('are an address and a password in groups of four', () => {
    expect(made.email).toMatch(/^[0-9a-hjkmnp-tv-z]{8}@activation$/);
    expect(made.password).toMatch(/^([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}$/);
  });

  it('are read as people type them', () => {
    const typed = { email: ` ${made.email.toUpperCase()} `, password: made.password.toUpperCase().replaceAll('-', ' ') };

    expect(readCredentials(typed)).toEqual({ email: made.email, password: plain });
  });

  it('take letters for the digits that they look like', () => {
    const zeros = makeCredentials(new Uint8Array(credentialBytes));

    expect(readCredentials({ email: zeros.email.replaceAll('0', 'O'), password: zeros.password.replaceAll('0', 'o') })).toEqual(
      readCredentials(zeros),
    );
  });

  it('show each wrong digit of the password', () => {
    for (let at = 0; at < plain.length; at++) {
      const other = plain[at] === '7' ? '8' : '7';
      expect(readCredentials({ ...made, password: plain.slice(0, at) + other + plain.slice(at + 1) })).toBeNull();
    }
  });

  it.each([
    ['nothing', '', ''],
    ['an address of somebody', 'anna@corp.example', plain],
    ['half a password', made.email, plain.slice(0, 8)],
    ['an address without its domain', made.email.split('@')[0]!, plain],
    ['letters that are no digits', made.email, 'uuuu-uuuu-uuuu-uuuu'],
  ])('are not %s', (_what, email, password) => {
    expect(readCredentials({ email, password })).toBeNull();
  });
});
