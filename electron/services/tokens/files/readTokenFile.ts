import { AppError } from '../../../../shared/contract/errors.ts';
import type { Secret } from '../../../../shared/lib/secret.ts';
import { readCsvTokens } from './csvTokens.ts';
import { readPskc } from './pskc.ts';
import type { TokenFile } from './tokenFile.ts';

/** Reads a token file, whichever format it has. Throws what `readPskc` and `readCsvTokens` throw. */
export function readTokenFile(bytes: Uint8Array, password: Secret | null): TokenFile {
  const text = decode(bytes);
  const file: TokenFile = text.trimStart().startsWith('<')
    ? { format: 'pskc', tokens: readPskc(text.trimStart(), password) }
    : { format: 'csv', tokens: readCsvTokens(text) };
  if (file.tokens.length === 0) throw new AppError('token-file-not-valid', 'The file holds no tokens.');
  return file;
}

/** UTF-16 by its byte order mark, else UTF-8, else Windows-1252. */
function decode(bytes: Uint8Array): string {
  const label = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
