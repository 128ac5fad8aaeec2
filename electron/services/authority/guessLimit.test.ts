import { expect, it } from 'vitest';
import { addressSubject } from './guessLimit.ts';

it('counts all addresses that one customer of IPv6 has as one, and each of IPv4 by itself', () => {
  const one = addressSubject('2001:db8:1:2::5');

  expect(addressSubject('2001:DB8:1:2:ffff:1:2:3')).toBe(one);
  expect(addressSubject('2001:db8:1:3::5')).not.toBe(one);
  expect(addressSubject('2001:db8::5')).toBe(addressSubject('2001:db8:0:0:9::'));
  expect(addressSubject('::ffff:10.0.0.1')).toBe(addressSubject('10.0.0.1'));
  expect(addressSubject('10.0.0.2')).not.toBe(addressSubject('10.0.0.1'));
});
