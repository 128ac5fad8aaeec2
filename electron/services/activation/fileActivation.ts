import { z } from 'zod';
import { answerContent, answerFile, readActivationFile, writeActivationFile } from '../../../shared/activation/activationFile.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { ActivationPorts } from './activationPorts.ts';
import type { ActivationRecord, createActivationRecords } from './activationRecord.ts';
import { requireAuthorityUrl } from './findAuthority.ts';

const settingName = 'activationRequest';
const pending = z.object({ host: z.string(), port: z.number().int(), sha256: z.string() });
/** Under which the key of a request lies in the vault: it has no server id yet. */
const noServer = 'request';

const notValid = (message: string) => new AppError('activation-file-not-valid', message);

/** Activation for a server without any connection: a request goes out as a file, and an answer comes back as one. */
export function createFileActivation(ports: ActivationPorts, records: ReturnType<typeof createActivationRecords>) {
  return {
    /** Whose answer will be accepted is fixed here: the address must have the fingerprint. Another request makes the one before it void. */
    async request(authorityUrl: string): Promise<string> {
      const { host, port, sha256 } = requireAuthorityUrl(authorityUrl);
      if (sha256 === null) throw new AppError('authority-unknown', 'The address does not say whose certificate to trust.');
      const { request, privateKey } = await ports.makeRequest();
      await ports.vault.put({ host, port, serverId: noServer }, privateKey);
      ports.settings.write(settingName, { host, port, sha256 });
      return writeActivationFile({ kind: 'mfa-activation-request', version: 1, request, server: ports.facts() });
    },

    /** Answers the activation that it was before, if any. */
    async accept(text: string): Promise<ActivationRecord | null> {
      const expected = pending.safeParse(ports.settings.read(settingName));
      if (!expected.success) throw notValid('No request waits for an answer here.');
      const owner = { host: expected.data.host, port: expected.data.port, serverId: noServer };
      const file = readActivationFile(answerFile, text);
      if (!file) throw notValid('The file is no answer to an activation request.');
      const privateKey = await ports.vault.take(owner);
      const content = readActivationFile(answerContent, await ports.answers.open(file, privateKey));
      if (!content) throw notValid('The answer is not complete.');
      const { authority, certificate, licenceKey, serverId, group } = content;
      if (ports.answers.fingerprint(authority) !== expected.data.sha256) {
        throw new AppError('authority-changed', 'The answer is from another authority than the one that was asked.');
      }
      if (!(await ports.answers.isIssuedFor(certificate, authority, privateKey))) {
        throw notValid('The certificate in the answer is not for this server.');
      }
      const before = records.read();
      const record: ActivationRecord = {
        ...expected.data,
        authority,
        company: content.company.name,
        serverId,
        activatedAt: ports.now(),
        expiresAt: content.expiresAt,
        groups: [],
        group: { id: group.groupId, name: group.groupName, role: group.role },
        isOffline: true,
      };
      await records.putIdentity(record, { certificate, privateKey: privateKey.reveal(), licenceKey, groupKey: group.groupKey });
      records.write(record);
      ports.settings.write(settingName, null);
      ports.vault.forget(owner);
      return before;
    },
  };
}
