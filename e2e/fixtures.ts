import { mkdirSync } from 'node:fs';
import { test as base, type Browser, type ElectronApplication } from '@playwright/test';
import { startDesktop } from './hosts/desktop.ts';
import { startWebHost, type WebHost } from './hosts/web.ts';
import { startContoso, type Contoso } from './support/contoso.ts';
import type { SampleDirectoryOptions } from '../electron/platform/ldapServer/index.ts';
import type {} from '../renderer/app/channel.ts';

export { expect } from '@playwright/test';
/** Nobody's keychain is touched, and on Linux every machine is the same: one without a Secret Service. */
export const noKeychain = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' };
export type Host = 'desktop' | 'web';

interface TestFixtures {
  /** Where this test's console keeps everything; empty at first. */
  folder: string;
  /** What its host gets in its environment. */
  hostEnv: NodeJS.ProcessEnv;
  /** Null on the web. */
  desktop: ElectronApplication | null;
  /** Null on the desktop. */
  webHost: WebHost | null;
  /** What was opened in a test is closed after it, the last first. */
  closeAfterwards(close: () => Promise<void>): void;
  /** A directory server of this test's own. */
  contoso(options?: Partial<SampleDirectoryOptions>): Promise<Contoso>;
}

interface WorkerFixtures {
  host: Host;
  /** One browser for all specs of a worker; on the desktop there is none. */
  webBrowser: Browser | null;
}

/** `page` shows a fresh console, whoever hosts it; the project decides. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  host: ['desktop', { option: true, scope: 'worker' }],

  webBrowser: [
    async ({ host, playwright, launchOptions }, use) => {
      const browser = host === 'web' ? await playwright.chromium.launch(launchOptions) : null;
      await use(browser);
      await browser?.close();
    },
    { scope: 'worker' },
  ],

  async folder({}, use, testInfo) {
    const folder = testInfo.outputPath('console');
    mkdirSync(folder, { recursive: true });
    await use(folder);
  },

  hostEnv: ({}, use) => use(noKeychain),

  async closeAfterwards({}, use) {
    const closings: (() => Promise<void>)[] = [];
    await use((close) => void closings.push(close));
    for (const close of closings.toReversed()) await close();
  },

  async contoso({ closeAfterwards }, use) {
    await use(async (options) => {
      const directory = await startContoso(options);
      closeAfterwards(directory.close);
      return directory;
    });
  },

  async desktop({ host, folder, hostEnv }, use, testInfo) {
    if (host === 'web') return use(null);
    const app = await startDesktop(folder, hostEnv);
    let log = '';
    app.process().stderr!.on('data', (text: Buffer) => (log += text.toString()));
    await use(app);
    await app.close();
    await testInfo.attach('main process', { body: log, contentType: 'text/plain' });
  },

  async webHost({ host, folder, hostEnv }, use, testInfo) {
    if (host === 'desktop') return use(null);
    const server = await startWebHost(folder, hostEnv);
    await use(server);
    await server.stop();
    await testInfo.attach('headless host', { body: server.log(), contentType: 'text/plain' });
  },

  async page({ desktop, webHost, webBrowser, viewport }, use) {
    if (desktop) {
      const window = await desktop.firstWindow();
      // Playwright sees the window before the app has loaded anything into it.
      await window.waitForURL('**/index.html');
      return use(window);
    }
    const context = await webBrowser!.newContext({ viewport });
    const page = await context.newPage();
    await page.goto(webHost!.signInLink);
    await use(page);
    await context.close();
  },
});
