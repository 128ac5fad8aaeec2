import { defaultSettings } from '../../../electron/services/directory/kinds.ts';
import { sendFrom } from '../../double/compromise.ts';
import { expect, test } from '../../fixtures.ts';
import { isRealElectron } from '../../hosts/desktop.ts';
import { consoleIsReady } from '../../support/consolePage.ts';
import { openPort } from '../../support/loopback.ts';

/** A call whose effect can be counted from outside: the main process connects to `port` and is hung up on. */
function connectTo(port: number) {
  const settings = { ...defaultSettings.openldap, servers: [{ host: '127.0.0.1', port, security: 'none' }], allowPlainText: true };
  return { type: 'call', id: 1_000_000, service: 'directory', method: 'testConnection', input: { settings, runId: 'boundary' } };
}

test.describe('the page', () => {
  test('gets the bridge and nothing else', async ({ page }) => {
    const surface = await page.evaluate(() => ({
      bridge: Object.keys(window.consoleBridge!),
      frozen: Object.isFrozen(window.consoleBridge) && !Object.getOwnPropertyDescriptor(window, 'consoleBridge')!.writable,
      leaked: ['require', 'process', 'module', 'global', 'Buffer', 'ipcRenderer', 'electron'].filter((name) => name in window),
    }));

    expect(surface).toEqual({ bridge: ['send', 'onMessage'], frozen: true, leaked: [] });
  });

  test('cannot leave its origin, not even for a reload', async ({ page }) => {
    await consoleIsReady(page);
    const url = page.url();
    await page.evaluate(() => Object.assign(window, { stillHere: true }));

    await page.evaluate(() => (location.href = 'https://example.com/'));
    await page.evaluate(() => Object.assign(document.createElement('a'), { href: 'https://example.com/again' }).click());
    await page.waitForTimeout(500);

    expect(page.url()).toBe(url);
    expect(await page.evaluate(() => 'stillHere' in window)).toBe(true);
  });

  test('cannot open a window', async ({ page, desktop }) => {
    await page.evaluate(() => {
      window.open('https://example.com/');
      window.open('/index.html');
      for (const rel of ['', 'noopener'])
        Object.assign(document.createElement('a'), { href: '/index.html', target: '_blank', rel }).click();
    });
    await page.waitForTimeout(500);

    await expect.poll(() => desktop!.windows().length).toBe(1);
    expect(await desktop!.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });

  test('gets no permission', async ({ page }) => {
    const states = await page.evaluate(() =>
      Promise.all(
        (['geolocation', 'notifications', 'midi'] as const).map(async (name) => (await navigator.permissions.query({ name })).state),
      ),
    );
    expect(states).toEqual(['denied', 'denied', 'denied']);
  });
});

test.describe('the main process', () => {
  test('answers only its own page in the top frame', async ({ page, desktop }) => {
    const port = await openPort();
    const own = { parent: null, origin: 'console://app' };
    const senders = {
      own,
      subFrame: { ...own, parent: own },
      foreign: { ...own, origin: 'https://example.com' },
      lookalike: { ...own, origin: 'console://app.example.com' },
      gone: null,
    };
    await consoleIsReady(page);

    const reached: string[] = [];
    for (const [name, senderFrame] of Object.entries(senders)) {
      const before = port.connections();
      await desktop!.evaluate(
        ({ BrowserWindow }, [frame, message]) =>
          void BrowserWindow.getAllWindows()[0]!.webContents.ipc.emit('console', { senderFrame: frame }, message),
        [senderFrame, connectTo(port.port)] as const,
      );
      await page.waitForTimeout(400);
      if (port.connections() > before) reached.push(name);
    }

    expect(reached).toEqual(['own']);
    await port.close();
  });

  test('refuses a broken renderer that sends from a sub-frame or from another origin', async ({ page }) => {
    test.skip(isRealElectron, 'Electron gives no way to send from such a frame; the double does.');
    const port = await openPort();

    await sendFrom(page, 'top', connectTo(port.port));
    await expect.poll(port.connections).toBe(1);
    await page.evaluate(() => void document.body.append(document.createElement('iframe')));
    await sendFrom(page, 'sub', connectTo(port.port));
    await page.goto('data:text/html,elsewhere');
    await sendFrom(page, 'top', connectTo(port.port));
    await page.waitForTimeout(400);

    expect(port.connections()).toBe(1);
    await port.close();
  });

  test('ends with its last window, without an error', async ({ page, desktop }) => {
    await consoleIsReady(page);
    const process = desktop!.process();
    const ended = desktop!.waitForEvent('close');
    await page.close();
    await ended;
    expect(process.exitCode).toBe(0);
  });
});
