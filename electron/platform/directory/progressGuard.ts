/** After so many pages in a row without anything new a server is taken to be stuck; RFC 2696 allows some. */
const maxPagesWithoutNews = 50;
/** Fewer when it also repeats its cookie. That alone means nothing: Samba sends one and the same cookie for the whole search. */
const maxRepeatsWithoutNews = 3;

export interface PageFacts {
  readonly cookie: Buffer;
  /** Total that the server expects; 0 if it does not say. */
  readonly estimate: number;
  /** Entries that had not come before. */
  readonly fresh: number;
  /** Fresh entries of all pages. */
  readonly total: number;
}

/** Ends a paged search that would go on for ever. */
export function createProgressGuard(pageSize: number): { isStuck(page: PageFacts): boolean } {
  const cookies = new Set<string>();
  let withoutNews = 0;
  let repeats = 0;
  let expected = 0;
  return {
    isStuck(page) {
      const cookie = page.cookie.toString('latin1');
      const isRepeated = cookies.has(cookie);
      cookies.add(cookie);
      if (page.fresh > 0) {
        withoutNews = 0;
        repeats = 0;
      } else {
        withoutNews += 1;
        if (isRepeated) repeats += 1;
      }
      // Some servers put the size of the page here: that is no estimate of the whole.
      if (page.estimate > pageSize) expected = Math.max(expected, page.estimate);
      const isTooMuch = expected > 0 && page.total > 2 * expected + pageSize;
      return withoutNews >= maxPagesWithoutNews || repeats >= maxRepeatsWithoutNews || isTooMuch;
    },
  };
}
