/** The headless host: what `mfactl serve` runs, as a program of its own for services and for `npm start`. */
import { parseArgs } from 'node:util';
import { isAppError } from '../shared/contract/errors.ts';
import { dataFolder } from './platform/node/dataFolder.ts';
import { serveConsole } from './platform/node/serveConsole.ts';

const { values } = parseArgs({ options: { port: { type: 'string' }, open: { type: 'boolean' }, 'data-dir': { type: 'string' } } });

try {
  await serveConsole({
    port: Number(values.port ?? 0),
    open: values.open === true,
    dataFolder: values['data-dir'] ?? dataFolder(),
    print: (line) => void process.stdout.write(`${line}\n`),
  });
} catch (error) {
  const found = isAppError(error) ? Object.entries(error.details ?? {}).map(([name, value]) => `\n  ${name}: ${value}`) : [];
  process.stderr.write(`The console could not start: ${error instanceof Error ? error.message : String(error)}${found.join('')}\n`);
  process.exitCode = 1;
}
