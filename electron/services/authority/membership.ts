import { RefusalError, type CallInput, type CallOutput, type GroupChoice, type Role } from '../../../shared/activation/protocol.ts';
import type { AuthorityIdentity } from './authorityIdentity.ts';
import type { AuthorityPorts, Group, KnownServer, Peer } from './authorityPorts.ts';

export const groupContext = (groupId: string) => `activation group key ${groupId}`;

const isWish = (wish: GroupChoice, { id, name }: Group): boolean => ('newGroup' in wish ? wish.newGroup === name : wish.groupId === id);

/** A server that showed a certificate of this authority. */
export interface Member extends KnownServer {
  readonly certificateSha256: string;
}

/** What activated servers ask of their authority. */
export function createMembership({ store, certificates, vault, newId, now }: AuthorityPorts, identity: AuthorityIdentity) {
  /** Throws RefusalError: the certificate must be of this authority, valid, and of a server that is still active. */
  function memberOf({ certificate }: Peer): Member {
    if (!certificate) throw new RefusalError('certificate-missing', 'This call needs the certificate that the activation gave out.');
    const server = store().serverOf(certificate.sha256);
    if (server?.state === 'revoked') throw new RefusalError('certificate-revoked', 'The activation of this server was revoked.');
    if (!certificate.trusted || server?.state !== 'active' || server.certificateExpiresAt <= now()) {
      throw new RefusalError('certificate-refused', 'The certificate is not one that this authority accepts.');
    }
    return { ...server, certificateSha256: certificate.sha256 };
  }

  async function requireLicence(licenceKey: string): Promise<void> {
    if (licenceKey !== (await identity.licenceKey()).reveal()) {
      throw new RefusalError('certificate-refused', 'The licence key is not that of this company.');
    }
  }

  async function join(member: Pick<Member, 'id' | 'groupId'>, { licenceKey, group }: CallInput<'join'>): Promise<CallOutput<'join'>> {
    await requireLicence(licenceKey);
    const before = member.groupId === null ? null : store().group(member.groupId);
    if (before && isWish(group, before)) {
      // It asks again because the answer was lost on the way.
      const role =
        store()
          .members(before.id)
          .find(({ id }) => id === member.id)?.role ?? 'subordinate';
      return joinedAs(before, role);
    }
    if (member.groupId !== null) {
      throw new RefusalError('group-already-joined', 'The server is in a group. Another group needs a new activation.');
    }
    const key = identity.newKey();
    let found: Group | null;
    if ('newGroup' in group) {
      const id = newId();
      found = { id, name: group.newGroup, key: await vault.seal(groupContext(id), key) };
    } else {
      found = store().group(group.groupId);
    }
    const role = found && store().join(member.id, 'newGroup' in group ? { created: found } : { id: found.id }, now());
    if (!found || role === null) throw new RefusalError('group-not-found', 'There is no such group.');
    if (role === 'taken') throw new RefusalError('group-taken', 'There is a group of this name.');
    return joinedAs(found, role);
  }

  async function joinedAs({ id, name, key }: Group, role: Role): Promise<CallOutput<'join'>> {
    return { groupId: id, groupName: name, groupKey: (await vault.open(groupContext(id), key)).reveal(), role };
  }

  async function heartbeat(member: Member, input: CallInput<'heartbeat'>): Promise<CallOutput<'heartbeat'>> {
    await requireLicence(input.licenceKey);
    const group = member.groupId === null ? null : store().group(member.groupId);
    // A data folder that was copied or put back from before another activation has the keys of one and the certificate of the other.
    if (!group || input.groupKey !== (await vault.open(groupContext(group.id), group.key)).reveal()) {
      throw new RefusalError('certificate-other-group', 'The certificate belongs to another group.');
    }
    store().seen(member.id, input.server, member.certificateSha256, now());
    const { companyId, companyName } = await identity.ensure();
    const members = store().members(group.id);
    return {
      now: now(),
      company: { id: companyId, name: companyName },
      group: { id: group.id, name: group.name },
      role: members.find(({ id }) => id === member.id)?.role ?? 'subordinate',
      members,
    };
  }

  async function renew(member: Member, { licenceKey, request }: CallInput<'renew'>): Promise<CallOutput<'renew'>> {
    await requireLicence(licenceKey);
    const issued = await certificates.certifyServer(request, member.id, await identity.key(), now());
    store().addCertificate(member.id, issued);
    return { certificate: issued.certificate, expiresAt: issued.expiresAt };
  }

  async function leave(member: Member, { licenceKey }: CallInput<'leave'>): Promise<CallOutput<'leave'>> {
    await requireLicence(licenceKey);
    store().end(member.id, 'left');
    return {};
  }

  return { memberOf, join, heartbeat, renew, leave };
}
