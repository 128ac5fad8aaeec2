import type { Implementation } from '../../../shared/contract/define.ts';
import { AppError, isAppError } from '../../../shared/contract/errors.ts';
import {
  isFileImport,
  type AnyImportRequest,
  type importsContract,
  type ImportSummary,
} from '../../../shared/contract/imports.contract.ts';
import type { SendEmail } from '../../../shared/contract/sendEmail.ts';
import type { MailCampaign, MailRules } from '../../../shared/email/mailPlan.ts';
import { needsPin } from '../../../shared/users/completeness.ts';
import type { Call, FailedItem, JobContext, JobStarter } from '../../runtime/call.ts';
import type { ImportMail, ImportReports, ImportRun, ImportRunner } from './importPorts.ts';

export interface ImportServicePorts {
  readonly jobs: JobStarter;
  readonly runner: ImportRunner;
  readonly reports: ImportReports;
  /** Whether some host of this data folder runs the job now. */
  isRunning(jobId: string): boolean;
  /** Name of an uploaded file; throws AppError `not-found` when there is none, or not all of it. */
  fileName(uploadId: string): string;
  /** An import of a file is done; nobody needs the file any more. */
  forgetFile(uploadId: string): void;
  /** Called after the commit, when at least one user was added or changed. */
  usersChanged(jobId: string): void;
  readonly mails: ImportMailing;
  readonly pins: ImportPinning;
  now(): number;
}

/** Mails of what is done to users; a part of services/email (userMails.ts), which says what each promises. */
export interface ImportMailing {
  rules(): MailRules;
  begin(choice: SendEmail): Pick<MailCampaign, 'mailsUpdates'> | null;
  queue(
    campaign: string,
    watcher: { progress(done: number, total: number): void; none(items: readonly FailedItem[]): void },
  ): Promise<number>;
}

/** Initial PINs; a part of services/pins (importPins.ts), which says what each promises. */
export interface ImportPinning {
  requireReady(): Promise<void>;
  assign(jobId: string, job: { readonly signal: AbortSignal; progress(done: number, total: number): void }): Promise<void>;
}

/** Previews and imports people of a directory. One import at a time writes; previews may run beside it. */
export function createImportService(ports: ImportServicePorts): Implementation<typeof importsContract, Call> {
  const { jobs, runner, reports } = ports;
  const running = new Map<string, ImportSummary>();
  let isImporting = false;

  async function run(context: JobContext, { kind, request, previewId, mail }: Omit<ImportRun, 'jobId'>): Promise<void> {
    const { jobId, signal } = context;
    running.set(jobId, runningSummary(jobId, request, ports.now()));
    try {
      const summary = await runner.run(
        { jobId, kind, request, previewId, mail },
        { signal, onProgress: (progress) => context.progress(progress) },
      );
      if (kind === 'import' && isFileImport(request)) ports.forgetFile(request.uploadId);
      if (kind === 'import' && summary.counts.add + summary.counts.update > 0) ports.usersChanged(jobId);
      if (kind === 'import' && mayNeedPins(request)) await givePins(context);
      // After the PINs, which they tell; also when those were cancelled.
      if (mail?.noted) await queueMails(context);
      if (kind === 'import') context.progress({ phase: 'writing', done: summary.read.entries, total: summary.read.entries });
    } finally {
      running.delete(jobId);
      reports.cleanUp((id) => running.has(id) || ports.isRunning(id));
    }
  }

  /** The people are imported whatever becomes of their PINs: who is left without one is reported, and can be given one by Reset PIN. */
  async function givePins(context: JobContext): Promise<void> {
    const { jobId, signal } = context;
    let isAnybodyNamed = false;
    function progress(done: number, total: number): void {
      isAnybodyNamed = true;
      context.progress({ phase: 'users-pins', done, total });
    }
    try {
      await ports.pins.assign(jobId, { signal, progress });
    } catch (error) {
      const why = signal.aborted ? ' The job was cancelled.' : isAppError(error) ? ` ${error.message}` : null;
      if (why === null) throw error;
      context.itemsFailed([
        { item: '', code: 'pins-missing', text: `Some new users have no initial PIN yet.${why} Reset PIN gives them one.` },
      ]);
    }
    if (isAnybodyNamed) ports.usersChanged(jobId);
  }

  /** What comes after the commit. */
  async function queueMails(context: JobContext): Promise<void> {
    await ports.mails.queue(context.jobId, {
      progress: (done, total) => context.progress({ phase: 'mails-queue', done, total }),
      none: context.itemsNoted,
    });
  }

  function mailOf(request: AnyImportRequest, kind: ImportRun['kind']): ImportMail | null {
    const { sendEmail = 'none' } = request;
    if (sendEmail === 'none') return null;
    return { rules: ports.mails.rules(), noted: kind === 'import' ? ports.mails.begin(sendEmail) : null };
  }

  async function startImport(call: Call, request: AnyImportRequest, previewId?: string): Promise<string> {
    const mail = mailOf(request, 'import');
    if (!isFileImport(request) && needsPin(request.mode)) await ports.pins.requireReady();
    if (isImporting) throw new AppError('conflict', 'Another import is running. Wait until it has ended, or cancel it.');
    isImporting = true;
    try {
      return await jobs.start(call, {
        kind: 'import',
        subject: subjectOf(request),
        run: (context) => run(context, { kind: 'import', request, previewId, mail }).finally(() => (isImporting = false)),
      });
    } catch (error) {
      isImporting = false;
      throw error;
    }
  }

  /** A file says itself who has which mode. */
  function mayNeedPins(request: AnyImportRequest): boolean {
    return isFileImport(request) || needsPin(request.mode);
  }

  /** What an import is about, for the list of jobs. */
  function subjectOf(request: AnyImportRequest): string {
    if (isFileImport(request)) return ports.fileName(request.uploadId);
    if (request.scope.kind === 'group') return request.scope.dn;
    const [first = '', ...others] = request.scope.dns;
    return others.length === 0 ? first : `${first} (+${others.length})`;
  }

  return {
    async preview(request, call) {
      const jobId = await jobs.start(call, {
        kind: 'import-preview',
        subject: subjectOf(request),
        run: (context) => run(context, { kind: 'preview', request, mail: mailOf(request, 'preview') }),
      });
      return { jobId };
    },
    async start(input, call) {
      if ('request' in input) return { jobId: await startImport(call, input.request) };
      const preview = running.get(input.previewId) ?? reports.summary(input.previewId);
      if (preview.state !== 'preview') throw new AppError('conflict', 'This is not a finished preview.', { details: input });
      return { jobId: await startImport(call, preview.request, input.previewId) };
    },
    async summary({ jobId }) {
      return running.get(jobId) ?? reports.summary(jobId);
    },
    async rows({ jobId, outcome, onlyWarnings, offset, limit }) {
      return reports.rows(jobId, { outcome, onlyWarnings, offset, limit });
    },
    async csv({ jobId, after }) {
      return reports.csv(jobId, after);
    },
    async discard({ jobId }) {
      reports.discard(jobId);
      return null;
    },
  };
}

function runningSummary(jobId: string, request: AnyImportRequest, startedAt: number): ImportSummary {
  return {
    jobId,
    state: 'running',
    request,
    counts: { add: 0, update: 0, unchanged: 0, skipped: 0, warnings: 0 },
    read: { entries: 0, complete: false, referrals: 0, milliseconds: 0 },
    startedAt,
    milliseconds: 0,
  };
}
