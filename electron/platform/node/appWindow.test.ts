import { expect, it } from 'vitest';
import { findBrowser, removeProfile } from './appWindow.ts';

const edge = 'D:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe';
const chromeOfAccount = 'D:\\Users\\anna\\AppData\\Local\\Google\\Chrome\\Application\\chrome.exe';
const windows = {
  ProgramFiles: 'D:\\Program Files',
  'ProgramFiles(x86)': 'D:\\Program Files (x86)',
  LOCALAPPDATA: 'D:\\Users\\anna\\AppData\\Local',
};

it('finds Edge where Windows is not on drive C:', () => {
  expect(findBrowser('win32', windows, (path) => path === edge)).toBe(edge);
});

it('finds a browser that is installed for this account only, after those of the computer', () => {
  expect(findBrowser('win32', windows, (path) => path === chromeOfAccount)).toBe(chromeOfAccount);
  expect(findBrowser('win32', windows, (path) => [edge, chromeOfAccount].includes(path))).toBe(edge);
});

it('finds none where there is none, also without the folders of Windows in the environment', () => {
  expect(findBrowser('win32', windows, () => false)).toBeNull();
  expect(findBrowser('win32', {}, () => true)).toBeNull();
});

it('looks along PATH on Linux', () => {
  expect(findBrowser('linux', { PATH: '/usr/bin' }, (path) => path === '/usr/bin/chromium')).toBe('/usr/bin/chromium');
});

it('ends with the window also where its profile cannot be removed, as on Windows while the browser still has it open', async () => {
  await expect(removeProfile('C:\\Temp\\mfa-console-1', () => Promise.reject(new Error('EBUSY')))).resolves.toBeUndefined();
});
