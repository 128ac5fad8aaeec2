/** `npm start`: opens the console, as a desktop program where Electron runs and in a browser window otherwise. */
import { buildIfStale } from './bundle.mjs';
import { findElectron, whyNoDesktop } from './electronRuntime.mjs';
import { run } from './processes.mjs';
import { findNode, installPackages, root, say } from './setup.mjs';
import { startProgram } from './startProgram.mjs';

await installPackages();
await buildIfStale();

const { file, args, note } = await startProgram(process.argv.slice(2), root, { whyNoDesktop, findElectron, findNode });
if (note) say(note);
process.exit(await run(file, args));
