import { createStore } from 'zustand/vanilla';
import { isAppError, type AppError } from '../../../shared/contract/errors.ts';
import type { AnyImportRequest, ImportSummary } from '../../../shared/contract/imports.contract.ts';
import type { Job } from '../../../shared/contract/jobs.contract.ts';
import { asAppError } from '../../ui/asAppError.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { watchJob, type JobWatch } from '../jobReport/watchJob.ts';

/** Which of the two jobs is meant. */
export type Task = 'preview' | 'import';

/** Where the dialog is. `choosing` is its first page, all others are its second. */
export type RunState =
  | { readonly phase: 'choosing' }
  | { readonly phase: 'starting'; readonly task: Task }
  | { readonly phase: 'running'; readonly task: Task; readonly job: Job }
  | { readonly phase: 'previewed'; readonly summary: ImportSummary }
  | { readonly phase: 'imported'; readonly summary: ImportSummary }
  /** The job ended without a result: it was cancelled, it failed, or its process ended. */
  | { readonly phase: 'stopped'; readonly task: Task; readonly job: Job }
  /** The job could not be started, or its result could not be read. */
  | { readonly phase: 'failed'; readonly task: Task; readonly error: AppError };

export interface RunStore {
  readonly state: RunState;
  readonly isCancelling: boolean;
  /** Computes what an import would change. */
  preview(request: AnyImportRequest): Promise<void>;
  /** Imports at once, without a preview. */
  importNow(request: AnyImportRequest): Promise<void>;
  /** Imports what the preview on screen has read. */
  importPreviewed(): Promise<void>;
  cancel(): Promise<void>;
  /** Returns to the first page; a preview is forgotten, a running import runs on. */
  back(): void;
  /** Starts or stops following a job; the job itself does not notice. */
  follow(): void;
  unfollow(): void;
}

type ImportClient = Pick<ConsoleClient, 'imports' | 'jobs'>;

/** The second page of the import dialog: a preview or an import from its start to its result. */
export function createRunStore(client: ImportClient, { pollMs }: { pollMs?: number } = {}) {
  let watch: JobWatch | null = null;

  return createStore<RunStore>()((set, get) => {
    const show = (state: RunState) => set({ state, isCancelling: false });

    async function start(task: Task, begin: () => Promise<{ jobId: string }>) {
      watch?.stop();
      show({ phase: 'starting', task });
      try {
        const { jobId } = await begin();
        followJob(task, jobId);
      } catch (error) {
        show({ phase: 'failed', task, error: asAppError(error) });
      }
    }

    function followJob(task: Task, jobId: string) {
      watch?.stop();
      watch = watchJob(client, jobId, {
        ...(pollMs === undefined ? {} : { pollMs }),
        onJob(job) {
          if (job.state === 'running') set({ state: { phase: 'running', task, job } });
          else if (job.state === 'done') void showResult(task, jobId);
          else show({ phase: 'stopped', task, job });
        },
        onLost: (error) => show({ phase: 'failed', task, error: asAppError(error) }),
      });
    }

    async function showResult(task: Task, jobId: string) {
      try {
        const summary = await client.imports.summary({ jobId });
        show({ phase: task === 'preview' ? 'previewed' : 'imported', summary });
      } catch (error) {
        show({ phase: 'failed', task, error: asAppError(error) });
      }
    }

    /** For what nobody waits for: a preview that is left is forgotten by the server later anyway. */
    function forget(call: Promise<null>) {
      call.catch((error: unknown) => {
        if (!isAppError(error)) throw error;
      });
    }

    return {
      state: { phase: 'choosing' },
      isCancelling: false,

      preview: (request) => start('preview', () => client.imports.preview(request)),
      importNow: (request) => start('import', () => client.imports.start({ request })),

      async importPreviewed() {
        const { state } = get();
        if (state.phase === 'previewed') await start('import', () => client.imports.start({ previewId: state.summary.jobId }));
      },

      async cancel() {
        const { state, isCancelling } = get();
        if (state.phase !== 'running' || isCancelling) return;
        set({ isCancelling: true });
        try {
          await client.jobs.cancel({ jobId: state.job.id });
        } catch (error) {
          set({ isCancelling: false });
          if (!isAppError(error)) throw error;
          // It may just have ended; the next answer about the job says so.
        }
      },

      back() {
        const { state } = get();
        watch?.stop();
        watch = null;
        if (state.phase === 'previewed') forget(client.imports.discard({ jobId: state.summary.jobId }));
        if (state.phase === 'running' && state.task === 'preview') forget(client.jobs.cancel({ jobId: state.job.id }));
        show({ phase: 'choosing' });
      },

      follow() {
        const { state } = get();
        if (state.phase === 'running') followJob(state.task, state.job.id);
      },

      unfollow() {
        watch?.stop();
        watch = null;
      },
    };
  });
}
