import type { KeyboardEvent } from 'react';

/**
 * The page to which Ctrl+Page Down and Ctrl+Page Up lead, as in every window with tabs (a browser keeps Ctrl+Tab for itself); undefined for
 * other keys. Its tab, an element with this id, gets the focus: what had it may go with its page, and the next key would be meant for nobody.
 */
export function turnPage<Id extends string>(
  event: KeyboardEvent,
  pages: readonly Id[],
  shown: Id,
  tabElementId: (page: Id) => string,
): Id | undefined {
  if (!event.ctrlKey || (event.key !== 'PageDown' && event.key !== 'PageUp')) return undefined;
  event.preventDefault();
  const at = pages.indexOf(shown) + (event.key === 'PageDown' ? 1 : -1);
  const next = pages.at(at % pages.length)!;
  document.getElementById(tabElementId(next))?.focus();
  return next;
}
