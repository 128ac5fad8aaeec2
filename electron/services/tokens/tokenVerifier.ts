import { createCodes, matchCode, tidyCode } from './tokenCodes.ts';
import { secretContext } from '../../../shared/tokens/secretContext.ts';
import type { TokenKey, TokenStore, TokenSealer } from './tokenPorts.ts';

export interface CodeVerdict {
  readonly result: 'accepted' | 'wrong' | 'already-used' | 'expired' | 'not-started' | 'no-token';
  /** The token that the verdict is about; absent where it is about all of the user's tokens or none. */
  readonly serial?: string;
}

export interface TokenVerifier {
  /**
   * Checks an OATH code against every token of a user at `now` (milliseconds since 1970). An accepted code is used up before
   * this resolves: whoever comes second with it, in this or another process, gets `already-used`. Rejects with what the vault
   * says when it cannot be opened.
   */
  checkCode(userId: number, code: string, now: number): Promise<CodeVerdict>;
}

export interface TokenVerifierPorts {
  readonly store: Pick<TokenStore, 'keysOfUser' | 'spend'>;
  sealer(): Promise<Pick<TokenSealer, 'open'>>;
}

export function createTokenVerifier({ store, sealer }: TokenVerifierPorts): TokenVerifier {
  return {
    async checkCode(userId, typed, now) {
      const keys = store.keysOfUser(userId);
      if (keys.length === 0) return { result: 'no-token' };
      const code = tidyCode(typed);
      const good = keys.filter((key) => validityOf(key, now) === 'valid');
      if (good.length === 0) return { result: keys.some((key) => validityOf(key, now) === 'not-started') ? 'not-started' : 'expired' };
      const vault = await sealer();

      let used: string | undefined;
      for (const key of good) {
        const match = matchCode(key, createCodes(vault.open(secretContext(key.id), key.sealed), key), code, now);
        if (match.result === 'wrong') continue;
        if (match.result === 'accepted' && store.spend({ key, after: match.after })) return { result: 'accepted', serial: key.serial };
        used ??= key.serial;
      }
      return used === undefined ? { result: 'wrong' } : { result: 'already-used', serial: used };
    },
  };
}

function validityOf({ startsAt, expiresAt }: TokenKey, now: number): 'valid' | 'expired' | 'not-started' {
  if (expiresAt !== null && expiresAt <= now) return 'expired';
  return startsAt !== null && startsAt > now ? 'not-started' : 'valid';
}
