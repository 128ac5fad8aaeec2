/**
 * `npm test`: sets up, runs every suite and ends with one line of counts. A suite that crashes counts as failed;
 * one that cannot run here is named. `npm test -- unit` runs only the suites of these names.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './processes.mjs';
import { findNode, installPackages, root, say, underNewNode } from './setup.mjs';
import { addCounts, countPlaywright, countVitest, crashed, inWords } from './suites/counts.mjs';
import { preparePrograms } from './suites/debianPackages.mjs';

await installPackages();
await underNewNode();

const reports = mkdtempSync(join(tmpdir(), 'mfa-test-'));
const report = (name) => join(reports, `${name}.json`);
const node = findNode();
const vitest = (config) => ['node_modules/vitest/vitest.mjs', 'run', '--config', config, '--reporter=default', '--reporter=json'];

/** In the order in which they run. Each resolves to its counts. */
const suites = {
  async unit() {
    const code = await run(node, [...vitest('build/vitest.config.ts'), `--outputFile.json=${report('unit')}`], { cwd: root });
    return countVitest(report('unit'), code);
  },
  async integration() {
    if (!(await built())) return crashed;
    const code = await run(node, [...vitest('e2e/vitest.config.ts'), `--outputFile.json=${report('integration')}`], { cwd: root });
    return countVitest(report('integration'), code);
  },
  async specs() {
    if (skipped.includes('tests in the browser')) return null;
    if (!(await built())) return crashed;
    const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: report('specs') };
    const code = await run(node, ['node_modules/@playwright/test/cli.js', 'test', '-c', 'e2e/playwright.config.ts'], { cwd: root, env });
    return countPlaywright(report('specs'), code);
  },
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(suites, name));
if (unknown.length > 0) {
  say(`There is no suite ${unknown.join(', ')}; there are ${Object.keys(suites).join(', ')}.`);
  process.exit(2);
}
const names = Object.keys(suites).filter((name) => asked.length === 0 || asked.includes(name));
const skipped = names.every((name) => name === 'unit') ? [] : preparePrograms(say);
const stopServers = names.some((name) => name !== 'unit') ? await startServers() : async () => {};

const results = [];
for (const name of names) {
  say(`\n— ${name} —`);
  const counts = await suites[name]().catch((error) => {
    say(`The suite could not start: ${error.message}`);
    return crashed;
  });
  if (counts === null) say(`Skipped: ${name}.`);
  else results.push({ name, counts });
}
await stopServers?.();
rmSync(reports, { recursive: true, force: true });

say('');
for (const { name, counts } of results) say(`${name}: ${inWords(counts)}`);
for (const test of results.flatMap(({ counts }) => counts.repeated ?? [])) say(`Passed only when repeated: ${test}.`);
for (const suite of skipped) say(`Skipped on this machine: ${suite}.`);
const total = addCounts([...results.map(({ counts }) => counts), ...(stopServers ? [] : [crashed])]);
process.stdout.write(`${inWords(total)}\n`);
process.exitCode = total.failed === 0 ? 0 : 1;

/** What is not built cannot be tested: true when dist/ is as new as its sources. */
async function built() {
  return (await run(node, ['build/bundle.mjs', '--if-stale'], { cwd: root })) === 0;
}

/** Started once for all suites, which find them through the environment. Undefined when they did not start: that is a failure. */
async function startServers() {
  try {
    const { setUpSharedServers } = await import('../e2e/servers/sharedServers.ts');
    say('Starting real servers. This takes about 20 seconds.');
    return await setUpSharedServers();
  } catch (error) {
    say(`The real servers did not start: ${error.message}`);
    return undefined;
  }
}
