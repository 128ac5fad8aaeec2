import { text } from '../text.ts';
import { numberOption, UsageError, type Verb } from '../verb.ts';

/**
 * `serve` does not end with an answer, so the command line hands over to the headless host when it meets this verb;
 * here it only has its words.
 */
export const serveVerb: Verb = {
  name: 'serve',
  usage: '[--port N] [--open]',
  summary: 'Serves the console to a browser on this computer and prints a sign-in link.',
  details: text.serveHelp,
  example: 'mfactl serve --port 8460',
  options: { port: { type: 'string' }, open: { type: 'boolean' } },
  positionals: { min: 0, max: 0 },
  async run() {
    throw new UsageError('serve is run by the headless host.');
  },
};

/** The port of `--port`; 0, any free one, when it was not given. Throws UsageError. */
export function servePort(call: Parameters<typeof numberOption>[0]): number {
  return numberOption(call, 'port', { min: 0, max: 65_535 }) ?? 0;
}
