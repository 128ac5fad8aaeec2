/** `npm run -s mfactl -- …`: the command line from a checkout. Silent about its own set-up, so that stdout is the command's. */
import { join } from 'node:path';
import { buildIfStale } from './bundle.mjs';
import { run } from './processes.mjs';
import { findNode, installPackages, root } from './setup.mjs';

const quietly = () => {};
const args = process.argv.slice(2);

await installPackages(quietly);
// Only `serve` shows the page; a script should not wait for its build.
await buildIfStale(args[0] === 'serve' ? ['hosts', 'renderer'] : ['hosts'], quietly);

// Keeps compiled code between runs: a script may call us a hundred times.
const env = { NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'compile'), ...process.env };
process.exit(await run(findNode(), [join(root, 'dist/cli.js'), ...args], { env }));
