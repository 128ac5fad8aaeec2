import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppError } from '../../../../shared/contract/errors.ts';
import type { MailHour, MailState } from '../../../../shared/contract/outbox.contract.ts';
import type { ConsoleClient } from '../../../app/client.tsx';
import { asAppError } from '../../../ui/asAppError.ts';

export type OutboxStats = Awaited<ReturnType<ConsoleClient['outbox']['stats']>>;

export interface OutboxStatsStore {
  /** Null before the first answer. */
  readonly stats: OutboxStats | null;
  readonly hours: readonly MailHour[];
  readonly error: AppError | null;
  /** Reads and follows changes until the returned function is called. */
  follow(): () => void;
  refresh(): void;
}

/** While mails go out, they are counted again no more often than this. */
const changedMs = 1000;
/** The chart moves on, also while nothing happens. */
const againMs = 5 * 60 * 1000;

/** How many mails are in which state, why nothing goes out, and what happened in the last day. */
export function createOutboxStatsStore({
  outbox,
}: {
  readonly outbox: Pick<ConsoleClient['outbox'], 'stats' | 'lastDay' | 'onChanged'>;
}): StoreApi<OutboxStatsStore> {
  return createStore<OutboxStatsStore>()((set) => {
    let reading = 0;

    async function read() {
      const own = ++reading;
      try {
        const [stats, { hours }] = await Promise.all([outbox.stats(null), outbox.lastDay(null)]);
        if (own === reading) set({ stats, hours, error: null });
      } catch (error) {
        if (own === reading) set({ error: asAppError(error) });
      }
    }

    return {
      stats: null,
      hours: [],
      error: null,

      follow() {
        void read();
        let changed: ReturnType<typeof setTimeout> | undefined;
        const again = setInterval(() => void read(), againMs);
        const stop = outbox.onChanged(() => {
          changed ??= setTimeout(() => {
            changed = undefined;
            void read();
          }, changedMs);
        });
        return () => {
          stop();
          clearTimeout(changed);
          clearInterval(again);
          reading += 1;
        };
      },

      refresh: () => void read(),
    };
  });
}

/** How many mails are in a state. */
export function countOf(stats: OutboxStats | null, state: MailState): number {
  return stats?.states.find((one) => one.state === state)?.count ?? 0;
}
