/** `npm run check`: everything that can be said about the sources without a server or a browser. Two at a time; prints what failed. */
import { collect } from './processes.mjs';
import { findNode, installPackages, root, say, underNewNode } from './setup.mjs';

await installPackages();
await underNewNode();

const folders = ['electron', 'renderer', 'shared', 'e2e'];
/** The slow ones first, so that the short ones fill the gaps. */
const checks = [
  { name: 'types', args: ['node_modules/typescript/bin/tsc', '-b'] },
  { name: 'unit tests', args: ['node_modules/vitest/vitest.mjs', 'run', '--config', 'build/vitest.config.ts', '--reporter=dot'] },
  {
    name: 'import rules',
    args: ['node_modules/dependency-cruiser/bin/dependency-cruiser.mjs', '--config', 'build/depcruise.cjs', ...folders],
  },
  {
    name: 'format',
    args: [
      'node_modules/prettier/bin/prettier.cjs',
      '--check',
      '--cache',
      '--cache-strategy=content',
      '--log-level=warn',
      ...folders,
      'build',
      'package.json',
    ],
  },
  { name: 'unused code', args: ['node_modules/knip/bin/knip.js', '--config', 'build/knip.json'] },
  { name: 'lint', args: ['node_modules/oxlint/bin/oxlint', '-c', 'build/oxlint.json', ...folders, 'build'] },
];

const queue = [...checks];
const failed = [];

async function work() {
  for (let check = queue.shift(); check; check = queue.shift()) {
    const startedAt = performance.now();
    const { code, output } = await collect(findNode(), check.args, { cwd: root, env: { ...process.env, NO_COLOR: '1' } });
    say(`${code === 0 ? 'ok    ' : 'FAILED'} ${check.name} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`);
    if (code !== 0) failed.push({ name: check.name, output });
  }
}

await Promise.all([work(), work()]);
for (const { name, output } of failed) say(`\n— ${name} —\n${output}`);
say(failed.length === 0 ? '\nAll checks passed.' : `\nFailed: ${failed.map(({ name }) => name).join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
