/** A text cut in three: what both texts begin with, what only this one has, what both end with. */
export interface Parts {
  readonly start: string;
  readonly changed: string;
  readonly end: string;
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const split = (text: string) => Array.from(graphemes.segment(text), ({ segment }) => segment);

/**
 * Finds the part in which two texts differ, so that a reader need not compare them letter by letter.
 * Cuts between whole characters as people see them, never inside an emoji or an accented letter.
 */
export function changedPart(before: string, after: string): { readonly before: Parts; readonly after: Parts } {
  const [old, now] = [split(before), split(after)];
  const shorter = Math.min(old.length, now.length);
  let start = 0;
  while (start < shorter && old[start] === now[start]) start++;
  let end = 0;
  while (end < shorter - start && old[old.length - 1 - end] === now[now.length - 1 - end]) end++;
  const parts = (text: string[]): Parts => ({
    start: text.slice(0, start).join(''),
    changed: text.slice(start, text.length - end).join(''),
    end: text.slice(text.length - end).join(''),
  });
  return { before: parts(old), after: parts(now) };
}
