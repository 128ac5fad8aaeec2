import { expect, it } from 'vitest';
import { formatSid } from './securityIdentifier.ts';

const bytesOf = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));

it.each([
  // Local System, Administrators, and the administrator of a domain.
  ['010100000000000512000000', 'S-1-5-18'],
  ['01020000000000052000000020020000', 'S-1-5-32-544'],
  ['010500000000000515000000f89fb4741199b97843170a32f4010000', 'S-1-5-21-1957994488-2025429265-839522115-500'],
  ['0100000000000001', 'S-1-1'],
])('shows %s as Windows does', (hex, sid) => {
  expect(formatSid(bytesOf(hex))).toBe(sid);
});

it('reads a SID that lies within other bytes', () => {
  expect(formatSid(bytesOf('ffff010100000000000512000000').subarray(2))).toBe('S-1-5-18');
});

it.each(['', '01', '020100000000000512000000', '0102000000000005120000', '01010000000000051200000000', '01ff00000000000512000000'])(
  'says of %s that it is none',
  (hex) => {
    expect(formatSid(bytesOf(hex))).toBeNull();
  },
);
