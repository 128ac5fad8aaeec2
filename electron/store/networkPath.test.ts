import { expect, it } from 'vitest';
import { isOnNetwork } from './networkPath.ts';

it.each(['\\\\server\\share\\console', '//server/share', '\\\\?\\UNC\\server\\share', '\\\\.\\unc\\server\\share'])(
  'knows the path of a server: %s',
  (path) => {
    expect(isOnNetwork(path, () => path)).toBe(true);
  },
);

it('knows a letter that Windows gave to a share of a server, by what stands behind it', () => {
  expect(isOnNetwork('M:\\console', () => '\\\\server\\share\\console')).toBe(true);
});

it.each(['C:\\ProgramData\\MFA Server Console', '\\\\?\\D:\\data', '/var/lib/mfa'])('takes a local folder for local: %s', (path) => {
  expect(isOnNetwork(path, () => path)).toBe(false);
});

it('goes by the path as given where nothing can be said about what stands behind it', () => {
  const fails = () => {
    throw new Error('EISDIR');
  };
  expect(isOnNetwork('R:\\data', fails)).toBe(false);
});
