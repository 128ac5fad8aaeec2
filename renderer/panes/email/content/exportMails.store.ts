import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppError } from '../../../../shared/contract/errors.ts';
import type { ConsoleClient } from '../../../app/client.tsx';
import { asAppError } from '../../../ui/asAppError.ts';

export type ExportMailsState =
  | { readonly phase: 'ready' | 'running' }
  /** `missing`: attachments that are not in the file, because they have disappeared. */
  | { readonly phase: 'done'; readonly file: string; readonly templates: number; readonly missing: readonly string[] }
  | { readonly phase: 'failed'; readonly error: AppError };

export interface ExportMailsStore {
  readonly state: ExportMailsState;
  run(): Promise<void>;
  dismiss(): void;
}

/** All mails as one archive, handed to `saveFile`. */
export function createExportMailsStore(
  client: Pick<ConsoleClient, 'mailTemplates'>,
  ports: { saveFile(name: string, type: string, parts: readonly Uint8Array<ArrayBuffer>[]): void; now(): Date },
): StoreApi<ExportMailsStore> {
  return createStore<ExportMailsStore>()((set, get) => ({
    state: { phase: 'ready' },

    async run() {
      if (get().state.phase === 'running') return;
      set({ state: { phase: 'running' } });
      try {
        const { exportId, templates, missing } = await client.mailTemplates.exportAll(null);
        try {
          const parts: Uint8Array<ArrayBuffer>[] = [];
          for (let offset: number | null = 0; offset !== null;) {
            const part: { base64: string; next: number | null } = await client.mailTemplates.exportPart({ exportId, offset });
            parts.push(Uint8Array.from(atob(part.base64), (character) => character.charCodeAt(0)));
            // A server that does not move on would keep us here for ever.
            offset = part.next !== null && part.next > offset ? part.next : null;
          }
          const file = `mails-${ports.now().toISOString().slice(0, 10)}.zip`;
          ports.saveFile(file, 'application/zip', parts);
          set({ state: { phase: 'done', file, templates, missing } });
        } finally {
          // Otherwise it goes after an hour.
          client.mailTemplates.discardExport({ exportId }).catch(() => {});
        }
      } catch (error) {
        set({ state: { phase: 'failed', error: asAppError(error) } });
      }
    },

    dismiss: () => set({ state: { phase: 'ready' } }),
  }));
}
