import { createStore } from 'zustand/vanilla';
import type { ReadSummary } from '../../../shared/contract/common.ts';
import type { DirectoryGroup, DirectoryPerson, DirectorySettings } from '../../../shared/contract/directory.contract.ts';
import { isAppError, type AppError, type ErrorPayload } from '../../../shared/contract/errors.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { asAppError } from '../../ui/asAppError.ts';
import { filterProblem, type FilterProblem } from '../directoryConfiguration/filterProblem.ts';
import {
  fitOptions,
  gridScope,
  initialOptions,
  mappedPhones,
  scopeKindFor,
  type ImportOptions,
  type ScopeKind,
  type Selection,
  type View,
} from './importForm.ts';

/** Which directory the dialog works on. */
export type DirectoryState =
  | { readonly phase: 'loading' }
  | { readonly phase: 'not-configured' }
  | { readonly phase: 'ready'; readonly settings: DirectorySettings }
  | { readonly phase: 'failed'; readonly error: AppError };

/** A list that is read from the directory. `idle`: nothing has been chosen that could be read. */
export type Reading<T> =
  | { readonly phase: 'idle' }
  | { readonly phase: 'reading' }
  | { readonly phase: 'ready'; readonly items: readonly T[]; readonly read: ReadSummary }
  | { readonly phase: 'failed'; readonly error: AppError };

export interface ChooserStore {
  readonly directory: DirectoryState;
  readonly view: View;
  readonly selection: Selection;
  readonly groups: Reading<DirectoryGroup>;
  readonly groupSearch: string;
  readonly searchText: string;
  readonly people: Reading<DirectoryPerson>;
  readonly showsPeople: boolean;
  readonly displayLimit: number;
  readonly filter: string;
  readonly filterProblem: FilterProblem | null;
  readonly scopeKind: ScopeKind;
  readonly options: ImportOptions;

  /** Reads the configuration. Call again after it was changed. */
  load(): Promise<void>;
  /** Makes the sample directory the configured one. */
  useSample(): Promise<void>;
  openView(view: View): void;
  selectContainer(dn: string): void;
  selectGroup(dn: string): void;
  selectUsers(dns: ReadonlySet<string>): void;
  searchGroups(text: string): void;
  typeSearch(text: string): void;
  /** Runs the search of the Search tab. */
  search(): void;
  showPeople(shown: boolean): void;
  setDisplayLimit(limit: number): void;
  typeFilter(filter: string): void;
  /** The filter field was left: what is shown follows it. */
  applyFilter(): void;
  chooseScopeKind(kind: ScopeKind): void;
  changeOptions(change: Partial<ImportOptions>): void;
  /** Puts what the directory said about the user filter beside the field; answers whether it was about the filter. */
  reportFilterError(error: Pick<ErrorPayload, 'code' | 'details'>): boolean;
  refreshPeople(): void;
  dispose(): void;
}

/**
 * The first page of the import dialog: what is to be imported, and how. `settleMs` is how long a selection must rest before
 * the directory is asked, so that walking through the tree with the arrow keys does not start a read at every step.
 * With `sample` the dialog is prepared for the sample directory: everybody, with the mobile phone.
 */
export function createChooserStore(
  client: Pick<ConsoleClient, 'directory' | 'company'>,
  { sample = false, settleMs = 200 }: { sample?: boolean; settleMs?: number } = {},
) {
  let peopleRead = new AbortController();
  let groupsRead = new AbortController();
  let timers: { people?: ReturnType<typeof setTimeout>; groups?: ReturnType<typeof setTimeout> } = {};
  let appliedFilter = '';
  let hasDefaults = false;

  return createStore<ChooserStore>()((set, get) => {
    /** Runs a read unless a newer one of its kind has started meanwhile. */
    async function run<T>(
      own: AbortController,
      isCurrent: () => boolean,
      read: () => Promise<Reading<T>>,
      show: (reading: Reading<T>) => void,
    ) {
      show({ phase: 'reading' });
      try {
        const reading = await read();
        if (isCurrent()) show(reading);
      } catch (error) {
        if (!isCurrent() || own.signal.aborted) return;
        if (!isAppError(error)) throw error;
        show({ phase: 'failed', error });
      }
    }

    async function readPeople() {
      const { directory, view, scopeKind, selection, searchText, showsPeople, displayLimit: limit } = get();
      peopleRead.abort();
      const own = (peopleRead = new AbortController());
      const scope = gridScope(view, scopeKind, selection);
      const text = view === 'search' ? searchText.trim() : '';
      if (directory.phase !== 'ready' || !showsPeople || (scope === null && text === '')) return set({ people: { phase: 'idle' } });

      const filter = appliedFilter;
      const options = { signal: own.signal };
      await run<DirectoryPerson>(
        own,
        () => own === peopleRead,
        async () => {
          const answer =
            scope === null
              ? await client.directory.find({ text, limit }, options)
              : await client.directory.people({ scope, filter, limit }, options);
          return { phase: 'ready', items: answer.people, read: answer.read };
        },
        (people) => {
          if (people.phase === 'failed' && get().reportFilterError(people.error)) set({ people: { phase: 'idle' } });
          else set({ people });
        },
      );
    }

    async function readGroups() {
      groupsRead.abort();
      const own = (groupsRead = new AbortController());
      await run<DirectoryGroup>(
        own,
        () => own === groupsRead,
        async () => {
          const answer = await client.directory.groups({ search: get().groupSearch.trim(), limit: 10_000 }, { signal: own.signal });
          return { phase: 'ready', items: answer.groups, read: answer.read };
        },
        (groups) => set({ groups }),
      );
    }

    function settle(what: 'people' | 'groups', read: () => Promise<unknown>) {
      clearTimeout(timers[what]);
      timers[what] = setTimeout(() => void read(), settleMs);
    }

    /** What is shown belongs to something else now: nobody in it stays selected. */
    function peopleChanged() {
      set(({ selection }) => ({ selection: { ...selection, users: new Set() }, people: { phase: 'idle' } }));
      peopleRead.abort();
      settle('people', readPeople);
    }

    return {
      directory: { phase: 'loading' },
      view: 'containers',
      selection: { container: null, group: null, users: new Set() },
      groups: { phase: 'idle' },
      groupSearch: '',
      searchText: '',
      people: { phase: 'idle' },
      showsPeople: true,
      displayLimit: 1000,
      filter: '',
      filterProblem: null,
      scopeKind: sample ? 'container-below' : 'users',
      options: initialOptions(sample ? 'mobile' : null),

      async load() {
        set({
          directory: { phase: 'loading' },
          groups: { phase: 'idle' },
          selection: { container: null, group: null, users: new Set() },
          people: { phase: 'idle' },
        });
        try {
          const [{ settings }, company] = await Promise.all([client.directory.get(null), client.company.get(null)]);
          if (settings === null) return set({ directory: { phase: 'not-configured' } });
          // Once: what somebody has chosen stays when the configuration is changed.
          if (!hasDefaults) set(({ options }) => ({ options: initialOptions(options.phone, company.settings.userDefaults) }));
          hasDefaults = true;
          set(({ options }) => ({ directory: { phase: 'ready', settings }, options: fitOptions(options, settings) }));
          if (get().view === 'groups') void readGroups();
        } catch (error) {
          if (!isAppError(error)) throw error;
          set({ directory: { phase: 'failed', error } });
        }
      },

      async useSample() {
        set({ directory: { phase: 'loading' } });
        try {
          await client.directory.useSample(null);
        } catch (error) {
          set({ directory: { phase: 'failed', error: asAppError(error) } });
        }
      },

      openView(view) {
        if (view === get().view) return;
        set(({ scopeKind }) => ({ view, scopeKind: scopeKindFor(view, scopeKind) }));
        peopleChanged();
        const { groups, directory } = get();
        if (view === 'groups' && directory.phase === 'ready' && (groups.phase === 'idle' || groups.phase === 'failed')) void readGroups();
      },

      selectContainer(dn) {
        if (dn === get().selection.container) return;
        set(({ selection }) => ({ selection: { ...selection, container: dn } }));
        peopleChanged();
      },

      selectGroup(dn) {
        if (dn === get().selection.group) return;
        set(({ selection }) => ({ selection: { ...selection, group: dn } }));
        peopleChanged();
      },

      selectUsers(dns) {
        set(({ selection }) => ({ selection: { ...selection, users: dns } }));
      },

      searchGroups(text) {
        set({ groupSearch: text });
        settle('groups', readGroups);
      },

      typeSearch(text) {
        set({ searchText: text });
      },

      search() {
        peopleChanged();
      },

      showPeople(shown) {
        set({ showsPeople: shown });
        peopleChanged();
      },

      setDisplayLimit(limit) {
        const displayLimit = Math.min(10_000, Math.max(1, Math.round(limit)));
        if (displayLimit === get().displayLimit) return;
        set({ displayLimit });
        settle('people', readPeople);
      },

      typeFilter(filter) {
        set({ filter, filterProblem: null });
      },

      applyFilter() {
        const filter = get().filter.trim();
        const problem = filterProblem(filter);
        set({ filterProblem: problem });
        if (problem || filter === appliedFilter) return;
        appliedFilter = filter;
        peopleChanged();
      },

      chooseScopeKind(kind) {
        const { view, scopeKind, selection } = get();
        set({ scopeKind: kind });
        if (JSON.stringify(gridScope(view, kind, selection)) !== JSON.stringify(gridScope(view, scopeKind, selection))) peopleChanged();
      },

      changeOptions(change) {
        set(({ options }) => ({ options: { ...options, ...change } }));
      },

      reportFilterError(error) {
        if (error.code !== 'filter-malformed') return false;
        const position = error.details?.['position'];
        set({ filterProblem: { position: typeof position === 'number' ? position : null } });
        return true;
      },

      refreshPeople() {
        void readPeople();
      },

      dispose() {
        peopleRead.abort();
        groupsRead.abort();
        clearTimeout(timers.people);
        clearTimeout(timers.groups);
        timers = {};
      },
    };
  });
}

/** The phone columns of the grid and the phone choices of the Settings tab. */
export function phonesOf(directory: DirectoryState) {
  return directory.phase === 'ready' ? mappedPhones(directory.settings) : [];
}
