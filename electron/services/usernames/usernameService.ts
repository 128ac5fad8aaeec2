import type { CompanySettings } from '../../../shared/contract/companySettings.ts';
import type { Implementation } from '../../../shared/contract/define.ts';
import { isAppError } from '../../../shared/contract/errors.ts';
import type { UsernameResolution, usernamesContract } from '../../../shared/contract/usernames.contract.ts';
import type { NamedAccount } from '../../../shared/directory/namedAccount.ts';
import type { Call } from '../../runtime/call.ts';
import { namesToTry } from './namesToTry.ts';

interface FoundUser {
  readonly id: number;
  readonly username: string;
}

export interface UsernamePorts {
  rules(): CompanySettings['usernameResolution'];
  /** Accounts of people whose username attributes hold exactly this name, two at most. Rejects where the directory cannot be asked. */
  accountsNamed(name: string, signal: AbortSignal): Promise<readonly NamedAccount[]>;
  findUser(
    key: { readonly username: string } | { readonly directoryId: string } | { readonly sid: string },
    signal: AbortSignal,
  ): Promise<FoundUser | null>;
}

/**
 * Finds the user whom a name means (reference §5.2). The directory knows all names of a person, so it is asked for the identifier that
 * imports have stored; a name that it has given to somebody else since then does not lead to the one who had it before. Where the
 * directory cannot be asked, people who enter their username as the list has it are still found.
 */
export function createUsernameService(ports: UsernamePorts): Implementation<typeof usernamesContract, Call> {
  async function inList(names: readonly string[], signal: AbortSignal): Promise<FoundUser | null> {
    for (const username of names) {
      const user = await ports.findUser({ username }, signal);
      if (user) return user;
    }
    return null;
  }

  /** The first name that the directory knows decides. */
  async function inDirectory(names: readonly string[], signal: AbortSignal): Promise<readonly NamedAccount[]> {
    for (const name of names) {
      const accounts = await ports.accountsNamed(name, signal);
      if (accounts.length > 0) return accounts;
    }
    return [];
  }

  return {
    async resolve({ name }, { signal }) {
      const { kind, stripDomain } = ports.rules();
      const tried = namesToTry(name, stripDomain);
      const answer = (rest: Pick<UsernameResolution, 'outcome'> & Partial<UsernameResolution>): UsernameResolution => ({
        ...{ user: null, account: null, directoryError: null },
        ...{ kind, tried },
        ...rest,
      });
      const fromList = async (directoryError: UsernameResolution['directoryError']) => {
        const user = await inList(tried, signal);
        return answer({ outcome: user ? 'found' : 'not-in-list', user, directoryError });
      };
      if (kind === 'exact') return fromList(null);

      let accounts: readonly NamedAccount[];
      try {
        accounts = await inDirectory(tried, signal);
      } catch (error) {
        if (signal.aborted || !isAppError(error)) throw error;
        return fromList({ code: error.code, message: error.message });
      }
      const [found] = accounts;
      if (!found) return answer({ outcome: 'not-in-directory' });
      const identifier = kind === 'sid' ? found.sid : found.directoryId;
      const account = { dn: found.dn, matched: found.matched, identifier };
      if (accounts.length > 1) return answer({ outcome: 'ambiguous', account });
      if (identifier === '') return answer({ outcome: 'no-identifier', account });
      const user = await ports.findUser(kind === 'sid' ? { sid: identifier } : { directoryId: identifier }, signal);
      return answer({ outcome: user ? 'found' : 'not-in-list', user, account });
    },
  };
}
