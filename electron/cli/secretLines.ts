import { Secret } from '../../shared/lib/secret.ts';
import { UsageError, type VerbCall } from './verb.ts';

/**
 * Secrets from standard input, one a line, in the order of `options`; only for those options that were given. Throws UsageError
 * where there are fewer or more lines than options.
 */
export async function readSecretLines(call: VerbCall, options: readonly string[]): Promise<Readonly<Record<string, Secret | undefined>>> {
  const asked = options.filter((option) => call.options[option] === true);
  if (asked.length === 0) return {};
  const lines = (await call.terminal.readStdin()).replace(/\r?\n$/, '').split(/\r?\n/);
  if (lines.length !== asked.length || lines.includes('')) {
    throw new UsageError(`Standard input must hold one line for each of ${asked.map((option) => `--${option}`).join(', then ')}.`);
  }
  return Object.fromEntries(asked.map((option, i) => [option, new Secret(lines[i]!)]));
}
