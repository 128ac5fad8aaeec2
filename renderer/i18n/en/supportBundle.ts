import type { SupportPart } from '../../../shared/contract/support.contract.ts';
import { sizeText } from './sizes.ts';

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

/** Words of the dialog with a support bundle. */
export const supportBundleText = {
  title: 'Support bundle',
  intro:
    'Facts about this console for somebody who helps you. Passwords, PINs and keys of tokens are never in it; nothing is sent anywhere.',
  withNames: 'Leave names, addresses and telephone numbers as they are',
  pseudonyms: 'Otherwise people and addresses have pseudonyms, the same in every bundle of this console.',
  contents: 'Contents',
  columns: { name: 'File', bytes: 'Size', part: 'What is in it' },
  parts,
  size: sizeText,
  ready: (files: number, size: string) => `${files} files, ${size} as a zip file. Save it when you agree with what is in it.`,
  saved: (fileName: string) => `Saved as ${fileName}. Look at it before you send it.`,
  failed: 'The bundle could not be made.',
  save: 'Save…',
  tryAgain: 'Try again',
  close: 'Close',
};
