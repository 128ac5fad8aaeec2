import { spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Browsers with an application mode (a window without address bar), in the order in which they are tried. */
const candidates: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  win32: [
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
    'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  linux: ['microsoft-edge', 'google-chrome', 'chromium', 'chromium-browser'],
};

/** The browser that can show the console as an application, or null. */
export function findBrowser(platform: NodeJS.Platform = process.platform, env: NodeJS.ProcessEnv = process.env): string | null {
  const folders = (env['PATH'] ?? '').split(delimiter);
  for (const candidate of candidates[platform] ?? []) {
    const paths = platform === 'linux' ? folders.map((folder) => join(folder, candidate)) : [candidate];
    const found = paths.find(isExecutable);
    if (found) return found;
  }
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
  }).then(() => rmSync(profile, { recursive: true, force: true, maxRetries: 3 }));
  return { closed };
}
