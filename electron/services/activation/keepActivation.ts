import type { ActivationState } from '../../../shared/contract/activation.contract.ts';

export interface KeepingPorts {
  readonly contact: () => Promise<ActivationState>;
  readonly renew: () => Promise<ActivationState>;
  every(intervalMs: number, callback: () => void): () => void;
  now(): number;
}

const contactEveryMs = 5 * 60_000;
/** Not at once: the window comes first. */
const firstContactMs = 10_000;
const dayMs = 86_400_000;
/** A third of the life of a certificate: two months of failures in a row would be noticed. */
const renewBeforeMs = 30 * dayMs;
const retryMs = 6 * 60 * 60_000;

/** Whether it is time to ask for the next certificate. */
export function isRenewalDue({ activation }: Pick<ActivationState, 'activation'>, now: number): boolean {
  return activation !== null && !activation.isOffline && activation.certificateExpiresAt - now < renewBeforeMs;
}

/** Keeps an activation alive until the returned function is called. Failures are part of the state; they throw nothing here. */
export function startKeeping({ contact, renew, every, now }: KeepingPorts): () => void {
  let triedAt = -Infinity;
  async function keep(): Promise<void> {
    const state = await contact();
    if (state.contact.failure || !isRenewalDue(state, now()) || now() - triedAt < retryMs) return;
    triedAt = now();
    await renew();
  }
  const tick = (): void => void keep().catch(() => undefined);
  let stop = every(firstContactMs, () => {
    stop();
    stop = every(contactEveryMs, tick);
    tick();
  });
  return () => stop();
}
