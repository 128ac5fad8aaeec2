import { expect, it } from 'vitest';
import { withoutSecretText } from './secretText.ts';

const key = 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC';
const cleaned = (text: string, known: readonly string[] = []) => withoutSecretText(text, known);

it.each([
  ['a private key', `x -----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY----- y`, key],
  ['a private key that was cut', `-----BEGIN EC PRIVATE KEY-----\nshort`, 'short'],
  ['the address of a token', 'see otpauth://totp/Contoso:anna?issuer=Contoso&n=letmein', 'letmein'],
  ['a bearer', 'Authorization was Bearer abc-def_ghi', 'abc-def_ghi'],
  ['a sign-in by name and password', 'Proxy-Authorization: Basic c3ZjOnB3', 'c3ZjOnB3'],
  ['a ticket of Kerberos', 'sent Negotiate YIIabcdef', 'YIIabcdef'],
  ['a password in an address', 'proxy http://svc:letmein@proxy.corp.example:8080', 'letmein'],
  ['a code in an address', 'GET /sign-in?code=letmein&x=1', 'letmein'],
  ['a session in a fragment', 'https://127.0.0.1:4000/#session=letmein', 'letmein'],
  ['a web token', 'got eyJhbGciOi.eyJzdWIi.c2ln back', 'eyJzdWIi'],
  ['a cookie', 'cookie: letmein', 'letmein'],
  ['the seed of a token in groups', 'key GEZD GNBV GY3T QOJQ GEZD GNBV', 'GNBV'],
  ['a hexadecimal key', `key ${'ab12'.repeat(8)}`, 'ab12ab12'],
  ['the password of activation credentials', 'k7q2m9xp@activation with yyp8-vgss-wafd-e364 refused', 'wafd'],
  ['a licence or group key, or the code of a link', 'is VE5A5-WHAY9-E33Z8-1KPZJ-5882D', 'WHAY9'],
  ['a one-time password after its name', 'The password is hunter2', 'hunter2'],
  ['a quoted one', 'PIN of "7391"', '7391'],
])('blanks %s', (_what, text, secret) => {
  expect(cleaned(text)).not.toContain(secret);
  expect(cleaned(text)).toContain('[secret]');
});

it('blanks what is known, wherever it is', () => {
  expect(cleaned('sent B1nd pass wörd, then B1nd pass wörd!', ['B1nd pass wörd'])).toBe('sent [secret], then [secret]!');
});

it.each([
  'A call failed (ref 0198c0de-7a10-7000-8000-00000000abcd).',
  'The pin rules of the company were changed.',
  'Read from ldaps://dc1.corp.example:636 in 12 ms, code ECONNREFUSED.',
  'line-one-four-word and well-known names stay',
  'Version 24.1.0 on 10.0.20348',
])('leaves what helps: %s', (text) => expect(cleaned(text)).toBe(text));
