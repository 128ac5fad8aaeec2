/**
 * The Users pane over a million users in a real browser: from the answer to the first rows on the screen, and the longest
 * frames while scrolling, and how soon Edit User opens. Also the size of what the page loads before its first paint.
 * node e2e/bench/browser.bench.ts [--users N]; run `npm run build` first. One line of JSON.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { chromium, type Page } from 'playwright-core';
import { startWebHost } from '../hosts/web.ts';
import { root } from '../hosts/desktop.ts';
import { dataFolderWith } from './dataFolderWith.ts';
import { prepareUserStore } from './userStore.ts';

const { values: options } = parseArgs({ options: { users: { type: 'string', default: '1000000' } } });
const chromiumFlags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

interface Marks {
  answeredAt?: number;
  paintedAt?: number;
}

/** Runs in the page before anything else: notes when the first rows arrive and when they are painted. */
function noteFirstRows(): void {
  const marks: Marks = {};
  Object.assign(window, { marks });
  const addEventListener = WebSocket.prototype.addEventListener;
  WebSocket.prototype.addEventListener = function (this: WebSocket, type: string, ...rest: unknown[]) {
    if (type === 'message') {
      addEventListener.call(this, 'message', (event) => {
        if (String((event as MessageEvent).data).includes('"rows":[{')) marks.answeredAt ??= performance.now();
      });
    }
    return Reflect.apply(addEventListener, this, [type, ...rest]) as void;
  } as typeof addEventListener;
  new MutationObserver((_changes, observer) => {
    if (marks.answeredAt === undefined || !document.querySelector('[role="grid"]')?.textContent?.includes('@')) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => (marks.paintedAt = performance.now())));
  }).observe(document, { subtree: true, childList: true, characterData: true });
}

/** Times between frames, in milliseconds, while `step` scrolls the list. */
function scrollFrames(page: Page, kind: 'wheel' | 'jump', steps: number): Promise<number[]> {
  return page.evaluate(
    async ({ kind: how, steps: count }) => {
      const grid = document.querySelector('[role="grid"]');
      const inner = grid && [grid, ...grid.querySelectorAll('*')].find((element) => element.scrollHeight > element.clientHeight * 2);
      if (!inner) throw new Error('Nothing scrolls.');
      const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
      const times: number[] = [];
      let last = await frame();
      for (let step = 1; step <= count; step += 1) {
        inner.scrollTop = how === 'wheel' ? inner.scrollTop + 100 : (inner.scrollHeight * ((step * 7919) % count)) / count;
        const now = await frame();
        times.push(now - last);
        last = now;
      }
      return times;
    },
    { kind, steps },
  );
}

/** From the Enter key on a row to Edit User on the screen with what is stored of the user, in milliseconds. */
async function editUserOpens(page: Page, times: number): Promise<number[]> {
  const all: number[] = [];
  await page.getByRole('grid').focus();
  for (let time = 0; time < times; time += 1) {
    await page.keyboard.press('ArrowDown');
    const opened = page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let pressedAt = 0;
          document.addEventListener('keydown', () => (pressedAt = performance.now()), { capture: true, once: true });
          const observer = new MutationObserver(() => {
            const fields = [...document.querySelectorAll<HTMLInputElement>('[role="dialog"] input')];
            if (!fields.some(({ value }) => value !== '')) return;
            observer.disconnect();
            requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - pressedAt)));
          });
          observer.observe(document, { subtree: true, childList: true, attributes: true });
        }),
    );
    await page.waitForTimeout(100);
    await page.keyboard.press('Enter');
    all.push(await opened);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }
  return all;
}

function summary(times: readonly number[]) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0);
  return { count: sorted.length, p50Ms: at(0.5), p95Ms: at(0.95), maxMs: at(1), over50Ms: sorted.filter((time) => time > 50).length };
}

/** Scripts that index.html names, compressed as a server would. */
function initialScriptBytes(): number {
  const renderer = join(root, 'dist', 'renderer');
  const html = readFileSync(join(renderer, 'index.html'), 'utf8');
  const names = [...html.matchAll(/(?:src|href)="\/?([^"]+\.js)"/g)].map(([, name = '']) => name);
  return names.reduce((sum, name) => sum + gzipSync(readFileSync(join(renderer, name))).length, 0);
}

const folder = mkdtempSync(join(tmpdir(), 'browser-bench-'));
dataFolderWith(prepareUserStore(Number(options.users)).file, folder);
const host = await startWebHost(folder);
const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: chromiumFlags,
  chromiumSandbox: process.getuid?.() !== 0,
});
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.addInitScript(noteFirstRows);
  await page.goto(host.signInLink);
  await page.waitForFunction(() => (window as unknown as { marks: Marks }).marks.paintedAt !== undefined);
  const { answeredAt = 0, paintedAt = 0 } = await page.evaluate(() => (window as unknown as { marks: Marks }).marks);
  await page.waitForTimeout(1_000);
  const idle = await scrollFrames(page, 'wheel', 1);
  const wheel = await scrollFrames(page, 'wheel', 300);
  const jumps = await scrollFrames(page, 'jump', 100);
  const editUser = await editUserOpens(page, 20);
  console.log(
    JSON.stringify({
      users: Number(options.users),
      answerToRowsMs: Math.round(paintedAt - answeredAt),
      pageToRowsMs: Math.round(paintedAt),
      idleFrameMs: Math.round(idle[0] ?? 0),
      wheel: summary(wheel),
      jumps: summary(jumps),
      editUserMs: { first: Math.round(editUser[0] ?? 0), ...summary(editUser.slice(1)) },
      initialScriptKb: Math.round(initialScriptBytes() / 1024),
    }),
  );
} finally {
  await browser.close();
  await host.stop();
  rmSync(folder, { recursive: true, force: true });
}
