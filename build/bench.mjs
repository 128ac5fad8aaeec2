/**
 * `npm run bench`: runs e2e/bench/*.bench.ts one after the other, so that they do not disturb each other, and writes what
 * they found to stdout as one JSON object by name. A benchmark prints one JSON value as its last line of stdout.
 * `npm run bench -- import` runs only those whose names contain `import`.
 */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildIfStale } from './bundle.mjs';
import { findNode, giveUp, installPackages, root, say } from './setup.mjs';

await installPackages();
await buildIfStale();

const folder = join(root, 'e2e', 'bench');
const asked = process.argv.slice(2);
const files = (existsSync(folder) ? readdirSync(folder) : [])
  .filter((file) => file.endsWith('.bench.ts') && (asked.length === 0 || asked.some((name) => file.includes(name))))
  .sort();
if (files.length === 0) giveUp(`There is no benchmark${asked.length > 0 ? ` whose name contains ${asked.join(' or ')}` : ''}.`, 2);
const found = {};

for (const file of files) {
  const name = file.replace('.bench.ts', '');
  say(`— ${name} —`);
  const { code, lastLine } = await runBenchmark(join(folder, file));
  const result = code === 0 ? parse(lastLine) : undefined;
  if (result === undefined) {
    say(`${name} failed${code === 0 ? ': its last line is not JSON' : ` with exit code ${code}`}.`);
    process.exitCode = 1;
  }
  found[name] = result ?? null;
}
process.stdout.write(
  `${JSON.stringify({ node: process.version, platform: `${process.platform}-${process.arch}`, results: found }, null, 2)}\n`,
);

/** Its stderr is shown as it comes; its stdout is kept. */
function runBenchmark(file) {
  return new Promise((resolve, reject) => {
    const child = spawn(findNode(), [file], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
    child.once('error', reject).once('close', (code) => resolve({ code, lastLine: output.trim().split('\n').at(-1) }));
  });
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
