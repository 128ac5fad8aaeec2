import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ActivationState } from '../../../shared/contract/activation.contract.ts';
import type { AuditEntry } from '../../../shared/contract/audit.contract.ts';
import { isAppError, type AppError } from '../../../shared/contract/errors.ts';
import type { MailHour } from '../../../shared/contract/outbox.contract.ts';
import type { LogLine } from '../../../shared/contract/logs.contract.ts';
import type { Job } from '../../../shared/contract/jobs.contract.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { asAppError } from '../../ui/asAppError.ts';

export type Overview = Awaited<ReturnType<ConsoleClient['status']['overview']>>;

export interface StatusStore {
  /** Null before the first answer. */
  readonly overview: Overview | null;
  /** Null before the first answer. */
  readonly activation: ActivationState | null;
  /** Others are activated by this server. */
  readonly hasAuthority: boolean;
  /** What became of mails, hour by hour. */
  readonly mailHours: readonly MailHour[];
  readonly jobs: readonly Job[];
  readonly audit: readonly AuditEntry[];
  /** Of the logs of all programs, the newest first. Null before the first answer. */
  readonly warnings: readonly LogLine[] | null;
  readonly error: AppError | null;
  /** Reads everything and follows changes until the returned function is called. */
  follow(): () => void;
  load(): Promise<void>;
  /** By itself, because a long log takes its time. What cannot be read stays as it was: Logging says why. */
  loadWarnings(): Promise<void>;
}

const shownJobs = 8;
const shownEntries = 12;
const shownWarnings = 6;
/** What changes without being told, such as the state of the outbox on another computer. */
const everyMs = 15_000;
/** While a job tells of its progress, it is read again no more often than this. */
const changedMs = 1_000;

interface StatusClient {
  readonly status: Pick<ConsoleClient['status'], 'overview' | 'onChanged'>;
  readonly activation: Pick<ConsoleClient['activation'], 'state' | 'onChanged'>;
  readonly authority: Pick<ConsoleClient['authority'], 'state'>;
  readonly jobs: Pick<ConsoleClient['jobs'], 'list' | 'onChanged'>;
  readonly audit: Pick<ConsoleClient['audit'], 'list'>;
  readonly logs: Pick<ConsoleClient['logs'], 'list'>;
  readonly users: Pick<ConsoleClient['users'], 'onChanged'>;
  readonly outbox: Pick<ConsoleClient['outbox'], 'lastDay' | 'onChanged'>;
}

export function createStatusStore(client: StatusClient): StoreApi<StatusStore> {
  let reading: AbortController | null = null;
  let changed: ReturnType<typeof setTimeout> | undefined;

  return createStore<StatusStore>()((set, get) => ({
    overview: null,
    activation: null,
    hasAuthority: false,
    mailHours: [],
    jobs: [],
    audit: [],
    warnings: null,
    error: null,

    follow() {
      const loadSoon = () => {
        changed ??= setTimeout(() => {
          changed = undefined;
          void get().load();
        }, changedMs);
      };
      const loadAll = () => {
        void get().load();
        void get().loadWarnings();
      };
      loadAll();
      const timer = setInterval(loadAll, everyMs);
      const stops = [client.status, client.activation, client.jobs, client.users, client.outbox].map(({ onChanged }) =>
        onChanged(loadSoon),
      );
      return () => {
        clearInterval(timer);
        clearTimeout(changed);
        changed = undefined;
        reading?.abort();
        for (const stop of stops) stop();
      };
    },

    async load() {
      reading?.abort();
      const own = (reading = new AbortController());
      const { signal } = own;
      try {
        const [overview, activation, { authority }, { hours }, { jobs }, { entries }] = await Promise.all([
          client.status.overview(null, { signal }),
          client.activation.state(null, { signal }),
          client.authority.state(null, { signal }),
          client.outbox.lastDay(null, { signal }),
          client.jobs.list({ limit: shownJobs }, { signal }),
          client.audit.list({ limit: shownEntries }, { signal }),
        ]);
        if (reading === own) {
          set({ overview, activation, hasAuthority: authority !== null, mailHours: hours, jobs, audit: entries, error: null });
        }
      } catch (error) {
        if (reading === own && !isAppError(error, 'cancelled')) set({ error: asAppError(error) });
      }
    },

    async loadWarnings() {
      try {
        const { lines } = await client.logs.list({ filter: { level: 'warning' }, limit: shownWarnings });
        set({ warnings: lines });
      } catch {
        // See above.
      }
    },
  }));
}
