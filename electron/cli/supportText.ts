import type { SupportPart } from '../../shared/contract/support.contract.ts';
import { formatNumber } from './formatNumber.ts';

const parts: Readonly<Record<SupportPart, string>> = {
  readme: 'What was replaced, and what was not',
  versions: 'Versions, processor, memory and disk of this computer',
  settings: 'Settings: directory, company, email, network, logs',
  status: 'State of this server; users by method',
  health: 'What needs attention',
  network: 'What the last checks of the network found',
  requirements: 'What the last checks of the requirements found',
  store: 'Sizes of files and numbers of rows in the data folder',
  jobs: 'The newest jobs',
  audit: 'The newest entries of the audit log',
  log: 'The newest lines of a log file',
};

/** What the verb about support bundles says. */
export const supportText = {
  parts,
  details: `Secrets are never in it. People, their addresses and telephone numbers have pseudonyms, the same in every bundle.
  --list         shows what would be in the bundle and writes nothing
  --with-names   leaves names, addresses and telephone numbers as they are`,
  fileOrList: 'Give the file to write, or --list to see what would be in it.',
  exists: 'The file exists. Choose another name for the bundle.',
  written: (file: string, bytes: number) => `Wrote ${file}, ${formatNumber(Math.ceil(bytes / 1024))} KB. Look at it before you send it.`,
};
