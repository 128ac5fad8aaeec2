import type { Secret } from '../../../shared/lib/secret.ts';
import { authenticate, nameOfKey, open, seal } from './envelope.ts';

/** Seals many small secrets with one key, without asking the keychain for each. What comes out is kept by whoever asks. */
export interface Sealer {
  /** `context` says what the secret is for (`oath token 17`); it opens under this context only. */
  seal(context: string, secret: Secret): Uint8Array;
  /** Throws `keychain-unavailable` for another key, `secret-bound-elsewhere` for another context. */
  open(context: string, sealed: Uint8Array): Secret;
  /** Names the key of `seal` and `mac`; another vault has another name. */
  readonly keyName: string;
  /** 32 bytes that only this vault can make of a secret: what is hashed from them cannot be guessed from the data folder alone. */
  mac(context: string, secret: Secret): Uint8Array;
}

/** A sealer with this key. For a thread that was given the vault's key; everybody else asks the vault. */
export function createSealer(key: Uint8Array): Sealer {
  const contextOf = (context: string) => JSON.stringify(['sealer', context]);
  return {
    seal: (context, secret) => seal(key, contextOf(context), secret),
    open: (context, sealed) => open(key, contextOf(context), sealed),
    keyName: nameOfKey(key),
    mac: (context, secret) => authenticate(key, contextOf(context), secret),
  };
}
