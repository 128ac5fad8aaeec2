import { expect, it } from 'vitest';
import { formatAuthorityUrl, readAuthorityUrl } from './authorityUrl.ts';

const sha256 = 'ab'.repeat(32);

it.each([
  ['https://mfa1.corp.example:9000', { host: 'mfa1.corp.example', port: 9000, sha256: null }],
  ['https://mfa1', { host: 'mfa1', port: 8463, sha256: null }],
  ['https://mfa1:443/', { host: 'mfa1', port: 443, sha256: null }],
  [`  https://10.0.0.7:8463#sha256=${sha256.toUpperCase()}`, { host: '10.0.0.7', port: 8463, sha256 }],
  [`https://[fd00::7]:8463#sha256=${sha256.replaceAll(/(..)(?=.)/g, '$1:')}`, { host: 'fd00::7', port: 8463, sha256 }],
])('reads %s', (url, address) => {
  expect(readAuthorityUrl(url)).toEqual(address);
  expect(readAuthorityUrl(formatAuthorityUrl(address))).toEqual(address);
});

it.each([
  '',
  'mfa1.corp.example',
  'http://mfa1.corp.example',
  'https://somebody:secret@mfa1',
  'https://mfa1/else',
  'https://mfa1#sha256=abcd',
  `https://mfa1#md5=${sha256}`,
])('does not take %j', (url) => {
  expect(readAuthorityUrl(url)).toBeNull();
});
