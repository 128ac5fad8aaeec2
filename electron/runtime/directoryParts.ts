import type { TestStep } from '../../shared/contract/directory.contract.ts';
import { createDirectoryAccess } from '../services/directory/directoryAccess.ts';
import { createDirectoryService } from '../services/directory/directoryService.ts';
import type { DirectoryServicePorts } from '../services/directory/directoryServicePorts.ts';
import { createServerStates } from '../services/directory/serverStates.ts';
import { readDirectorySettings } from '../services/directory/readDirectorySettings.ts';
import { importedFrom } from '../services/users/importedFrom.ts';
import type { UserReader } from '../services/users/userReader.ts';

interface DirectoryPartsPorts extends Pick<DirectoryServicePorts, 'directory' | 'startSample' | 'createPhoneParser'> {
  readonly settings: { read(name: 'directory'): unknown; write(name: 'directory', value: unknown): void };
  readonly users: Pick<UserReader, 'count'>;
  readonly vault: DirectoryServicePorts['secrets'];
  now(): number;
  tested(event: { runId: string; step: TestStep }): void;
}

/** The directory as the runtime puts it together: the service, and what other services read from it. */
export function createDirectoryParts({
  directory,
  startSample,
  createPhoneParser,
  settings,
  users,
  vault,
  now,
  tested,
}: DirectoryPartsPorts) {
  const states = createServerStates(directory, now);
  const ports: DirectoryServicePorts = {
    directory: states.directory,
    serverStates: states.of,
    startSample,
    createPhoneParser,
    secrets: vault,
    readSettings: () => readDirectorySettings(settings.read('directory')),
    saveSettings: (saved) => settings.write('directory', saved),
    countImported: (baseDn, signal) => users.count(importedFrom(baseDn), signal),
    emitTested: tested,
  };
  return {
    service: createDirectoryService(ports),
    readSettings: ports.readSettings,
    /** How servers answered to an import. */
    serversSeen: states.take,
    /** What is configured, with its password. */
    access: createDirectoryAccess(ports),
  };
}
