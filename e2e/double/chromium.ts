import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium as playwright, type BrowserContext } from 'playwright-core';
import { chromiumSandbox, debuggingPort, userData } from './launch.ts';

const executable = process.env.CHROMIUM ?? '/usr/bin/chromium';
const switches = [
  // Popups are not blocked: that the app denies them is for the specs to see.
  '--headless',
  '--disable-gpu',
  '--hide-scrollbars',
  '--no-first-run',
  '--no-default-browser-check',
  '--no-startup-window',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--disable-extensions',
  '--disable-popup-blocking',
  '--force-color-profile=srgb',
  // Electron asks for its lock before Chromium starts; here a second instance must not find the profile in use.
  `--user-data-dir=${join(userData, `Chromium ${process.pid}`)}`,
  `--remote-debugging-port=${debuggingPort}`,
  // Chromium ends when this pipe closes, so it cannot outlive a double that was killed.
  '--remote-debugging-pipe',
];

async function start(): Promise<{ context: BrowserContext; stop(): Promise<void> }> {
  const child = spawn(executable, chromiumSandbox ? switches : [...switches, '--no-sandbox'], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.once('error', reject).once('exit', (code) => reject(new Error(`Chromium ended with ${code}.`)));
    createInterface(child.stderr!).on('line', (line) => {
      const found = /^DevTools listening on (ws:.*)$/.exec(line)?.[1];
      if (found) resolve(found);
    });
  });
  const browser = await playwright.connectOverCDP(url);
  const context = browser.contexts()[0]!;
  // For popups, which no window answers for until they are closed.
  await context.route('**', (route) => route.abort('blockedbyclient'));
  // The line that Electron prints and that Playwright waits for before it connects as a second client.
  process.stderr.write(`DevTools listening on ${url}\n`);
  return {
    context,
    async stop() {
      const ended = child.exitCode ?? once(child, 'exit');
      await browser
        .newBrowserCDPSession()
        .then((cdp) => cdp.send('Browser.close'))
        .catch(() => {}); // it may have gone already
      await Promise.all([ended, browser.close()]);
    },
  };
}

/** One Chromium for the whole app, as in Electron. */
export const chromium = start();
