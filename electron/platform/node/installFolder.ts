import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The folder of the built console: bundles, workers and `renderer/`, which mfactl of a checkout does not build. A bundle
 * lies in it; when the hosts run from source (tests, benchmarks) it is `dist` beside `electron`.
 */
export const installFolder = import.meta.filename.endsWith('.ts')
  ? join(import.meta.dirname, '..', '..', '..', 'dist')
  : import.meta.dirname;

/** Files that ship with the console and are read while it runs. */
export const assetsFolder = join(installFolder, '..', 'assets');

/** A worker thread's file: the bundle beside the host, or its source. */
export function workerFile(name: string): string {
  const bundled = join(import.meta.dirname, `${name}.js`);
  return existsSync(bundled) ? bundled : join(dirname(dirname(import.meta.dirname)), 'workers', `${name}.ts`);
}
