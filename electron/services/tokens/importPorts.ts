import type { TokenImportCounts, TokenImportRow } from '../../../shared/contract/tokens.contract.ts';
import type { Secret } from '../../../shared/lib/secret.ts';

export interface ImportRowWindow {
  readonly onlySkipped: boolean;
  readonly offset: number;
  readonly limit: number;
}

export interface ImportRows {
  readonly counts: TokenImportCounts;
  readonly rows: TokenImportRow[];
  readonly total: number;
}

/** One token file, read in a thread of its own. Its secrets are in that thread's memory and nowhere else. */
export interface TokenFileReader {
  /** Rejects with `token-file-not-valid`, `token-file-password-missing` or `token-file-password-wrong`. */
  read(file: { readonly name: string; readonly bytes: Uint8Array; readonly password: Secret | null }): Promise<TokenImportCounts>;
  rows(window: ImportRowWindow): Promise<ImportRows>;
  /** Writes the next rows in one transaction, with their log. Answers how far it is. */
  write(part: {
    readonly jobId: string;
    readonly from: number;
    readonly key: Secret;
  }): Promise<{ readonly next: number; readonly usersChanged: boolean }>;
  close(): Promise<void>;
}

export interface TokenImportPorts {
  /** Starts a thread. */
  openReader(): TokenFileReader;
  /** The log of an import that was written; null when there is none. */
  log(jobId: string, window: ImportRowWindow): ImportRows | null;
}
