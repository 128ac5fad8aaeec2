/**
 * The Status pane over a million users in a real browser: from the press on its icon to what it tells on the screen, right after each of some
 * starts, and again and again afterwards. And what its question takes by itself, and the one of the left bar.
 * node e2e/bench/status.bench.ts [--users N]; run `npm run build` first. One line of JSON.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from 'playwright-core';
import { startWebHost } from '../hosts/web.ts';
import { connectWebClient } from '../support/webClient.ts';
import { dataFolderWith } from './dataFolderWith.ts';
import { prepareUserStore } from './userStore.ts';

const { values: options } = parseArgs({ options: { users: { type: 'string', default: '1000000' } } });
const starts = 5;
const opens = 20;
const questions = 50;

function summary(times: readonly number[]) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => Math.round((sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0) * 10) / 10;
  return { count: sorted.length, p50Ms: at(0.5), p95Ms: at(0.95), maxMs: at(1) };
}

/** From the press on the icon until the pane has been painted with what was read; `what` is in it only then. */
function opensWith(page: Page, what: string): Promise<number> {
  return page.evaluate(
    (part) =>
      new Promise<number>((resolve) => {
        const panes = document.querySelector('nav[aria-label="Panes"]') ?? document;
        const icon = [...panes.querySelectorAll<HTMLButtonElement>('button')].find((button) => button.textContent.trim() === 'Status');
        if (!icon) throw new Error('There is no icon for Status.');
        const pressedAt = performance.now();
        const painted = () => requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - pressedAt)));
        const observer = new MutationObserver(() => {
          if (!document.querySelector('main')?.textContent.includes(part)) return;
          observer.disconnect();
          painted();
        });
        observer.observe(document, { subtree: true, childList: true, characterData: true });
        icon.click();
      }),
    what,
  );
}

async function leave(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: 'Users', exact: true }).click();
  await page.getByRole('grid').getByText('@').first().waitFor();
  await page.waitForTimeout(200);
}

/** What the browser finds in a console that has just started. */
async function inFreshConsole<T>(folder: string, measure: (page: Page) => Promise<T>): Promise<T> {
  const host = await startWebHost(folder);
  const browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-sync'],
    chromiumSandbox: process.getuid?.() !== 0,
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(host.signInLink);
    await page.getByRole('grid').getByText('@').first().waitFor();
    return await measure(page);
  } finally {
    await browser.close();
    await host.stop();
  }
}

async function measurePane(folder: string) {
  // At the first of all starts users were never counted; the code of the pane is not loaded at any.
  const first: number[] = [];
  for (let start = 0; start < starts; start += 1)
    first.push(await inFreshConsole(folder, (page) => opensWith(page, 'What happened lately')));
  return inFreshConsole(folder, async (page) => {
    await opensWith(page, 'What happened lately');
    await page.getByText(/^Counted/).waitFor();
    const again: number[] = [];
    for (let time = 0; time < opens; time += 1) {
      await leave(page);
      again.push(await opensWith(page, 'Counted'));
    }
    return { afterStart: summary(first), again: summary(again) };
  });
}

async function measureQuestions(folder: string) {
  const host = await startWebHost(folder);
  const client = await connectWebClient(host);
  try {
    const timed = async (ask: () => Promise<unknown>) => {
      const startedAt = performance.now();
      await ask();
      return performance.now() - startedAt;
    };
    const findings: number[] = [];
    const overview: number[] = [];
    for (let time = 0; time < questions; time += 1) findings.push(await timed(() => client.status.findings(null)));
    for (let time = 0; time < questions; time += 1) overview.push(await timed(() => client.status.overview(null)));
    return { findings: summary(findings), overview: summary(overview) };
  } finally {
    client.close();
    await host.stop();
  }
}

const folder = mkdtempSync(join(tmpdir(), 'status-bench-'));
try {
  dataFolderWith(prepareUserStore(Number(options.users)).file, folder);
  const pane = await measurePane(folder);
  console.log(JSON.stringify({ users: Number(options.users), pane, questions: await measureQuestions(folder) }));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
