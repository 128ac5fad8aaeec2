import { beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/contract/errors.ts';
import { Secret } from '../../../shared/lib/secret.ts';
import { createAccessTokens } from './accessTokens.ts';

const client = { tokenUrl: 'https://login.test/token', clientId: 'app', scope: 'mail', caPem: '' };
const secret = () => Promise.resolve(new Secret('s'));
const minute = 60_000;

let now: number;
let asked: number;
let failure: AppError | undefined;
const tokens = () =>
  createAccessTokens({
    ticks: () => now,
    async requestToken() {
      asked += 1;
      await Promise.resolve();
      if (failure) throw failure;
      return { token: new Secret(`token ${asked}`), expiresInMs: 60 * minute };
    },
  });

beforeEach(() => {
  now = 0;
  asked = 0;
  failure = undefined;
});

describe('access tokens', () => {
  it('are used until five minutes before their end', async () => {
    const token = tokens().of(client, secret);
    expect((await token.get()).reveal()).toBe('token 1');
    now = 54 * minute;
    expect((await token.get()).reveal()).toBe('token 1');
    now = 55 * minute;
    expect((await token.get()).reveal()).toBe('token 2');
  });

  it('are fetched once for all who wait, and anew after a failure', async () => {
    const kept = tokens();
    failure = new AppError('token-unavailable', 'away');
    const results = await Promise.allSettled([kept.of(client, secret).get(), kept.of(client, secret).get()]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(asked).toBe(1);

    failure = undefined;
    const both = await Promise.all([kept.of(client, secret).get(), kept.of(client, secret).get()]);
    expect(both.map((token) => token.reveal())).toEqual(['token 2', 'token 2']);
  });

  it('are forgotten when the relay does not accept them, and never given to another client', async () => {
    const kept = tokens();
    await kept.of(client, secret).get();
    expect((await kept.of({ ...client, clientId: 'other' }, secret).get()).reveal()).toBe('token 2');
    kept.of({ ...client, clientId: 'other' }, secret).reject();
    expect((await kept.of({ ...client, clientId: 'other' }, secret).get()).reveal()).toBe('token 3');
  });
});
