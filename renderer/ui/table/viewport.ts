/** Browsers stop at about 33.5 million CSS pixels for one element; beyond this height the scroll bar is scaled. */
const maxHeightPx = 33_000_000;

export interface Viewport {
  /** First and last row to render, inclusive; `last` is -1 where there is nothing. */
  readonly first: number;
  readonly last: number;
  /** Height of the element that makes the scroll bar, in CSS pixels. */
  readonly contentHeightPx: number;
  /** Where row `first` lies in that element. */
  readonly offsetPx: number;
}

interface Measures {
  readonly count: number;
  readonly rowHeightPx: number;
  /** Height of what is seen of the rows. */
  readonly heightPx: number;
  readonly scrollTopPx: number;
  /** Rows to render above and below what is seen. */
  readonly overscan: number;
}

/**
 * Which rows to render where. Every row has the same height, so this is arithmetic and costs the same for ten rows and for ten million;
 * a general virtualizer builds a table of all positions each time the count changes.
 */
export function viewportOf({ count, rowHeightPx, heightPx, scrollTopPx, overscan }: Measures): Viewport {
  const fullHeightPx = count * rowHeightPx;
  const contentHeightPx = Math.min(fullHeightPx, maxHeightPx);
  if (count === 0) return { first: 0, last: -1, contentHeightPx: 0, offsetPx: 0 };

  const topPx = clamp(scrollTopPx, 0, Math.max(0, contentHeightPx - heightPx));
  const fullTopPx = topPx * scaleOf(fullHeightPx, contentHeightPx, heightPx);
  const first = Math.max(0, Math.floor(fullTopPx / rowHeightPx) - overscan);
  const last = Math.min(count - 1, Math.ceil((fullTopPx + heightPx) / rowHeightPx) - 1 + overscan);
  // The rows keep their place relative to what is seen, whatever the scale is.
  return { first, last, contentHeightPx, offsetPx: first * rowHeightPx - fullTopPx + topPx };
}

/** The scroll position that shows a row, as near to the present one as possible. */
export function scrollTopToShow(index: number, { count, rowHeightPx, heightPx, scrollTopPx }: Omit<Measures, 'overscan'>): number {
  const fullHeightPx = count * rowHeightPx;
  const scale = scaleOf(fullHeightPx, Math.min(fullHeightPx, maxHeightPx), heightPx);
  const fullTopPx = scrollTopPx * scale;
  const rowTopPx = index * rowHeightPx;
  if (rowTopPx < fullTopPx) return rowTopPx / scale;
  if (rowTopPx + rowHeightPx > fullTopPx + heightPx) return (rowTopPx + rowHeightPx - heightPx) / scale;
  return scrollTopPx;
}

function scaleOf(fullHeightPx: number, contentHeightPx: number, heightPx: number): number {
  return contentHeightPx > heightPx ? (fullHeightPx - heightPx) / (contentHeightPx - heightPx) : 1;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
