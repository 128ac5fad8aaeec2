import type { Access } from '../../shared/contract/define.ts';

export interface Caller {
  /** Window or session; written to the log. */
  readonly id: string;
  /** Account of the operating system or of the session; written to the audit log and owner of preferences. */
  readonly account: string;
  readonly access: ReadonlySet<Access>;
}

/** What a service knows about the call it answers. */
export interface Call {
  readonly caller: Caller;
  readonly signal: AbortSignal;
  readonly ref: string;
  /** Adds to the audit entry of this command: what was there before, what became of it. Never a secret. */
  note(details: Readonly<Record<string, unknown>>): void;
}

/** One row of a job's report. `text` is a sentence. */
export interface FailedItem {
  readonly item: string;
  readonly code: string;
  readonly text: string;
}

export interface JobContext {
  readonly jobId: string;
  /** Aborts when somebody cancels the job or the host ends. */
  readonly signal: AbortSignal;
  /** As often as you like; what is shown and stored is throttled. `total: null` means nobody knows. */
  progress(progress: { phase?: string; done?: number; total?: number | null }): void;
  /** Records items that failed. The job goes on. */
  itemsFailed(items: readonly FailedItem[]): void;
  /** Records items that the report is to name though the work was done for them: a user who was changed and gets no mail. */
  itemsNoted(items: readonly FailedItem[]): void;
}

export interface JobDefinition {
  readonly kind: string;
  readonly subject: string;
  readonly cancellable?: boolean;
  /** Resolves when all is committed. Rejects with an AppError; with the signal's reason when cancelled. */
  run(context: JobContext): Promise<void>;
}

/** How a service starts work that outlives its call. */
export interface JobStarter {
  /** Answers the id of the job at once. */
  start(call: Call, definition: JobDefinition): Promise<string>;
}
