import { createStore, type StoreApi } from 'zustand/vanilla';
import { AppError, isAppError } from '../../../shared/contract/errors.ts';
import type { Job } from '../../../shared/contract/jobs.contract.ts';
import { tokenFileLimits, type TokenImportCounts } from '../../../shared/contract/tokens.contract.ts';
import { sendTokenFile } from '../../../shared/tokens/tokenFiles.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { asAppError } from '../../ui/asAppError.ts';
import { base64Of } from '../../ui/base64Of.ts';
import { watchJob, type JobWatch } from '../jobReport/watchJob.ts';

/** Where the dialog is: a file, its password, what would be imported, the import, its log. */
export type TokenImportState =
  | { readonly phase: 'choosing'; readonly error: AppError | null }
  | { readonly phase: 'sending'; readonly name: string; readonly done: number; readonly total: number }
  /** `error`: why the last password did not open it. */
  | {
      readonly phase: 'locked' | 'opening';
      readonly name: string;
      readonly importId: string;
      readonly error: AppError | null;
    }
  | {
      readonly phase: 'previewed' | 'starting';
      readonly importId: string;
      readonly counts: TokenImportCounts;
      readonly error: AppError | null;
    }
  | { readonly phase: 'importing'; readonly job: Job; readonly isCancelling: boolean }
  /** The log says how far it came. */
  | { readonly phase: 'ended'; readonly job: Job }
  /** Nobody knows what became of the import. */
  | { readonly phase: 'lost'; readonly error: AppError };

export interface TokenImportStore {
  readonly state: TokenImportState;
  choose(file: File): Promise<void>;
  open(password: string): Promise<void>;
  start(): Promise<void>;
  cancel(): Promise<void>;
  /** Forgets the file; an import that runs goes on. */
  leave(): void;
}

/** From a token file to its log. */
export function createTokenImportStore(client: Pick<ConsoleClient, 'tokens' | 'jobs'>): StoreApi<TokenImportStore> {
  /** Belongs to the file that is chosen now; what comes back for another one is no longer wanted. */
  let turn = 0;
  let watch: JobWatch | null = null;

  return createStore<TokenImportStore>()((set, get) => {
    function forget(importId: string): void {
      client.tokens.discardImport({ importId }).catch((error: unknown) => {
        // It is gone already, or will go by itself.
        if (!isAppError(error)) throw error;
      });
    }

    async function read(own: number, importId: string, name: string, password?: string): Promise<void> {
      try {
        const counts = await client.tokens.readImport({ importId, ...(password !== undefined && { password }) });
        if (own === turn) set({ state: { phase: 'previewed', importId, counts, error: null } });
      } catch (thrown) {
        if (own !== turn) return;
        const error = asAppError(thrown);
        const isLocked = error.code === 'token-file-password-missing' || error.code === 'token-file-password-wrong';
        if (!isLocked) {
          forget(importId);
          set({ state: { phase: 'choosing', error } });
        } else {
          set({ state: { phase: 'locked', name, importId, error: error.code === 'token-file-password-wrong' ? error : null } });
        }
      }
    }

    function follow(jobId: string): void {
      watch = watchJob(client, jobId, {
        onJob(job) {
          const { state } = get();
          const isCancelling = state.phase === 'importing' && state.isCancelling;
          set({ state: job.state === 'running' ? { phase: 'importing', job, isCancelling } : { phase: 'ended', job } });
        },
        onLost: (error) => set({ state: { phase: 'lost', error: asAppError(error) } }),
      });
    }

    return {
      state: { phase: 'choosing', error: null },

      async choose(file) {
        get().leave();
        const own = turn;
        const { name, size } = file;
        try {
          if (size > tokenFileLimits.fileBytes) throw new AppError('token-file-too-large', `${name} has ${size} bytes.`);
          set({ state: { phase: 'sending', name, done: 0, total: size } });
          const importId = await sendTokenFile(client.tokens, {
            name: name.slice(-260),
            size,
            readPart(from, to) {
              if (own !== turn) throw new AppError('cancelled', 'Another file was chosen.');
              set({ state: { phase: 'sending', name, done: from, total: size } });
              return base64Of(file.slice(from, to));
            },
          });
          if (own !== turn) return forget(importId);
          await read(own, importId, name);
        } catch (error) {
          if (own === turn) set({ state: { phase: 'choosing', error: fileError(error) } });
        }
      },

      async open(password) {
        const { state } = get();
        if (state.phase !== 'locked') return;
        set({ state: { ...state, phase: 'opening', error: null } });
        await read(turn, state.importId, state.name, password);
      },

      async start() {
        const { state } = get();
        if (state.phase !== 'previewed') return;
        set({ state: { ...state, phase: 'starting', error: null } });
        try {
          follow((await client.tokens.startImport({ importId: state.importId })).jobId);
        } catch (error) {
          set({ state: { ...state, error: asAppError(error) } });
        }
      },

      async cancel() {
        const { state } = get();
        if (state.phase !== 'importing' || state.isCancelling) return;
        set({ state: { ...state, isCancelling: true } });
        try {
          await client.jobs.cancel({ jobId: state.job.id });
        } catch (error) {
          // It may just have ended; the next answer about the job says so.
          if (!isAppError(error)) throw error;
        }
      },

      leave() {
        const { state } = get();
        turn += 1;
        watch?.stop();
        watch = null;
        if ('importId' in state && state.phase !== 'starting') forget(state.importId);
        set({ state: { phase: 'choosing', error: null } });
      },
    };
  });
}

/** A file that was moved or changed while it was read is the browser's error. */
function fileError(error: unknown): AppError {
  if (error instanceof DOMException) return new AppError('file-not-readable', error.message, { cause: error });
  return asAppError(error);
}
