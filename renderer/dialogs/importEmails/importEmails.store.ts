import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppError } from '../../../shared/contract/errors.ts';
import type { ImportedFile } from '../../../shared/contract/mailTemplates.contract.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { asAppError } from '../../ui/asAppError.ts';
import { uploadFile } from '../../ui/uploadFile.ts';

/** What the import of an archive would do. */
export interface ImportPlan {
  readonly uploadId: string;
  readonly files: readonly ImportedFile[];
  readonly ignored: readonly string[];
  readonly state: number;
}

export type ImportEmailsState =
  | { readonly phase: 'choosing'; readonly error: AppError | null }
  | { readonly phase: 'reading' }
  /** `isNew`: mails were changed since the plan before, which was not carried out. */
  | { readonly phase: 'planned'; readonly plan: ImportPlan; readonly error: AppError | null; readonly isNew: boolean }
  | { readonly phase: 'importing'; readonly plan: ImportPlan }
  | { readonly phase: 'done'; readonly imported: number };

export interface ImportEmailsStore {
  readonly state: ImportEmailsState;
  /** Sends an archive, in the place of the one before. */
  choose(file: File): Promise<void>;
  /** Takes exactly what was planned. */
  start(): Promise<void>;
  /** Forgets the archive. */
  leave(): void;
}

/** Mails from an archive: what would change, then the import. */
export function createImportEmailsStore(client: Pick<ConsoleClient, 'csv' | 'mailTemplates'>): StoreApi<ImportEmailsStore> {
  /** Belongs to the file that is chosen now; what comes back for another one is no longer wanted. */
  let turn = 0;

  return createStore<ImportEmailsStore>()((set, get) => {
    function forget(state: ImportEmailsState): void {
      // An import that runs needs it. Without a connection it goes by itself.
      if (state.phase === 'planned') client.csv.discardUpload({ uploadId: state.plan.uploadId }).catch(() => {});
    }

    return {
      state: { phase: 'choosing', error: null },

      async choose(file) {
        const own = ++turn;
        forget(get().state);
        set({ state: { phase: 'reading' } });
        let uploadId: string | undefined;
        try {
          uploadId = await uploadFile(client, file);
          const plan = await client.mailTemplates.planImport({ uploadId });
          if (own === turn) return set({ state: { phase: 'planned', plan: { ...plan, uploadId }, error: null, isNew: false } });
        } catch (error) {
          if (own === turn) set({ state: { phase: 'choosing', error: asAppError(error) } });
        }
        if (uploadId !== undefined) client.csv.discardUpload({ uploadId }).catch(() => {});
      },

      async start() {
        const { state: before } = get();
        if (before.phase !== 'planned') return;
        const { plan } = before;
        const { uploadId, state } = plan;
        set({ state: { phase: 'importing', plan } });
        try {
          const { imported } = await client.mailTemplates.importAll({ uploadId, state });
          set({ state: { phase: 'done', imported } });
        } catch (thrown) {
          const error = asAppError(thrown);
          if (error.code !== 'changed-meanwhile') return set({ state: { phase: 'planned', plan, error, isNew: false } });
          try {
            const fresh = await client.mailTemplates.planImport({ uploadId });
            set({ state: { phase: 'planned', plan: { ...fresh, uploadId }, error: null, isNew: true } });
          } catch (later) {
            set({ state: { phase: 'choosing', error: asAppError(later) } });
          }
        }
      },

      leave() {
        turn += 1;
        forget(get().state);
      },
    };
  });
}
