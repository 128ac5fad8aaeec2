import { Secret } from '../../shared/lib/secret.ts';
import { text } from './text.ts';
import { UsageError, type VerbCall } from './verb.ts';

/** For scripts that cannot pipe. Never an argument: arguments are visible to every account of the machine. */
export const passwordVariable = 'MFA_DIRECTORY_PASSWORD';

/** The secret that an option asks for, from standard input (without its line end) or the environment; undefined where neither was given. */
export async function readPassword(
  { options, terminal }: Pick<VerbCall, 'options' | 'terminal'>,
  variable = passwordVariable,
  option = 'password-stdin',
): Promise<Secret | undefined> {
  if (options[option]) {
    const password = (await terminal.readStdin()).replace(/\r?\n$/, '');
    if (password === '') throw new UsageError(text.passwordNeeded(variable));
    return new Secret(password);
  }
  const value = terminal.env[variable];
  return value ? new Secret(value) : undefined;
}
