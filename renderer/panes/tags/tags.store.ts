import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppError } from '../../../shared/contract/errors.ts';
import type { Tag } from '../../../shared/contract/tags.contract.ts';
import { fold } from '../../../shared/lib/fold.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { asAppError } from '../../ui/asAppError.ts';
import { noSelection, selectOnly, trimSelection, type Selection } from '../../ui/table/selection.ts';
import type { SortOrder } from '../../ui/table/tableColumn.ts';

export interface TagsStore {
  /** Null before the first answer. */
  readonly all: readonly Tag[] | null;
  readonly search: string;
  readonly sort: SortOrder;
  /** What is listed, in its order. */
  readonly rows: readonly Tag[];
  readonly selection: Selection;
  readonly error: AppError | null;
  /** Reads the tags and follows changes until the returned function is called. */
  follow(): () => void;
  load(): Promise<void>;
  setSearch(search: string): void;
  /** The same column once more turns the order round. */
  sortBy(column: string): void;
  select(selection: Selection): void;
}

/** Users come and go by the thousand while a job runs: the counts are read again no more often than this. */
const countsMs = 2_000;

/** All tags: there are never so many that windows were worth it. */
export function createTagsStore(client: {
  readonly tags: Pick<ConsoleClient['tags'], 'list' | 'onChanged'>;
  readonly users: Pick<ConsoleClient['users'], 'onChanged'>;
}): StoreApi<TagsStore> {
  let counting: ReturnType<typeof setTimeout> | undefined;

  return createStore<TagsStore>()((set, get) => {
    /** The selected tag stays selected wherever its row goes. */
    function show(change: Partial<Pick<TagsStore, 'all' | 'search' | 'sort'>>) {
      const { rows: before, selection, ...state } = { ...get(), ...change };
      const rows = listed(state);
      const chosen = before[selection.active]?.id;
      const at = rows.findIndex(({ id }) => id === chosen);
      set({ ...change, rows, selection: at >= 0 ? selectOnly(at) : trimSelection(noSelection, rows.length) });
    }

    return {
      all: null,
      search: '',
      sort: { column: 'name', descending: false },
      rows: [],
      selection: noSelection,
      error: null,

      follow() {
        void get().load();
        const stops = [
          client.tags.onChanged(() => void get().load()),
          client.users.onChanged(() => {
            counting ??= setTimeout(() => {
              counting = undefined;
              void get().load();
            }, countsMs);
          }),
        ];
        return () => {
          clearTimeout(counting);
          counting = undefined;
          for (const stop of stops) stop();
        };
      },

      async load() {
        try {
          const { tags } = await client.tags.list(null);
          show({ all: tags });
          set({ error: null });
        } catch (error) {
          set({ error: asAppError(error) });
        }
      },

      setSearch: (search) => show({ search }),
      sortBy: (column) => show({ sort: { column, descending: get().sort.column === column && !get().sort.descending } }),
      select: (selection) => set({ selection }),
    };
  });
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

function listed({ all, search, sort: { column, descending } }: Pick<TagsStore, 'all' | 'search' | 'sort'>): Tag[] {
  const wanted = fold(search.trim());
  const found = (all ?? []).filter(({ name, description }) => fold(`${name}\n${description}`).includes(wanted));
  const byName = (a: Tag, b: Tag) => collator.compare(a.name, b.name);
  const compare = {
    name: byName,
    users: (a: Tag, b: Tag) => a.users - b.users || byName(a, b),
    description: (a: Tag, b: Tag) => collator.compare(a.description, b.description) || byName(a, b),
  }[column as 'name' | 'users' | 'description'];
  return found.sort((a, b) => (descending ? -compare(a, b) : compare(a, b)));
}
