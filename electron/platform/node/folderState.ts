import { randomUUID } from 'node:crypto';
import { rm, stat, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FolderState } from '../../services/requirements/requirementPorts.ts';
import { isFolderOpen } from './windowsFolderRights.ts';

/** Magic numbers of Linux's statfs(2): name, and whether it is a file system of the network. */
const linuxFileSystems: Readonly<Record<number, readonly [string, boolean]>> = {
  0xef53: ['ext4', false],
  0x58465342: ['xfs', false],
  0x9123683e: ['btrfs', false],
  0x2fc12fc1: ['zfs', false],
  0x01021994: ['tmpfs', false],
  0x794c7630: ['overlay', false],
  0x6969: ['nfs', true],
  0xff534d42: ['cifs', true],
  0xfe534d42: ['smb2', true],
  0x517b: ['smb', true],
  0x4d44: ['vfat', false],
};

/** Room, rights and file system of a folder; writes a small file there and removes it. `isOnNetwork` judges where the file system has no name. */
export async function folderState(path: string, isOnNetwork: (path: string) => boolean): Promise<FolderState> {
  const [disk, isOpenToOthers, problem] = await Promise.all([statfs(path), isOpen(path), tryToWrite(path)]);
  // Of 32 bits; Node reads it as signed on some systems.
  const [fileSystem, isNetwork] =
    (process.platform === 'linux' && linuxFileSystems[disk.type >>> 0]) || ([null, isOnNetwork(path)] as const);
  return {
    path,
    freeBytes: disk.bavail * disk.bsize,
    problem,
    isOpenToOthers,
    fileSystem,
    isNetwork,
  };
}

/** Null: the access lists of Windows could not be read. */
async function isOpen(path: string): Promise<boolean | null> {
  if (process.platform === 'win32') return isFolderOpen(path).catch(() => null);
  return ((await stat(path)).mode & 0o077) !== 0;
}

async function tryToWrite(path: string): Promise<string | null> {
  const file = join(path, `.${randomUUID()}.tmp`);
  try {
    await writeFile(file, 'x', { flag: 'wx' });
    return null;
  } catch (error) {
    return (error as Error).message;
  } finally {
    await rm(file, { force: true }).catch(() => undefined);
  }
}
