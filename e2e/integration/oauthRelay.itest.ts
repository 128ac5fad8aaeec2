import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createSmtpRelay } from '../../electron/platform/mail/smtpRelay.ts';
import { createTokenRequests } from '../../electron/platform/mail/tokenEndpoint.ts';
import { createAccessTokens, type AccessTokens } from '../../electron/services/email/accessTokens.ts';
import { testRelay } from '../../electron/services/email/relayTest.ts';
import type { EmailSettings } from '../../shared/contract/email.contract.ts';
import { defaultEmailSettings } from '../../shared/contract/email.contract.ts';
import { Secret } from '../../shared/lib/secret.ts';
import { createAuthority } from '../servers/certificates.ts';
import { createKeychainHome } from '../servers/keychain.ts';
import { hasProgram } from '../servers/sharedServers.ts';
import { startTokenEndpoint, type TokenEndpoint } from '../servers/tokenEndpoint.ts';
import { temporaryFolder } from '../support/commands.ts';

const { folder, remove } = temporaryFolder('oauth');
const home = createKeychainHome();
const user = 'mfa@corp.example';
let endpoint: TokenEndpoint;
let server: SMTPServer;
let caFile = '';
let caPem = '';
let normal: TokenEndpoint['answer'];
/** Tokens that came to the relay, and which of them it takes. */
let shown: string[] = [];
let takes: (token: string) => boolean;
let tokens: AccessTokens;

beforeAll(async () => {
  const authority = await createAuthority(folder);
  caFile = authority.authorityFile;
  caPem = readFileSync(caFile, 'utf8');
  const certificate = await authority.issue(['localhost']);
  endpoint = await startTokenEndpoint(certificate);
  normal = endpoint.answer;
  server = new SMTPServer({
    ...{ authMethods: ['XOAUTH2'], logger: false, disableReverseLookup: true, authOptional: false },
    ...{ cert: readFileSync(certificate.certificateFile), key: readFileSync(certificate.keyFile) },
    onAuth({ username, accessToken = '' }, _session, done) {
      shown.push(accessToken);
      if (username === user && takes(accessToken)) done(null, { user: username });
      else done(null, { data: { status: '401', schemes: 'bearer', scope: 'mail' } });
    },
    onData(stream, _session, done) {
      stream.resume().on('end', () => done());
    },
  });
  server.on('error', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
});
beforeEach(() => {
  shown = [];
  takes = () => true;
  endpoint.answer = normal;
  endpoint.forms.length = 0;
  tokens = createAccessTokens({ requestToken: createTokenRequests(1_000), ticks: () => performance.now() });
});
afterAll(async () => {
  await endpoint.stop();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  home.remove();
  remove();
});

function relay(oauth: Partial<EmailSettings['relay']['oauth']> = {}): EmailSettings['relay'] {
  return {
    ...defaultEmailSettings.relay,
    ...{ host: 'localhost', port: (server.server.address() as AddressInfo).port, security: 'starttls', auth: 'oauth2', user, caPem },
    oauth: { tokenUrl: endpoint.url, clientId: 'app-1', scope: 'https://outlook.office365.com/.default', ...oauth },
  };
}

/** The steps of a test in words, and what went wrong. */
async function tried(to = relay()) {
  const token = tokens.of({ ...to.oauth, caPem: to.caPem }, () => Promise.resolve(new Secret('client s&cret')));
  const { steps } = await testRelay(
    {
      relay: createSmtpRelay(),
      target: { relay: to, password: null, token },
      from: { name: '', address: user },
      mail: { to: 'anna@corp.example', message: Buffer.from('Subject: x\r\n\r\nx\r\n') },
      report: () => undefined,
    },
    new AbortController().signal,
  );
  return { steps: steps.map(({ step, state }) => `${step} ${state}`), failed: steps.find(({ state }) => state === 'failed') };
}

describe('a relay that wants OAuth 2.0', () => {
  test('is signed in to with a token that is asked for once, by client credentials', async () => {
    const first = await tried();
    expect(first.failed?.text).toBeUndefined();
    expect(first.steps.slice(-3)).toEqual(['login passed', 'sender passed', 'mail passed']);
    expect((await tried()).failed).toBeUndefined();

    expect(shown).toEqual(['token-1', 'token-1']);
    expect(endpoint.forms.map((form) => Object.fromEntries(form))).toEqual([
      {
        grant_type: 'client_credentials',
        client_id: 'app-1',
        client_secret: 'client s&cret',
        scope: 'https://outlook.office365.com/.default',
      },
    ]);
  });

  test('that does not accept the token says so, and gets a new one the next time', async () => {
    takes = (token) => token !== 'token-1';
    expect((await tried()).failed).toMatchObject({
      step: 'login',
      code: 'token-not-accepted',
      text: expect.stringContaining('the relay does not accept it'),
    });
    expect((await tried()).failed).toBeUndefined();
    expect(shown).toEqual(['token-1', 'token-2']);
  });

  test('is not reached where the endpoint refuses the client: it says why, and nothing of the secret', async () => {
    endpoint.answer = () => ({ status: 401, body: '{"error":"invalid_client","error_description":"AADSTS7000222: expired"}' });
    const { failed } = await tried();
    expect(failed).toMatchObject({ step: 'login', code: 'token-refused' });
    expect(failed?.text).toBe(
      'The client id or the client secret is wrong, or the secret has expired. It says: invalid_client: AADSTS7000222: expired',
    );
    expect(JSON.stringify(failed)).not.toContain('s&cret');
    expect(shown).toEqual([]);
  });

  test.each([
    ['answers with a page', () => ({ status: 200, body: '<html>' }), 'something else than a token'],
    ['sends the client elsewhere', () => ({ status: 302, body: '' }), 'something else than a token (status 302)'],
    ['gives a token with a line break', () => ({ status: 200, body: '{"access_token":"a\\r\\nQUIT"}' }), 'something else than a token'],
    ['never answers', () => null, 'does not answer in time'],
    ['never ends', () => ({ status: 200, body: 'x'.repeat(100_000) }), 'something else than a token'],
  ])('is not reached where the endpoint %s', async (_what, answer, text) => {
    endpoint.answer = answer;
    expect((await tried()).failed).toMatchObject({ step: 'login', code: 'token-unavailable', text: expect.stringContaining(text) });
  });

  test('is not reached where the endpoint is away or not trusted; the secret is not sent', async () => {
    expect((await tried(relay({ tokenUrl: 'https://localhost:1/token' }))).failed).toMatchObject({ code: 'token-unavailable' });
    expect((await tried(relay({ tokenUrl: 'https://nowhere.invalid/token' }))).failed).toMatchObject({ code: 'token-unavailable' });
    const byAddress = endpoint.url.replace('localhost', '127.0.0.1');
    expect((await tried(relay({ tokenUrl: byAddress }))).failed?.text).toContain('certificate');
    expect(endpoint.forms).toEqual([]);
  });
});

const canKeep = hasProgram('dbus-run-session') && hasProgram('gnome-keyring-daemon');

describe.skipIf(!canKeep)('mfactl email with OAuth 2.0', { timeout: 120_000 }, () => {
  test('keeps the client secret for one endpoint and client, and signs in with it', async () => {
    const { host, port, oauth } = relay();
    const set = ['email', 'set', '--host', host, '--port', String(port), '--user', user, '--from', user, '--ca', caFile];
    const client = ['--oauth-token-url', oauth.tokenUrl, '--oauth-client-id', oauth.clientId, '--oauth-scope', oauth.scope];
    const commands = [
      { args: [...set, ...client, '--oauth-secret-stdin'], stdin: 'client s&cret\n' },
      { args: ['email', 'show'] },
      { args: ['email', 'test', '--to', 'anna@corp.example'] },
      { args: ['email', 'set', '--oauth-client-id', 'app-2'] },
      { args: ['email', 'test'] },
      { args: ['email', 'set', '--oauth-token-url', 'http://localhost/token'] },
    ];
    const { stdout, stderr } = await home.run('unlocked', join(import.meta.dirname, 'mfactlSession.ts'), [JSON.stringify(commands)], {
      MFA_DATA_DIR: join(folder, 'data'),
    });
    expect(stdout, stderr).not.toBe('');
    const [saved, show, tested, other, withoutSecret, plain] = JSON.parse(stdout) as { code: number; out: string; err: string }[];

    expect(saved, saved?.err).toMatchObject({ code: 0 });
    expect(show?.out).toMatch(/^Sign-in +OAuth 2.0, client credentials$/m);
    expect(show?.out).toMatch(/^Client id +app-1 \(client secret stored\)$/m);
    expect(tested, tested?.err).toMatchObject({ code: 0, out: expect.stringContaining('login') });
    expect(endpoint.forms.at(-1)?.get('client_secret')).toBe('client s&cret');
    expect(other?.out).toContain('No client secret is stored');
    expect(withoutSecret).toMatchObject({ code: 1 });
    expect(plain).toMatchObject({ code: 1, err: expect.stringContaining('invalid-input') });
  });
});
