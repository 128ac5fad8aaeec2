import { createStore, type StoreApi } from 'zustand/vanilla';
import { isAppError, type AppError } from '../../../shared/contract/errors.ts';
import type { RemovedUser } from '../../../shared/contract/userCommands.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { createRowSource } from '../../ui/table/rowSource.ts';
import { noSelection, selectedCount, type Selection } from '../../ui/table/selection.ts';
import { runUserJob, type UserJobRun, type UserJobState } from '../jobReport/runUserJob.ts';

export type BinCommand = 'restore' | 'forget';

export type BinWork =
  | { readonly phase: 'idle' }
  /** Finds out who is selected. */
  | { readonly phase: 'choosing' }
  /** Asks before these users are deleted. `names`: usernames of the first of them. */
  | { readonly phase: 'asking'; readonly ids: readonly number[]; readonly names: readonly string[] }
  /** The list is no longer what the selection was made in. */
  | { readonly phase: 'changed-meanwhile' }
  | (UserJobState & { readonly command: BinCommand });

export interface RecycleBinStore {
  readonly search: string;
  /** What the rows belong to; null before the first answer. */
  readonly shownSearch: string | null;
  readonly count: number;
  /** Grows with each change of the rows. */
  readonly revision: number;
  readonly selection: Selection;
  readonly error: AppError | null;
  readonly work: BinWork;

  /** Reads the list and follows changes until the returned function is called. */
  follow(): () => void;
  row(index: number): RemovedUser | undefined;
  /** Tells which rows are on screen. */
  show(first: number, last: number): void;
  setSearch(search: string): void;
  select(selection: Selection): void;
  /** Brings the selected users back. */
  restore(): Promise<void>;
  /** Asks whether the selected users are to be deleted for good. */
  ask(): Promise<void>;
  /** The answer to the question. */
  answer(isYes: boolean): void;
  cancel(): void;
}

/** Typing faster than this makes one search of several letters. */
const typingMs = 120;
/** The most that the server gives at a time. */
const readATime = 1000;
/** So many names are shown in the question. */
const shownNames = 5;

/** The list of removed users, and what can be done with those that are selected in it. */
export function createRecycleBinStore(client: Pick<ConsoleClient, 'users' | 'jobs'>): StoreApi<RecycleBinStore> {
  let reading: AbortController | null = null;
  let typing: ReturnType<typeof setTimeout> | undefined;
  let visible = { first: 0, last: 0 };
  let run: UserJobRun | null = null;
  /** Who is first in the list that is shown. The last removed comes first, so this and the number tell whether the list has changed. */
  let firstId: number | undefined;

  return createStore<RecycleBinStore>()((set, get) => {
    const source = createRowSource<RemovedUser>({
      load: async (offset, limit, signal) =>
        (await client.users.removed({ search: get().shownSearch ?? '', offset, limit }, { signal })).users,
      onChange: () => set(({ revision }) => ({ revision: revision + 1 })),
      onError: fail,
    });

    function fail(error: unknown) {
      if (isAppError(error, 'cancelled')) return;
      if (!isAppError(error)) throw error;
      set({ error });
    }

    /** Reads from the top; the old rows stay until the new ones are there. */
    async function read() {
      clearTimeout(typing);
      reading?.abort();
      const own = (reading = new AbortController());
      const search = get().search.trim();
      try {
        const { users, total } = await client.users.removed({ search, offset: 0, limit: source.windowSize }, { signal: own.signal });
        if (reading !== own) return;
        source.reset({ offset: 0, rows: users });
        const isSame = search === get().shownSearch && total === get().count && users[0]?.id === firstId;
        firstId = users[0]?.id;
        set(({ revision, selection }) => ({
          shownSearch: search,
          count: total,
          revision: revision + 1,
          // Places that were marked are other people's now.
          selection: isSame ? selection : noSelection,
          error: null,
        }));
        source.show(visible.first, visible.last);
      } catch (error) {
        if (reading === own) fail(error);
      }
    }

    /** The users at the selected places, or null where the list has changed since it was shown: nobody else may be meant. */
    async function selected(): Promise<RemovedUser[] | null> {
      const { selection, shownSearch, count } = get();
      const ranges = selection.ranges.length > 0 ? selection.ranges : [{ from: selection.active, to: selection.active }];
      const search = shownSearch ?? '';
      const found: RemovedUser[] = [];
      let isSame = true;
      for (const { from, to } of ranges) {
        for (let offset = from; offset <= to && isSame; offset += readATime) {
          const limit = Math.min(readATime, to - offset + 1);
          const { users, total } = await client.users.removed({ search, offset, limit });
          isSame = total === count && users.length === limit;
          found.push(...users);
        }
      }
      const { users, total } = await client.users.removed({ search, offset: 0, limit: 1 });
      return isSame && total === count && users[0]?.id === firstId ? found : null;
    }

    async function withSelected(command: BinCommand, then: (users: readonly RemovedUser[]) => void) {
      const { work, selection } = get();
      if (selection.active < 0 || work.phase === 'choosing' || work.phase === 'asking' || work.phase === 'running') return;
      set({ work: { phase: 'choosing' } });
      try {
        const users = await selected();
        if (users !== null) return then(users);
        set({ work: { phase: 'changed-meanwhile' } });
        await read();
      } catch (error) {
        set({ work: { phase: 'failed', command, error } });
      }
    }

    function start(command: BinCommand, ids: readonly number[]) {
      run?.stop();
      run = runUserJob(
        client,
        () => client.users[command]({ ids: [...ids] }),
        (state) => {
          set({ work: { ...state, command } });
          if (state.phase !== 'running') void read();
        },
      );
    }

    return {
      search: '',
      shownSearch: null,
      count: 0,
      revision: 0,
      selection: noSelection,
      error: null,
      work: { phase: 'idle' },

      follow() {
        void read();
        const stop = client.users.onChanged(() => void read());
        return () => {
          stop();
          clearTimeout(typing);
          reading?.abort();
          run?.stop();
        };
      },

      row: source.row,

      show(first, last) {
        visible = { first, last };
        source.show(first, last);
      },

      setSearch(search) {
        set({ search });
        clearTimeout(typing);
        typing = setTimeout(() => void read(), typingMs);
      },

      select: (selection) => set({ selection }),

      restore: () =>
        withSelected('restore', (users) =>
          start(
            'restore',
            users.map(({ id }) => id),
          ),
        ),

      ask: () =>
        withSelected('forget', (users) =>
          set({
            work: { phase: 'asking', ids: users.map(({ id }) => id), names: users.slice(0, shownNames).map(({ username }) => username) },
          }),
        ),

      answer(isYes) {
        const { work } = get();
        if (work.phase !== 'asking') return;
        if (isYes) start('forget', work.ids);
        else set({ work: { phase: 'idle' } });
      },

      cancel: () => run?.cancel(),
    };
  });
}

/** How many users a command would be about: the marked rows, or the keyboard's row where none is marked. */
export function chosenCount(selection: Selection): number {
  return selection.active < 0 ? 0 : Math.max(1, selectedCount(selection));
}
