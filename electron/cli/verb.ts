import type { ParseArgsOptionsConfig } from 'node:util';
import type { Client } from '../../shared/contract/define.ts';
import type { BackupSummary, OptionalFile } from '../../shared/contract/backups.contract.ts';
import type { Secret } from '../../shared/lib/secret.ts';
import { sendEmailChoices, type SendEmail } from '../../shared/contract/sendEmail.ts';
import type { ConsoleContract } from '../../shared/contract/index.ts';

export type ConsoleClient = Client<ConsoleContract>;

/** The terminal as a verb sees it. */
export interface Terminal {
  /** Everything on standard input; used for passwords and for `call … -`. */
  readStdin(): Promise<string>;
  readonly env: NodeJS.ProcessEnv;
  /** A line on standard error that is overwritten by the next one; nothing where nobody watches. */
  progress(line: string): void;
  /** Called when the process is asked to end, by Ctrl+C most often; the second time it ends at once. */
  onInterrupt(callback: () => void): () => void;
  /** Standard output, for verbs that print while they run. */
  print(line: string): void;
}

export interface VerbCall {
  /** What is printed is for a program. For verbs that print while they run. */
  readonly json: boolean;
  readonly client: ConsoleClient;
  readonly terminal: Terminal;
  readonly positionals: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;
}

/** What can be done to a data folder while no console has it open. */
export interface OfflineStore {
  /** See the contract of backups. */
  checkBackup(file: string, passphrase: Secret | undefined): Promise<BackupSummary>;
  /** `keptIn`: a backup of what was there before, or a folder with its files; null where there was nothing. `mails`: those that wait for a word. */
  restore(file: string): Promise<BackupSummary & { readonly keptIn: string | null; readonly mails: number }>;
  /** Lets a file of the store that is lost be made anew. Throws `invalid-input` where it is not lost. */
  giveUp(name: OptionalFile): void;
}

/** A call of a verb that runs without a console. */
export type OfflineCall = Omit<VerbCall, 'client'> & { readonly offline: OfflineStore };

export interface VerbOutput {
  /** Printed with `--json`. */
  readonly json: unknown;
  /** Printed otherwise. */
  readonly text: string;
}

export interface Verb {
  /** `directory set`, `users list` … */
  readonly name: string;
  /** What follows the name: `--from DN [--from DN…]`. */
  readonly usage: string;
  readonly summary: string;
  /** Lines that `help VERB` shows besides, such as the keys it takes. */
  readonly details?: string;
  readonly example: string;
  readonly options: ParseArgsOptionsConfig;
  /** How many words may follow the name. */
  readonly positionals: { readonly min: number; readonly max: number };
  /** Null: everything was printed while it ran. */
  run(call: VerbCall): Promise<VerbOutput | null>;
  /** Runs in place of `run`, without a console being opened on the data folder. */
  runOffline?(call: OfflineCall): Promise<VerbOutput>;
}

/** The words on the command line are wrong: exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Reads an option that was given once, as text. */
export function textOption(call: Pick<VerbCall, 'options'>, name: string): string | undefined {
  const value = call.options[name];
  return typeof value === 'string' ? value : undefined;
}

/** Reads an option that may be given several times. */
export function textOptions(call: Pick<VerbCall, 'options'>, name: string): string[] {
  const value = call.options[name];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** Reads a whole number within bounds. Throws UsageError. */
export function numberOption(
  call: Pick<VerbCall, 'options'>,
  name: string,
  { min, max }: { min: number; max: number },
): number | undefined {
  const text = textOption(call, name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < min || value > max) throw new UsageError(`--${name} takes a whole number from ${min} to ${max}.`);
  return value;
}

/** `--send-email none|new|new-and-updated` of actions for many users; absent: nobody is mailed. */
export const sendEmailOption: Verb['options'] = { 'send-email': { type: 'string' } };
export const sendEmailUsage = `[--send-email ${sendEmailChoices.join('|')}]`;
export const sendEmailFrom = (call: Pick<VerbCall, 'options'>): { sendEmail?: SendEmail } => {
  const sendEmail = choiceOption(call, 'send-email', sendEmailChoices);
  return sendEmail === undefined ? {} : { sendEmail };
};

/** Reads one of a list of words. Throws UsageError that names them. */
export function choiceOption<const Choice extends string>(
  call: Pick<VerbCall, 'options'>,
  name: string,
  choices: readonly Choice[],
): Choice | undefined {
  const text = textOption(call, name);
  if (text === undefined) return undefined;
  const found = choices.find((choice) => choice === text);
  if (!found) throw new UsageError(`--${name} takes one of: ${choices.join(', ')}.`);
  return found;
}
