import type { CompanySettings } from '../../../shared/contract/companySettings.ts';
import type { DirectorySettings, ServerState } from '../../../shared/contract/directory.contract.ts';
import type { ErrorCode, ErrorDetails } from '../../../shared/contract/errors.ts';
import type { ImportSummary } from '../../../shared/contract/imports.contract.ts';
import type { ImportProgress, ImportRun } from '../../services/imports/importPorts.ts';

/** An uploaded file, and what rows are read by. */
export interface FileSource {
  readonly path: string;
  readonly name: string;
  readonly company: Pick<CompanySettings, 'defaultCountry' | 'userDefaults' | 'pinRules'>;
}

/** What the thread of an import is given. Crosses the border between threads, so it is plain data. */
export interface ImportThreadData {
  readonly run: ImportRun;
  /** Null when a preview has read already. The password is in clear, in memory only; null means anonymous. */
  readonly target: {
    readonly settings: DirectorySettings;
    readonly password: string | null;
    readonly userDefaults: CompanySettings['userDefaults'] | undefined;
  } | null;
  /** The file to read; null for a directory, and when a preview has read already. */
  readonly file: FileSource | null;
  /** The store's file of users. */
  readonly usersFile: string;
  readonly importsFolder: string;
  /** One 32-bit cell; see `cancelStates`. Whoever changes it first decides whether the import is cancelled or committed. */
  readonly cancelCell: SharedArrayBuffer;
}

export const cancelStates = { running: 0, cancelled: 1, committing: 2 } as const;

export type ImportThreadMessage =
  | { readonly kind: 'progress'; readonly progress: ImportProgress }
  /** How the directory's servers answered when it was opened. */
  | { readonly kind: 'servers'; readonly states: readonly ServerState[] }
  | { readonly kind: 'done'; readonly summary: ImportSummary }
  /** The import is committed, but its report could not be written. */
  | { readonly kind: 'report-lost'; readonly stack: string }
  | {
      readonly kind: 'failed';
      readonly error: {
        readonly code: ErrorCode;
        readonly message: string;
        readonly details?: ErrorDetails | undefined;
        readonly stack: string;
      };
    };
