import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './setup.mjs';

/** The two halves of dist/, what they are made of, and a file without which they are not there. */
const parts = {
  hosts: { sources: ['electron', 'shared', 'build/rolldown.config.ts', 'package-lock.json', 'package.json'], result: 'dist/server.js' },
  renderer: { sources: ['renderer', 'shared', 'assets', 'build/vite.config.ts', 'package-lock.json'], result: 'dist/renderer/index.html' },
};
export const allParts = Object.keys(parts);

/** Which of these parts are older than their sources. Looks at names, times and sizes only: a few milliseconds. */
export function staleParts(names = allParts) {
  return names.filter((name) => !existsSync(join(root, parts[name].result)) || readStamp(name) !== fingerprint(name));
}

export { fingerprint };
/** Call with the fingerprint taken before the build, so that what was edited meanwhile counts as newer. */
export function markFresh(name, print) {
  mkdirSync(dirname(stampOf(name)), { recursive: true });
  writeFileSync(stampOf(name), print);
}

const stampOf = (name) => join(root, 'dist', `.${name}-stamp`);

function readStamp(name) {
  return existsSync(stampOf(name)) ? readFileSync(stampOf(name), 'utf8') : undefined;
}

function fingerprint(name) {
  const hash = createHash('sha256');
  for (const source of parts[name].sources) addTo(hash, source);
  return hash.digest('hex');
}

function addTo(hash, path) {
  const stat = statSync(join(root, path), { throwIfNoEntry: false });
  if (!stat || /\.test\.tsx?$/.test(path)) return;
  if (!stat.isDirectory()) return void hash.update(`${path} ${stat.mtimeMs} ${stat.size}\n`);
  for (const entry of readdirSync(join(root, path)).sort()) addTo(hash, `${path}/${entry}`);
}
