import type { FolderState, Machine } from './requirementPorts.ts';

const GB = 1024 ** 3;

/** A computer that is fit for its work. */
export const machine: Machine = {
  ...{ architecture: 'x64', platform: 'win32', release: '10.0.20348', system: 'Windows Server 2022 Standard' },
  ...{ memoryBytes: 8 * GB, processors: 4, node: '24.1.0' },
};
export const folder: FolderState = {
  ...{ path: 'C:\\Data', freeBytes: 50 * GB, problem: null, isOpenToOthers: false, fileSystem: null, isNetwork: false },
};
