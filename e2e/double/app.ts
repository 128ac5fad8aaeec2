import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { App, BrowserWindow } from 'electron';
import { chromium } from './chromium.ts';
import { appPath, userData } from './launch.ts';
import { takeLock } from './singleInstance.ts';
import { ask, emitterOf, strict } from './strict.ts';

const events = emitterOf('app', [
  'ready',
  'activate',
  'second-instance',
  'window-all-closed',
  'before-quit',
  'will-quit',
  'quit',
  'browser-window-created',
  'web-contents-created',
]);
const manifest = JSON.parse(readFileSync(join(appPath, 'package.json'), 'utf8')) as { main: string; name: string; version?: string };

let ready = false;
let quitting = false;
const loaded = Promise.withResolvers<void>();
const whenReady = Promise.all([chromium, loaded.promise]).then(() => {
  ready = true;
  events.emit('ready');
});

/** Electron is not ready before the main module has run to its end, so awaiting `whenReady` at its top level never ends. */
export async function loadMain(): Promise<void> {
  const stuck = setTimeout(() => {
    throw new Error('The main module has not run to its end after 5 s; does it await app.whenReady()?');
  }, 5_000);
  await import(pathToFileURL(join(appPath, manifest.main)).href);
  clearTimeout(stuck);
  loaded.resolve();
}

/** Electron refuses some calls once it is ready; so does the double, or their order would go untested. */
export function assertNotReady(name: string): void {
  if (ready) throw new Error(`${name} must be called before the app is ready`);
}

async function exit(code: number): Promise<void> {
  const { stop } = await chromium;
  events.emit('quit', {}, code);
  await stop();
  process.exit(code);
}

/** Kept here because the app ends its windows, and ends with the last of them. */
export const openWindows = new Set<BrowserWindow>();

async function quit(): Promise<void> {
  if (quitting || !ask(events, 'before-quit')) return;
  quitting = true;
  await Promise.all([...openWindows].map((window) => closed(window)));
  if (ask(events, 'will-quit')) return exit(0);
  // The app has put it off, and will ask again.
  quitting = false;
}

function closed(window: BrowserWindow): Promise<void> {
  return new Promise((resolve) => {
    window.once('closed', resolve);
    window.close();
  });
}

export function onWindowClosed(): void {
  if (openWindows.size > 0 || quitting) return;
  if (!events.emit('window-all-closed')) void quit();
}

export const app = strict<App>(
  'app',
  {
    whenReady: () => whenReady,
    isReady: () => ready,
    quit: () => void quit(),
    exit: (code = 0) => void exit(code),
    getAppPath: () => appPath,
    getName: () => manifest.name,
    getVersion: () => manifest.version ?? '0.0.0',
    getPath(name) {
      if (name !== 'userData') throw new Error(`The electron double has no app.getPath('${name}')`);
      return userData;
    },
    isPackaged: false,
    requestSingleInstanceLock: () => takeLock(() => events.emit('second-instance', {}, [], process.cwd(), undefined)),
    enableSandbox: () => assertNotReady('app.enableSandbox'),
  },
  events,
);
