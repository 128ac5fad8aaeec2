import type { PinPorts } from './pinPorts.ts';
import type { PinPreparer } from './pinPreparer.ts';

/** Initial PINs of those who came with an import and whose mode asks for one (reference §2.4). */
export interface ImportPins {
  /** Whether a PIN can be kept until it is mailed; throws what the vault throws. */
  requireReady(): Promise<void>;
  /**
   * Gives them their PINs, after the commit of the import; about 30 a second and core. Rejects with the signal's reason when it aborts, and
   * with what vault or store throw: those who have got theirs by then keep it, the others stay without one.
   */
  assign(jobId: string, job: { readonly signal: AbortSignal; progress(done: number, total: number): void }): Promise<void>;
}

interface ImportPinsPorts extends Pick<PinPorts, 'sealer'> {
  readonly store: Pick<PinPorts['store'], 'newWithoutPin'>;
  readonly preparer: Pick<PinPreparer, 'assignInitial'>;
}

export function createImportPins({ store, sealer, preparer }: ImportPinsPorts): ImportPins {
  return {
    requireReady: async () => void (await sealer()),
    async assign(jobId, { signal, progress }) {
      const ids = store.newWithoutPin(jobId);
      if (ids.length === 0) return;
      progress(0, ids.length);
      await preparer.assignInitial(ids, { signal, progress: (done) => progress(done, ids.length) });
    },
  };
}
