import { request as httpsRequest } from 'node:https';
import { webDarkTheme, webLightTheme } from '@fluentui/react-components';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { call, createTestServer, startTestAuthority } from './testing.ts';

let authority: Awaited<ReturnType<typeof startTestAuthority>>;
beforeAll(async () => void (authority = await startTestAuthority()));
afterAll(() => authority.stop());
beforeEach(() => void (authority.clock.now += minutes(11)));

const minutes = (count: number) => count * 60_000;

interface Answer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

/** As a browser that trusts the authority. `origin`: of the page whose form is sent. */
function ask(path: string, { form, cookie = '', origin }: { form?: object; cookie?: string; origin?: string } = {}): Promise<Answer> {
  const host = `127.0.0.1:${authority.port}`;
  const { certificate: ca } = authority.authorityKey();
  const headers = {
    host,
    cookie,
    ...(form && { origin: origin ?? `https://${host}`, 'content-type': 'application/x-www-form-urlencoded' }),
  };
  return new Promise((resolve, reject) => {
    const sent = httpsRequest(`https://${host}${path}`, { ca, headers, method: form ? 'POST' : 'GET' }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (part: string) => (body += part));
      response.once('end', () => resolve({ status: response.statusCode!, headers: response.headers, body }));
    });
    sent.once('error', reject).end(form && new URLSearchParams({ ...form }).toString());
  });
}

const link = () => authority.openPage(null, { ...call, caller: { ...call.caller, account: 'CORP\\anna' } });
const tokenIn = (page: string) => /name="token" value="([0-9a-f]+)"/.exec(page)?.[1] ?? '';

async function signedIn() {
  const { headers } = await ask('/sign-in', { form: { code: (await link()).code } });
  const cookie = String(headers['set-cookie']).split(';')[0]!;
  return { cookie, token: tokenIn((await ask('/', { cookie })).body) };
}

it('lets in who has the code of a link, once, and only when a button is pressed', async () => {
  const { urls, code } = await link();
  expect(urls[1]).toBe(`https://127.0.0.1:${authority.port}/sign-in?code=${code}`);
  expect(await ask('/')).toMatchObject({ status: 303, headers: { location: '/sign-in' } });
  for (let at = 0; at < 2; at++) expect((await ask(`/sign-in?code=${code}`)).body).toContain(`value="${code}"`);

  const first = await ask('/sign-in', { form: { code: code.toLowerCase().replaceAll('-', ' ') } });
  const second = await ask('/sign-in', { form: { code } });

  expect(first).toMatchObject({ status: 303, headers: { location: '/' } });
  expect(String(first.headers['set-cookie'])).toMatch(/^__Host-mfa-authority=[0-9a-f]{64}; Path=\/; Secure; HttpOnly; SameSite=Strict$/);
  expect(second).toMatchObject({ status: 401, body: expect.stringContaining('was used, or has expired') as string });
  expect(second.headers['set-cookie']).toBeUndefined();
  expect((await ask('/', { cookie: String(first.headers['set-cookie']).split(';')[0]! })).body).toContain('Signed in by CORP\\anna');
});

it('takes no code that is ten minutes old, and no more than ten wrong ones', async () => {
  const { code } = await link();
  authority.clock.now += minutes(10);
  expect((await ask('/sign-in', { form: { code } })).status).toBe(401);
  for (let at = 0; at < 9; at++) expect((await ask('/sign-in', { form: { code: 'WRONG' } })).status).toBe(401);

  const { code: right } = await link();

  expect(await ask('/sign-in', { form: { code: right } })).toMatchObject({
    status: 429,
    body: expect.stringContaining('Too many') as string,
  });
});

it('generates credentials that are shown once and activate a server, and revokes that server after asking', async () => {
  const { cookie, token } = await signedIn();
  expect(await ask('/credentials', { cookie, form: { token } })).toMatchObject({ status: 303, headers: { location: '/' } });
  const [, email = '', password = ''] =
    /<dd class="mono">(\w+@activation)<[^]*?<dd class="mono">([\w-]+)<\/dd>/.exec((await ask('/', { cookie })).body) ?? [];
  expect((await ask('/', { cookie })).body).not.toContain(password);
  const server = createTestServer('<b>web</b>', { now: () => authority.clock.now });
  await server.activate(authority.url, { email, password });
  await server.join({ newGroup: 'Page' });

  const [, revoke = ''] = /href="(\/revoke\?server=[^"]+)"/.exec((await ask('/', { cookie })).body) ?? [];
  const question = await ask(revoke, { cookie });
  expect(question.body).toContain('Revoke &lt;b&gt;web&lt;/b&gt;?');
  expect((await server.contact()).contact.failure).toBeNull();
  const serverId = /name="server" value="([^"]+)"/.exec(question.body)?.[1];
  await ask('/revoke', { cookie, form: { token, server: serverId } });

  expect((await ask('/', { cookie })).body).toContain('&lt;b&gt;web&lt;/b&gt; is revoked.');
  expect((await server.contact()).contact.failure).toMatchObject({ code: 'certificate-revoked' });
  await ask('/revoke', { cookie, form: { token, server: 'nobody' } });
  expect((await ask('/', { cookie })).body).toContain('No active server has this id.');
});

it('believes no form of another site, none without its token, and nobody who is not signed in', async () => {
  const { cookie, token } = await signedIn();
  const { code } = await link();

  expect((await ask('/credentials', { cookie, form: { token }, origin: 'https://evil.example' })).status).toBe(403);
  expect((await ask('/credentials', { cookie, form: { token }, origin: 'null' })).status).toBe(403);
  expect((await ask('/sign-in', { form: { code }, origin: 'https://evil.example' })).status).toBe(403);
  expect((await ask('/credentials', { cookie, form: { token: (await signedIn()).token } })).status).toBe(403);
  expect((await ask('/credentials', { form: { token } })).status).toBe(401);
  expect((await ask('/', { cookie })).body).not.toContain('@activation');
});

it('ends a session after a quarter of an hour without use, after eight hours, and when somebody signs out', async () => {
  const idle = await signedIn();
  authority.clock.now += minutes(15);
  expect((await ask('/', idle)).status).toBe(303);

  const busy = await signedIn();
  for (let at = 0; at < 47; at++) {
    authority.clock.now += minutes(10);
    expect((await ask('/', busy)).status).toBe(200);
  }
  authority.clock.now += minutes(10);
  expect((await ask('/', busy)).status).toBe(303);

  const leaving = await signedIn();
  const { headers } = await ask('/sign-out', { cookie: leaving.cookie, form: { token: leaving.token } });
  expect(String(headers['set-cookie'])).toContain('Max-Age=0');
  expect((await ask('/', leaving)).status).toBe(303);
});

it('is kept by nobody, framed by nobody, and runs no script', async () => {
  for (const path of ['/sign-in', '/page.css', '/nothing', '/sign-in?code=%22%3E%3Cscript%3E']) {
    const { headers, body } = await ask(path);
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': expect.stringMatching(/^default-src 'none'; style-src 'self'; .*frame-ancestors 'none'$/) as string,
      'x-content-type-options': 'nosniff',
    });
    expect(body).not.toContain('<script');
  }
  // Anybody may look at the door: it says nothing about the company.
  expect((await ask('/sign-in')).body).not.toContain('Contoso');
});

it('has the colours of the window', async () => {
  const { body } = await ask('/page.css');
  const [light = '', dark = ''] = body.split('@media (prefers-color-scheme: dark)');

  for (const [part, theme] of [
    [light, webLightTheme],
    [dark, webDarkTheme],
  ] as const) {
    const declared = [...part.matchAll(/--(\w+):(#\w+);/g)];
    expect(declared.length).toBeGreaterThan(10);
    for (const [, name, colour] of declared) expect([name, colour]).toEqual([name, theme[name as keyof typeof theme]]);
  }
});
