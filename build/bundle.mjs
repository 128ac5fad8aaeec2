/** Builds dist/: the page with vite, the hosts with rolldown. */
import { realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { allParts, fingerprint, markFresh, staleParts } from './freshness.mjs';
import { holdingLock } from './lock.mjs';
import { collect } from './processes.mjs';
import { findNode, giveUp, installPackages, root, say } from './setup.mjs';

const commands = {
  hosts: ['node_modules/rolldown/bin/cli.mjs', '-c', 'build/rolldown.config.ts', '--logLevel', 'warn'],
  renderer: ['node_modules/vite/bin/vite.js', 'build', '--config', 'build/vite.config.ts', '--logLevel', 'warn'],
};

/** Builds these parts if they are older than their sources. Says one line when there is something to do; writes to stderr only. */
export async function buildIfStale(parts = allParts, announce = say) {
  if (staleParts(parts).length === 0) return;
  await holdingLock(root, async () => {
    const stale = staleParts(parts);
    if (stale.length > 0) announce('Building the console.');
    await build(stale);
  });
}

async function build(parts) {
  const results = await Promise.all(parts.map(buildPart));
  const failed = results.filter(({ code }) => code !== 0);
  for (const { output } of failed) say(output);
  if (failed.length > 0) giveUp('The build failed. What it said stands above.');
}

async function buildPart(name) {
  const print = fingerprint(name);
  const result = await collect(findNode(), commands[name], { cwd: root, env: { ...process.env, NO_COLOR: '1' } });
  if (result.code === 0) markFresh(name, print);
  return result;
}

// Node names a module by where it really lies: a checkout may stand behind a link, or behind a letter that stands for a folder.
if (import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) {
  await installPackages();
  if (!process.argv.includes('--if-stale')) rmSync(join(root, 'dist'), { recursive: true, force: true });
  await buildIfStale();
}
