import { createStore } from 'zustand/vanilla';
import { exportFields, type ExportField } from '../../../shared/contract/csv.contract.ts';
import { AppError, isAppError } from '../../../shared/contract/errors.ts';
import type { Job } from '../../../shared/contract/jobs.contract.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { asAppError } from '../../ui/asAppError.ts';
import { jobError } from '../jobReport/jobError.ts';
import { watchJob, type JobWatch } from '../jobReport/watchJob.ts';

export type ExportState =
  | { readonly phase: 'choosing' }
  | { readonly phase: 'running'; readonly job: Job | null }
  | { readonly phase: 'done'; readonly users: number; readonly fileName: string }
  | { readonly phase: 'failed'; readonly error: AppError };

export interface CsvExportStore {
  readonly state: ExportState;
  readonly who: 'all' | 'search';
  readonly search: string;
  /** In the order of the file. */
  readonly columns: readonly ExportField[];
  readonly byteOrderMark: boolean;
  chooseWho(who: 'all' | 'search'): void;
  typeSearch(search: string): void;
  toggle(column: ExportField): void;
  chooseColumns(columns: readonly ExportField[]): void;
  setMark(byteOrderMark: boolean): void;
  start(): Promise<void>;
  cancel(): void;
  dispose(): void;
}

export interface CsvExportPorts {
  saveFile(fileName: string, parts: readonly Uint8Array<ArrayBuffer>[]): void;
  now(): Date;
}

/** Whom to export, with which columns, and the export itself. */
export function createCsvExportStore(client: Pick<ConsoleClient, 'csv' | 'jobs'>, ports: CsvExportPorts) {
  let watch: JobWatch | null = null;

  return createStore<CsvExportStore>()((set, get) => {
    const fail = (error: unknown) => set({ state: { phase: 'failed', error: asAppError(error) } });

    async function fetchFile(jobId: string): Promise<void> {
      try {
        const parts: Uint8Array<ArrayBuffer>[] = [];
        let users = 0;
        for (let offset: number | null = 0; offset !== null;) {
          const part: { base64: string; next: number | null; users: number } = await client.csv.exportPart({ jobId, offset });
          parts.push(Uint8Array.from(atob(part.base64), (character) => character.charCodeAt(0)));
          users = part.users;
          // A server that does not move on would keep us here for ever.
          offset = part.next !== null && part.next > offset ? part.next : null;
        }
        const fileName = `users-${ports.now().toISOString().slice(0, 10)}.csv`;
        ports.saveFile(fileName, parts);
        set({ state: { phase: 'done', users, fileName } });
        await client.csv.discardExport({ jobId });
      } catch (error) {
        fail(error);
      }
    }

    return {
      state: { phase: 'choosing' },
      who: 'all',
      search: '',
      columns: exportFields,
      byteOrderMark: true,

      chooseWho: (who) => set({ who }),
      typeSearch: (search) => set({ search }),
      toggle(column) {
        const { columns } = get();
        const next = new Set(columns);
        if (!next.delete(column)) next.add(column);
        set({ columns: exportFields.filter((field) => next.has(field)) });
      },
      chooseColumns: (columns) => set({ columns }),
      setMark: (byteOrderMark) => set({ byteOrderMark }),

      async start() {
        const { who, search, columns, byteOrderMark } = get();
        set({ state: { phase: 'running', job: null } });
        try {
          const target = { where: { search: who === 'search' ? search : '' } };
          const { jobId } = await client.csv.startExport({ target, columns: [...columns], byteOrderMark });
          watch = watchJob(client, jobId, {
            onJob(job) {
              if (job.state === 'running') set({ state: { phase: 'running', job } });
              else if (job.state === 'done') void fetchFile(jobId);
              else if (job.state === 'cancelled') set({ state: { phase: 'choosing' } });
              else fail(jobError(job) ?? new AppError('internal', 'The export ended before it was done.'));
            },
            onLost: fail,
          });
        } catch (error) {
          fail(error);
        }
      },

      cancel() {
        const { state } = get();
        if (state.phase !== 'running' || state.job === null) return;
        client.jobs.cancel({ jobId: state.job.id }).catch((error: unknown) => {
          // It may just have ended; the next answer about the job says so.
          if (!isAppError(error)) throw error;
        });
      },

      dispose() {
        watch?.stop();
        watch = null;
      },
    };
  });
}
