/** An attribute of a tag; places are UTF-16 units in the whole text. */
export interface HtmlAttribute {
  /** In small letters. */
  readonly name: string;
  /** Between its quotes, as it is written; empty where there is none. */
  readonly value: string;
  readonly at: number;
  readonly isQuoted: boolean;
}

/** A piece of HTML as an author wrote it. The pieces, joined, are the text again. */
export type HtmlToken =
  | { readonly kind: 'text' | 'comment' | 'declaration'; readonly text: string; readonly at: number }
  /** A tag that ends nowhere. */
  | { readonly kind: 'broken'; readonly text: string; readonly at: number; readonly name: string }
  | {
      readonly kind: 'open' | 'close';
      readonly text: string;
      readonly at: number;
      /** In small letters. */
      readonly name: string;
      readonly attributes: readonly HtmlAttribute[];
      /** `<br/>` */
      readonly isSelfClosed: boolean;
    };

const attribute = /(?<name>[^\s"'<>/=]+)(?:\s*=\s*(?:"(?<double>[^"]*)"|'(?<single>[^']*)'|(?<bare>[^\s"'<>]+)))?/g;
/** Text up to the end tag, whatever it contains (HTML standard, "raw text elements"). */
const rawText = new Set(['style', 'script', 'title', 'textarea']);

/** Takes HTML apart, as far as mails need it. Never throws: what is no tag is text. Merge variables in attributes in quotes stay parts of their values. */
export function htmlTokens(html: string): HtmlToken[] {
  const tokens: HtmlToken[] = [];
  let at = 0;
  const take = (length: number): { text: string; at: number } => {
    const taken = { text: html.slice(at, at + length), at };
    at += length;
    return taken;
  };
  while (at < html.length) {
    const last = tokens.at(-1);
    if (last?.kind === 'open' && rawText.has(last.name) && !last.isSelfClosed) {
      const end = html.toLowerCase().indexOf(`</${last.name}`, at);
      const length = (end === -1 ? html.length : end) - at;
      if (length > 0) tokens.push({ kind: 'text', ...take(length) });
      if (end === -1) break;
    }
    const start = nextTag(html, at);
    if (start !== at) {
      tokens.push({ kind: 'text', ...take((start === -1 ? html.length : start) - at) });
      continue;
    }
    if (html.startsWith('<!--', at)) {
      const end = html.indexOf('-->', at + 4);
      tokens.push({ kind: 'comment', ...take((end === -1 ? html.length : end + 3) - at) });
    } else if (html[at + 1] === '!' || html[at + 1] === '?') {
      const end = html.indexOf('>', at);
      tokens.push({ kind: 'declaration', ...take((end === -1 ? html.length : end + 1) - at) });
    } else tokens.push(readTag(html, at, take));
  }
  return tokens;
}

/** Where a tag, a comment or a declaration begins; `<` before anything else is text, also that of `<$name$>`. */
function nextTag(html: string, from: number): number {
  const found = /<(?:\/?[a-z]|!|\?)/i.exec(html.slice(from));
  return found ? from + found.index : -1;
}

function readTag(html: string, at: number, take: (length: number) => { text: string; at: number }): HtmlToken {
  const isClose = html[at + 1] === '/';
  const name = /^[a-z][a-z0-9:-]*/i.exec(html.slice(at + (isClose ? 2 : 1)))![0].toLowerCase();
  const inside = at + name.length + (isClose ? 2 : 1);
  const length = tagLength(html, inside);
  // Up to the next tag, so that one forgotten bracket is one problem.
  if (length === -1) {
    const next = nextTag(html, inside);
    return { kind: 'broken', name, ...take((next === -1 ? html.length : next) - at) };
  }
  const written = html.slice(inside, inside + length);
  const attributes = [...written.matchAll(attribute)].map(({ index, groups }): HtmlAttribute => {
    const value = groups?.['double'] ?? groups?.['single'] ?? groups?.['bare'] ?? '';
    return { name: groups!['name']!.toLowerCase(), value, at: inside + index, isQuoted: groups?.['bare'] === undefined };
  });
  return {
    kind: isClose ? 'close' : 'open',
    name,
    attributes,
    isSelfClosed: written.trimEnd().endsWith('/'),
    ...take(inside + length + 1 - at),
  };
}

/** How far it is to the `>` that ends a tag, past those in quotes and in variables; -1 where there is none before the next tag. */
function tagLength(html: string, from: number): number {
  const inside = /^(?:"[^"]*"|'[^']*'|<\$[^$<>]*\$>|[^"'<>])*/.exec(html.slice(from))![0];
  return html[from + inside.length] === '>' ? inside.length : -1;
}

/** Elements without an end tag (HTML standard, "void elements"). */
export const voidElements: ReadonlySet<string> = new Set('area base br col embed hr img input link meta source track wbr'.split(' '));
