import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { _electron, expect, test, type TestInfo } from '@playwright/test';
import { double, doubleEnv, isRealElectron } from '../../hosts/desktop.ts';

test.skip(isRealElectron, 'These are about the double.');

function writeApp(testInfo: TestInfo, files: Record<string, string>): string {
  const folder = testInfo.outputPath('app');
  mkdirSync(folder);
  for (const [name, text] of Object.entries({ 'package.json': '{ "name": "app", "main": "main.mjs" }', ...files }))
    writeFileSync(`${folder}/${name}`, text);
  return folder;
}

/** Runs an app that ends by itself, and returns what it wrote. */
function run(folder: string): Promise<string> {
  return new Promise((resolve) =>
    execFile(double, ['--no-sandbox', folder], { env: doubleEnv, timeout: 10_000 }, (_error, _stdout, stderr) => resolve(stderr)),
  );
}

/** What the double must refuse by name, so that no other spec passes for nothing. */
const refused: Record<string, [main: string, message: string]> = {
  'an import that it lacks': [`import { Tray } from 'electron'; new Tray('icon.png');`, `does not provide an export named 'Tray'`],
  'a method that it lacks': [`import { app } from 'electron'; app.setAppUserModelId('console');`, 'no app.setAppUserModelId'],
  'a static method that it lacks': [
    `import { BrowserWindow } from 'electron'; BrowserWindow.getFocusedWindow();`,
    'no BrowserWindow.getFocusedWindow',
  ],
  'an event that never comes': [`import { app } from 'electron'; app.on('open-url', () => {});`, `never emits 'open-url' on app`],
  'a window option that it lacks': [
    `import { BrowserWindow } from 'electron'; new BrowserWindow({ frame: false });`,
    `no BrowserWindow option 'frame'`,
  ],
  'a preference under which it would differ': [
    `import { BrowserWindow } from 'electron'; new BrowserWindow({ webPreferences: { sandbox: false } });`,
    'cannot run with sandbox: false',
  ],
  'a scheme without an origin': [
    `import { protocol } from 'electron'; protocol.handle('console', () => new Response());`,
    'console: has no origin of its own',
  ],
  'a registration that comes too late': [
    `import { app, protocol } from 'electron'; app.whenReady().then(() => protocol.registerSchemesAsPrivileged([]));`,
    'must be called before the app is ready',
  ],
  'to wait for itself': [`import { app } from 'electron'; await app.whenReady();`, 'does it await app.whenReady()?'],
};

for (const [name, [main, message]] of Object.entries(refused)) {
  test(`the double refuses ${name}`, async ({}, testInfo) => {
    expect(await run(writeApp(testInfo, { 'main.mjs': main }))).toContain(message);
  });
}

test('the double records what the app asks of the desktop', async ({}, testInfo) => {
  const main = `import { app, shell } from 'electron'; await shell.openExternal('https://example.com/'); console.error(JSON.stringify(electronDouble.calls)); app.quit();`;
  expect(await run(writeApp(testInfo, { 'main.mjs': main }))).toContain('[{"name":"shell.openExternal","args":["https://example.com/"]}]');
});

test('the double carries calls, answers, failures and events between page and app', async ({}, testInfo) => {
  const folder = writeApp(testInfo, {
    'main.mjs': `
      import { app, BrowserWindow, ipcMain, protocol } from 'electron';
      protocol.registerSchemesAsPrivileged([{ scheme: 'own', privileges: { standard: true, secure: true } }]);
      app.whenReady().then(() => {
      protocol.handle('own', () => new Response('<h1>own</h1>', { headers: { 'content-type': 'text/html' } }));
      ipcMain.handle('half', (event, number) => { if (number % 2) throw new Error('odd'); event.sender.send('halved', number); return { half: number / 2, from: event.senderFrame.url }; });
      const window = new BrowserWindow({ webPreferences: { preload: '${testInfo.outputPath('app')}/preload.cjs' } });
      return window.loadURL('own://page/index.html');
      });`,
    'preload.cjs': `
      const { contextBridge, ipcRenderer } = require('electron');
      contextBridge.exposeInMainWorld('own', {
        half: (number) => ipcRenderer.invoke('half', number),
        onHalved: (listener) => void ipcRenderer.on('halved', (_event, number) => listener(number)),
        date: () => new Date(),
        missing: () => ipcRenderer.sendSync('half'),
      });`,
  });
  const app = await _electron.launch({ executablePath: double, args: [folder], env: doubleEnv });
  const page = await app.firstWindow();
  await page.waitForURL('**/index.html');
  const failed = page.waitForEvent('pageerror');

  const seen = await page.evaluate(async () => {
    const { own } = window as unknown as { own: Record<'half' | 'onHalved' | 'date' | 'missing', (value?: unknown) => unknown> };
    const halved: unknown[] = [];
    own.onHalved((number: unknown) => {
      halved.push(number);
      throw new Error('a listener failed');
    });
    const message = (action: () => unknown) => new Promise((resolve) => resolve(action())).catch((error: Error) => error.message);
    return {
      value: await own.half(42),
      odd: await message(() => own.half(1)),
      halved,
      date: await message(own.date),
      missing: await message(own.missing),
    };
  });

  expect(seen).toEqual({
    value: { half: 21, from: 'own://page/index.html' },
    odd: `Error invoking remote method 'half': Error: odd`,
    halved: [42],
    date: 'The electron double carries JSON values only, not [object Date]',
    missing: 'The electron double has no ipcRenderer.sendSync in a preload',
  });
  expect((await failed).message).toBe('a listener failed');
  await app.close();
});

test('the double lets an app put its end off, and end later', async ({}, testInfo) => {
  const main = `
    import { app } from 'electron';
    let asked = 0;
    app.on('will-quit', (event) => { if (++asked === 1) { event.preventDefault(); setTimeout(() => { console.error('put off'); app.quit(); }, 10); } else console.error('ended'); });
    app.whenReady().then(() => app.quit());`;
  expect(await run(writeApp(testInfo, { 'main.mjs': main }))).toMatch(/put off\s+ended/);
});
