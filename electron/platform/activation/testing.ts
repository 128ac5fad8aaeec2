import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatAuthorityUrl } from '../../../shared/activation/authorityUrl.ts';
import { Secret } from '../../../shared/lib/secret.ts';
import type { Call } from '../../runtime/call.ts';
import { createActivationService } from '../../services/activation/activationService.ts';
import type { ActivationPorts } from '../../services/activation/activationPorts.ts';
import { createAuthorityService } from '../../services/authority/authorityService.ts';
import type { AuthorityKey, AuthorityVault } from '../../services/authority/authorityPorts.ts';
import { createAuthorityFile } from '../../store/authority/authorityFile.ts';
import { storeFiles } from '../../store/storeFiles.ts';
import { createActivationPlatform } from './activationPlatform.ts';
import { createAuthorityCalls } from './authorityClient.ts';

export const call: Call = {
  caller: { id: 'test', account: 'test', access: new Set(['read', 'manage']) },
  signal: new AbortController().signal,
  ref: 'test',
  note: () => {},
};

const platform = createActivationPlatform(async () => null);

/** An authority with its own store, over real TLS on the loopback address. Its clock stands still until it is moved. */
export async function startTestAuthority() {
  const folder = mkdtempSync(join(tmpdir(), 'authority-'));
  const file = createAuthorityFile(storeFiles(folder).authority, { has: () => false, add: () => {}, refuseLost: () => {} });
  let key: Secret | undefined;
  const vault: AuthorityVault = {
    putKey: async (_companyId, privateKey) => void (key = privateKey),
    takeKey: async () => key ?? Promise.reject(new Error('no key')),
    seal: async (_context, secret) => Buffer.from(secret.reveal()),
    open: async (_context, sealed) => new Secret(Buffer.from(sealed).toString()),
  };
  const clock = { now: Date.now() };
  const hashed: string[] = [];
  const refusals: string[] = [];
  let ids = 0;
  const settings = new Map<string, unknown>();
  const authority: ReturnType<typeof createAuthorityService> = createAuthorityService({
    ...platform,
    vault,
    // What scrypt does has its own tests.
    hashes: {
      hash: async (_purpose, secret) => (hashed.push(secret.reveal()), `hash of ${secret.reveal()}`),
      matches: async (_purpose, secret, record) => (hashed.push(secret.reveal()), record === `hash of ${secret.reveal()}`),
    },
    store: file.open,
    isSetUp: file.exists,
    settings: { read: (name) => settings.get(name), write: (name, value) => void settings.set(name, value) },
    isWorking: () => true,
    failed: () => {},
    hosts: () => ['localhost', '127.0.0.1'],
    newId: () => `${folder}-${++ids}`,
    now: () => clock.now,
    companyName: () => 'Contoso',
    log: ({ code }) => refusals.push(code),
    openConsole(account) {
      const page: Call = { ...call, caller: { ...call.caller, account } };
      const { state, servers, generateCredentials, revoke } = authority.service;
      return {
        state: (input) => state(input, page),
        servers: (input) => servers(input, page),
        generateCredentials: (input) => generateCredentials(input, page),
        revoke: (input) => revoke(input, page),
      };
    },
  });
  const { port, urls } = await authority.service.start({ port: 0 }, call);
  const state = await authority.service.state(null, call);
  const sha256 = state.authority!.sha256;

  return {
    ...authority.service,
    keep: authority.keep,
    port,
    urls,
    sha256,
    clock,
    hashed,
    refusals,
    url: formatAuthorityUrl({ host: '127.0.0.1', port, sha256 }),
    /** Whom a call is made to, for a test that makes one by itself. */
    target: () => ({ host: '127.0.0.1', port, authority: file.open().read()!.certificate }),
    /** What signs: for a test that makes a certificate of its own. */
    authorityKey: (): AuthorityKey => ({ certificate: file.open().read()!.certificate, privateKey: key! }),
    credentials: () => authority.service.generateCredentials(null, call),
    /** Serves it no more, as when its process ends. */
    endService: () => authority.stop(),
    async stop() {
      await authority.stop();
      file.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const newFolder = () => ({ settings: new Map<string, unknown>(), secrets: new Map<string, Secret>() });

/** A server that may be activated. `limitMs`: how long it waits for an authority; `folder`: what another process left to it. */
export function createTestServer(name: string, changed: Partial<ActivationPorts> = {}, limitMs = 10_000, folder = newFolder()) {
  const { settings, secrets } = folder;
  const clock = { aheadMs: 0 };
  const keyOf = ({ host, port, serverId }: { host: string; port: number; serverId: string }) => `${host}:${port} ${serverId}`;
  const { service, contact, renew, allow, reaches, certificate } = createActivationService({
    authorities: createAuthorityCalls(limitMs),
    makeRequest: platform.makeRequest,
    answers: { ...platform.answers, fingerprint: platform.fingerprint },
    vault: {
      check: async () => {},
      put: async (owner, identity) => void secrets.set(keyOf(owner), identity),
      take: async (owner) => secrets.get(keyOf(owner)) ?? Promise.reject(new Error('no identity')),
      forget: (owner) => void secrets.delete(keyOf(owner)),
    },
    settings: { read: (setting) => settings.get(setting), write: (setting, value) => void settings.set(setting, value) },
    facts: () => ({ name, addresses: ['10.0.0.1'], version: '1.0.0' }),
    now: () => Date.now() + clock.aheadMs,
    changed: () => {},
    ...changed,
  });
  return {
    ...service,
    contact,
    renew,
    allow,
    reaches,
    certificate,
    clock,
    folder,
    secrets,
    activate: (authorityUrl: string, { email, password }: { email: string; password: string }, replace = false) =>
      service.activate({ authorityUrl, email, password, replace }, call),
    join: (wish: Parameters<typeof service.join>[0]) => service.join(wish, call),
    requestByFile: (authorityUrl: string) => service.requestByFile({ authorityUrl }, call),
    acceptFile: (file: string) => service.acceptFile({ file }, call),
    deactivate: (evenIfAway = false) => service.deactivate({ evenIfAway }, call),
  };
}
