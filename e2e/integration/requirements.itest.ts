import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

/** Each `file` of a row, and the titles in quotation marks behind it. */
const named = readFileSync(join(root, 'e2e', 'requirements.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .flatMap((line) => [...line.matchAll(/`([^`]+\.tsx?)`([^`]*)/g)])
  .flatMap(([, file = '', titles = '']) => [...titles.matchAll(/“([^”]+)”/g)].map(([, title = '']) => [file, title] as const));

test('every promise has a test that exists', () => {
  const missing = named.filter(([file, title]) => !existsSync(join(root, file)) || !readFileSync(join(root, file), 'utf8').includes(title));

  expect(missing).toEqual([]);
  expect(named.length).toBeGreaterThan(90);
});
