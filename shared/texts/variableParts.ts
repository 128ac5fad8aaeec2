/** A piece of a text with merge variables: plain text, or something that begins like a variable. */
export interface Part {
  readonly text: string;
  /** Undefined for plain text. */
  readonly name: string | undefined;
  readonly isClosed: boolean;
  /** Where it begins, in UTF-16 units. */
  readonly at: number;
}

const opening = '<$';
const closing = '$>';

/** Takes a text apart at `<$name$>`. The pieces, joined, are the text again. */
export function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  // Behind it nothing is closed, and need not be looked for again and again.
  const lastClosing = text.lastIndexOf(closing);
  let from = 0;
  while (from < text.length) {
    const start = text.indexOf(opening, from);
    if (start !== from) {
      parts.push({ text: text.slice(from, start === -1 ? undefined : start), name: undefined, isClosed: true, at: from });
      if (start === -1) break;
    }
    const end = start + opening.length > lastClosing ? -1 : text.indexOf(closing, start + opening.length);
    const next = text.indexOf(opening, start + opening.length);
    const isClosed = end !== -1 && (next === -1 || end < next);
    const after = isClosed ? end + closing.length : next === -1 ? text.length : next;
    const name = text.slice(start + opening.length, isClosed ? end : after).trim();
    parts.push({ text: text.slice(start, after), name, isClosed, at: start });
    from = after;
  }
  return parts;
}
