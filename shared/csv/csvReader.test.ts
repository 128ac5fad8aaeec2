import { describe, expect, it } from 'vitest';
import { createCsvReader } from './csvReader.ts';

/** Reads a text in parts of `size` characters. */
function read(text: string, size = text.length, delimiter: ',' | ';' | '\t' = ',') {
  const reader = createCsvReader(delimiter);
  const records = [];
  for (let at = 0; at < text.length; at += size) records.push(...reader.push(text.slice(at, at + size)));
  return [...records, ...reader.end()];
}

const cells = (text: string, delimiter?: ',' | ';' | '\t') => read(text, text.length, delimiter).map((record) => record.cells);

describe('createCsvReader', () => {
  it.each([
    ['CRLF', 'a,b\r\nc,d\r\n'],
    ['LF', 'a,b\nc,d'],
    ['CR', 'a,b\rc,d\r'],
    ['mixed ends and empty lines', '\r\na,b\n\nc,d\r\n\r\n'],
  ])('reads rows that end in %s', (_name, text) => {
    expect(cells(text)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  it('reads quoted cells with delimiters, quotes and line ends in them', () => {
    expect(cells('"a,1","say ""hi""","two\r\nlines"\n"",x,""')).toEqual([
      ['a,1', 'say "hi"', 'two\r\nlines'],
      ['', 'x', ''],
    ]);
  });

  it('says in which line of the file a record begins', () => {
    expect(read('h\n"a\nb\n"\n\nc').map(({ line }) => line)).toEqual([1, 2, 6]);
  });

  it('reads the same however the text is cut', () => {
    const text = 'a,"b ""x"" c",d\r\n"1\r\n2", "3" ,4\r5,6,\r\n😀,é,"ü"';
    const whole = read(text);
    for (let size = 1; size < 12; size += 1) expect(read(text, size), `parts of ${size}`).toEqual(whole);
    expect(whole.map((record) => record.cells)).toEqual([
      ['a', 'b "x" c', 'd'],
      ['1\r\n2', '3', '4'],
      ['5', '6', ''],
      ['😀', 'é', 'ü'],
    ]);
  });

  it('takes quotes inside of an unquoted cell as they are', () => {
    expect(cells('5" pipe,o"brien\n')).toEqual([['5" pipe', 'o"brien']]);
  });

  it('marks a record in which something follows a closing quote', () => {
    expect(read('"a"b,c\nd,e').map(({ cells: row, isDoubtful }) => [row, isDoubtful])).toEqual([
      [['ab', 'c'], true],
      [['d', 'e'], false],
    ]);
  });

  it('refuses a quote that is never closed and says where it opens', () => {
    expect(() => read('a,b\nc,"d\ne,f\n')).toThrow(expect.objectContaining({ code: 'file-not-readable', details: { line: 2 } }));
  });

  it('gives up on a record without end before it fills the memory', () => {
    const reader = createCsvReader(',');
    reader.push('a,b\n"');
    expect(() => {
      for (let part = 0; part < 100; part += 1) reader.push('x'.repeat(65_536));
    }).toThrow(expect.objectContaining({ code: 'file-not-readable', details: { line: 2 } }));
  });

  it('does not speak of quotes where a row without any has no end', () => {
    const reader = createCsvReader(',');
    reader.push('a,b\n');
    expect(() => reader.push('x'.repeat(1_000_001))).toThrow(
      expect.objectContaining({ code: 'file-not-readable', message: expect.stringMatching(/^The row of line 2 has more than 1,000,000/) }),
    );
  });

  it('keeps NUL and other control characters for whoever judges the row', () => {
    expect(cells('a\0b,c\n')).toEqual([['a\0b', 'c']]);
  });
});
