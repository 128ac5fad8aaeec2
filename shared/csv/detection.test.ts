import { describe, expect, it } from 'vitest';
import { detectDelimiter } from './delimiter.ts';
import { createUtf8Census, detectEncoding } from './encoding.ts';
import { guessColumns } from './columnNames.ts';

function encodingOf(bytes: Uint8Array, part = 7) {
  const census = createUtf8Census();
  for (let at = 0; at < bytes.length; at += part) census.add(bytes.subarray(at, at + part));
  return detectEncoding(bytes, census.counts());
}

describe('detectEncoding', () => {
  const text = 'username,name\r\nmüller,Jörg Müller €\r\n';
  it.each([
    ['utf-8', Buffer.from(text)],
    ['utf-8', Buffer.from(`\ufeff${text}`)],
    ['utf-16le', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['utf-16le', Buffer.from(text, 'utf16le')],
    ['utf-16be', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
    ['utf-16be', Buffer.from(text, 'utf16le').swap16()],
    ['windows-1252', Buffer.from('username,name\r\nmüller,Jörg\r\n', 'latin1')],
    ['utf-8', Buffer.from('username,name\r\nplain,Plain\r\n')],
    ['utf-8', Buffer.concat([Buffer.from(text), Buffer.from([0xff]), Buffer.from(text)])],
    ['utf-8', Buffer.alloc(0)],
  ])('knows %s', (encoding, bytes) => expect(encodingOf(bytes)).toBe(encoding));
});

describe('detectDelimiter', () => {
  it.each([
    [',', 'username,phone\na,1\nb,2'],
    [';', 'username;name;phone\na;"Miller, Ann";1,5\nb;"Smith, Bob";2,5'],
    ['\t', 'username\tname\na\tb c, d\n'],
    ['|', 'username|name\na|b;c\n'],
    [',', 'username\nanna\nbob'],
    [';', 'sep=;\nusername;a\nx;y,z,w'],
    [',', 'username,name\nanna,"open quote in a sample that was cut'],
  ])('finds %j', (delimiter, sample) => expect(detectDelimiter(sample)).toBe(delimiter));
});

describe('guessColumns', () => {
  it('knows the names of files of other products, in any spelling', () => {
    expect(guessColumns(['User Principal Name', 'Given-Name', 'SN', 'E-Mail', 'Mobile phone', 'Whatever'])).toEqual([
      'username',
      'firstName',
      'lastName',
      'email',
      'phone',
      null,
    ]);
  });

  it('gives no field twice: the exact name wins', () => {
    expect(guessColumns(['mobile', 'phone', 'telephone'])).toEqual([null, 'phone', null]);
  });

  it('prefers what was chosen before, also that a column means nothing', () => {
    expect(guessColumns(['mobile', 'phone', 'note'], { mobile: 'phone', note: null })).toEqual(['phone', null, null]);
  });
});
