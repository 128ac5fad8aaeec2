import type { Secret } from '../../../shared/lib/secret.ts';
import type { PinPorts } from './pinPorts.ts';
import { initialContext } from './pinPreparer.ts';

/** Initial PINs on their way into a mail. */
export interface InitialPins {
  /** The PIN that a mail should tell, and what `mailed` needs; null where none waits. Throws what the vault throws. */
  take(userId: number): Promise<{ readonly pin: Secret; readonly record: string } | null>;
  /** To be called when the mail has gone: nobody can read this PIN any more. A newer one stays. */
  mailed(userId: number, record: string): Promise<void>;
}

/** For whoever mails initial PINs. */
export function createInitialPins({ store, sealer }: Pick<PinPorts, 'store' | 'sealer'>): InitialPins {
  return {
    async take(userId) {
      const waiting = store.initial(userId);
      return waiting && { pin: (await sealer()).open(initialContext(waiting.record), waiting.sealed), record: waiting.record };
    },
    mailed: (userId, record) => store.eraseInitial(userId, record),
  };
}
