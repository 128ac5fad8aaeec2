import { createStore, type StoreApi } from 'zustand/vanilla';
import { isAppError, type AppError } from '../../../shared/contract/errors.ts';
import type { LogFilter, LogLevel, LogLine } from '../../../shared/contract/logs.contract.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { asAppError } from '../../ui/asAppError.ts';
import { noSelection, selectOnly, type Selection } from '../../ui/table/selection.ts';

/** What is typed into the conditions; empty: any. */
export interface LogConditions {
  readonly level: LogLevel;
  readonly component: string;
  readonly user: string;
  readonly ref: string;
  readonly text: string;
}

export const anyLine: LogConditions = { level: 'debug', component: '', user: '', ref: '', text: '' };

export interface LogsStore {
  readonly conditions: LogConditions;
  /** The newest first; null before the first answer. */
  readonly lines: readonly LogLine[] | null;
  /** Older lines are being looked for. */
  readonly isSearching: boolean;
  /** All that fit are shown. */
  readonly isAll: boolean;
  /** Bytes looked through, and bytes of all files. */
  readonly readBytes: number;
  readonly allBytes: number;
  readonly isLive: boolean;
  /** Bytes that were written too fast to be shown since the last refresh. */
  readonly skippedBytes: number;
  readonly selection: Selection;
  readonly error: AppError | null;

  /** Reads the newest lines and follows new ones until the returned function is called. */
  follow(): () => void;
  setConditions(conditions: Partial<LogConditions>): void;
  /** Which rows are on screen: older lines are read before the last one is reached. */
  show(first: number, last: number): void;
  setLive(isLive: boolean): void;
  refresh(): void;
  select(selection: Selection): void;
}

const pageLines = 200;
/** More lines are not held; who needs older ones narrows the conditions. */
export const mostLines = 20_000;
const typingMs = 200;
const followMs = 1_000;

/** The log of all programs, from its end. */
export function createLogsStore({
  logs,
}: {
  readonly logs: Pick<ConsoleClient['logs'], 'list' | 'follow' | 'files'>;
}): StoreApi<LogsStore> {
  let reading: AbortController | null = null;
  let older: string | undefined;
  let end: string | undefined;
  let typing: ReturnType<typeof setTimeout> | undefined;
  let following: ReturnType<typeof setTimeout> | undefined;
  let isFollowed = false;

  return createStore<LogsStore>()((set, get) => {
    function fail(error: unknown) {
      if (!isAppError(error, 'cancelled')) set({ error: asAppError(error), isSearching: false });
    }

    /** From the end, with the present conditions. What is on screen stays until the first answer. */
    async function start() {
      clearTimeout(typing);
      clearTimeout(following);
      reading?.abort();
      const own = (reading = new AbortController());
      older = undefined;
      end = undefined;
      set({ isSearching: true, readBytes: 0, skippedBytes: 0 });
      try {
        const { files } = await logs.files(null, { signal: own.signal });
        if (reading !== own) return;
        set({ allBytes: files.reduce((sum, { bytes }) => sum + bytes, 0) });
        await search(own, pageLines);
        if (reading === own) followSoon();
      } catch (error) {
        if (reading === own) fail(error);
      }
    }

    /** So many lines that are older than those shown, or from the end; however many answers that takes. */
    async function search(own: AbortController, count: number) {
      const isFromEnd = older === undefined;
      let found: readonly LogLine[] = [];
      for (let isAll = false; found.length < count && !isAll;) {
        const query = { filter: filterOf(get().conditions), from: older, limit: Math.min(1_000, count - found.length) };
        const answer = await logs.list(query, { signal: own.signal });
        if (reading !== own) return;
        end ??= answer.end;
        older = answer.older ?? undefined;
        isAll = answer.older === null;
        found = [...found, ...answer.lines];
        set(({ lines, selection, readBytes }) => {
          const progress = { isAll, readBytes: readBytes + answer.readBytes, error: null };
          // What was shown before stays until there is something else to show.
          if (isFromEnd) return found.length > 0 || isAll ? { ...progress, lines: found, selection: noSelection } : progress;
          return { ...progress, lines: [...(lines ?? []), ...answer.lines], selection };
        });
      }
      set({ isSearching: false });
    }

    function followSoon() {
      clearTimeout(following);
      if (isFollowed && get().isLive) following = setTimeout(() => void readNew(), followMs);
    }

    async function readNew() {
      const own = reading;
      if (!own || end === undefined) return;
      try {
        const answer = await logs.follow({ filter: filterOf(get().conditions), from: end }, { signal: own.signal });
        if (reading !== own) return;
        end = answer.end;
        if (answer.lines.length > 0) addNew(answer.lines.toReversed());
        if (answer.skippedBytes > 0) set(({ skippedBytes }) => ({ skippedBytes: skippedBytes + answer.skippedBytes }));
      } catch (error) {
        if (reading === own) fail(error);
      }
      if (reading === own) followSoon();
    }

    /** Above the others; what is selected stays selected. */
    function addNew(added: readonly LogLine[]) {
      set(({ lines, selection }) => ({
        lines: [...added, ...(lines ?? [])],
        selection: selection.active < 0 ? selection : selectOnly(selection.active + added.length),
      }));
    }

    return {
      conditions: anyLine,
      lines: null,
      isSearching: false,
      isAll: false,
      readBytes: 0,
      allBytes: 0,
      isLive: true,
      skippedBytes: 0,
      selection: noSelection,
      error: null,

      follow() {
        isFollowed = true;
        void start();
        return () => {
          isFollowed = false;
          reading?.abort();
          clearTimeout(typing);
          clearTimeout(following);
        };
      },

      setConditions(conditions) {
        set({ conditions: { ...get().conditions, ...conditions } });
        clearTimeout(typing);
        typing = setTimeout(() => void start(), typingMs);
      },

      show(_first, last) {
        const { lines, isSearching, isAll } = get();
        if (!reading || !lines || isSearching || isAll || older === undefined) return;
        if (last < lines.length - pageLines / 2 || lines.length >= mostLines) return;
        const own = reading;
        set({ isSearching: true });
        search(own, pageLines * 5).catch((error: unknown) => reading === own && fail(error));
      },

      setLive(isLive) {
        set({ isLive });
        if (isLive) void readNew();
        else clearTimeout(following);
      },

      refresh: () => void start(),
      select: (selection) => set({ selection }),
    };
  });
}

/** Empty conditions are none. */
export function filterOf({ level, ...words }: LogConditions): LogFilter {
  const given = Object.entries(words).flatMap(([name, value]) => (value.trim() === '' ? [] : [[name, value.trim()]]));
  return { ...(level === 'debug' ? {} : { level }), ...Object.fromEntries(given) };
}
