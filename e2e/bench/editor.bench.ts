/**
 * Edit Email in a real browser: from a key to the frame that shows its letter, with the body of a mail that comes with the console and with the
 * longest that is allowed, while the preview follows at the side.
 * node e2e/bench/editor.bench.ts [--keys N]; run `npm run build` first. One line of JSON.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from 'playwright-core';
import { startWebHost } from '../hosts/web.ts';

const { values: options } = parseArgs({ options: { keys: { type: 'string', default: '200' } } });
/** Faster than anybody types for long. */
const keyEveryMs = 60;

/** Presses letters at the beginning of the body; answers how long each took to its frame, and how often the preview was drawn meanwhile. */
async function type(page: Page, keys: number) {
  const dialog = page.getByRole('dialog', { name: 'Edit Email' });
  await dialog.getByLabel('Body:').focus();
  await page.keyboard.press('Control+Home');
  await page.evaluate(() => {
    const times: number[] = [];
    const counted = { times, previews: 0 };
    Object.assign(window, { counted });
    document.addEventListener(
      'keydown',
      () => {
        const pressedAt = performance.now();
        requestAnimationFrame(() => setTimeout(() => times.push(performance.now() - pressedAt)));
      },
      { capture: true },
    );
    const shown = document.querySelector<HTMLIFrameElement>('[role="dialog"] iframe')!.contentDocument!;
    new MutationObserver(() => (counted.previews += 1)).observe(shown, { subtree: true, childList: true, characterData: true });
  });
  for (let key = 0; key < keys; key += 1) {
    await page.keyboard.press('a');
    await page.waitForTimeout(keyEveryMs);
  }
  await page.waitForTimeout(500);
  const { times, previews } = await page.evaluate(() => (window as unknown as { counted: { times: number[]; previews: number } }).counted);
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
  return {
    keys: sorted.length,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    maxMs: at(1),
    over50Ms: sorted.filter((time) => time > 50).length,
    previews,
  };
}

const folder = mkdtempSync(join(tmpdir(), 'editor-bench-'));
const host = await startWebHost(folder);
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: ['--disable-gpu', '--no-first-run', '--disable-background-networking'],
  chromiumSandbox: process.getuid?.() !== 0,
});
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(host.signInLink);
  await page.getByRole('button', { name: 'Email', exact: true }).click();
  await page.getByRole('tab', { name: 'Email Content' }).click();
  await page.getByRole('treeitem', { name: 'New User' }).first().focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Edit Email' }).frameLocator('iframe').locator('.card').waitFor();
  const shipped = await type(page, Number(options.keys));
  await page.getByLabel('Body:').fill('Hello <$name$>, this is a line of text.\n\n'.repeat(1_100));
  await page.waitForTimeout(2_000);
  const longest = await type(page, Number(options.keys));
  console.log(JSON.stringify({ shipped, longest }));
} finally {
  await browser.close();
  await host.stop();
  rmSync(folder, { recursive: true, force: true });
}
