import type { ErrorCode, ErrorDetails } from '../../../shared/contract/errors.ts';
import type { ExportRequest } from '../../services/csv/csvPorts.ts';

/** What the thread of an export is given. Plain data. */
export interface ExportThreadData {
  readonly request: ExportRequest;
  /** The store's file of users. */
  readonly usersFile: string;
  /** The file to write. */
  readonly path: string;
  /** One 32-bit cell: anything but 0 cancels. */
  readonly cancelCell: SharedArrayBuffer;
}

export type ExportThreadMessage =
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  | { readonly kind: 'done'; readonly users: number }
  | {
      readonly kind: 'failed';
      readonly error: {
        readonly code: ErrorCode;
        readonly message: string;
        readonly details?: ErrorDetails | undefined;
        readonly stack: string;
      };
    };
