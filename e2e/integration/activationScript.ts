/**
 * An authority and the servers that it activates, each on a data folder of its own, as processes in the session of a keychain; see
 * activation.itest.ts. Prints what each step answered, as one JSON object.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const cli = join(import.meta.dirname, '..', '..', 'dist', 'cli.js');
const [folder = ''] = process.argv.slice(2);

/** Whoever says nothing for so long hangs. */
const mostMs = 60_000;

interface Answer {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const answers: Record<string, Answer> = {};
const env = (name: string) => ({ ...process.env, MFA_DATA_DIR: join(folder, name) });

/** Runs mfactl on the data folder `name` and keeps what it said under `step`. */
function run(step: string, name: string, args: readonly string[], input = ''): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    env: env(name),
    input,
    encoding: 'utf8',
    timeout: mostMs,
  });
  answers[step] = { code: status, out: stdout, err: stderr };
  return stdout;
}

const authority = spawn(process.execPath, [cli, 'authority', 'serve', '--port', '0', '--json'], { env: env('authority') });
authority.stderr.pipe(process.stderr);
const [line] = (await once(createInterface(authority.stdout), 'line')) as [string];
const { port, urls } = JSON.parse(line) as { port: number; urls: string[] };
const url = urls.find((each) => each.startsWith('https://127.0.0.1:')) ?? '';

interface Credentials {
  readonly email: string;
  readonly password: string;
}
const newCredentials = () => JSON.parse(run('credentials', 'authority', ['authority', 'credentials', '--json'])) as Credentials;
function activate(step: string, name: string, { email, password }: Credentials, ...more: string[]): void {
  run(step, name, ['activate', '--authority', url, '--email', email, '--password-stdin', ...more], `${password}\n`);
}

try {
  run('page', 'authority', ['authority', 'page', '--json']);
  run('before', 'one', ['status']);
  const first = newCredentials();
  run(
    'unknown',
    'one',
    ['activate', '--authority', `https://127.0.0.1:${port}`, '--email', first.email, '--password-stdin'],
    first.password,
  );
  activate('mistyped', 'one', { ...first, password: first.password.slice(0, -1) + (first.password.endsWith('7') ? '8' : '7') });
  activate('first', 'one', first);
  run('firstStatus', 'one', ['status', '--json']);
  activate('again', 'one', first);
  activate('used', 'two', first);
  activate('taken', 'two', newCredentials(), '--new-group', 'DEFAULT');
  run('second', 'two', ['activate', '--group', 'default']);
  run('joined', 'two', ['activate']);
  run('secondStatus', 'two', ['status', '--json']);
  run('renewed', 'two', ['call', 'activation.renew']);
  run('renewedStatus', 'two', ['status']);
  const servers = JSON.parse(run('servers', 'authority', ['authority', 'servers', '--json'])) as { id: string; role: string }[];
  run('serversTable', 'authority', ['authority', 'servers']);
  run('revoke', 'authority', ['authority', 'revoke', servers.find(({ role }) => role === 'subordinate')?.id ?? '']);
  run('revokeAgain', 'authority', ['authority', 'revoke', 'nobody']);
  run('revokedStatus', 'two', ['status']);
  run('revokedAdd', 'two', ['users', 'add', 'anna@corp.example']);
  run('left', 'one', ['deactivate']);
  run('leftStatus', 'one', ['status']);
  run('after', 'authority', ['authority', 'servers', '--json']);
  activate('elsewhere', 'one', newCredentials(), '--new-group', 'Branch');
} finally {
  const ended = once(authority, 'exit');
  authority.kill('SIGINT');
  const [code] = (await ended) as [number];
  answers['ended'] = { code, out: '', err: '' };
}
const [request, answer] = [join(folder, 'island.request'), join(folder, 'island.answer')];
run('requested', 'island', ['activate', '--authority', url, '--request-file', request]);
run('signed', 'authority', ['authority', 'sign', request, '--out', answer, '--group', 'Branch']);
run('answered', 'island', ['activate', '--answer-file', answer]);
run('answeredStatus', 'island', ['status']);
run('away', 'one', ['status']);
// It takes connections, since the system does, and says nothing.
const silent = createServer().listen(port, '127.0.0.1');
await once(silent, 'listening');
run('silent', 'one', ['status']);
silent.close();
run('awayDeactivate', 'one', ['deactivate']);
run('evenIfAway', 'one', ['deactivate', '--even-if-away']);
process.stdout.write(JSON.stringify(answers));
