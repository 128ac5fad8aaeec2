import { describe, expect, it } from 'vitest';
import { createCsvReader } from './csvReader.ts';
import { csvLine, unguarded } from './csvText.ts';

const awkward = [
  '=1+1',
  '+4930123',
  '-x',
  '@sum',
  "'=1",
  "''=x",
  "'plain",
  "o'brien",
  '\tx',
  'say "hi"',
  'a,b;c|d',
  'two\r\nlines',
  'one\nline',
  ' blanks ',
  '＝full',
  '',
  "'",
  '"',
  '😀',
];

describe('csvLine', () => {
  it.each([',', ';', '\t', '|'] as const)('writes cells that are read back unchanged (delimiter %j)', (delimiter) => {
    const reader = createCsvReader(delimiter);
    const records = [...reader.push(csvLine(awkward, delimiter)), ...reader.end()];
    expect(records[0]?.cells.map(unguarded)).toEqual(awkward);
  });

  it('leaves no cell that a spreadsheet would run', () => {
    const reader = createCsvReader(',');
    const [record] = reader.push(csvLine(awkward));
    expect(record?.cells.filter((cell) => /^[=+\-@＝＋－＠\t\r\n]/.test(cell))).toEqual([]);
  });
});
