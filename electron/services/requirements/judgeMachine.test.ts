import { expect, it } from 'vitest';
import {
  judgeClock,
  judgeDisk,
  judgeFolder,
  judgeKeychain,
  judgeMemory,
  judgeProcessor,
  judgeProgram,
  judgeStore,
  judgeSystem,
} from './judgeMachine.ts';
import { folder, machine } from './testing.ts';

const MB = 1024 ** 2;
const GB = 1024 ** 3;

/** As published: memory by number of regular users. */
it.each([
  [0, 4],
  [10_000, 4],
  [10_001, 8],
  [50_000, 8],
  [50_001, 12],
  [100_000, 12],
  [100_001, 16],
  [200_000, 16],
  [200_001, 32],
  [1_000_000, 32],
])('wants for %i users %i GB of memory, of which the system may keep a tenth', (users, gb) => {
  const of = (memoryBytes: number) => judgeMemory({ ...machine, memoryBytes }, users);

  expect(of(gb * GB).state).toBe('pass');
  expect(of(0.9 * gb * GB).state).toBe('pass');
  expect(of(0.89 * gb * GB)).toMatchObject({
    state: 'warn',
    reason: expect.stringContaining(`${gb} GB are recommended`),
    fix: expect.stringContaining(`${gb} GB`),
  });
});

it('fails below 1 GB of memory, also while nobody has counted the users', () => {
  expect(judgeMemory({ ...machine, memoryBytes: 0.89 * GB }, null)).toMatchObject({
    state: 'fail',
    reason: expect.stringContaining('1 GB'),
  });
  expect(judgeMemory({ ...machine, memoryBytes: GB }, null).reason).toBe('This computer has 1.0 GB of memory. 4 GB are recommended.');
});

it.each([
  [200 * MB - 1, 'fail', 'MFA_DATA_DIR'],
  [200 * MB, 'warn', 'MFA_DATA_DIR'],
  [GB - 1, 'warn', 'MFA_DATA_DIR'],
  [GB, 'pass', ''],
])('judges %i bytes of free disk: %s', (freeBytes, state, fix) => {
  expect(judgeDisk({ ...folder, freeBytes })).toMatchObject({ state, fix: expect.stringContaining(fix) });
});

it.each([
  ['win32', '6.3.9600', 'fail'],
  ['win32', '10.0.14392', 'fail'],
  ['win32', '10.0.14393', 'pass'],
  ['win32', '10.0.26100', 'pass'],
  ['linux', '4.17.19', 'fail'],
  ['linux', '4.18.0-553.el8_10.x86_64', 'pass'],
  ['linux', '3.10.0-1160', 'fail'],
  ['linux', '6.1.0-18-amd64', 'pass'],
  ['darwin', '21.6.0', 'fail'],
  ['darwin', '22.1.0', 'pass'],
  ['freebsd', '14.0-RELEASE', 'warn'],
])('judges %s %s: %s', (platform, release, state) => {
  expect(judgeSystem({ ...machine, platform, release }).state).toBe(state);
});

it.each([
  ['x64', 'pass'],
  ['arm64', 'pass'],
  ['ia32', 'warn'],
])('judges a processor of kind %s: %s', (architecture, state) => {
  expect(judgeProcessor({ ...machine, architecture })).toMatchObject({
    state,
    reason: `4 processors (${architecture}).${state === 'pass' ? '' : ' The console is tested on x64 and arm64 only.'}`,
  });
});

it.each([
  ['24.0.0', 'pass'],
  ['26.1.0', 'pass'],
  ['22.20.0', 'fail'],
])('judges Node %s: %s', (node, state) => expect(judgeProgram({ ...machine, node }, '1.0.0').state).toBe(state));

it.each([
  [0, 'pass', '0 ms'],
  [5_000, 'pass', '5.0 s behind'],
  [5_001, 'warn', '5.0 s behind'],
  [-30_000, 'warn', '30.0 s ahead of'],
  [-30_001, 'fail', '30.0 s ahead of'],
  [300_000, 'fail', '5 min behind'],
  [86_400_000, 'fail', '24 h behind'],
])('judges a clock from which the server’s is %i ms away: %s', (offsetMs, state, reason) => {
  expect(judgeClock('dc1', offsetMs)).toMatchObject({ state, reason: expect.stringContaining(reason) });
});

it('judges what is damaged, cannot be written, lies on a network, or can be read by others', () => {
  expect(judgeStore(undefined).state).toBe('pass');
  expect(judgeStore('Page 7 is broken.')).toMatchObject({
    state: 'fail',
    reason: expect.stringContaining('Page 7'),
    fix: expect.stringContaining('mfactl restore'),
  });
  expect(judgeFolder(folder).state).toBe('pass');
  expect(judgeFolder({ ...folder, problem: 'EROFS' })).toMatchObject({ state: 'fail', reason: expect.stringContaining('EROFS') });
  expect(judgeFolder({ ...folder, isNetwork: true, fileSystem: 'cifs' })).toMatchObject({
    state: 'fail',
    reason: expect.stringContaining('(cifs)'),
  });
  expect(judgeFolder({ ...folder, isOpenToOthers: true }).state).toBe('warn');
  expect(judgeFolder({ ...folder, isOpenToOthers: null }).state).toBe('warn');
});

it.each([
  ['keychain', 'pass'],
  ['passphrase', 'pass'],
  ['locked', 'warn'],
  ['unavailable', 'fail'],
] as const)('judges a keychain that is %s: %s', (state, expected) => {
  expect(judgeKeychain({ state, backend: 'Windows Credential Manager' } as never, machine).state).toBe(expected);
});

it.each([
  ['win32', 'Visual C++ Redistributable'],
  ['linux', 'start the keychain of this account'],
])('says what helps where no keychain of %s answers', (platform, remedy) => {
  const found = judgeKeychain({ state: 'unavailable', backend: 'any' }, { platform });
  expect(found.fix).toContain(remedy);
});
