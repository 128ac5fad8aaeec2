import type { EmailSettings } from '../../../shared/contract/email.contract.ts';
import type { Secret } from '../../../shared/lib/secret.ts';
import type { RelayToken, RequestToken } from './mailPorts.ts';

type Client = EmailSettings['relay']['oauth'] & { readonly caPem: string };

export interface AccessTokenPorts {
  readonly requestToken: RequestToken;
  /** Milliseconds of a clock that nobody sets. */
  ticks(): number;
}

/** So long before its end a token is not used any more: signing in takes a while, and clocks differ. */
const marginMs = 5 * 60_000;

/** Keeps the access token of a client until shortly before its end. Who asks while one is being fetched waits for the same one. */
export function createAccessTokens({ requestToken, ticks }: AccessTokenPorts) {
  let kept: { readonly client: string; readonly token: Secret; readonly untilTicks: number } | undefined;
  let asking: { readonly client: string; readonly answer: Promise<Secret> } | undefined;

  async function fetch(client: Client, name: string, secret: () => Promise<Secret>): Promise<Secret> {
    const { token, expiresInMs } = await requestToken(client, await secret());
    // One that lives but briefly is used for half of its life.
    kept = { client: name, token, untilTicks: ticks() + Math.max(expiresInMs - marginMs, expiresInMs / 2) };
    return token;
  }

  return {
    /** Tokens for this client. `secret` is asked for only when a new one has to be fetched. */
    of(client: Client, secret: () => Promise<Secret>): RelayToken {
      const name = JSON.stringify([client.tokenUrl, client.clientId, client.scope]);
      return {
        async get() {
          if (kept?.client === name && ticks() < kept.untilTicks) return kept.token;
          if (asking?.client === name) return asking.answer;
          const answer = fetch(client, name, secret).finally(() => (asking = undefined));
          asking = { client: name, answer };
          return answer;
        },
        reject() {
          if (kept?.client === name) kept = undefined;
        },
      };
    },
  };
}
export type AccessTokens = ReturnType<typeof createAccessTokens>;
