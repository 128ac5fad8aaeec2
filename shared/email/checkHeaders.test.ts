import { expect, test } from 'vitest';
import { checkAttachments } from './checkHeaders.ts';

const about = (...names: string[]) =>
  checkAttachments(names.map((name) => ({ name, bytes: 1 }))).map(({ kind, written }) => `${kind} ${written}`);

test.each([
  'a\r\nX: y.txt',
  'a\u0000.txt',
  'a\u2028.txt',
  '../a.txt',
  'C:\\a.txt',
  'con<1>.txt',
  '',
  '..',
  ' a.txt',
  'a.',
  'a'.repeat(201),
])('an attachment is not called %j', (name) => {
  expect(about(name)).toEqual([`attachment-name ${name}`]);
});

test('an attachment that Outlook does not let its reader open is named, others are not', () => {
  expect(about('Setup.EXE', 'a.js', 'Anleitung für Anna.pdf', 'exe', 'a.exe.pdf')).toEqual([
    'attachment-blocked Setup.EXE',
    'attachment-blocked a.js',
  ]);
});
