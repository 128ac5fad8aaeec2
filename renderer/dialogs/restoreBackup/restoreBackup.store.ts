import { createStore } from 'zustand/vanilla';
import type { BackupSummary } from '../../../shared/contract/backups.contract.ts';
import { uploadMaxBytes } from '../../../shared/contract/csv.contract.ts';
import { AppError, isAppError } from '../../../shared/contract/errors.ts';
import type { Job } from '../../../shared/contract/jobs.contract.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { asAppError } from '../../ui/asAppError.ts';
import { uploadFile } from '../../ui/uploadFile.ts';
import { jobError } from '../jobReport/jobError.ts';
import { watchJob, type JobWatch } from '../jobReport/watchJob.ts';

type From = { readonly file: string } | { readonly uploadId: string };

/** A backup that is whole, and what it would replace. */
export interface CheckedBackup {
  readonly from: From;
  readonly name: string;
  readonly summary: BackupSummary;
  /** Users of this console now. */
  readonly users: number;
}

export type RestoreState =
  | { readonly phase: 'choosing'; readonly error: AppError | null }
  /** `isSent`: it has arrived where the console runs. */
  | { readonly phase: 'checking'; readonly name: string; readonly isSent: boolean }
  | { readonly phase: 'checked'; readonly backup: CheckedBackup; readonly error: AppError | null }
  | { readonly phase: 'unpacking'; readonly backup: CheckedBackup; readonly job: Job | null }
  /** The console stops now and starts again; the page is loaded anew when it is there. */
  | { readonly phase: 'restarting'; readonly backup: CheckedBackup };

/** What is known of a passphrase that was tried. */
export type PassphraseState = 'untried' | 'trying' | 'right' | AppError;

export interface RestoreStore {
  readonly state: RestoreState;
  readonly passphrase: PassphraseState;
  /** Checks a file on the computer of the console. */
  check(file: string): Promise<void>;
  /** Sends a file there first. */
  send(file: File): Promise<void>;
  tryPassphrase(passphrase: string): Promise<void>;
  restore(): Promise<void>;
  cancel(): void;
  /** Back to the choice of a file. */
  chooseAnother(): void;
  dispose(): void;
}

/** Restoring a backup: choose it, look at what it is, have it take the place of what is there. */
export function createRestoreStore(client: Pick<ConsoleClient, 'backups' | 'csv' | 'jobs' | 'users'>) {
  let watch: JobWatch | null = null;
  let uploadId: string | null = null;
  /** Answers that come after another file was chosen are not shown. */
  let choice = 0;

  function discard(): void {
    if (uploadId !== null) client.csv.discardUpload({ uploadId }).catch(() => {});
    uploadId = null;
  }

  return createStore<RestoreStore>()((set, get) => {
    async function look(name: string, isSent: boolean, place: () => Promise<From>): Promise<void> {
      const mine = (choice += 1);
      discard();
      const show = (next: Pick<RestoreStore, 'state'>) => mine === choice && set({ ...next, passphrase: 'untried' });
      show({ state: { phase: 'checking', name, isSent } });
      try {
        const from = await place();
        if ('uploadId' in from) ({ uploadId } = from);
        show({ state: { phase: 'checking', name, isSent: true } });
        const [summary, { count: users }] = await Promise.all([client.backups.check({ from }), client.users.count({})]);
        show({ state: { phase: 'checked', backup: { from, name, summary, users }, error: null } });
      } catch (error) {
        show({ state: { phase: 'choosing', error: asAppError(error) } });
      }
    }

    function follow(jobId: string, backup: CheckedBackup): void {
      const restarting = () => set({ state: { phase: 'restarting', backup } });
      const back = (error: AppError | null) => set({ state: { phase: 'checked', backup, error } });
      watch = watchJob(client, jobId, {
        onJob(job) {
          if (job.state === 'running') set({ state: { phase: 'unpacking', backup, job } });
          else if (job.state === 'done') restarting();
          else back(job.state === 'cancelled' ? null : (jobError(job) ?? new AppError('internal', 'It ended before it was done.')));
        },
        // The store that knew it is no more.
        onLost: (error) => (isAppError(error, 'not-found') ? restarting() : back(asAppError(error))),
      });
    }

    return {
      state: { phase: 'choosing', error: null },
      passphrase: 'untried',
      check: (file) => look(file, true, async () => ({ file })),
      send: (file) =>
        look(file.name, false, async () => {
          if (file.size > uploadMaxBytes) throw new AppError('backup-too-large', 'More than 1 GB cannot be sent.');
          return { uploadId: await uploadFile(client, file) };
        }),
      async tryPassphrase(passphrase) {
        const { state } = get();
        if (state.phase !== 'checked') return;
        set({ passphrase: 'trying' });
        try {
          await client.backups.check({ from: state.backup.from, passphrase });
          set({ passphrase: 'right' });
        } catch (error) {
          set({ passphrase: asAppError(error) });
        }
      },
      async restore() {
        const { state } = get();
        if (state.phase !== 'checked') return;
        const { backup } = state;
        set({ state: { phase: 'unpacking', backup, job: null } });
        try {
          const { jobId } = await client.backups.restore({ from: backup.from, createdAt: backup.summary.createdAt });
          follow(jobId, backup);
        } catch (error) {
          set({ state: { phase: 'checked', backup, error: asAppError(error) } });
        }
      },
      cancel() {
        const { state } = get();
        // It may just have ended; the next answer about the job says so.
        if (state.phase === 'unpacking' && state.job) client.jobs.cancel({ jobId: state.job.id }).catch(() => undefined);
      },
      chooseAnother() {
        choice += 1;
        discard();
        set({ state: { phase: 'choosing', error: null } });
      },
      dispose() {
        choice += 1;
        watch?.stop();
        watch = null;
        // While it is being unpacked it is still needed; it goes by itself.
        const { phase } = get().state;
        if (phase !== 'unpacking' && phase !== 'restarting') discard();
      },
    };
  });
}
