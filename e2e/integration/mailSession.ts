/**
 * Runs commands of mfactl one after the other in the session of a keychain. In place of a command, `serve until STATE N` runs the headless
 * host until the outbox has so many mails of a state, at most half a minute. Prints what each answered, as JSON.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const dist = join(import.meta.dirname, '..', '..', 'dist');
const commands = JSON.parse(process.argv[2] ?? '[]') as { args: string[]; stdin?: string }[];

function mfactl(args: readonly string[], input = ''): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(dist, 'cli.js'), ...args], { input, encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}

async function serveUntil(state: string, count: number): Promise<{ code: number; out: string; err: string }> {
  const host = spawn(process.execPath, [join(dist, 'server.js'), '--port', '0'], { stdio: 'ignore' });
  const ended = once(host, 'exit');
  let reached = 0;
  for (const end = Date.now() + 30_000; reached !== count && Date.now() < end; await sleep(200)) {
    const { states } = JSON.parse(mfactl(['outbox', 'stats', '--json']).out) as { states: { state: string; count: number }[] };
    reached = states.find((one) => one.state === state)?.count ?? 0;
  }
  host.kill('SIGINT');
  await ended;
  return { code: reached === count ? 0 : 1, out: String(reached), err: '' };
}

const answers = [];
for (const { args, stdin } of commands)
  answers.push(args[0] === 'serve' ? await serveUntil(args[2] ?? '', Number(args[3])) : mfactl(args, stdin));
process.stdout.write(JSON.stringify(answers));
