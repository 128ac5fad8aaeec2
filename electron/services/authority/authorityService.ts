import { credentialBytes, makeCredentials, readCredentials } from '../../../shared/activation/credentials.ts';
import { defaultAuthorityPort, formatAuthorityUrl } from '../../../shared/activation/authorityUrl.ts';
import type { authorityContract } from '../../../shared/contract/authority.contract.ts';
import type { Implementation } from '../../../shared/contract/define.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { Secret } from '../../../shared/lib/secret.ts';
import type { Call } from '../../runtime/call.ts';
import { createAnswers, type AnswerPorts } from './answerCalls.ts';
import { createAuthorityIdentity } from './authorityIdentity.ts';
import type { AuthorityPorts, Listen } from './authorityPorts.ts';
import { createEnrolment, passwordPurpose } from './enrolment.ts';
import { createFileEnrolment } from './fileEnrolment.ts';
import { createListening, type ListeningPorts } from './listening.ts';
import { createMembership } from './membership.ts';
import { createAuthorityPage, signInUrl, type AuthorityPagePorts } from './page/authorityPage.ts';

export interface AuthorityServicePorts
  extends AuthorityPorts, Pick<ListeningPorts, 'settings' | 'isWorking' | 'failed'>, Pick<AuthorityPagePorts, 'openConsole'> {
  /** Whether somebody ever made an authority in this data folder; opens no file that is not there. */
  isSetUp(): boolean;
  readonly listen: Listen;
  /** Names and addresses of this computer, the one that others know best first. */
  hosts(): readonly string[];
  /** Of a certificate in PEM, 64 hexadecimal digits. */
  fingerprint(certificate: string): string;
  companyName(): string;
  readonly log: AnswerPorts['log'];
}

/** Who has joined no group by then most likely never heard that it was activated: the answer was lost, and new credentials were made. */
const joinWithinMs = 24 * 60 * 60_000;
const credentialLifeMs = 10 * 60_000;
/** Until then an authority can say that credentials have expired or were used, and not only that they are wrong. */
const rememberMs = 24 * 60 * 60_000;

/** The activation authority of this data folder: gives out credentials, activates servers, and takes activations away. */
export function createAuthorityService(ports: AuthorityServicePorts): {
  readonly service: Implementation<typeof authorityContract, Call>;
  /** Serves the authority where it is built in. To be called now and then by whoever does the background work. */
  keep(): Promise<void>;
  stop(): Promise<void>;
} {
  const { store, hashes, now } = ports;
  const identity = createAuthorityIdentity(ports, ports.companyName);
  const membership = createMembership(ports, identity);
  const sign = createFileEnrolment(ports, identity, membership);
  const answer = createAnswers({
    activate: createEnrolment(ports, identity),
    membership,
    now,
    log: ports.log,
  });
  const page = createAuthorityPage({
    ...ports,
    failed: (error) => ports.log({ call: 'page', address: '', code: 'authority-failed', error }),
  });
  const listening = createListening({
    ...ports,
    async open(port) {
      await identity.ensure();
      return ports.listen({ port, hosts: ports.hosts(), key: identity.key, answer, page: page.answer });
    },
  });

  async function urlsAt(port: number, hosts = ports.hosts()): Promise<string[]> {
    const sha256 = ports.fingerprint((await identity.ensure()).certificate);
    return hosts.map((host) => formatAuthorityUrl({ host, port, sha256 }));
  }
  const listeningAt = async (port: number) => ({ port, urls: await urlsAt(port) });

  return {
    keep: listening.keep,
    stop: listening.stop,
    service: {
      async state() {
        const record = ports.isSetUp() ? store().read() : null;
        const [port, builtInPort] = [listening.port(), record && listening.builtInPort()];
        return {
          authority: record && {
            company: record.companyName,
            sha256: ports.fingerprint(record.certificate),
            createdAt: record.createdAt,
          },
          listening: port === null ? null : await listeningAt(port),
          builtIn:
            builtInPort === null ? null : { ...(await listeningAt(builtInPort)), url: (await urlsAt(builtInPort, ['localhost']))[0]! },
        };
      },
      start: async ({ port }) => listeningAt(await listening.start(port ?? defaultAuthorityPort)),
      async stop() {
        await listening.stop();
        return null;
      },
      async setBuiltIn({ port }) {
        if (port !== null) await identity.ensure();
        await listening.setBuiltIn(port);
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
      async openPage(_input, { caller, note }) {
        await identity.ensure();
        const { code, expiresAt } = page.makeCode(caller.account);
        note({ expiresAt });
        const port = listening.port() ?? listening.builtInPort() ?? listening.lastPort();
        return { code, expiresAt, urls: port === null ? [] : ports.hosts().map((host) => signInUrl(host, port, code)) };
      },
      async signFile({ file, group }, { note }) {
        const signed = await sign(file, group);
        note({ serverId: signed.serverId, serverName: signed.serverName });
        return signed;
      },
      groups: async () => (ports.isSetUp() ? store().groups() : []),
      async servers() {
        if (!ports.isSetUp()) return [];
        store().endUnjoined(now() - joinWithinMs);
        return store().servers();
      },
      async setCompany({ name }) {
        await identity.ensure();
        store().setCompanyName(name);
        return null;
      },
      async revoke({ serverId }) {
        if (!ports.isSetUp() || !store().end(serverId, 'revoked')) {
          throw new AppError('not-found', 'No active server has this id.', { details: { serverId } });
        }
        return null;
      },
    },
  };
}
