import { credentialBytes, makeCredentials, readCredentials } from '../../../shared/activation/credentials.ts';
import { defaultAuthorityPort, formatAuthorityUrl } from '../../../shared/activation/authorityUrl.ts';
import type { authorityContract } from '../../../shared/contract/authority.contract.ts';
import type { Implementation } from '../../../shared/contract/define.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { Secret } from '../../../shared/lib/secret.ts';
import type { Call } from '../../runtime/call.ts';
import { createAnswers, type AnswerPorts } from './answerCalls.ts';
import { createAuthorityIdentity } from './authorityIdentity.ts';
import type { AuthorityPorts, Listen, Listener } from './authorityPorts.ts';
import { createEnrolment, passwordPurpose } from './enrolment.ts';
import { createMembership } from './membership.ts';

export interface AuthorityServicePorts extends AuthorityPorts {
  /** Whether somebody ever made an authority in this data folder; opens no file that is not there. */
  isSetUp(): boolean;
  readonly listen: Listen;
  /** Of a certificate in PEM, 64 hexadecimal digits. */
  fingerprint(certificate: string): string;
  companyName(): string;
  readonly log: AnswerPorts['log'];
}

const credentialLifeMs = 10 * 60_000;
/** Until then an authority can say that credentials have expired or were used, and not only that they are wrong. */
const rememberMs = 24 * 60 * 60_000;

/** The activation authority of this data folder: gives out credentials, activates servers, and takes activations away. */
export function createAuthorityService(ports: AuthorityServicePorts): {
  readonly service: Implementation<typeof authorityContract, Call>;
  stop(): Promise<void>;
} {
  const { store, hashes, now } = ports;
  const identity = createAuthorityIdentity(ports, ports.companyName);
  const answer = createAnswers({
    activate: createEnrolment(ports, identity),
    membership: createMembership(ports, identity),
    now,
    log: ports.log,
  });
  let listener: Listener | null = null;
  let starting: Promise<Listener> | undefined;

  async function listening({ port, hosts }: Listener) {
    const sha256 = ports.fingerprint((await identity.ensure()).certificate);
    return { port, urls: hosts.map((host) => formatAuthorityUrl({ host, port, sha256 })) };
  }

  async function start(port: number): Promise<Listener> {
    await identity.ensure();
    return ports.listen({ port, key: identity.key, answer });
  }

  async function stop(): Promise<void> {
    const open = listener ?? (await starting?.catch(() => null)) ?? null;
    listener = null;
    await open?.close();
  }

  return {
    stop,
    service: {
      async state() {
        const record = ports.isSetUp() ? store().read() : null;
        return {
          authority: record && {
            company: record.companyName,
            sha256: ports.fingerprint(record.certificate),
            createdAt: record.createdAt,
          },
          listening: listener && (await listening(listener)),
        };
      },
      async start({ port }) {
        listener ??= await (starting ??= start(port ?? defaultAuthorityPort).finally(() => (starting = undefined)));
        return listening(listener);
      },
      async stop() {
        await stop();
        return null;
      },
      async generateCredentials(_input, { note }) {
        await identity.ensure();
        const made = makeCredentials(ports.randomBytes(credentialBytes));
        const { email, password } = readCredentials(made)!;
        const record = await hashes.hash(passwordPurpose, new Secret(password), 'now');
        const at = now();
        store().addCredentials({ email, password: record, createdAt: at, expiresAt: at + credentialLifeMs, usedAt: null }, at - rememberMs);
        note({ email });
        return { ...made, expiresAt: at + credentialLifeMs };
      },
      servers: async () => (ports.isSetUp() ? store().servers() : []),
      async revoke({ serverId }) {
        if (!ports.isSetUp() || !store().end(serverId, 'revoked')) {
          throw new AppError('not-found', 'No active server has this id.', { details: { serverId } });
        }
        return null;
      },
    },
  };
}
