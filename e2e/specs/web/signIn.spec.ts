import { expect, test } from '@playwright/test';
import { startWebHost, type WebHost } from '../../hosts/web.ts';

/** The headless host as others on the same machine, and other pages in the same browser, see it. */
let host: WebHost;
test.beforeEach(async ({}, testInfo) => {
  host = await startWebHost(testInfo.outputPath('console'));
});
test.afterEach(() => host.stop());

test('the sign-in link works once', async ({ browser }) => {
  const first = await browser.newPage();
  expect((await first.goto(host.signInLink))!.status()).toBe(200);
  expect(first.url()).toBe(`${host.origin}/`);

  const second = await browser.newPage();
  expect((await second.goto(host.signInLink))!.status()).toBe(401);
});

test('without signing in there is nothing to see and no socket', async ({ page }) => {
  expect((await page.goto(host.origin))!.status()).toBe(401);
  const closed = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const socket = new WebSocket(`ws://${location.host}/socket`);
        socket.addEventListener('message', () => resolve('a message'));
        socket.addEventListener('close', ({ code }) => resolve(code));
      }),
  );
  expect(closed).toBe(4401);
});

test('a page of another site cannot open the socket with the cookie of a signed-in browser', async ({ browser }) => {
  const context = await browser.newContext();
  await (await context.newPage()).goto(host.signInLink);
  const foreign = await context.newPage();
  await foreign.route('http://localhost:1/', (route) => route.fulfill({ body: '<h1>foreign</h1>', contentType: 'text/html' }));
  await foreign.goto('http://localhost:1/');
  const closed = await foreign.evaluate(
    (origin) =>
      new Promise((resolve) => {
        const socket = new WebSocket(`${origin.replace('http', 'ws')}/socket`);
        socket.addEventListener('message', () => resolve('a message'));
        socket.addEventListener('close', ({ code }) => resolve(code));
      }),
    host.origin,
  );
  expect([4401, 1006]).toContain(closed);
});

test('a name that resolves to this machine is not enough', async ({ request }) => {
  const response = await request.get(host.origin, { headers: { host: 'attacker.example' } });
  expect(response.status()).toBe(421);
});
