import { expect, it } from 'vitest';
import { defaultEmailSettings, type EmailSettings } from '../../../shared/contract/email.contract.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Relay, RelaySession, RelayTarget } from './mailPorts.ts';
import { findRelayWays } from './relayWays.ts';

/** A relay that answers in these ways only, such as `587 starttls`. */
function relayAt(ways: Readonly<Record<string, 'answers' | 'certificate-unknown'>>) {
  const asked: RelayTarget[] = [];
  let open = 0;
  const relay: Relay = {
    async open(target) {
      asked.push(target);
      const way = ways[`${target.relay.port} ${target.relay.security}`];
      if (way === undefined) throw new AppError('refused', 'Nothing listens.');
      if (way !== 'answers') throw new AppError(way, 'Not known.');
      open += 1;
      return { close: async () => void (open -= 1) } as RelaySession;
    },
  };
  return { relay, asked, open: () => open };
}
const configured = (changes: Partial<EmailSettings['relay']>): EmailSettings['relay'] => ({
  ...defaultEmailSettings.relay,
  host: 'relay.test',
  ...changes,
});
const find = (relay: Relay, changes: Partial<EmailSettings['relay']>) =>
  findRelayWays(relay, configured(changes), new AbortController().signal);

it('finds the ports at which a relay answers, the best first, and leaves no connection open', async () => {
  const { relay, open } = relayAt({
    '25 starttls': 'answers',
    '25 none': 'answers',
    '465 tls': 'certificate-unknown',
    '587 starttls': 'answers',
  });

  expect(await find(relay, { port: 465, security: 'starttls' })).toEqual([
    { port: 587, security: 'starttls' },
    { port: 465, security: 'tls' },
    { port: 25, security: 'starttls' },
  ]);
  expect(open()).toBe(0);
});

it('does not name the way that was tried, and never sends who signs in', async () => {
  const { relay, asked } = relayAt({ '587 starttls': 'answers' });

  expect(await find(relay, { port: 587, security: 'starttls', auth: 'password', user: 'mfa' })).toEqual([]);
  expect(asked.map(({ relay: { user, auth }, password }) => ({ user, auth, password }))).toEqual(
    Array.from({ length: 3 }, () => ({ user: '', auth: 'none', password: null })),
  );
});

it('names clear text only where nothing else answers and nobody signs in', async () => {
  const { relay } = relayAt({ '25 none': 'answers' });

  expect(await find(relay, { port: 465, security: 'tls' })).toEqual([{ port: 25, security: 'none' }]);
  expect(await find(relay, { port: 465, security: 'tls', auth: 'password', user: 'mfa' })).toEqual([]);
});
