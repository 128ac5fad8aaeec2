import { RefusalError } from '../../../../shared/activation/protocol.ts';
import { makeKey } from '../authorityIdentity.ts';
import type { AuthorityPorts } from '../authorityPorts.ts';
import { countGuess, pageSubjects } from '../guessLimit.ts';

const lifeMs = 10 * 60_000;
const randomBytesOfCode = 25;

/** As somebody typed or pasted it: letter case, blanks and hyphens do not matter, and what looks like a digit counts as it. */
const plain = (typed: string): string =>
  typed
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replaceAll(/[IL]/g, '1');

type PageCodePorts = Pick<AuthorityPorts, 'store' | 'randomBytes' | 'digest' | 'now'>;

/**
 * One-time codes that sign somebody in to the page (125 random bits). They lie in the authority's file, because who makes one need not be the
 * process that serves the page.
 */
export function createPageCodes({ store, randomBytes, digest, now }: PageCodePorts) {
  return {
    make(account: string): { code: string; expiresAt: number } {
      const code = makeKey(randomBytes(randomBytesOfCode)).reveal();
      const expiresAt = now() + lifeMs;
      store().addPageCode({ digest: digest(plain(code)), account, expiresAt }, now());
      return { code, expiresAt };
    },
    /** Uses the code up and answers who made it; null where it is none, or no longer. Throws RefusalError `too-many-guesses`. */
    redeem(typed: string, address: string): string | null {
      const accept = countGuess(store(), pageSubjects(address), now());
      const account = store().takePageCode(digest(plain(typed)), now());
      if (account !== null) accept();
      return account;
    },
  };
}

export function retryAtOf(error: unknown): number | null {
  return error instanceof RefusalError && error.code === 'too-many-guesses' ? (error.retryAt ?? null) : null;
}
