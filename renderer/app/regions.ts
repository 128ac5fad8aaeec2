import { focusHomeAttribute } from '../ui/useFocusReturn.ts';

/** Marks a part of the window that F6 goes to, as Windows programs do. The order is that of the page. */
export const regionAttribute = 'data-region';

const canHaveFocus = 'button:not(:disabled), a[href], input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex="0"]';

/** Brings the focus to the next part of the window, or the one before; nothing happens under a dialog. */
export function focusNextRegion(by: 1 | -1): void {
  if (document.querySelector('[role=dialog], [role=alertdialog]')) return;
  const regions = [...document.querySelectorAll<HTMLElement>(`[${regionAttribute}]`)];
  const at = regions.findIndex((region) => region.contains(document.activeElement));
  const start = at < 0 && by < 0 ? 0 : at;
  for (let step = 1; step <= regions.length; step += 1) {
    const region = regions[(start + by * step + regions.length * 2) % regions.length];
    const entry = region && entryOf(region);
    if (entry) return entry.focus();
  }
}

/** Where one is in the region, else its list, else its first control. */
function entryOf(region: HTMLElement): HTMLElement | undefined {
  const find = (selector: string) => [...region.querySelectorAll<HTMLElement>(selector)].find(isShown);
  return find('[aria-current=page]') ?? find(`[${focusHomeAttribute}]`) ?? find(canHaveFocus);
}

/** Panes that were left stay on the page, hidden. Not so in a test without layout, which has no such method. */
const isShown = (element: HTMLElement): boolean =>
  element.closest('[hidden], [aria-hidden=true]') === null && (element.checkVisibility?.() ?? true);
