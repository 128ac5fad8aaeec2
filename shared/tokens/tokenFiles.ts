import type { Client } from '../contract/define.ts';
import type { ConsoleContract } from '../contract/index.ts';
import { tokenFileLimits, type TokenImportRow } from '../contract/tokens.contract.ts';
import { csvLine } from '../csv/csvText.ts';

type Tokens = Client<ConsoleContract>['tokens'];

/** Hands a token file to the console in parts; `readPart` answers Base64. Answers the id of the import. */
export async function sendTokenFile(
  tokens: Pick<Tokens, 'openImport' | 'sendPart' | 'discardImport'>,
  file: { readonly name: string; readonly size: number; readPart(from: number, to: number): Promise<string> },
): Promise<string> {
  const { importId } = await tokens.openImport({ fileName: file.name, bytes: file.size });
  try {
    for (let from = 0; from < file.size; from += tokenFileLimits.partBytes) {
      await tokens.sendPart({ importId, content: await file.readPart(from, Math.min(file.size, from + tokenFileLimits.partBytes)) });
    }
    return importId;
  } catch (error) {
    await tokens.discardImport({ importId });
    throw error;
  }
}

const rowsAtOnce = 1000;

/** The log of an import as CSV, part by part. */
export async function* tokenImportLogCsv(tokens: Pick<Tokens, 'importLog'>, jobId: string): AsyncGenerator<string> {
  yield csvLine(['row', 'serial number', 'outcome', 'note']);
  for (let offset = 0; ; offset += rowsAtOnce) {
    const { rows } = await tokens.importLog({ jobId, offset, limit: rowsAtOnce });
    if (rows.length > 0) yield rows.map(logLine).join('');
    if (rows.length < rowsAtOnce) return;
  }
}

function logLine({ row, serial, added, text }: TokenImportRow): string {
  return csvLine([String(row), serial, added ? 'added' : 'skipped', text]);
}
