import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Programs that come with Windows, by their full path: what stands in PATH may be anybody's. */
export interface RightsTools {
  readonly icacls: string;
  readonly whoami: string;
}

const answerMs = 10_000;
const system = '*S-1-5-18';
const administrators = '*S-1-5-32-544';

function windowsTools(): RightsTools {
  const folder = join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32');
  return { icacls: join(folder, 'icacls.exe'), whoami: join(folder, 'whoami.exe') };
}

/**
 * Leaves a folder of Windows, and what will be in it, to the system, the administrators and the account of this process: what it inherits
 * from %ProgramData% lets every account read. Throws what the programs of Windows say.
 * https://learn.microsoft.com/windows-server/administration/windows-commands/icacls
 */
export function keepFolderToAccount(folder: string, tools = windowsTools()): void {
  const run = (program: string, ...args: string[]) =>
    execFileSync(program, args, { encoding: 'utf8', timeout: answerMs, windowsHide: true, stdio: ['ignore', 'pipe', 'pipe'] });
  // By its identifier: the name of the account of a service cannot always be looked up.
  const account = /S-1-[\d-]+/.exec(run(tools.whoami, '/user', '/fo', 'csv', '/nh'))?.[0];
  if (account === undefined) throw new Error('whoami does not say who runs this program.');
  const grants = [system, administrators, `*${account}`].map((sid) => `${sid}:(OI)(CI)F`);
  run(tools.icacls, folder, '/inheritance:r', '/grant:r', ...grants);
}

/** Whether the access list of a folder of Windows lets accounts in that have nothing to do with the console. Rejects with what icacls says. */
export async function isFolderOpen(folder: string, tools = windowsTools()): Promise<boolean> {
  const place = await mkdtemp(join(tmpdir(), 'mfa-rights-'));
  try {
    const saved = join(place, 'rights');
    await promisify(execFile)(tools.icacls, [folder, '/save', saved], { timeout: answerMs, windowsHide: true });
    return letsOthersIn(await readFile(saved, 'utf16le'));
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

/** Everyone, signed-in, interactive and network users, Users, Guests, apps, domain users, guests and computers (MS-DTYP 2.4.2.4 and 2.5.1.1). */
const others =
  /^(WD|AU|IU|NU|AN|BU|BG|AC|DU|DG|DC|RU|S-1-1-0|S-1-5-(2|4|7|11)|S-1-5-32-(545|546|554)|S-1-15-2-[12]|S-1-5-21-[\d-]+-(513|514|515))$/;

/** Reads a security descriptor as text (MS-DTYP 2.5.1). Without an access list everybody may do everything. */
export function letsOthersIn(descriptor: string): boolean {
  const list = /D:(?!NO_ACCESS_CONTROL)([A-Z]*\(.*)/s.exec(descriptor)?.[1];
  if (list === undefined) return !/D:[A-Z]*\s*(S:|$)/.test(descriptor) || descriptor.includes('NO_ACCESS_CONTROL');
  const entries = list.matchAll(/\((A|OA|XA|ZA);[^;()]*;[^;()]*;[^;()]*;[^;()]*;([^;()]+)[;)]/g);
  return [...entries].some(([, , account = '']) => others.test(account));
}
