import { spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, win32 } from 'node:path';

/** Edge and Chrome, in the order in which they are tried, under each folder that Windows installs programs into. */
const windowsPrograms = ['Microsoft\\Edge\\Application\\msedge.exe', 'Google\\Chrome\\Application\\chrome.exe'];
const macPrograms = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];
const linuxPrograms = ['microsoft-edge', 'google-chrome', 'chromium', 'chromium-browser'];

/** Where browsers with an application mode (a window without address bar) may be, in the order in which they are tried. */
function* candidates(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): Iterable<string> {
  if (platform === 'darwin') yield* macPrograms;
  if (platform === 'linux') {
    const folders = (env['PATH'] ?? '').split(delimiter);
    for (const program of linuxPrograms) yield* folders.map((folder) => join(folder, program));
  }
  if (platform === 'win32') {
    // The system need not be on C:, and either may be installed for one account only.
    const folders = [env['ProgramFiles(x86)'], env['ProgramFiles'], env['LOCALAPPDATA']].filter((folder) => folder !== undefined);
    for (const program of windowsPrograms) yield* folders.map((folder) => win32.join(folder, program));
  }
}

/** The browser that can show the console as an application, or null. */
export function findBrowser(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
  isThere = isExecutable,
): string | null {
  for (const path of candidates(platform, env)) if (isThere(path)) return path;
  return null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A screen that a window could appear on. */
export function hasDisplay(platform: NodeJS.Platform = process.platform, env: NodeJS.ProcessEnv = process.env): boolean {
  return platform !== 'linux' || Boolean(env['DISPLAY'] ?? env['WAYLAND_DISPLAY']);
}

/**
 * Opens the link in a window of its own with a profile of its own. The promise inside settles when the window was closed.
 * Null where there is no browser or no display: then somebody has to be told the link.
 */
export function openAppWindow(link: string): { readonly closed: Promise<void> } | null {
  const browser = hasDisplay() ? findBrowser() : null;
  if (browser === null) return null;
  // The profile has no other use than to keep the console apart from what else the browser shows.
  const profile = mkdtempSync(join(tmpdir(), 'mfa-console-'));
  const flags = [
    `--app=${link}`,
    `--user-data-dir=${profile}`,
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-sync',
    '--disable-background-networking',
  ];
  if (process.getuid?.() === 0) flags.push('--no-sandbox'); // Chromium refuses to run as root with its sandbox
  const child = spawn(browser, flags, { stdio: 'ignore' });
  const closed = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  }).then(() => removeProfile(profile));
  return { closed };
}

/** On Windows a part of the browser may still have files open when its window is gone. What remains is in the folder of temporary files. */
export async function removeProfile(folder: string, remove: typeof rm = rm): Promise<void> {
  await remove(folder, { recursive: true, force: true, maxRetries: 5 }).catch(() => undefined);
}
