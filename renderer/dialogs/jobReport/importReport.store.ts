import { createStore } from 'zustand/vanilla';
import { isAppError, type AppError } from '../../../shared/contract/errors.ts';
import type { ImportOutcome, ImportRow } from '../../../shared/contract/imports.contract.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { asAppError } from '../../ui/asAppError.ts';
import { createRowSource } from '../../ui/table/rowSource.ts';
import { noSelection, type Selection } from '../../ui/table/selection.ts';
import { csvFileName, readCsvParts } from './reportCsv.ts';

export type ReportFilter = 'all' | ImportOutcome | 'warnings';

export type ReportRows =
  | { readonly phase: 'loading' }
  /** `row` answers undefined until its window has arrived; the object is a new one whenever one has. */
  | { readonly phase: 'ready'; readonly total: number; row(index: number): ImportRow | undefined }
  | { readonly phase: 'failed'; readonly error: AppError };

export type Exporting = { readonly phase: 'idle' } | { readonly phase: 'running' } | { readonly phase: 'failed'; readonly error: AppError };

export interface ImportReportStore {
  readonly filter: ReportFilter;
  readonly rows: ReportRows;
  readonly selection: Selection;
  readonly exporting: Exporting;
  /** Reads the first rows. */
  load(): void;
  /** Shows only rows of one kind; the same kind again shows all. */
  filterBy(filter: ReportFilter): void;
  /** Says which rows are on screen, so that they are loaded. */
  showRows(first: number, last: number): void;
  select(selection: Selection): void;
  exportCsv(): Promise<void>;
  /** Stops whatever is on its way. */
  dispose(): void;
}

/** The rows of one preview or import, filtered by the server and loaded by windows as they come into view. */
export function createImportReportStore(
  client: Pick<ConsoleClient, 'imports'>,
  jobId: string,
  ports: { saveFile(name: string, parts: readonly string[]): void; now(): Date },
) {
  return createStore<ImportReportStore>()((set, get) => {
    let total = 0;
    const row = (index: number) => source.row(index);
    const source = createRowSource<ImportRow>({
      async load(offset, limit, signal) {
        const { filter } = get();
        const kind = filter === 'all' || filter === 'warnings' ? {} : { outcome: filter };
        const answer = await client.imports.rows({ jobId, offset, limit, onlyWarnings: filter === 'warnings', ...kind }, { signal });
        if (!signal.aborted) total = answer.total;
        return answer.rows;
      },
      onChange: () => set({ rows: { phase: 'ready', total, row: (index) => row(index) } }),
      onError: (error) => {
        if (!isAppError(error, 'cancelled')) set({ rows: { phase: 'failed', error: asAppError(error) } });
      },
    });

    function load(filter: ReportFilter) {
      source.reset();
      set({ filter, rows: { phase: 'loading' }, selection: noSelection });
      source.show(0, 0);
    }

    return {
      filter: 'all',
      rows: { phase: 'loading' },
      selection: noSelection,
      exporting: { phase: 'idle' },

      load: () => load(get().filter),
      filterBy: (filter) => load(filter === get().filter ? 'all' : filter),
      showRows: (first, last) => source.show(first, last),
      select: (selection) => set({ selection }),

      async exportCsv() {
        set({ exporting: { phase: 'running' } });
        try {
          ports.saveFile(csvFileName(ports.now()), await readCsvParts(client, jobId));
          set({ exporting: { phase: 'idle' } });
        } catch (error) {
          set({ exporting: { phase: 'failed', error: asAppError(error) } });
        }
      },

      dispose: () => source.reset(),
    };
  });
}
