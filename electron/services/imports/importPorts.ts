import type { AnyImportRequest, ImportOutcome, ImportRow, ImportSummary } from '../../../shared/contract/imports.contract.ts';
import type { MailCampaign, MailRules } from '../../../shared/email/mailPlan.ts';

export interface ImportRun {
  readonly jobId: string;
  /** A preview writes no user. */
  readonly kind: 'preview' | 'import';
  readonly request: AnyImportRequest;
  /** Applies what this preview read, instead of reading the directory or the file. */
  readonly previewId?: string | undefined;
  readonly mail?: ImportMail | null;
}

/** What an import that mails needs to know: the rules, to count by, and whether its users are noted to be mailed. */
export interface ImportMail {
  readonly rules: MailRules;
  readonly noted: Pick<MailCampaign, 'mailsUpdates'> | null;
}

export type ImportPhase = 'reading' | 'comparing' | 'writing';

export interface ImportProgress {
  readonly phase: ImportPhase;
  /** People. */
  readonly done: number;
  readonly total: number | null;
}

export interface ImportRunner {
  /**
   * Reads the directory or the file in a thread of its own and computes or applies what changes. Resolves when the preview is ready
   * or everything is committed; until then the store is as it was. Rejects with an AppError (incomplete reads with
   * `size-limit`, `time-limit`, `connection-lost`, `paging-stuck`), and with the signal's reason when it aborts in time.
   */
  run(run: ImportRun, options: { signal: AbortSignal; onProgress(progress: ImportProgress): void }): Promise<ImportSummary>;
}

export interface RowWindow {
  readonly outcome?: ImportOutcome | undefined;
  readonly onlyWarnings: boolean;
  readonly offset: number;
  readonly limit: number;
}

/** Previews and finished imports, as they were kept. All reject or throw with AppError `not-found` when there is none. */
export interface ImportReports {
  summary(jobId: string): ImportSummary;
  rows(jobId: string, window: RowWindow): { rows: ImportRow[]; total: number };
  /** Rows after sequence number `after`; 0 is the beginning, with the heading. */
  csv(jobId: string, after: number): { text: string; next: number | null };
  /** Forgets a preview. Refuses to forget what was applied (`conflict`). */
  discard(jobId: string): void;
  /** Removes what crashes left, previews of yesterday and all but the newest reports. `isRunning` spares running jobs. */
  cleanUp(isRunning: (jobId: string) => boolean): void;
}
