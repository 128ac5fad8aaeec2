import type { ExportField } from '../../../shared/contract/csv.contract.ts';
import type { CsvDelimiter } from '../../../shared/contract/fileImport.ts';
import type { ResolvedTarget } from '../../../shared/users/resolveFilter.ts';

export interface Upload {
  readonly name: string;
  readonly bytes: number;
  /** The same as `bytes` when all of it is there. */
  readonly received: number;
  /** What tells UTF-8 from other encodings. */
  readonly census: { readonly characters: number; readonly wrong: number };
}

/** Files on their way in. All throw AppError `not-found` for one that is not there (any more). */
export interface Uploads {
  begin(name: string, bytes: number): string;
  append(uploadId: string, offset: number, part: Uint8Array): Promise<number>;
  get(uploadId: string): Upload;
  /** The first bytes, at most so many. */
  readStart(uploadId: string, bytes: number): Promise<Uint8Array>;
  discard(uploadId: string): void;
}

export interface ExportRequest {
  readonly jobId: string;
  readonly target: ResolvedTarget;
  readonly columns: readonly ExportField[];
  readonly byteOrderMark: boolean;
  readonly delimiter: CsvDelimiter;
}

export interface Exports {
  /** Writes the file in a thread of its own. Rejects with an AppError, or with the signal's reason. */
  write(
    request: ExportRequest,
    options: { signal: AbortSignal; onProgress(progress: { done: number; total: number }): void },
  ): Promise<void>;
  /** Throws AppError `not-found`. */
  part(jobId: string, offset: number): Promise<{ bytes: Uint8Array; next: number | null; users: number }>;
  discard(jobId: string): void;
}
