import { createStore } from 'zustand/vanilla';
import { exportFields, type ExportField } from '../../../shared/contract/csv.contract.ts';
import { AppError, isAppError } from '../../../shared/contract/errors.ts';
import type { Job } from '../../../shared/contract/jobs.contract.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import type { ShownUsers } from '../../app/dialogs.store.ts';
import { asAppError } from '../../ui/asAppError.ts';
import { selectedCount } from '../../ui/table/selection.ts';
import { selectedIds } from '../../ui/table/selectedIds.ts';
import { jobError } from '../jobReport/jobError.ts';
import { watchJob, type JobWatch } from '../jobReport/watchJob.ts';

export type ExportState =
  | { readonly phase: 'choosing' }
  | { readonly phase: 'running'; readonly job: Job | null }
  | { readonly phase: 'done'; readonly users: number; readonly fileName: string }
  | { readonly phase: 'failed'; readonly error: AppError };

/** `list` and `selection`: as the Users pane showed them when the dialog was opened. */
export type ExportWhom = 'all' | 'list' | 'selection' | 'search';

type ExportTarget = Parameters<ConsoleClient['csv']['startExport']>[0]['target'];

export interface CsvExportStore {
  readonly state: ExportState;
  readonly who: ExportWhom;
  /** Whom one can choose. */
  readonly whom: readonly ExportWhom[];
  readonly search: string;
  /** In the order of the file. */
  readonly columns: readonly ExportField[];
  readonly byteOrderMark: boolean;
  /** Finds out who is selected, so that it stays these people whatever becomes of the list. */
  read(): void;
  chooseWho(who: ExportWhom): void;
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
export function createCsvExportStore(client: Pick<ConsoleClient, 'csv' | 'jobs' | 'users'>, ports: CsvExportPorts, shown?: ShownUsers) {
  let watch: JobWatch | null = null;
  let reading: Promise<number[]> | null = null;
  const selected = selectedIn(shown);
  const whom: readonly ExportWhom[] = [
    'all',
    ...(shown ? ['list' as const] : []),
    ...(selected > 0 ? ['selection' as const] : []),
    'search',
  ];

  async function readSelected(): Promise<number[]> {
    if (!shown) return [];
    return selectedIds(client.users, shown);
  }

  async function targetOf(who: ExportWhom, search: string): Promise<ExportTarget> {
    if (who === 'search') return { where: { search } };
    if (who === 'all' || !shown) return { where: { search: '' } };
    const { sort: _sort, ...where } = shown.list;
    // Also where there are more than can be named one by one.
    if (who === 'list' || selected === shown.count) return { where: { search: '', ...where } };
    reading ??= readSelected();
    try {
      return { ids: await reading };
    } catch (error) {
      reading = null;
      throw error;
    }
  }

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
      who: selected > 1 ? 'selection' : isLimited(shown) ? 'list' : 'all',
      whom,
      search: '',
      columns: exportFields,
      byteOrderMark: true,

      read() {
        if (selected === 0 || selected === shown?.count) return;
        reading = readSelected();
        // Said when somebody wants to export them.
        reading.catch(() => undefined);
      },

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
          const target = await targetOf(who, search);
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

/** How many users are selected in the list. */
export function selectedIn(shown: ShownUsers | undefined): number {
  return selectedCount({ ranges: shown?.ranges ?? [] });
}

/** Whether the list shows only some of the users. */
function isLimited(shown: ShownUsers | undefined): boolean {
  if (!shown) return false;
  const { sort: _sort, search, ...rest } = shown.list;
  return (search ?? '') !== '' || Object.values(rest).some((limit) => limit !== undefined);
}
