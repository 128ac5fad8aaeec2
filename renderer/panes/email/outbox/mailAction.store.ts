import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppError } from '../../../../shared/contract/errors.ts';
import type { MailAction } from '../../../../shared/contract/outbox.contract.ts';
import type { ConsoleClient } from '../../../app/client.tsx';
import { asAppError } from '../../../ui/asAppError.ts';
import { selectedIds, type SelectedRows } from '../../../ui/table/selectedIds.ts';

/** Which mails of the list are selected; null where none is. */
export type SelectedMails = SelectedRows<Omit<Parameters<ConsoleClient['outbox']['idsAt']>[0], 'ranges'>> | null;

/** How many mails a command would change, and how many of those may have arrived already. */
export interface Affected {
  readonly count: number;
  readonly unknown: number;
}

export type MailActionState =
  | { readonly phase: 'reading' }
  /** `selected` is null where nothing is selected. */
  | {
      readonly phase: 'asking' | 'changing';
      readonly ids: readonly number[];
      readonly selected: Affected | null;
      readonly all: Affected;
      readonly choice: 'selected' | 'all';
    }
  | { readonly phase: 'done'; readonly count: number }
  | { readonly phase: 'unreadable' | 'failed'; readonly error: AppError };

export interface MailActionStore {
  readonly state: MailActionState;
  /** Finds out what the command would change. */
  read(): Promise<void>;
  choose(choice: 'selected' | 'all'): void;
  run(): Promise<void>;
}

/** A command for the selected mails or for all, with the number of mails before anything is changed. */
export function createMailActionStore(
  { outbox }: { readonly outbox: Pick<ConsoleClient['outbox'], 'idsAt' | 'affected' | MailAction> },
  action: MailAction,
  selected: SelectedMails,
): StoreApi<MailActionStore> {
  return createStore<MailActionStore>()((set, get) => ({
    state: { phase: 'reading' },

    async read() {
      try {
        const ids = selected ? await selectedIds(outbox, selected) : [];
        const [ofSelected, all] = await Promise.all([
          ids.length > 0 ? outbox.affected({ action, target: { ids } }) : null,
          outbox.affected({ action, target: { all: true } }),
        ]);
        set({ state: { phase: 'asking', ids, selected: ofSelected, all, choice: ofSelected ? 'selected' : 'all' } });
      } catch (error) {
        set({ state: { phase: 'unreadable', error: asAppError(error) } });
      }
    },

    choose(choice) {
      const { state } = get();
      if (state.phase === 'asking') set({ state: { ...state, choice } });
    },

    async run() {
      const { state } = get();
      if (state.phase !== 'asking') return;
      set({ state: { ...state, phase: 'changing' } });
      try {
        const { count } = await outbox[action]({ target: state.choice === 'all' ? { all: true } : { ids: [...state.ids] } });
        set({ state: { phase: 'done', count } });
      } catch (error) {
        set({ state: { phase: 'failed', error: asAppError(error) } });
      }
    },
  }));
}

/** What the command would change as it is chosen. */
export function affectedBy(state: Extract<MailActionState, { phase: 'asking' | 'changing' }>): Affected {
  return state.choice === 'selected' && state.selected ? state.selected : state.all;
}
