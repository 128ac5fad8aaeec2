import type { activationContract } from '../../shared/contract/activation.contract.ts';
import type { authorityContract } from '../../shared/contract/authority.contract.ts';
import type { ServerFacts } from '../../shared/activation/protocol.ts';
import { createActivationService } from '../services/activation/activationService.ts';
import type { ActivationPorts, IdentityVault } from '../services/activation/activationPorts.ts';
import { startKeeping } from '../services/activation/keepActivation.ts';
import type { AuthorityPorts, AuthorityVault } from '../services/authority/authorityPorts.ts';
import { createAuthorityService, type AuthorityServicePorts } from '../services/authority/authorityService.ts';
import type { SecretHashes } from '../services/hashes/secretHashes.ts';
import type { Vault } from '../services/vault/vault.ts';
import type { Caller } from './call.ts';
import type { Router, Services } from './router.ts';

/** So soon an authority that was made built in elsewhere is served. */
const serveEveryMs = 3_000;

/** What activation needs of the computer. */
export interface ActivationPlatform
  extends
    Pick<ActivationPorts, 'authorities' | 'makeRequest'>,
    Pick<AuthorityServicePorts, 'certificates' | 'listen' | 'fingerprint' | 'hosts' | 'digest'> {
  readonly answers: Omit<ActivationPorts['answers'], 'fingerprint'>;
  /** Opens the authority's file, and makes it. */
  openAuthority: AuthorityPorts['store'];
  hasAuthority: AuthorityServicePorts['isSetUp'];
  randomBytes: AuthorityPorts['randomBytes'];
}

export interface ActivationPartsPorts {
  readonly activation: ActivationPlatform;
  readonly settings: ActivationPorts['settings'];
  readonly vault: Vault;
  readonly hashes: SecretHashes;
  readonly host: { readonly serverName: string; readonly version: string };
  addresses(): string[];
  readonly log: { warn(details: object, message: string): void };
  newId(): string;
  now(): number;
  every(intervalMs: number, callback: () => void): () => void;
  changed(): void;
  /** Whether this process does the background work. */
  isWorking(): boolean;
  /** See the router. */
  readonly call: Router['call'];
}

/** Activation: this server's own, and the authority that may be built into this data folder; joined. */
export function createActivationParts(ports: ActivationPartsPorts): {
  readonly services: Services<{ activation: typeof activationContract; authority: typeof authorityContract }>;
  /** Tells the authority now and then that this server is alive, and renews its certificate, until the returned function is called. */
  startKeeping(): () => void;
  /** See the activation service. */
  allow(service: string, method: string): void;
  isReadOnly(): boolean;
  /** See `authorityToReach`. */
  reaches(): { host: string; port: number } | null;
  /** See the activation service. */
  certificate(): { expiresAt: number; isOffline: boolean } | null;
  stop(): Promise<void>;
} {
  const { activation: platform, vault, host, addresses, log } = ports;
  const facts = (): ServerFacts => ({ name: host.serverName, addresses: addresses(), version: host.version });
  const activation = createActivationService({
    ...ports,
    authorities: platform.authorities,
    makeRequest: platform.makeRequest,
    answers: { ...platform.answers, fingerprint: platform.fingerprint },
    vault: identityVault(vault),
    facts,
  });
  const authority = createAuthorityService({
    ...ports,
    certificates: platform.certificates,
    listen: platform.listen,
    hosts: platform.hosts,
    fingerprint: platform.fingerprint,
    store: platform.openAuthority,
    isSetUp: platform.hasAuthority,
    randomBytes: platform.randomBytes,
    digest: platform.digest,
    openConsole: (account) => authorityAs({ id: 'authority page', account, access: new Set(['read', 'manage']) }, ports.call),
    vault: authorityVault(vault),
    failed: (error) => log.warn({ err: error }, 'The activation authority cannot be served at the moment.'),
    companyName: () => host.serverName,
    log: ({ error, ...entry }) => log.warn({ ...entry, err: error }, 'The activation authority did not grant a call.'),
  });
  return {
    allow: activation.allow,
    isReadOnly: activation.isReadOnly,
    reaches: activation.reaches,
    certificate: activation.certificate,
    services: { activation: activation.service, authority: authority.service },
    startKeeping() {
      const stopKeeping = startKeeping({ contact: activation.contact, renew: activation.renew, every: ports.every, now: ports.now });
      const stopServing = ports.every(serveEveryMs, () => void authority.keep());
      return () => {
        stopKeeping();
        stopServing();
        // Another process does it from now on, on the same port.
        void authority.stop();
      };
    },
    stop: authority.stop,
  };
}

/** The authority as somebody may use it who signed in to its page. */
function authorityAs(caller: Caller, call: Router['call']): ReturnType<AuthorityServicePorts['openConsole']> {
  // What the router answers follows the contract, which the compiler cannot see from here.
  const procedure = (method: string) => (input: unknown) => call(caller, 'authority', method, input) as never;
  return {
    state: procedure('state'),
    servers: procedure('servers'),
    generateCredentials: procedure('generateCredentials'),
    revoke: procedure('revoke'),
  };
}

function identityVault(vault: Vault): IdentityVault {
  const bindingOf = ({ host, port, serverId }: Parameters<IdentityVault['forget']>[0]) => ({
    purpose: 'activation',
    servers: [`${host}:${port}`],
    user: serverId,
  });
  return {
    async check() {
      await vault.sealer();
    },
    put: (owner, identity) => vault.put(bindingOf(owner), identity),
    take: (owner) => vault.take(bindingOf(owner)),
    forget: (owner) => vault.forget(bindingOf(owner)),
  };
}

function authorityVault(vault: Vault): AuthorityVault {
  const bindingOf = (companyId: string) => ({ purpose: 'activation authority', servers: [], user: companyId });
  return {
    putKey: (companyId, privateKey) => vault.put(bindingOf(companyId), privateKey),
    takeKey: (companyId) => vault.take(bindingOf(companyId)),
    seal: async (context, secret) => (await vault.sealer()).seal(context, secret),
    open: async (context, sealed) => (await vault.sealer()).open(context, sealed),
  };
}
