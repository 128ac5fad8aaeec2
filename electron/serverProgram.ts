/** The headless host: what `mfactl serve` runs, as a program of its own for services and for `npm start`. */
import { isAppError } from '../shared/contract/errors.ts';
import { readCommandLine } from './cli/commandLine.ts';
import { text } from './cli/text.ts';
import { UsageError } from './cli/verb.ts';
import { servePort, serveVerb } from './cli/verbs/serveVerb.ts';
import { dataFolder } from './platform/node/dataFolder.ts';
import { serveConsole } from './platform/node/serveConsole.ts';

const print = (line: string) => void process.stdout.write(`${line}\n`);

try {
  const { options, dataFolder: folder } = readCommandLine([serveVerb], [serveVerb.name, ...process.argv.slice(2)]);
  if (options['help']) print(text.helpOf(serveVerb));
  else await serveConsole({ port: servePort({ options }), open: options['open'] === true, dataFolder: folder ?? dataFolder(), print });
} catch (error) {
  const isUsage = error instanceof UsageError;
  const found = isAppError(error) ? Object.entries(error.details ?? {}).map(([name, value]) => `\n  ${name}: ${value}`) : [];
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(isUsage ? `${message}\n` : `The console could not start: ${message}${found.join('')}\n`);
  process.exitCode = isUsage ? 2 : 1;
}
