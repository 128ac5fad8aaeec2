import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/**
 * Runs a program with our stdin, stdout and stderr, passes signals on (on Windows the child has them anyway), and resolves to its exit code
 * (128 + number when a signal ended it, as shells have it).
 */
export function run(file, args, { env = process.env, cwd } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { env, cwd, stdio: 'inherit' });
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', ...(process.platform === 'win32' ? ['SIGBREAK'] : [])];
    const passOn = (signal) => {
      // A terminal sends Ctrl+C to the whole group: the child has it already. So it is with all that a console of Windows sends, and there
      // `kill` would end the child on the spot.
      if (process.platform !== 'win32' && (signal !== 'SIGINT' || !process.stdin.isTTY)) child.kill(signal);
    };
    for (const signal of signals) process.on(signal, passOn);
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      for (const name of signals) process.off(name, passOn);
      resolve(code ?? 128 + constants.signals[signal]);
    });
  });
}

/** Runs a program without input and resolves to its exit code (null when a signal ended it) and all that it wrote, in the order in which it came. */
export function collect(file, args, { env = process.env, cwd } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
    child.once('error', reject).once('close', (code) => resolve({ code, output: output.trim() }));
  });
}
