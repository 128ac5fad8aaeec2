import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Router } from '../../runtime/router.ts';
import { startHttpHost, type HttpHost } from './httpHost.ts';

let folder: string;
let host: HttpHost;
let time: number;
const served: unknown[] = [];
const router: Router = { serve: (_channel, caller) => void served.push(caller), call: () => Promise.resolve(null), emit: () => {} };

beforeEach(async () => {
  served.length = 0;
  time = 0;
  folder = mkdtempSync(join(tmpdir(), 'renderer-'));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<title>Console</title>');
  host = await startHttpHost(router, { rendererFolder: folder, port: 0, now: () => time });
});
afterEach(async () => {
  await host.close();
  rmSync(folder, { recursive: true });
});

/** A request as any program on the machine can make it, with any header. */
function get(
  path: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: string; cookie: string; location: string }> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: host.port, path, headers }, (response) => {
      let body = '';
      response.on('data', (chunk) => (body += String(chunk)));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          body,
          cookie: String(response.headers['set-cookie']?.[0] ?? ''),
          location: String(response.headers.location),
        }),
      );
    });
    sent.once('error', reject);
    sent.end();
  });
}

const codeOf = (link: string) => new URL(link).search;

async function signIn(): Promise<string> {
  const { cookie } = await get(`/${codeOf(host.signInLink())}`);
  return cookie.split(';')[0]!;
}

/** Resolves with the close code, or `open` when the socket stays open. */
function connect(headers: Record<string, string>): Promise<number | 'open'> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}/socket`, { headers });
    socket.once('close', (code) => resolve(code));
    socket.once('error', () => {});
    socket.once('open', () => setTimeout(() => resolve('open'), 50));
  });
}

describe('the headless host', () => {
  it('shows nothing without a session', async () => {
    expect(await get('/')).toMatchObject({ status: 401 });
    expect(await get('/index.html')).toMatchObject({ status: 401, body: expect.not.stringContaining('<title>') });
    expect(await get('/', { cookie: `mfa-console-${host.port}=guess` })).toMatchObject({ status: 401 });
  });

  it('exchanges the link for a cookie and leaves no code in the address', async () => {
    const answer = await get(`/${codeOf(host.signInLink())}`);

    expect(answer).toMatchObject({ status: 303, location: '/', cookie: expect.stringMatching(/HttpOnly; SameSite=Strict/) });
    expect(await get('/', { cookie: answer.cookie.split(';')[0]! })).toMatchObject({ status: 200, body: '<title>Console</title>' });
  });

  it('accepts a link once and for ten minutes', async () => {
    const used = codeOf(host.signInLink());
    await get(`/${used}`);
    const late = codeOf(host.signInLink());
    time = 11 * 60_000;

    expect(await get(`/${used}`)).toMatchObject({ status: 401 });
    expect(await get(`/${late}`)).toMatchObject({ status: 401 });
  });

  it('ends a session after half a day', async () => {
    const cookie = await signIn();
    time = 13 * 3_600_000;

    expect(await get('/', { cookie })).toMatchObject({ status: 401 });
  });

  it('refuses a page that reached it under another name', async () => {
    const cookie = await signIn();

    expect(await get('/', { cookie, host: 'evil.example' })).toMatchObject({ status: 421 });
  });

  it('opens the WebSocket for its own page with a session, and for nobody else', async () => {
    const cookie = await signIn();
    const origin = `http://127.0.0.1:${host.port}`;

    expect(await connect({ cookie, origin })).toBe('open');
    expect(served).toHaveLength(1);
    expect(await connect({ origin })).toBe(4401);
    expect(await connect({ cookie, origin: 'http://evil.example' })).toBe(4401);
    expect(await connect({ cookie })).toBe(4401);
    expect(served).toHaveLength(1);
  });

  it('keeps its sessions and its page while another console takes the place of the first', async () => {
    const cookie = await signIn();
    const origin = `http://127.0.0.1:${host.port}`;
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}/socket`, { headers: { cookie, origin } });
    await once(socket, 'open');

    host.serve(null);

    expect(await once(socket, 'close')).toEqual([1012, expect.anything()]);
    // Refused before it is open, so that a page waits a little longer each time.
    expect(await connect({ cookie, origin })).toBe(1006);
    expect(await get('/', { cookie })).toMatchObject({ status: 200 });
    host.serve(router);
    expect(await connect({ cookie, origin })).toBe('open');
  });

  it('serves nothing outside its folder', async () => {
    const cookie = await signIn();
    writeFileSync(join(folder, '..', 'secret.html'), 'secret');

    for (const path of ['/../secret.html', '/%2e%2e/secret.html', '/..%2fsecret.html', '/%']) {
      expect((await get(path, { cookie })).body).not.toBe('secret');
    }
    rmSync(join(folder, '..', 'secret.html'));
  });
});
