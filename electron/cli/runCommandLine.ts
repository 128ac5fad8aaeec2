import { isAppError } from '../../shared/contract/errors.ts';
import { readCommandLine, type CommandLine } from './commandLine.ts';
import { withFileErrors } from './fileErrors.ts';
import { printableJson, printableLine, printableLines } from './printable.ts';
import { text } from './text.ts';
import { UsageError, type ConsoleClient, type OfflineStore, type Terminal, type Verb } from './verb.ts';

export interface CommandLineHost {
  readonly verbs: readonly Verb[];
  readonly terminal: Terminal;
  writeOut(line: string): void;
  writeError(line: string): void;
  /** Opens the console on a data folder; called only when the words are right. */
  connect(dataFolder: string | undefined): Promise<{ client: ConsoleClient; close(): Promise<void> }>;
  /** The data folder without a console on it. */
  offline(dataFolder: string | undefined): OfflineStore;
  /** Runs until somebody stops it. */
  serve(commandLine: CommandLine): Promise<void>;
}

export type ExitCode = 0 | 1 | 2;

/** Runs one command line. Exit codes: 0 done, 1 failed, 2 the words are wrong; what is wrong goes to standard error. */
export async function runCommandLine(args: readonly string[], host: CommandLineHost): Promise<ExitCode> {
  const json = args.includes('--json');
  try {
    // Nothing, or only the wish for help.
    const commandLine = readCommandLine(host.verbs, args.every((arg) => arg === '--help' || arg === '-h') ? ['help'] : args);
    await run(commandLine, host);
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      host.writeError(json ? printableJson({ code: 'usage', message: error.message, ref: '' }) : printableLines(error.message));
      return 2;
    }
    host.writeError(describe(withFileErrors(error), json));
    return 1;
  }
}

async function run(commandLine: CommandLine, host: CommandLineHost): Promise<void> {
  const { verb, options, positionals, json } = commandLine;
  if (options['help']) return host.writeOut(text.helpOf(verb));
  if (verb.name === 'serve') return host.serve(commandLine);
  const { terminal } = host;
  if (verb.runOffline) {
    const output = await verb.runOffline({ offline: host.offline(commandLine.dataFolder), terminal, positionals, options, json });
    return host.writeOut(json ? printableJson(output.json, 2) : printableLines(output.text));
  }
  const { client, close } = await host.connect(commandLine.dataFolder);
  try {
    const output = await verb.run({ client, terminal, positionals, options, json });
    if (output) host.writeOut(json ? printableJson(output.json, 2) : printableLines(output.text));
  } finally {
    await close();
  }
}

/** The error envelope as JSON, or as a sentence for people. */
function describe(error: unknown, json: boolean): string {
  const known = isAppError(error) ? error : undefined;
  const message = known?.message ?? (error instanceof Error ? error.message : String(error));
  const envelope = { code: known?.code ?? 'internal', message, ref: known?.ref ?? '', details: known?.details };
  if (json) return printableJson(envelope);
  const found = Object.entries(envelope.details ?? {}).map(([name, value]) => `  ${name}: ${printableLine(String(value))}`);
  return [`${printableLines(envelope.message)} (${envelope.code})`, ...found, ...(envelope.ref ? [`  ref: ${envelope.ref}`] : [])].join(
    '\n',
  );
}
