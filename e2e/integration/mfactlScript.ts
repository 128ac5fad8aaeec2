/** Runs the built mfactl with words and standard input from one argument: a session with a keychain hands on no standard input.
 * Prints one JSON object. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const { words, stdin } = JSON.parse(process.argv[2] ?? '{}') as { words: string[]; stdin: string };
const cli = join(import.meta.dirname, '..', '..', 'dist', 'cli.js');
const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...words], { input: stdin, encoding: 'utf8' });
// On standard error the session's own programs speak as well.
process.stdout.write(JSON.stringify({ code: status, out: stdout, err: stderr }));
