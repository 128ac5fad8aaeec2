import { expect, test } from '../fixtures.ts';
import { consoleIsReady, openSampleImport, sendRaw, watchPolicy } from '../support/consolePage.ts';

test('the console asks for nothing that its own policy refuses', async ({ page }) => {
  const refused = await watchPolicy(page);
  await openSampleImport(page);
  expect(await refused()).toEqual([]);
});

test('inline code, inline style, foreign pictures and foreign servers are refused', async ({ page }) => {
  const refused = await watchPolicy(page);

  await page.evaluate(() => {
    const script = Object.assign(document.createElement('script'), { textContent: 'window.injected = true' });
    const style = Object.assign(document.createElement('style'), { textContent: 'h1 { display: none }' });
    document.head.append(script, style);
    new Image().src = 'https://example.com/pixel.png';
    fetch('https://example.com/').catch(() => {});
  });

  const expected = [
    'connect-src https://example.com/',
    'img-src https://example.com/pixel.png',
    'script-src-elem inline',
    'style-src-elem inline',
  ];
  await expect.poll(async () => (await refused()).toSorted()).toEqual(expected);
  expect(await page.evaluate(() => 'injected' in window)).toBe(false);
  await consoleIsReady(page);
});

/** What nobody who uses the contract would send. */
const unknownCalls = {
  'an unknown service': { service: 'shell', method: 'run', input: null },
  'an unknown method': { service: 'users', method: 'dropTable', input: null },
  'a method of every object': { service: 'users', method: 'constructor', input: null },
  'a service of every object': { service: '__proto__', method: 'toString', input: null },
  'an event as a call': { service: 'directory', method: 'tested', input: null },
  'input that does not fit': { service: 'users', method: 'list', input: { offset: -1 } },
};

test('calls that the contract does not know are answered with an error and harm nothing', async ({ page }) => {
  await consoleIsReady(page);
  let id = 1_000_000;
  for (const [name, call] of Object.entries(unknownCalls)) {
    const reply = await sendRaw(page, { type: 'call', id: ++id, ...call });
    expect(reply, name).toMatchObject({ type: 'failed', error: { code: expect.stringMatching(/^(not-found|invalid-input)$/) } });
    expect(JSON.stringify(reply), name).not.toMatch(/\bat .*\.(js|ts):\d+/);
  }
  const reply = await sendRaw(page, { type: 'call', id: ++id, service: 'app', method: 'status', input: null });
  expect(reply.type).toBe('done');
});
