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

/** PINs that are told within this time are forgotten in one commit, which waits for the disk once. */
const gatheredMs = 100;

/** For whoever mails initial PINs. */
export function createInitialPins({ store, sealer }: Pick<PinPorts, 'store' | 'sealer'>): InitialPins {
  let told: { readonly userId: number; readonly record: string }[] = [];
  let erasing: Promise<void> | undefined;

  return {
    async take(userId) {
      const waiting = store.initial(userId);
      return waiting && { pin: (await sealer()).open(initialContext(waiting.record), waiting.sealed), record: waiting.record };
    },
    mailed(userId, record) {
      told.push({ userId, record });
      erasing ??= new Promise((resolve) => setTimeout(resolve, gatheredMs)).then(() => {
        const some = told;
        [told, erasing] = [[], undefined];
        return store.eraseInitial(some);
      });
      return erasing;
    },
  };
}
