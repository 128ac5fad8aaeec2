export interface RowSourceOptions<Row> {
  /** Rows a window. */
  readonly windowSize?: number;
  /** Windows that are kept; the one that was not needed for longest goes first. */
  readonly capacity?: number;
  /** Reads one window. Rejections other than an abort go to `onError`. */
  load(offset: number, limit: number, signal: AbortSignal): Promise<readonly Row[]>;
  /** Rows arrived; what is shown should be drawn again. */
  onChange(): void;
  onError(error: unknown): void;
}

export interface RowSource<Row> {
  /** Undefined until its window has arrived. */
  row(index: number): Row | undefined;
  /**
   * Says which rows are on screen: their windows are loaded, reads of others are given up. While one scrolls, the next window is
   * read before its first row comes into view: its rows then appear one by one, not all at once in place of empty ones.
   */
  show(first: number, last: number): void;
  /** Forgets everything, except one window that was just read. */
  reset(keep?: { readonly offset: number; readonly rows: readonly Row[] }): void;
  readonly windowSize: number;
}

/** Rows on demand from a list that is too long to hold: a small cache of windows, and never a read that nobody looks at. */
export function createRowSource<Row>({ windowSize = 100, capacity = 50, load, onChange, onError }: RowSourceOptions<Row>): RowSource<Row> {
  /** A Map remembers the order of insertion, which makes it an LRU list. */
  let windows = new Map<number, readonly Row[]>();
  let reading = new Map<number, AbortController>();
  let shownFirst = 0;

  return {
    windowSize,

    row(index) {
      return windows.get(Math.floor(index / windowSize))?.[index % windowSize];
    },

    show(first, last) {
      const wanted = new Set<number>();
      for (let at = Math.floor(first / windowSize); at <= Math.floor(last / windowSize); at++) wanted.add(at);
      const next = windowAhead(first, last);
      if (next !== undefined) wanted.add(next);
      shownFirst = first;
      for (const [at, controller] of reading) {
        if (wanted.has(at)) continue;
        controller.abort();
        reading.delete(at);
      }
      for (const at of wanted) {
        if (windows.has(at)) refresh(at);
        else if (!reading.has(at)) void read(at);
      }
    },

    reset(keep) {
      for (const controller of reading.values()) controller.abort();
      reading = new Map();
      windows = new Map();
      if (keep) windows.set(keep.offset / windowSize, keep.rows);
    },
  };

  /** The window that scrolling on will need soon; undefined where there is none, and after a jump, which says nothing of the next one. */
  function windowAhead(first: number, last: number): number | undefined {
    const movedBy = first - shownFirst;
    if (movedBy === 0 || Math.abs(movedBy) > windowSize) return undefined;
    if (movedBy < 0) return first < windowSize / 2 ? undefined : Math.floor((first - windowSize / 2) / windowSize);
    const isEnd = (windows.get(Math.floor(last / windowSize))?.length ?? windowSize) < windowSize;
    return isEnd ? undefined : Math.floor((last + windowSize / 2) / windowSize);
  }

  async function read(at: number) {
    const controller = new AbortController();
    reading.set(at, controller);
    try {
      const rows = await load(at * windowSize, windowSize, controller.signal);
      // Given up, or read for an order that is no longer shown.
      if (reading.get(at) !== controller) return;
      windows.set(at, rows);
      while (windows.size > capacity) windows.delete(windows.keys().next().value!);
      onChange();
    } catch (error) {
      if (reading.get(at) === controller) onError(error);
    } finally {
      if (reading.get(at) === controller) reading.delete(at);
    }
  }

  function refresh(at: number) {
    const rows = windows.get(at)!;
    windows.delete(at);
    windows.set(at, rows);
  }
}
