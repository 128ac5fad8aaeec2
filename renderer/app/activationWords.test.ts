import { expect, it } from 'vitest';
import type { ActivationState } from '../../shared/contract/activation.contract.ts';
import type { ErrorCode } from '../../shared/contract/errors.ts';
import { activationWords } from './activationWords.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

function joined(change: { failure?: { code: ErrorCode; forMs: number }; expiresIn?: number; isOffline?: boolean } = {}): ActivationState {
  const { failure, expiresIn = 60 * day, isOffline = false } = change;
  return {
    phase: 'joined',
    activation: { authorityUrl: '', company: '', serverId: '', activatedAt: 0, certificateExpiresAt: expiresIn, groups: [], isOffline },
    readOnly: null,
    group: { id: '', name: '', role: 'master' },
    members: [],
    contact: { at: 0, failure: failure ? { at: failure.forMs, since: 0, code: failure.code, message: '' } : null },
  };
}

it.each([
  ['a server of a group', joined(), /^nothing$/],
  ['a restart of the authority', joined({ failure: { code: 'refused', forMs: 10 * minute } }), /^nothing$/],
  ['an authority that is away', joined({ failure: { code: 'refused', forMs: 20 * minute } }), /cannot be asked since .* nothing listens/],
  ['a revoked server, at once', joined({ failure: { code: 'certificate-revoked', forMs: 0 } }), /was revoked/],
  ['a server that is read-only', { ...joined(), readOnly: { reason: 'revoked' as const, since: 0 } }, /was revoked on .* changes no users/],
  [
    'the same, deactivated',
    { ...joined(), phase: 'not-activated' as const, readOnly: { reason: 'expired' as const, since: 0 } },
    /expired on/,
  ],
  ['a certificate that was not renewed', joined({ expiresIn: 13 * day }), /expires on/],
  ['a certificate that came by a file', joined({ expiresIn: 13 * day, isOffline: true }), /request file/],
  ['a server without a group', { ...joined(), phase: 'activated' as const }, /in no group/],
  ['a server without an activation', { ...joined(), phase: 'not-activated' as const }, /is not activated/],
])('the banner about %s', (_what, state, words) => {
  expect(activationWords(state, 0) ?? 'nothing').toMatch(words);
});
