/** `npm start`: opens the console, as a desktop program where Electron runs and in a browser window otherwise. */
import { join } from 'node:path';
import { buildIfStale } from './bundle.mjs';
import { findElectron, whyNoDesktop } from './electronRuntime.mjs';
import { run } from './processes.mjs';
import { findNode, installPackages, root, say } from './setup.mjs';

await installPackages();
await buildIfStale();

const args = process.argv.slice(2);
const reason = whyNoDesktop();
const electron = reason ? undefined : await findElectron();

if (electron) {
  process.exit(await run(electron, [root, ...args]));
} else {
  say(
    `${reason ?? "Electron's runtime is not on this machine and cannot be fetched"}: opening the console from the headless host instead.`,
  );
  process.exit(await run(findNode(), [join(root, 'dist/server.js'), '--open', ...args]));
}
