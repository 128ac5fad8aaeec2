/** Runs commands of mfactl one after the other in the session of a keychain, as a process each. Prints what each answered, as JSON. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const cli = join(import.meta.dirname, '..', '..', 'dist', 'cli.js');
const commands = JSON.parse(process.argv[2] ?? '[]') as { args: string[]; stdin?: string }[];

const answers = commands.map(({ args, stdin = '' }) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { input: stdin, encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
});
process.stdout.write(JSON.stringify(answers));
