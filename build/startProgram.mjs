import { join } from 'node:path';

const isHelp = (arg) => arg === '--help' || arg === '-h';

/**
 * Which program `npm start` runs, with which arguments, and what to say about it before. `machine`: why no window can be opened here, Electron's
 * executable, and Node's. Who asks for help gets it in his terminal, also where a window could be opened; that one would not say anything.
 */
export async function startProgram(args, root, { whyNoDesktop, findElectron, findNode }) {
  const server = join(root, 'dist/server.js');
  if (args.some(isHelp)) return { file: findNode(), args: [server, '--help'] };
  const reason = whyNoDesktop();
  const electron = reason ? undefined : await findElectron();
  if (electron) return { file: electron, args: [root, ...args] };
  const note = `${reason ?? "Electron's runtime is not on this machine and cannot be fetched"}: opening the console from the headless host instead.`;
  return { file: findNode(), args: [server, '--open', ...args], note };
}
