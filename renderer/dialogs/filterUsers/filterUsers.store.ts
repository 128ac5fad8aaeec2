import { createStore, type StoreApi } from 'zustand/vanilla';
import { isAppError } from '../../../shared/contract/errors.ts';
import type { SavedFilter } from '../../../shared/contract/filters.contract.ts';
import type { UserCondition, UserFilter } from '../../../shared/contract/userFilter.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { firstCondition, isComplete, type ConditionField } from './conditionFields.ts';

/** A condition with a name of its own, so that rows keep their focus when another one goes. */
export interface DraftCondition {
  readonly key: number;
  readonly condition: UserCondition;
}

export type FilterCount =
  | { readonly phase: 'counting' }
  | { readonly phase: 'counted'; readonly count: number }
  | { readonly phase: 'failed'; readonly error: unknown };

export interface FilterUsersStore {
  readonly match: UserFilter['match'];
  readonly conditions: readonly DraftCondition[];
  /** Null while a condition is not complete. */
  readonly count: FilterCount | null;
  readonly saved: readonly SavedFilter[];
  readonly name: string;
  /** What became of the last command on saved filters. */
  readonly told: { readonly done: 'saved' | 'removed'; readonly name: string } | null;
  readonly error: unknown;
  load(): Promise<void>;
  /** Stops counting. */
  stop(): void;
  setMatch(match: UserFilter['match']): void;
  add(field: ConditionField): void;
  change(key: number, condition: UserCondition): void;
  remove(key: number): void;
  clear(): void;
  /** Takes over a saved filter. */
  take(name: string): void;
  setName(name: string): void;
  save(): Promise<void>;
  removeSaved(name: string): Promise<void>;
}

/** Typing faster than this makes one count of several letters. */
const countMs = 250;

/** The filter as it stands in the dialog; null while a condition is not complete. */
export function filterOf({ match, conditions }: Pick<FilterUsersStore, 'match' | 'conditions'>): UserFilter | null {
  const list = conditions.map(({ condition }) => condition);
  return list.every(isComplete) ? { match, conditions: list } : null;
}

export function createFilterUsersStore(
  client: {
    readonly users: Pick<ConsoleClient['users'], 'count'>;
    readonly filters: Pick<ConsoleClient['filters'], 'list' | 'save' | 'remove'>;
  },
  filter: UserFilter | null,
): StoreApi<FilterUsersStore> {
  let keys = 0;
  let counting: AbortController | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const drafts = (conditions: readonly UserCondition[]) => conditions.map((condition) => ({ key: (keys += 1), condition }));

  return createStore<FilterUsersStore>()((set, get) => {
    /** A new count takes the place of the one before, which is given up. */
    function countSoon() {
      clearTimeout(timer);
      counting?.abort();
      counting = null;
      const wanted = filterOf(get());
      if (!wanted) return set({ count: null });
      set({ count: { phase: 'counting' } });
      const own = (counting = new AbortController());
      timer = setTimeout(() => void count(wanted, own), countMs);
    }

    async function count(wanted: UserFilter, own: AbortController) {
      try {
        const answer = await client.users.count({ filter: wanted }, { signal: own.signal });
        if (counting === own) set({ count: { phase: 'counted', count: answer.count } });
      } catch (error) {
        if (counting === own && !isAppError(error, 'cancelled')) set({ count: { phase: 'failed', error } });
      }
    }

    function change(next: Partial<Pick<FilterUsersStore, 'match' | 'conditions'>>) {
      set({ ...next, told: null });
      countSoon();
    }

    async function onSaved(told: NonNullable<FilterUsersStore['told']>, work: () => Promise<unknown>) {
      set({ told: null, error: null });
      try {
        await work();
        set({ told });
      } catch (error) {
        set({ error });
      }
      await get().load();
    }

    return {
      match: filter?.match ?? 'all',
      conditions: drafts(filter?.conditions ?? []),
      count: null,
      saved: [],
      name: '',
      told: null,
      error: null,

      async load() {
        if (get().count === null) countSoon();
        try {
          set({ saved: (await client.filters.list({})).filters });
        } catch (error) {
          set({ error });
        }
      },

      stop() {
        clearTimeout(timer);
        counting?.abort();
      },

      setMatch: (match) => change({ match }),
      add: (field) => change({ conditions: [...get().conditions, ...drafts([firstCondition(field)])] }),
      change: (key, condition) => change({ conditions: get().conditions.map((draft) => (draft.key === key ? { key, condition } : draft)) }),
      remove: (key) => change({ conditions: get().conditions.filter((draft) => draft.key !== key) }),
      clear: () => change({ conditions: [] }),

      take(name) {
        const found = get().saved.find((one) => one.name === name);
        if (!found) return;
        change({ match: found.filter.match, conditions: drafts(found.filter.conditions) });
        set({ name: found.name });
      },

      setName: (name) => set({ name, told: null }),

      async save() {
        const wanted = filterOf(get());
        const name = get().name.trim();
        if (!wanted) return;
        await onSaved({ done: 'saved', name }, () => client.filters.save({ name, filter: wanted, replace: isSaved(get()) }));
      },

      removeSaved: (name) => onSaved({ done: 'removed', name }, () => client.filters.remove({ name })),
    };
  });
}

/** Saving under this name would replace a filter, which the button says. */
export function isSaved({ saved, name }: Pick<FilterUsersStore, 'saved' | 'name'>): boolean {
  return saved.some((one) => one.name.toLowerCase() === name.trim().toLowerCase());
}
