export interface FilterProblem {
  /** Where it goes wrong: index into the text, from 0. Null where that is not known. */
  readonly position: number | null;
}

const attribute = /[A-Za-z0-9.;_-]+/y;
const extension = /(?::dn(?=:))?(?::[A-Za-z0-9.;_-]+)?/iy;
const operator = /:=|~=|>=|<=|=/y;

/**
 * Finds the first place where a text is not a search filter (RFC 4515); null where it is one, or where it is empty.
 * As forgiving as the reader of the server: blanks between the parts, and a single comparison without brackets.
 * Looks at the grammar only: the directory decides whether the attributes exist.
 */
export function filterProblem(text: string): FilterProblem | null {
  if (text.trim() === '') return null;
  const from = afterBlanks(text, 0);
  const end = text[from] === '(' ? readBracketed(text, from) : readItem(text, from);
  if ('failedAt' in end) return { position: end.failedAt };
  const rest = afterBlanks(text, end.next);
  return rest === text.length ? null : { position: rest };
}

type Reading = { readonly next: number } | { readonly failedAt: number };

/** Iterative on purpose: a filter with ten thousand opening brackets must not end the page. */
function readBracketed(text: string, from: number): Reading {
  const open: { readonly at: number; readonly most: number; seen: number }[] = [];
  let at = from;
  do {
    at = afterBlanks(text, at);
    const parent = open.at(-1);
    if (text[at] === '(' && (!parent || parent.seen < parent.most)) {
      if (parent) parent.seen++;
      const openedAt = at;
      at = afterBlanks(text, at + 1);
      const sign = text[at];
      if (sign === '&' || sign === '|' || sign === '!') {
        open.push({ at: openedAt, most: sign === '!' ? 1 : Infinity, seen: 0 });
        at++;
        continue;
      }
      const item = readItem(text, at);
      if ('failedAt' in item) return item;
      if (text[item.next] !== ')') return { failedAt: openedAt };
      at = item.next + 1;
    } else if (text[at] === ')' && parent && parent.seen > 0) {
      open.pop();
      at++;
    } else {
      return { failedAt: at >= text.length && parent && parent.seen > 0 ? parent.at : at };
    }
  } while (open.length > 0);
  return { next: at };
}

/** One comparison, up to the bracket that closes it or the end of the text. */
function readItem(text: string, from: number): Reading {
  const name = matchAt(attribute, text, from);
  const rule = matchAt(extension, text, from + name.length);
  let at = from + name.length + rule.length;
  const sign = matchAt(operator, text, at);
  const fits = rule === '' ? name !== '' && sign !== '' : sign === ':=';
  if (!fits) return { failedAt: at };
  at += sign.length;
  for (; at < text.length && text[at] !== ')'; at++) {
    const character = text[at];
    if (character === '(' || character === '\0' || (character === '*' && sign !== '=')) return { failedAt: at };
    if (character === '\\') {
      if (!/^[0-9a-f]{2}$/i.test(text.slice(at + 1, at + 3))) return { failedAt: at };
      at += 2;
    }
  }
  return { next: at };
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

function afterBlanks(text: string, at: number): number {
  while (/\s/.test(text[at] ?? '')) at++;
  return at;
}
