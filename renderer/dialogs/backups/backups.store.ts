import { createStore } from 'zustand/vanilla';
import { backupHours, backupSchedule, type BackupSchedule } from '../../../shared/contract/backups.contract.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Job } from '../../../shared/contract/jobs.contract.ts';
import { isWholePath } from '../../../shared/lib/wholePath.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { backupsText as text } from '../../i18n/en/backups.ts';
import { asAppError } from '../../ui/asAppError.ts';
import { jobError } from '../jobReport/jobError.ts';
import { watchJob, type JobWatch } from '../jobReport/watchJob.ts';

export type BackupsOverview = Awaited<ReturnType<ConsoleClient['backups']['overview']>>;

/** The backup that is made from this dialog. */
export type BackupWork =
  | { readonly phase: 'idle' }
  | { readonly phase: 'running'; readonly job: Job | null }
  | { readonly phase: 'done'; readonly file: string }
  | { readonly phase: 'failed'; readonly error: AppError };

export interface NowForm {
  readonly file: string;
  readonly withKey: boolean;
  readonly passphrase: string;
  readonly repeat: string;
}

export interface ScheduleForm extends Pick<BackupSchedule, 'everyHours' | 'at' | 'folder'> {
  readonly isOn: boolean;
  readonly keep: string;
}

export interface BackupsStore {
  readonly overview: BackupsOverview | null;
  readonly loadError: AppError | null;
  readonly now: NowForm;
  readonly schedule: ScheduleForm;
  readonly work: BackupWork;
  readonly saving: { readonly isSaved: boolean; readonly error: AppError | null };
  load(): Promise<void>;
  changeNow(next: Partial<NowForm>): void;
  changeSchedule(next: Partial<ScheduleForm>): void;
  start(): Promise<void>;
  cancel(): void;
  apply(): Promise<void>;
  dispose(): void;
}

const emptyNow: NowForm = { file: '', withKey: false, passphrase: '', repeat: '' };

/** What is wrong with each field. */
export function nowProblems({ file, withKey, passphrase, repeat }: NowForm): Map<string, string> {
  const problems = new Map<string, string>();
  if (!isWholePath(file)) problems.set('file', text.problems.file);
  if (withKey && passphrase.length < 8) problems.set('passphrase', text.problems.passphrase);
  if (withKey && repeat !== passphrase) problems.set('repeat', text.problems.repeat);
  return problems;
}

export function scheduleProblems({ isOn, at, keep, folder }: ScheduleForm): Map<string, string> {
  const problems = new Map<string, string>();
  if (!isOn) return problems;
  if (!backupSchedule.shape.at.safeParse(at).success) problems.set('at', text.problems.at);
  if (!/^\d+$/.test(keep) || Number(keep) < 1 || Number(keep) > 1_000) problems.set('keep', text.problems.keep);
  if (!isWholePath(folder)) problems.set('folder', text.problems.folder);
  return problems;
}

export function scheduleFormOf({ schedule, folder }: Pick<BackupsOverview, 'schedule' | 'folder'>): ScheduleForm {
  const { everyHours, at, keep, folder: chosen } = schedule ?? { everyHours: 24 as const, at: '02:30', keep: 14, folder };
  return { isOn: schedule !== null, everyHours, at, keep: String(keep), folder: chosen };
}

/** Backups by hand and by schedule, and the copies that there are. */
export function createBackupsStore(client: Pick<ConsoleClient, 'backups' | 'jobs'>) {
  let watch: JobWatch | null = null;

  return createStore<BackupsStore>()((set, get) => {
    async function read(): Promise<void> {
      const overview = await client.backups.overview(null);
      set({ overview, loadError: null });
    }
    const fail = (error: unknown) => set({ work: { phase: 'failed', error: asAppError(error) } });

    function follow(jobId: string, file: string): void {
      watch = watchJob(client, jobId, {
        onJob(job) {
          if (job.state === 'running') return set({ work: { phase: 'running', job } });
          if (job.state === 'cancelled') set({ work: { phase: 'idle' } });
          else if (job.state === 'done') set({ work: { phase: 'done', file } });
          else fail(jobError(job) ?? new AppError('internal', 'The backup ended before it was done.'));
          read().then(
            // Another one gets another name.
            () => job.state === 'done' && set({ now: { ...emptyNow, file: get().overview?.suggestedFile ?? '' } }),
            () => undefined,
          );
        },
        onLost: fail,
      });
    }

    return {
      overview: null,
      loadError: null,
      now: emptyNow,
      schedule: { isOn: false, everyHours: backupHours[7], at: '', keep: '', folder: '' },
      work: { phase: 'idle' },
      saving: { isSaved: false, error: null },

      async load() {
        try {
          await read();
          const overview = get().overview!;
          set({ now: { ...emptyNow, file: overview.suggestedFile }, schedule: scheduleFormOf(overview) });
        } catch (error) {
          set({ loadError: asAppError(error) });
        }
      },
      changeNow: (next) => set(({ now }) => ({ now: { ...now, ...next } })),
      changeSchedule: (next) => set(({ schedule }) => ({ schedule: { ...schedule, ...next }, saving: { isSaved: false, error: null } })),
      async start() {
        const { now } = get();
        if (nowProblems(now).size > 0) return;
        const file = now.file.trim();
        set({ work: { phase: 'running', job: null } });
        try {
          const { jobId } = await client.backups.start({ file, ...(now.withKey && { passphrase: now.passphrase }) });
          follow(jobId, file);
        } catch (error) {
          fail(error);
        }
      },
      cancel() {
        const { work } = get();
        // It may just have ended; the next answer about the job says so.
        if (work.phase === 'running' && work.job) client.jobs.cancel({ jobId: work.job.id }).catch(() => undefined);
      },
      async apply() {
        const { schedule } = get();
        if (scheduleProblems(schedule).size > 0) return;
        const { isOn, everyHours, at, keep, folder } = schedule;
        try {
          await client.backups.setSchedule({ schedule: isOn ? { everyHours, at, keep: Number(keep), folder: folder.trim() } : null });
          await read();
          set({ schedule: scheduleFormOf(get().overview!), saving: { isSaved: true, error: null } });
        } catch (error) {
          set({ saving: { isSaved: false, error: asAppError(error) } });
        }
      },
      dispose() {
        watch?.stop();
        watch = null;
      },
    };
  });
}
