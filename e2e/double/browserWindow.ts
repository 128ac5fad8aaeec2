import type { BrowserWindow as ElectronWindow, BrowserWindowConstructorOptions, WebContents, WebPreferences } from 'electron';
import { app, openWindows, onWindowClosed } from './app.ts';
import { createWebContents } from './webContents.ts';
import { ask, emitterOf, strict } from './strict.ts';

/** The only preferences under which the double behaves like Electron. */
const supported: WebPreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  webviewTag: false,
};
const options = ['width', 'height', 'show', 'title', 'webPreferences'];

function assertSupported(given: BrowserWindowConstructorOptions): void {
  const unknown = Object.keys(given).find((name) => !options.includes(name));
  if (unknown) throw new Error(`The electron double has no BrowserWindow option '${unknown}'`);
  for (const [name, value] of Object.entries(given.webPreferences ?? {})) {
    if (name !== 'preload' && supported[name as keyof WebPreferences] !== value)
      throw new Error(`The electron double cannot run with ${name}: ${String(value)}`);
  }
}

function createWindow(given: BrowserWindowConstructorOptions = {}): ElectronWindow {
  assertSupported(given);
  if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
  const events = emitterOf('BrowserWindow', ['ready-to-show', 'close', 'closed']);
  const { contents, resize } = createWebContents(given.webPreferences?.preload);
  let visible = given.show ?? true;

  const window = strict<ElectronWindow>(
    'BrowserWindow',
    {
      id: contents.id,
      webContents: contents,
      loadURL: (url) => contents.loadURL(url),
      show: () => void (visible = true),
      isVisible: () => visible,
      isMinimized: () => false,
      focus() {},
      isDestroyed: () => contents.isDestroyed(),
      close: () => void (ask(events, 'close') && contents.close()),
    },
    events,
  );

  openWindows.add(window);
  contents.once('did-finish-load', () => events.emit('ready-to-show'));
  contents.once('destroyed', () => {
    openWindows.delete(window);
    events.emit('closed');
    onWindowClosed();
  });
  void resize({ width: given.width ?? 800, height: given.height ?? 600 });
  return window;
}

/** Any function that returns an object can be called with `new`. */
function construct(given?: BrowserWindowConstructorOptions): ElectronWindow {
  return createWindow(given);
}

export const BrowserWindow = strict<typeof ElectronWindow>(
  'BrowserWindow',
  Object.assign(construct, {
    getAllWindows: () => [...openWindows],
    fromWebContents: (contents: WebContents) => [...openWindows].find((window) => window.webContents === contents) ?? null,
  }),
);
