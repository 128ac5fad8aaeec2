import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { request as askHttps, type RequestOptions } from 'node:https';
import { join } from 'node:path';
import { Pkcs10CertificateRequest, PemConverter } from '@peculiar/x509';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { activationCalls, refusalStatus, type ActivationCallName } from '../../../shared/activation/protocol.ts';
import { createAuthorityCalls } from './authorityClient.ts';
import { makeRequest } from './certificates.ts';
import { call, createTestServer, startTestAuthority } from './testing.ts';

/** What an authority says on the wire, held against the document that others write their servers by. */
interface Documented {
  readonly paths: Record<string, { post: { security?: unknown; responses: Record<string, { content: Content }> } }>;
  readonly components: { readonly schemas: { readonly Refusal: object } };
}
interface Content {
  readonly 'application/json': { readonly schema: object };
}
const documented = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'activation-api.json'), 'utf8'),
) as Documented;

let authority: Awaited<ReturnType<typeof startTestAuthority>>;
beforeAll(async () => void (authority = await startTestAuthority()));
afterAll(() => authority.stop());

interface Said {
  readonly status: number;
  readonly type: string;
  readonly body: Record<string, unknown>;
}

/** Asks without the product's own client, as a server of somebody else would. */
function ask(path: string, body: unknown, options: RequestOptions = {}): Promise<Said> {
  return new Promise((resolve, reject) => {
    const question = askHttps(
      { host: '127.0.0.1', port: authority.port, path, method: 'POST', ca: authority.target().authority, agent: false, ...options },
      async (response) => {
        const parts: Buffer[] = [];
        for await (const part of response as AsyncIterable<Buffer>) parts.push(part);
        const type = response.headers['content-type'] ?? '';
        resolve({ status: response.statusCode ?? 0, type, body: JSON.parse(Buffer.concat(parts).toString()) as Said['body'] });
      },
    );
    question.on('error', reject);
    question.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
}

const server = { name: 'other', addresses: ['10.0.0.9'], version: '2.0' };
const pathOf = (name: ActivationCallName) => activationCalls[name].path;

/** Fails where the document does not say that this call answers so. */
function expectDocumented(name: ActivationCallName, said: Said): void {
  const schema = documented.paths[pathOf(name)]!.post.responses[String(said.status)]?.content['application/json'].schema;
  expect(schema, `${name} answers with ${said.status}`).toBeDefined();
  const fields = said.status === 200 ? schema! : documented.components.schemas.Refusal;
  expect(z.fromJSONSchema(fields as never).safeParse(said.body).error, name).toBeUndefined();
  expect(said.type).toBe('application/json; charset=utf-8');
}

/** A member, by questions of its own. */
async function enrol(group: string) {
  const { email, password } = await authority.credentials();
  const { request, privateKey } = await makeRequest();
  const activated = await ask(pathOf('activate'), { email, password, request, server });
  const { certificate, licenceKey } = activated.body as { certificate: string; licenceKey: string };
  const own = { cert: certificate, key: privateKey.reveal() };
  const joined = await ask(pathOf('join'), { licenceKey, group: { newGroup: group } }, own);
  return { own, licenceKey, activated, joined, groupKey: joined.body['groupKey'] as string };
}

it('answers each call as documented, with nothing more and nothing less', async () => {
  expectDocumented('about', await ask(pathOf('about'), {}));
  const { own, licenceKey, groupKey, activated, joined } = await enrol('Documented');
  expectDocumented('activate', activated);
  expectDocumented('join', joined);
  const alive = await ask(pathOf('heartbeat'), { licenceKey, groupKey, server }, own);
  expectDocumented('heartbeat', alive);
  expect(alive.body).toMatchObject({ members: [{ name: 'other', role: 'master' }] });
  expectDocumented('renew', await ask(pathOf('renew'), { licenceKey, request: (await makeRequest()).request }, own));
  expectDocumented('leave', await ask(pathOf('leave'), { licenceKey }, own));
});

it.each(['join', 'heartbeat', 'renew', 'leave'] as const)(
  'refuses %s without a certificate, and with that of a server that left',
  async (name) => {
    expect(documented.paths[pathOf(name)]!.post.security).toEqual([{ clientCertificate: [] }]);
    const { own, licenceKey, groupKey } = await enrol(`Left by ${name}`);
    const { request } = await makeRequest();
    const question = { licenceKey, groupKey, server, request, group: { newGroup: 'X' } };

    const nobody = await ask(pathOf(name), question);
    expect([nobody.status, nobody.body['code']]).toEqual([401, 'certificate-missing']);
    expectDocumented(name, nobody);
    await ask(pathOf('leave'), { licenceKey }, own);
    const gone = await ask(pathOf(name), question, own);
    expect([gone.status, gone.body['code']]).toEqual([403, 'certificate-refused']);
    expectDocumented(name, gone);
  },
);

it('takes a certificate for nothing without the licence key that was given out with it', async () => {
  const { own, groupKey } = await enrol('Licence');
  const { request } = await makeRequest();
  for (const name of ['join', 'heartbeat', 'renew', 'leave'] as const) {
    const said = await ask(pathOf(name), { licenceKey: 'AAAAA', groupKey, server, request, group: { newGroup: 'Y' } }, own);
    expect([name, said.status, said.body['code']]).toEqual([name, 403, 'certificate-refused']);
  }
});

it('refuses with the status that stands in the document', async () => {
  const { email, password } = await authority.credentials();
  const { request } = await makeRequest();
  const refused: [ActivationCallName, unknown, keyof typeof refusalStatus][] = [
    ['activate', { email, password }, 'request-not-valid'],
    ['activate', { email: 'nobody@activation', password: 'x', request, server }, 'credentials-wrong'],
  ];
  for (const [name, question, code] of refused) {
    const said = await ask(pathOf(name), question);
    expect([said.status, said.body['code']]).toEqual([refusalStatus[code], code]);
    expectDocumented(name, said);
  }
  const { own, licenceKey } = await enrol('Taken');
  const elsewhere = await ask(pathOf('join'), { licenceKey, group: { newGroup: 'Another' } }, own);
  expect([elsewhere.status, elsewhere.body['code']]).toEqual([409, 'group-already-joined']);
  expectDocumented('join', elsewhere);
});

/** A request whose signature is not by the key that it names. */
async function forged(): Promise<string> {
  const [own, stolen] = [await makeRequest(), await makeRequest()];
  const [der] = PemConverter.decode(own.request);
  const [from, to] = [new Pkcs10CertificateRequest(own.request), new Pkcs10CertificateRequest(stolen.request)].map(({ publicKey }) =>
    Buffer.from(publicKey.rawData),
  );
  const bytes = Buffer.from(der!);
  to!.copy(bytes, bytes.indexOf(from!));
  return PemConverter.encode(bytes, 'CERTIFICATE REQUEST');
}

it('certifies only a key that whoever asks has shown to have, and spends no credentials on others', async () => {
  const { email, password } = await authority.credentials();
  const ofAnotherKind = `-----BEGIN CERTIFICATE REQUEST-----\n${anotherKind}\n-----END CERTIFICATE REQUEST-----\n`;

  for (const request of [await forged(), ofAnotherKind, 'nothing']) {
    const said = await ask(pathOf('activate'), { email, password, request, server });
    expect([said.status, said.body['code']]).toEqual([400, 'request-not-valid']);
  }
  const { own, licenceKey } = await enrol('Possession');
  const renewed = await ask(pathOf('renew'), { licenceKey, request: await forged() }, own);
  expect([renewed.status, renewed.body['code']]).toEqual([400, 'request-not-valid']);
  expect((await ask(pathOf('activate'), { email, password, request: (await makeRequest()).request, server })).status).toBe(200);
});

/** openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:secp384r1 -nodes -subj /CN=x */
const anotherKind =
  'MIIBAzCBiwIBADAMMQowCAYDVQQDDAF4MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEurpm6JPzUGlDHryLYmYfK58QX1tR6ObP3eGspPE67RnWdNnfEn6dwBe8' +
  'vCV+WrqfG8q4fJnWLNAzHFs/L5XZX35bj4G3rQh9jyX2RVD6paz+PlUoJRo5Hm8aPmxiRW+WoAAwCgYIKoZIzj0EAwIDZwAwZAIwFEfbfghBpmjhfH/NrSUl' +
  'M+zwNv6fyLXAq2CmJdAQ5fR4bA+LzaoUqOUyN/XhqA5NAjA622H3WbVfqA0J9FHrl8mVcbu8A/39LGaFPHV/b7yok+6VTyXz6oRZYyB2J0vu0Kg=';

it('is spoken by POST, in small bodies and TLS 1.2 or later only', async () => {
  expect((await ask(pathOf('about'), '', { method: 'GET' })).status).toBe(405);
  expect((await ask('/v1/else', {})).status).toBe(404);
  expect((await ask(pathOf('about'), 'no JSON')).body).toMatchObject({ code: 'request-not-valid' });
  const long = { more: 'x'.repeat(64 * 1024) };
  const said = await ask(pathOf('about'), long).catch((error: unknown) => error as Said);
  expect('status' in said ? said.body['code'] : 'cut').toMatch(/^(request-not-valid|cut)$/);
  const old = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
  await expect(ask(pathOf('about'), {}, old)).rejects.toThrow(/protocol version|unsupported protocol/);
});

it('counts guesses by address too, whatever the e-mail; typing errors and letter case of it do not make more', async () => {
  const asked = { request: (await makeRequest()).request, server };
  const guess = (email: string) => ask(pathOf('activate'), { ...asked, email, password: 'wrong' });
  for (let at = 0; at < 5; at++) expect((await guess(at % 2 ? 'SAME@activation' : ' same@activation')).status).toBe(401);
  expect((await guess('Same@activation')).status).toBe(429);
  authority.clock.now += 10 * 60_000;
  for (let at = 0; at < 20; at++) expect((await guess(`e${at}@activation`)).status).toBe(401);

  const said = await guess('fresh@activation');
  expect([said.status, said.body['code']]).toEqual([429, 'too-many-guesses']);
  expect(said.body['retryAt']).toBe(authority.clock.now + 10 * 60_000);
  expectDocumented('activate', said);
  authority.clock.now += 10 * 60_000;
});

it('says of credentials that they have expired for a day, also when new ones are made', async () => {
  const credentials = await authority.credentials();
  authority.clock.now += 23 * 3_600_000;
  await authority.credentials();
  const late = createTestServer('late', { now: () => authority.clock.now });

  await expect(late.activate(authority.url, credentials)).rejects.toMatchObject({ code: 'credentials-expired' });
  authority.clock.now = Date.now();
});

it('renews the certificate that it listens with before that ends', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'Date'] });
  try {
    const long = await startTestAuthority();
    const end = async () => Date.parse((await createAuthorityCalls().certificates(long.target()))[0]!.shown.notAfter);
    const first = await end();
    vi.advanceTimersByTime(100 * 86_400_000);
    await vi.waitFor(async () => expect(await end()).toBeGreaterThan(first), 5_000);
    await long.stop();
  } finally {
    vi.useRealTimers();
  }
});

it('is signed by whoever runs it, and revoked servers are told so with their own code', async () => {
  const { own, licenceKey, groupKey, activated } = await enrol('Revoked');
  await authority.revoke({ serverId: activated.body['serverId'] as string }, call);
  const said = await ask(pathOf('heartbeat'), { licenceKey, groupKey, server }, own);
  expect([said.status, said.body['code']]).toEqual([403, 'certificate-revoked']);
  expectDocumented('heartbeat', said);
});
