import { pino } from 'pino';
import { expect, it } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import { threadCause } from './threadCause.ts';

it('stands in the log with the place where it happened', () => {
  const lines: string[] = [];
  const log = pino({}, { write: (line: string) => void lines.push(line) });
  const stack = 'Error: no such table\n    at runImport (importWorker.js:7:1)';

  log.error({ err: new AppError('internal', 'The import failed.', { cause: threadCause(stack) }) }, 'A job failed.');

  expect(lines[0]).toContain('no such table');
  expect(lines[0]).toContain('importWorker.js:7:1');
  expect(threadCause(undefined)).toBeUndefined();
});
