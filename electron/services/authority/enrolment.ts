import { RefusalError, type CallInput, type CallOutput } from '../../../shared/activation/protocol.ts';
import { readCredentials } from '../../../shared/activation/credentials.ts';
import { Secret } from '../../../shared/lib/secret.ts';
import type { AuthorityIdentity } from './authorityIdentity.ts';
import type { AuthorityPorts, StoredCredentials } from './authorityPorts.ts';
import { countGuess, credentialSubjects } from './guessLimit.ts';

export const passwordPurpose = 'activation credentials';

/** Turns one-time credentials and a certificate request into an activated server. */
export function createEnrolment({ store, certificates, hashes, newId, now }: AuthorityPorts, identity: AuthorityIdentity) {
  /** Throws RefusalError; whether credentials are too old or used is told only to who has the password. */
  async function check(input: CallInput<'activate'>, address: string): Promise<{ kept: StoredCredentials; accept: () => void }> {
    const accept = countGuess(store(), credentialSubjects(address, input.email.trim().toLowerCase()), now());
    const wrong = new RefusalError('credentials-wrong', 'E-mail or password is wrong.');
    const entered = readCredentials(input);
    if (!entered) throw wrong;
    const kept = store().credentials(entered.email);
    if (!kept) {
      // As long as it takes for an address that exists.
      await hashes.hash(passwordPurpose, new Secret(entered.password), 'now');
      throw wrong;
    }
    if (!(await hashes.matches(passwordPurpose, new Secret(entered.password), kept.password, 'now'))) throw wrong;
    return { kept, accept };
  }

  /** Answers once more who asks with the same key, because the answer was lost on the way. Throws RefusalError for anybody else. */
  function again({ email }: StoredCredentials, keyDigest: string) {
    const activated = store().activatedBy(email, keyDigest);
    if (activated) return activated;
    throw new RefusalError('credentials-used', 'The credentials were used already.');
  }

  return async function activate(input: CallInput<'activate'>, address: string): Promise<CallOutput<'activate'>> {
    const { kept, accept } = await check(input, address);
    const keyDigest = await certificates.keyDigest(input.request);
    let answered = kept.usedAt === null ? null : again(kept, keyDigest);
    if (kept.expiresAt <= now()) throw new RefusalError('credentials-expired', 'The credentials have expired.');
    const authority = await identity.ensure();
    const licenceKey = await identity.licenceKey();
    if (!answered) {
      const serverId = newId();
      const issued = await certificates.certifyServer(input.request, serverId, await identity.key(), now());
      const isFirst = store().activate(kept.email, keyDigest, { ...input.server, id: serverId }, issued, now());
      answered = isFirst ? { serverId, certificate: issued.certificate, expiresAt: issued.expiresAt } : again(kept, keyDigest);
    }
    accept();
    return {
      ...answered,
      company: { id: authority.companyId, name: authority.companyName },
      licenceKey: licenceKey.reveal(),
      groups: store().groups(),
      authority: authority.certificate,
    };
  };
}
