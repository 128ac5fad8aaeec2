import { extendTo, moveActive, selectAll, selectOnly, toggle, type Selection } from './selection.ts';

interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

/** What a key does to the selection of a list with `count` rows of which `pageRows` are seen; null when the key means nothing here. */
export function selectionAfterKey(selection: Selection, press: KeyPress, count: number, pageRows: number): Selection | null {
  if (count === 0) return null;
  const isCtrl = press.ctrlKey || press.metaKey;
  if (isCtrl && press.key.toLowerCase() === 'a') return selectAll(selection, count);
  if (press.key === ' ') return toggle(selection, Math.max(0, selection.active));

  const target = targetOf(press.key, selection.active, count, Math.max(1, pageRows - 1));
  if (target === null) return null;
  if (press.shiftKey) return extendTo(selection, target, isCtrl);
  return isCtrl ? moveActive(selection, target) : selectOnly(target);
}

/** What a click on a row does to the selection. */
export function selectionAfterClick(selection: Selection, index: number, press: Omit<KeyPress, 'key'>): Selection {
  const isCtrl = press.ctrlKey || press.metaKey;
  if (press.shiftKey) return extendTo(selection, index, isCtrl);
  return isCtrl ? toggle(selection, index) : selectOnly(index);
}

function targetOf(key: string, active: number, count: number, pageRows: number): number | null {
  const last = count - 1;
  const inside = (index: number) => Math.min(Math.max(index, 0), last);
  switch (key) {
    case 'ArrowDown':
      return inside(active + 1);
    case 'ArrowUp':
      return inside(active - 1);
    case 'PageDown':
      return inside(active + pageRows);
    case 'PageUp':
      return inside(active - pageRows);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}
