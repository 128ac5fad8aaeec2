/** Joins Electron to the runtime. What can be decided without Electron is decided elsewhere. */
import { join } from 'node:path';
import { app, BrowserWindow, dialog, Menu, session } from 'electron';
import { isAppError } from '../shared/contract/errors.ts';
import { appOrigin, registerAppScheme, serveApp } from './platform/electron/appProtocol.ts';
import { createMainWindow, denyPermissions, reloadWindow } from './platform/electron/mainWindow.ts';
import { windowChannel } from './platform/electron/windowChannel.ts';
import { dataFolder } from './platform/node/dataFolder.ts';
import { localCaller } from './platform/node/openConsole.ts';
import type { DamagedStore } from './platform/node/openWithRecovery.ts';
import { runConsole, type RunningConsole } from './platform/node/runConsole.ts';

const dist = join(app.getAppPath(), 'dist');
const page = `${appOrigin}/index.html`;
let opened: RunningConsole | undefined;
const channels = new Set<ReturnType<typeof windowChannel>>();

function serveWindow(window: BrowserWindow, { router }: Pick<RunningConsole, 'router'>): void {
  const channel = windowChannel(window, appOrigin);
  channels.add(channel);
  channel.onClose(() => channels.delete(channel));
  router.serve(channel, localCaller(`window ${window.id}`));
}

async function openWindow(console: RunningConsole): Promise<void> {
  const window = createMainWindow(join(dist, 'preload.cjs'));
  serveWindow(window, console);
  await window.loadURL(page);
}

/** Another console runs from now on. */
function showAgain(console: Pick<RunningConsole, 'router'>): void {
  for (const window of BrowserWindow.getAllWindows()) {
    serveWindow(window, console);
    reloadWindow(window, page).catch(giveUp);
  }
}

function focusWindow(): void {
  const [window] = BrowserWindow.getAllWindows();
  if (window?.isMinimized()) window.restore();
  window?.focus();
}

async function start(): Promise<void> {
  await app.whenReady();
  Menu.setApplicationMenu(null);
  denyPermissions(session.defaultSession);
  serveApp(join(dist, 'renderer'));

  const console = await runConsole(
    { kind: 'desktop', dataFolder: dataFolder() },
    { ask: askToRestore, hide: () => channels.forEach((channel) => channel.close()), show: showAgain, lost: giveUp },
  );
  opened = console;
  app.on('second-instance', focusWindow);
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) openWindow(console).catch(giveUp);
  });
  await openWindow(console);
}

/** Before there is a window: the page of the console cannot be shown without a console. */
async function askToRestore({ sentence, copy, failure }: DamagedStore): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    title: 'MFA Server Console',
    message: 'The store is damaged',
    detail: [
      sentence,
      ...(failure === null ? [] : [`The backup could not be restored. ${failure}`]),
      `The newest whole backup is ${copy.file}, made ${new Date(copy.createdAt).toISOString()}, with ${copy.users} users. What changed after it was made is not in it. The damaged files are kept in the folder backup of the data folder.`,
    ].join('\n\n'),
    buttons: ['Restore this backup', 'Quit'],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  });
  return response === 0;
}

/** Work that runs is cancelled and undone before the process ends; a second quit does not wait. */
function stopFirst(event: { preventDefault(): void }): void {
  if (!opened) return;
  event.preventDefault();
  const { stop } = opened;
  opened = undefined;
  stop()
    .catch((error: unknown) => dialog.showErrorBox('The console did not end cleanly', textOf(error)))
    .finally(() => app.quit());
}

function giveUp(error: unknown): void {
  dialog.showErrorBox('The console could not start', textOf(error));
  app.exit(1);
}

/** The sentence, and what it is about: a file, a folder. */
function textOf(error: unknown): string {
  const details = isAppError(error) ? Object.entries(error.details ?? {}).map(([name, value]) => `\n${name}: ${value}`) : [];
  return `${error instanceof Error ? error.message : String(error)}${details.join('')}`;
}

if (app.requestSingleInstanceLock()) {
  registerAppScheme();
  app.enableSandbox();
  app.on('window-all-closed', () => process.platform !== 'darwin' && app.quit());
  app.on('will-quit', stopFirst);
  start().catch(giveUp);
} else {
  app.quit();
}
