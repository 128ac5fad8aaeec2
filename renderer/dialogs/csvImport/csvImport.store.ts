import { createStore } from 'zustand/vanilla';
import { uploadPartBytes } from '../../../shared/contract/csv.contract.ts';
import { isAppError, type AppError } from '../../../shared/contract/errors.ts';
import type { CsvColumn, CsvDelimiter, CsvEncoding, CsvField, FileImportRequest } from '../../../shared/contract/fileImport.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { asAppError } from '../../ui/asAppError.ts';
import { base64Of } from '../../ui/base64Of.ts';

export interface SampledColumn extends CsvColumn {
  readonly samples: readonly string[];
}

export type FileState =
  | { readonly phase: 'choosing'; readonly error: AppError | null }
  | { readonly phase: 'uploading'; readonly name: string; readonly done: number; readonly total: number }
  | {
      readonly phase: 'columns';
      readonly uploadId: string;
      readonly name: string;
      readonly columns: readonly SampledColumn[];
      readonly error: AppError | null;
    };

export interface ReadOptions {
  readonly encoding: CsvEncoding;
  readonly delimiter: CsvDelimiter;
  readonly hasHeader: boolean;
}

export type ApplyOptions = Pick<FileImportRequest, 'addNew' | 'updateExisting' | 'emptyCells' | 'enable' | 'sendEmail'>;

export interface CsvImportStore {
  readonly file: FileState;
  readonly reading: ReadOptions;
  readonly options: ApplyOptions;
  /** Uploads a file and looks at its columns. */
  choose(file: File): Promise<void>;
  /** Looks at the file again with another encoding, separator or heading. */
  readAs(change: Partial<ReadOptions>): Promise<void>;
  take(at: number, field: CsvField | null): void;
  setOptions(change: Partial<ApplyOptions>): void;
  /** Keeps what the columns were taken for. */
  remember(): void;
  /** Forgets the file. */
  leave(): void;
}

/** What keeps the columns from being imported. */
export type ColumnProblem = { readonly kind: 'no-username' | 'no-choice' | 'pin' } | { readonly kind: 'twice'; readonly field: CsvField };

export function columnProblem(columns: readonly CsvColumn[], { addNew, updateExisting }: ApplyOptions): ColumnProblem | null {
  const fields = columns.flatMap(({ field }) => (field === null ? [] : [field]));
  const twice = fields.find((field, at) => fields.indexOf(field) !== at);
  if (twice) return { kind: 'twice', field: twice };
  if (!fields.includes('username') && !fields.includes('directoryId')) return { kind: 'no-username' };
  if (fields.includes('pin')) return { kind: 'pin' };
  return addNew || updateExisting ? null : { kind: 'no-choice' };
}

/** The first pages of the dialog: a file, and what its columns are. */
export function createCsvImportStore(client: Pick<ConsoleClient, 'csv'>) {
  let leaving = new AbortController();

  return createStore<CsvImportStore>()((set, get) => {
    function forget(uploadId: string): void {
      client.csv.discardUpload({ uploadId }).catch((error: unknown) => {
        // It is gone already, or will go by itself.
        if (!isAppError(error)) throw error;
      });
    }

    async function inspect(uploadId: string, said: Partial<ReadOptions>): Promise<void> {
      const found = await client.csv.inspect({ uploadId, ...said });
      const reading = { encoding: found.encoding, delimiter: found.delimiter, hasHeader: said.hasHeader ?? true };
      set({ reading, file: { phase: 'columns', uploadId, name: found.name, columns: found.columns, error: null } });
    }

    return {
      file: { phase: 'choosing', error: null },
      reading: { encoding: 'utf-8', delimiter: ',', hasHeader: true },
      options: { addNew: true, updateExisting: true, emptyCells: 'keep', enable: 'new' },

      async choose(file) {
        get().leave();
        leaving = new AbortController();
        const { signal } = leaving;
        let uploadId = '';
        try {
          ({ uploadId } = await client.csv.beginUpload({ name: file.name.slice(-260), bytes: file.size }));
          for (let offset = 0; offset < file.size; offset += uploadPartBytes) {
            set({ file: { phase: 'uploading', name: file.name, done: offset, total: file.size } });
            const base64 = await base64Of(file.slice(offset, offset + uploadPartBytes));
            await client.csv.appendUpload({ uploadId, offset, base64 }, { signal });
            if (signal.aborted) return forget(uploadId);
          }
          await inspect(uploadId, {});
        } catch (error) {
          if (uploadId !== '') forget(uploadId);
          if (!signal.aborted) set({ file: { phase: 'choosing', error: asAppError(error) } });
        }
      },

      async readAs(change) {
        const { file, reading } = get();
        if (file.phase !== 'columns') return;
        try {
          await inspect(file.uploadId, { ...reading, ...change });
        } catch (error) {
          set({ file: { ...file, error: asAppError(error) } });
        }
      },

      take(at, field) {
        const { file } = get();
        if (file.phase !== 'columns') return;
        set({ file: { ...file, columns: file.columns.map((column, index) => (index === at ? { ...column, field } : column)) } });
      },

      setOptions: (change) => set({ options: { ...get().options, ...change } }),

      remember() {
        const { file } = get();
        if (file.phase !== 'columns') return;
        client.csv.rememberColumns({ columns: plainColumns(file.columns) }).catch((error: unknown) => {
          // Only convenience is lost.
          if (!isAppError(error)) throw error;
        });
      },

      leave() {
        const { file } = get();
        leaving.abort();
        if (file.phase === 'columns') forget(file.uploadId);
        set({ file: { phase: 'choosing', error: null } });
      },
    };
  });
}

function plainColumns(columns: readonly CsvColumn[]): CsvColumn[] {
  return columns.map(({ header, field }) => ({ header, field }));
}

export function requestOf({ file, reading, options }: Pick<CsvImportStore, 'file' | 'reading' | 'options'>): FileImportRequest | null {
  return file.phase === 'columns' ? { uploadId: file.uploadId, ...reading, ...options, columns: plainColumns(file.columns) } : null;
}
