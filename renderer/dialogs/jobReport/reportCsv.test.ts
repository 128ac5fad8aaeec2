import { expect, it } from 'vitest';
import { createFakeConsole } from '../testing/fakeConsole.ts';
import { csvFileName, readCsvParts } from './reportCsv.ts';

it('puts the parts together in their order, behind a byte order mark', async () => {
  const { client } = createFakeConsole();
  const texts = ['username\r\nanna\r\n', 'bo\r\n', 'chloé\r\n'];
  client.imports.csv = async ({ after = 0 }) => ({ text: texts[after]!, next: after + 1 < texts.length ? after + 1 : null });

  expect((await readCsvParts(client, 'import-1')).join('')).toBe('\uFEFFusername\r\nanna\r\nbo\r\nchloé\r\n');
});

it('does not read one part for ever when the server stands still', async () => {
  const { client } = createFakeConsole();
  client.imports.csv = async () => ({ text: 'again\r\n', next: 0 });

  expect(await readCsvParts(client, 'import-1')).toEqual(['\uFEFF', 'again\r\n']);
});

it('names the file by the local date', () => {
  expect(csvFileName(new Date(2026, 0, 5))).toBe('import-2026-01-05.csv');
});
