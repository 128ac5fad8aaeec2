import { chmodSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { folderState } from './folderState.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'folder-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('tells the room where data is kept, that it can be written there, and leaves nothing behind', async () => {
  const { bavail, bsize } = statfsSync(folder);
  const { freeBytes, problem, path, isNetwork } = await folderState(folder, () => false);

  expect({ problem, path, isNetwork }).toEqual({ problem: null, path: folder, isNetwork: false });
  expect(Math.abs(freeBytes - bavail * bsize)).toBeLessThan(2 * 1024 ** 3);
  expect(readdirSync(folder)).toEqual([]);
});

it.skipIf(process.platform === 'win32').each([
  [0o700, false],
  [0o750, true],
  [0o705, true],
  [0o711, true],
])('tells who else may look into a folder of mode %o: %s', async (mode, isOpenToOthers) => {
  chmodSync(folder, mode);
  expect(await folderState(folder, () => false)).toMatchObject({ isOpenToOthers });
});

it.skipIf(process.platform !== 'linux')('tells why nothing can be written, and names no file system that it does not know', async () => {
  // Nobody may make a file there, whoever it is.
  expect(await folderState('/proc', () => false)).toMatchObject({ problem: expect.stringMatching(/^E[A-Z]+: /), fileSystem: null });
});
