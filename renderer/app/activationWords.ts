import type { ActivationState } from '../../shared/contract/activation.contract.ts';
import type { ErrorCode } from '../../shared/contract/errors.ts';
import { activationText as text } from '../i18n/en/activation.ts';

/** A restart of the authority is no news. */
const patienceMs = 15 * 60_000;
/** It is renewed a month before it expires: whatever keeps it from that has lasted for two weeks by then. */
const expiresSoonMs = 14 * 24 * 60 * 60_000;
/** Waiting does not help: only a new activation does. */
const isOver: ReadonlySet<ErrorCode> = new Set([
  'certificate-revoked',
  'certificate-refused',
  'certificate-other-group',
  'authority-changed',
]);

/** What everybody who opens the console is to know about the activation; null where all is well. */
export function activationWords({ phase, activation, readOnly, contact: { failure } }: ActivationState, now: number): string | null {
  if (readOnly) return text.readOnly(readOnly);
  if (phase === 'not-activated') return text.notActivated;
  if (phase === 'activated') return text.noGroup;
  if (failure && isOver.has(failure.code)) return text.activationOver(failure);
  if (activation && activation.certificateExpiresAt - now < expiresSoonMs) {
    return activation.isOffline ? text.expiresOffline(activation.certificateExpiresAt) : text.expiresSoon(activation.certificateExpiresAt);
  }
  return failure && failure.at - failure.since >= patienceMs ? text.authorityAway(failure) : null;
}
