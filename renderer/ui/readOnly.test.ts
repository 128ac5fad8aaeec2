import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { touchesUsers } from '../../shared/activation/readOnly.ts';
import { contract } from '../../shared/contract/index.ts';

const window = join(import.meta.dirname, '..');
const sources = readdirSync(window, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !name.includes('.test.') && !name.startsWith('i18n'))
  .map((name) => readFileSync(join(window, name), 'utf8'))
  .join('\n');

it('finds a button or menu item that says which command it carries out for each that a read-only server refuses', () => {
  const refused = Object.entries(contract).flatMap(([service, methods]) =>
    Object.entries(methods)
      .filter(([method, { kind }]) => kind === 'command' && touchesUsers(service, method))
      .map(([method]) => `${service}.${method}`),
  );
  const called = refused.filter((command) => sources.includes(`client.${command}(`));
  const said = (command: string) => new RegExp(`calls[=:].*['"]${command}['"]`).test(sources);

  expect(called.length).toBeGreaterThan(20);
  expect(called.filter((command) => !said(command))).toEqual([]);
});
