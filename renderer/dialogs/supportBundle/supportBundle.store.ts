import { createStore } from 'zustand/vanilla';
import { AppError } from '../../../shared/contract/errors.ts';
import type { Job } from '../../../shared/contract/jobs.contract.ts';
import type { SupportEntry } from '../../../shared/contract/support.contract.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { asAppError } from '../../ui/asAppError.ts';
import { jobError } from '../jobReport/jobError.ts';
import { watchJob, type JobWatch } from '../jobReport/watchJob.ts';

export type BundleState =
  | { readonly phase: 'collecting'; readonly job: Job | null }
  | {
      readonly phase: 'ready';
      readonly jobId: string;
      readonly bytes: number;
      readonly entries: readonly SupportEntry[];
      /** Under which name it was saved; null: not yet. */
      readonly fileName: string | null;
    }
  | { readonly phase: 'failed'; readonly error: AppError };

export interface SupportBundleStore {
  readonly state: BundleState;
  readonly withNames: boolean;
  collect(withNames: boolean): Promise<void>;
  save(): Promise<void>;
  /** Stops what runs and lets the server forget the bundle. */
  dispose(): void;
}

export interface SupportBundlePorts {
  saveFile(fileName: string, parts: readonly Uint8Array<ArrayBuffer>[]): void;
  now(): Date;
}

/** A bundle that is collected, looked at, and saved when somebody agrees. */
export function createSupportBundleStore(client: Pick<ConsoleClient, 'support' | 'jobs'>, ports: SupportBundlePorts) {
  let watch: JobWatch | null = null;
  /** Answers about an earlier bundle count no more. */
  let round = 0;
  let current: { readonly jobId: string; readonly isReady: boolean } | null = null;

  function forget(): void {
    watch?.stop();
    watch = null;
    if (!current) return;
    const { jobId, isReady } = current;
    current = null;
    // It may have ended by itself, or go with the process.
    (isReady ? client.support.discard({ jobId }) : client.jobs.cancel({ jobId })).catch(() => undefined);
  }

  return createStore<SupportBundleStore>()((set, get) => {
    async function collect(withNames: boolean): Promise<void> {
      forget();
      const mine = ++round;
      const fail = (error: unknown) => mine === round && set({ state: { phase: 'failed', error: asAppError(error) } });
      set({ withNames, state: { phase: 'collecting', job: null } });

      async function show(jobId: string): Promise<void> {
        try {
          const { bytes, entries } = await client.support.contents({ jobId });
          if (mine !== round) return;
          current = { jobId, isReady: true };
          set({ state: { phase: 'ready', jobId, bytes, entries, fileName: null } });
        } catch (error) {
          fail(error);
        }
      }

      try {
        const { jobId } = await client.support.prepare({ withNames });
        if (mine !== round) return void client.jobs.cancel({ jobId }).catch(() => undefined);
        current = { jobId, isReady: false };
        watch = watchJob(client, jobId, {
          onJob(job) {
            if (mine !== round) return;
            if (job.state === 'running') set({ state: { phase: 'collecting', job } });
            else if (job.state === 'done') void show(jobId);
            else fail(jobError(job) ?? new AppError('cancelled', 'The bundle was cancelled.'));
          },
          onLost: fail,
        });
      } catch (error) {
        fail(error);
      }
    }

    return {
      state: { phase: 'collecting', job: null },
      withNames: false,
      collect,
      async save() {
        const { state } = get();
        if (state.phase !== 'ready') return;
        const { jobId } = state;
        try {
          const parts: Uint8Array<ArrayBuffer>[] = [];
          for (let offset: number | null = 0; offset !== null;) {
            const part: { base64: string; next: number | null } = await client.support.part({ jobId, offset });
            parts.push(Uint8Array.from(atob(part.base64), (character) => character.charCodeAt(0)));
            // A server that does not move on would keep us here for ever.
            offset = part.next !== null && part.next > offset ? part.next : null;
          }
          const fileName = `mfa-support-${ports.now().toISOString().slice(0, 10)}.zip`;
          ports.saveFile(fileName, parts);
          set({ state: { ...state, fileName } });
        } catch (error) {
          set({ state: { phase: 'failed', error: asAppError(error) } });
        }
      },
      dispose() {
        round++;
        forget();
      },
    };
  });
}
