import { readActivationFile, requestFile, writeActivationFile, type AnswerContent } from '../../../shared/activation/activationFile.ts';
import { RefusalError, type GroupChoice } from '../../../shared/activation/protocol.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { AuthorityIdentity } from './authorityIdentity.ts';
import type { AuthorityPorts } from './authorityPorts.ts';
import type { createMembership } from './membership.ts';

/** Activates a server that cannot reach the authority: by a file from it and a file back. Whoever may do this needs no credentials. */
export function createFileEnrolment(
  { store, certificates, newId, now }: AuthorityPorts,
  identity: AuthorityIdentity,
  membership: ReturnType<typeof createMembership>,
) {
  return async function sign(text: string, group: GroupChoice): Promise<{ file: string; serverId: string; serverName: string }> {
    const read = readActivationFile(requestFile, text);
    if (!read) throw new AppError('activation-file-not-valid', 'The file is no activation request.');
    const authority = await identity.ensure();
    const serverId = newId();
    try {
      const issued = await certificates.certifyServer(read.request, serverId, await identity.key(), now(), 'file');
      store().addServer({ ...read.server, id: serverId }, issued, now());
      const licenceKey = (await identity.licenceKey()).reveal();
      const joined = await membership.join({ id: serverId, groupId: null }, { licenceKey, group });
      const content: AnswerContent = {
        serverId,
        company: { id: authority.companyId, name: authority.companyName },
        licenceKey,
        groups: [],
        certificate: issued.certificate,
        authority: authority.certificate,
        expiresAt: issued.expiresAt,
        group: joined,
      };
      const sealed = await certificates.sealFor(read.request, JSON.stringify(content));
      return {
        file: writeActivationFile({ kind: 'mfa-activation-answer', version: 1, ...sealed }),
        serverId,
        serverName: read.server.name,
      };
    } catch (error) {
      // A server that nobody can be told of.
      store().end(serverId, 'left');
      if (!(error instanceof RefusalError)) throw error;
      const code = error.code === 'group-taken' || error.code === 'group-not-found' ? error.code : 'activation-file-not-valid';
      throw new AppError(code, error.message, { cause: error });
    }
  };
}
