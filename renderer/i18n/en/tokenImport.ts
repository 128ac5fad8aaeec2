import type { TokenImportCounts } from '../../../shared/contract/tokens.contract.ts';
import { formatCount } from './jobs.ts';
import { formatTokens } from './tokens.ts';

const formatNames: Record<TokenImportCounts['format'], string> = { pskc: 'PSKC', csv: 'CSV' };
const read = ({ total, file, format }: TokenImportCounts) =>
  `${formatCount(total)} ${total === 1 ? 'row' : 'rows'} of ${file} (${formatNames[format]})`;

/** Words of the dialog that imports a token file, and of its log. */
export const tokenImportText = {
  title: 'Import OATH tokens',
  file: 'File:',
  fileHint:
    'PSKC XML (RFC 6030), plain or encrypted, or CSV with a header row such as: serial number, secret key, time interval, manufacturer, model. Secret keys are sealed and never shown.',
  sending: (file: string) => `Reading ${file}`,
  passwordIntro: (file: string) => `${file} is encrypted. Enter the password or the key that the manufacturer sent for it.`,
  password: 'Password or key:',
  passwordHint: 'A key is written in hexadecimal or Base64.',
  open: 'Open',
  opening: 'Opening…',
  otherFile: 'Other file',
  import: (count: number) => `Import ${formatTokens(count)}`,
  starting: 'Starting…',
  runsOn: 'The import runs on when this dialog is closed. What it has added stays if it is cancelled.',
  cancelling: 'Cancelling…',
  close: 'Close',
  failed: 'The tokens were not imported.',
  cancelled: 'The import was cancelled. What it had added stays.',
  interrupted: 'The console stopped while this import was running. What it had added stays; import the file again for the rest.',
  stopped: 'The import has failed. What it had added stays.',

  planned: (counts: TokenImportCounts) =>
    `Read ${read(counts)}: ${formatTokens(counts.added)} would be added, ${formatCount(counts.skipped)} skipped.`,
  imported: (counts: TokenImportCounts) => `${read(counts)}: ${formatTokens(counts.added)} added, ${formatCount(counts.skipped)} skipped.`,
  onlySkipped: (count: number) => `Only rows that are skipped (${formatCount(count)})`,
  previewLabel: 'Rows of the file',
  logLabel: 'Log of the import',
  row: 'Row',
  serial: 'Serial Number',
  outcome: 'Outcome',
  note: 'Note',
  add: 'Add',
  added: 'Added',
  skipped: 'Skipped',
  saveLog: 'Save log…',
  saving: 'Saving…',
  saveFailed: 'The log could not be saved.',
  rowsFailed: 'The rows could not be read.',
  noRows: 'No row is skipped.',
} as const;
