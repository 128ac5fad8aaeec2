import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { text } from './text.ts';
import { UsageError, type Verb, type VerbCall } from './verb.ts';

export interface CommandLine {
  readonly verb: Verb;
  readonly positionals: VerbCall['positionals'];
  readonly options: VerbCall['options'];
  readonly json: boolean;
  readonly dataFolder: string | undefined;
}

/** Options that every verb takes. */
const commonOptions: ParseArgsOptionsConfig = {
  json: { type: 'boolean' },
  'data-dir': { type: 'string' },
  help: { type: 'boolean', short: 'h' },
};

/** Finds the verb with the most words at the start of the arguments. */
export function findVerb(verbs: readonly Verb[], words: readonly string[]): Verb | undefined {
  const matches = verbs.filter((verb) => verb.name.split(' ').every((word, i) => words[i] === word));
  return matches.sort((a, b) => b.name.length - a.name.length)[0];
}

/** How many words before the verb are options: what every verb takes may stand there too, as in `mfactl --json users count`. */
function optionsAhead(args: readonly string[]): number {
  let at = 0;
  while (args[at]?.startsWith('-')) at += args[at] === '--data-dir' ? 2 : 1;
  return at;
}

/** Throws UsageError with a sentence that says what is wrong. */
export function readCommandLine(verbs: readonly Verb[], typed: readonly string[]): CommandLine {
  const ahead = optionsAhead(typed);
  const args = typed.slice(ahead);
  const verb = findVerb(verbs, args);
  if (!verb) throw new UsageError(text.unknownVerb(args.filter((arg) => !arg.startsWith('-')).join(' ')));
  const rest = [...typed.slice(0, ahead), ...args.slice(verb.name.split(' ').length)];
  const { values, positionals } = parse(rest, verb);
  const { min, max } = verb.positionals;
  if (values['help'] !== true && (positionals.length < min || positionals.length > max)) throw new UsageError(text.usage(verb));
  const { json, 'data-dir': dataFolder, ...options } = values;
  return { verb, positionals, options, json: json === true, dataFolder: typeof dataFolder === 'string' ? dataFolder : undefined };
}

function parse(args: string[], verb: Verb) {
  try {
    return parseArgs({ args, options: { ...commonOptions, ...verb.options }, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(`${whatIsWrong(error)}\n${text.usage(verb)}`);
  }
}

/** Node goes on to explain how to write a positional argument that looks like an option, which nobody means. */
function whatIsWrong(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const isUnknown = error instanceof Error && 'code' in error && error.code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION';
  return isUnknown ? `${message.split('. ')[0]}.` : message;
}
