import type { CompanySettings } from '../../shared/contract/companySettings.ts';
import type { DirectorySettings } from '../../shared/contract/directory.contract.ts';
import type { AnyImportRequest } from '../../shared/contract/imports.contract.ts';
import type { PeopleReading } from '../../shared/directory/entry.ts';
import type { FileSource } from '../platform/node/importThreadProtocol.ts';
import type { ImportMail, ImportProgress } from '../services/imports/importPorts.ts';

export interface ImportWork {
  readonly jobId: string;
  readonly kind: 'preview' | 'import';
  readonly request: AnyImportRequest;
  /** Null when the staging file already holds what a preview read, and for a file. */
  readonly settings: DirectorySettings | null;
  /** What new users of a directory get; absent: what a new company starts with. */
  readonly userDefaults?: CompanySettings['userDefaults'] | undefined;
  /** The file that is read instead of a directory. */
  readonly file?: FileSource | null;
  readonly mail?: ImportMail | null | undefined;
  /** The store's file of users. */
  readonly storeFile: string;
  readonly stagingFile: string;
}

export interface ImportWorkPorts {
  /** Reads the people of the request; `values` in the order of `attributes`. */
  readPeople(attributes: readonly string[]): PeopleReading;
  onProgress(progress: ImportProgress): void;
  /** The import is committed, but there will be no report of it. */
  onReportLost(error: unknown): void;
  /** Throws when the import was cancelled. */
  throwIfCancelled(): void;
  /** After this an import can no longer be cancelled; throws when it was cancelled before. */
  beginCommit(): void;
  now(): number;
}
