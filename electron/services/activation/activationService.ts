import { formatAuthorityUrl } from '../../../shared/activation/authorityUrl.ts';
import { touchesUsers } from '../../../shared/activation/readOnly.ts';
import { readCredentials } from '../../../shared/activation/credentials.ts';
import type { ActivationCallName, CallInput, CallOutput } from '../../../shared/activation/protocol.ts';
import type { activationContract, ActivationState } from '../../../shared/contract/activation.contract.ts';
import type { Implementation } from '../../../shared/contract/define.ts';
import { AppError, isAppError } from '../../../shared/contract/errors.ts';
import { Secret } from '../../../shared/lib/secret.ts';
import type { Call } from '../../runtime/call.ts';
import { createActivationAttempts } from './activationAttempt.ts';
import type { ActivationPorts } from './activationPorts.ts';
import { authorityToReach, createActivationRecords, type ActivationRecord, type ServerIdentity } from './activationRecord.ts';
import { createFileActivation } from './fileActivation.ts';
import { findAuthority, lookAtAuthority, requireAuthorityUrl } from './findAuthority.ts';

/** As much as Kerberos allows in a domain; one-time codes suffer from much less. */
const clockToleranceMs = 5 * 60_000;

/** The server's side of its activation. */
export function createActivationService(ports: ActivationPorts): {
  readonly service: Implementation<typeof activationContract, Call>;
  /** As the procedures of these names. */
  contact(): Promise<ActivationState>;
  renew(): Promise<ActivationState>;
  /** Throws AppError `server-read-only` for a command that this server must not carry out until it is activated again. */
  allow(service: string, method: string): void;
  isReadOnly(): boolean;
  /** See `authorityToReach`. */
  reaches(): ReturnType<typeof authorityToReach>;
  /** When the certificate of this server ends, and whether it is renewed by files alone. Null: it is not activated. */
  certificate(): Pick<ActivationRecord, 'expiresAt' | 'isOffline'> | null;
} {
  const { authorities, now } = ports;
  const records = createActivationRecords(ports);
  const attempts = createActivationAttempts(ports);
  let last: Promise<unknown> = Promise.resolve();

  /** One after the other: two that change key and certificate at once would leave what does not fit together. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work, work);
    last = turn.catch(() => undefined);
    return turn;
  }

  function requireRecord(): ActivationRecord {
    const record = records.read();
    if (record) return record;
    throw new AppError('not-activated', 'This server is not activated.');
  }

  async function callAs<Name extends ActivationCallName>(
    record: ActivationRecord,
    name: Name,
    input: (identity: ServerIdentity) => CallInput<Name>,
  ): Promise<CallOutput<Name>> {
    const identity = await records.takeIdentity(record);
    const { certificate, privateKey } = identity;
    return authorities.call(name, input(identity), { ...record, identity: { certificate, privateKey: new Secret(privateKey) } });
  }

  /** Throws `clock-differs`: certificates would not be valid when they are needed, and one-time codes would be wrong. */
  function compareClocks(theirs: number): void {
    const seconds = Math.round((now() - theirs) / 1000);
    if (Math.abs(seconds) * 1000 <= clockToleranceMs) return;
    throw new AppError('clock-differs', `The clocks of this server and of the authority differ by ${Math.abs(seconds)} seconds.`, {
      details: { seconds },
    });
  }

  async function activate(url: string, entered: { email: string; password: string }): Promise<void> {
    const address = requireAuthorityUrl(url);
    const credentials = readCredentials(entered);
    if (!credentials) throw new AppError('credentials-mistyped', 'E-mail or password is not as an authority writes them.');
    // Before anything is used up that cannot be used twice.
    await ports.vault.check();
    const before = records.read();
    const { pem, shown } = await findAuthority(authorities, address);
    const target = { host: address.host, port: address.port, authority: pem };
    compareClocks((await authorities.call('about', {}, target)).now);
    const { request, privateKey } = await attempts.begin({ ...target, sha256: shown.sha256 }, credentials.email);
    const answer = await authorities.call('activate', { ...credentials, request, server: ports.facts() }, target);
    const record: ActivationRecord = {
      ...target,
      sha256: shown.sha256,
      company: answer.company.name,
      serverId: answer.serverId,
      activatedAt: now(),
      expiresAt: answer.expiresAt,
      groups: answer.groups,
      group: null,
      isOffline: false,
    };
    const { certificate, licenceKey } = answer;
    await records.putIdentity(record, { certificate, privateKey: privateKey.reveal(), licenceKey, groupKey: '' });
    records.write(record);
    attempts.end();
    if (before) await leave(before).catch(() => undefined);
  }

  async function leave(record: ActivationRecord): Promise<void> {
    try {
      await callAs(record, 'leave', ({ licenceKey }) => ({ licenceKey }));
    } finally {
      if (records.read()?.serverId !== record.serverId) ports.vault.forget(record);
    }
  }

  /** Never throws for what the authority or the network does: that is what it is there to find out. */
  async function contact(record: ActivationRecord): Promise<void> {
    const before = records.contact(record.serverId);
    try {
      const server = ports.facts();
      const answer = await callAs(record, 'heartbeat', ({ licenceKey, groupKey }) => ({ licenceKey, groupKey, server }));
      records.writeContact({
        serverId: record.serverId,
        at: now(),
        role: answer.role,
        members: answer.members,
        revokedAt: null,
        failure: null,
      });
      if (answer.company.name !== record.company) records.write({ ...record, company: answer.company.name });
    } catch (error) {
      if (!isAppError(error)) throw error;
      // A server without any connection is expected to reach nobody; if it does all the same, it learns what it has to know.
      if (record.isOffline && error.code !== 'certificate-revoked') return;
      const failure = { at: now(), since: before.failure?.since ?? now(), code: error.code, message: error.message };
      const revokedAt = error.code === 'certificate-revoked' ? (before.revokedAt ?? now()) : before.revokedAt;
      records.writeContact({ ...before, revokedAt, failure });
    }
  }

  const contactNow = () =>
    inTurn(async () => {
      const record = records.read();
      if (record?.group) await contact(record);
      return records.state();
    });

  const renew = () =>
    inTurn(async () => {
      const record = requireRecord();
      const { request, privateKey } = await ports.makeRequest();
      const { certificate, expiresAt } = await callAs(record, 'renew', ({ licenceKey }) => ({ licenceKey, request }));
      const identity = await records.takeIdentity(record);
      await records.putIdentity(record, { ...identity, certificate, privateKey: privateKey.reveal() });
      records.write({ ...record, expiresAt });
      return records.state();
    });

  const files = createFileActivation(ports, records);

  const service: Implementation<typeof activationContract, Call> = {
    state: async () => records.state(),
    async look({ authorityUrl }) {
      const address = requireAuthorityUrl(authorityUrl);
      const { shown } = await lookAtAuthority(authorities, address);
      return { authorityUrl: formatAuthorityUrl({ ...address, sha256: shown.sha256 }), certificate: shown };
    },
    activate: ({ authorityUrl, replace, email, password }, { note }) =>
      inTurn(async () => {
        if (records.read() && !replace) throw new AppError('already-activated', 'This server is activated already.');
        await activate(authorityUrl, { email, password });
        note({ serverId: records.read()?.serverId });
        return records.state();
      }),
    requestByFile: ({ authorityUrl }) => inTurn(async () => ({ file: await files.request(authorityUrl) })),
    acceptFile: ({ file }) =>
      inTurn(async () => {
        const before = await files.accept(file);
        if (before) ports.vault.forget(before);
        return records.state();
      }),
    join: (wish) =>
      inTurn(async () => {
        const record = requireRecord();
        const { groupId, groupName, groupKey, role } = await callAs(record, 'join', ({ licenceKey }) => ({ licenceKey, group: wish }));
        await records.putIdentity(record, { ...(await records.takeIdentity(record)), groupKey });
        const joined = { ...record, group: { id: groupId, name: groupName, role } };
        records.write(joined);
        await contact(joined);
        return records.state();
      }),
    contact: contactNow,
    renew,
    deactivate: ({ evenIfAway }) =>
      inTurn(async () => {
        const record = requireRecord();
        try {
          if (!record.isOffline) await callAs(record, 'leave', ({ licenceKey }) => ({ licenceKey }));
        } catch (error) {
          // One that the authority knows no more has nothing to leave.
          const isOver = isAppError(error, 'certificate-revoked') || isAppError(error, 'certificate-refused');
          if (!evenIfAway && !isOver) throw error;
        }
        records.end();
        ports.vault.forget(record);
        return records.state();
      }),
  };

  const sentences = {
    revoked: 'The activation of this server was revoked: it changes no users and sends no mail until it is activated again.',
    expired: 'The certificate of this server has expired: it changes no users and sends no mail until it is activated again.',
  } as const;
  function allow(called: string, method: string): void {
    if (!touchesUsers(called, method)) return;
    const over = records.readOnly();
    if (over) throw new AppError('server-read-only', sentences[over.reason], { details: over });
  }

  return {
    service,
    contact: contactNow,
    renew,
    allow,
    isReadOnly: () => records.readOnly() !== null,
    reaches: () => authorityToReach(records.read()),
    certificate: records.read,
  };
}
