import { RefusalError, type CallInput, type CallOutput } from '../../../shared/activation/protocol.ts';
import { readCredentials } from '../../../shared/activation/credentials.ts';
import { Secret } from '../../../shared/lib/secret.ts';
import type { AuthorityIdentity } from './authorityIdentity.ts';
import type { AuthorityPorts } from './authorityPorts.ts';
import { countGuess, credentialSubjects } from './guessLimit.ts';

export const passwordPurpose = 'activation credentials';

/** Turns one-time credentials and a certificate request into an activated server. */
export function createEnrolment({ store, certificates, hashes, newId, now }: AuthorityPorts, identity: AuthorityIdentity) {
  /** Throws RefusalError; whether credentials are too old or used is told only to who has the password. */
  async function check(input: CallInput<'activate'>, address: string): Promise<{ email: string; accept: () => void }> {
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
    if (kept.usedAt !== null) throw used();
    if (kept.expiresAt <= now()) throw new RefusalError('credentials-expired', 'The credentials have expired.');
    return { email: entered.email, accept };
  }

  return async function activate(input: CallInput<'activate'>, address: string): Promise<CallOutput<'activate'>> {
    const { email, accept } = await check(input, address);
    const authority = await identity.ensure();
    const serverId = newId();
    const issued = await certificates.certifyServer(input.request, serverId, await identity.key(), now());
    const licenceKey = await identity.licenceKey();
    if (!store().activate(email, { ...input.server, id: serverId }, issued, now())) throw used();
    accept();
    return {
      serverId,
      company: { id: authority.companyId, name: authority.companyName },
      licenceKey: licenceKey.reveal(),
      groups: store().groups(),
      certificate: issued.certificate,
      authority: authority.certificate,
      expiresAt: issued.expiresAt,
    };
  };
}

const used = () => new RefusalError('credentials-used', 'The credentials were used already.');
