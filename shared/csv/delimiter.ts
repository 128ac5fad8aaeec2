import { isAppError } from '../contract/errors.ts';
import { csvDelimiters, type CsvDelimiter } from '../contract/fileImport.ts';
import { createCsvReader, type CsvRecord } from './csvReader.ts';

/** The first line of some files that Excel writes: `sep=;`. It is no row. */
const declaration = /^sep=([,;\t|])\r?(?:\n|$)/i;

/** What a file says itself about its delimiter, and how many characters that takes. */
export function declaredDelimiter(start: string): { readonly delimiter: CsvDelimiter; readonly length: number } | null {
  const found = declaration.exec(start);
  const delimiter = csvDelimiters.find((candidate) => candidate === found?.[1]);
  return found && delimiter ? { delimiter, length: found[0].length } : null;
}

/**
 * The delimiter that cuts the rows of a sample into cells most evenly: the one with which most rows have as many cells as
 * the first, and more than one; a comma where none does. The sample may end within a row.
 */
export function detectDelimiter(sample: string): CsvDelimiter {
  const declared = declaredDelimiter(sample);
  if (declared) return declared.delimiter;
  let best: CsvDelimiter = ',';
  let bestScore = 0;
  for (const delimiter of csvDelimiters) {
    const records = sampleRecords(sample, delimiter).slice(0, 200);
    const columns = records[0]?.cells.length ?? 0;
    if (columns < 2) continue;
    const even = records.filter(({ cells }) => cells.length === columns).length / records.length;
    // Evenness first; among equals more columns are the better guess.
    const score = even * even * 100 + Math.min(columns, 90) / 10;
    if (score > bestScore) [best, bestScore] = [delimiter, score];
  }
  return best;
}

/** Records that lie within a sample. An unclosed quote ends them: the sample may have cut it. */
export function sampleRecords(sample: string, delimiter: CsvDelimiter): CsvRecord[] {
  const reader = createCsvReader(delimiter);
  const records = reader.push(sample);
  try {
    return [...records, ...reader.end()];
  } catch (error) {
    if (!isAppError(error)) throw error;
    return records;
  }
}
