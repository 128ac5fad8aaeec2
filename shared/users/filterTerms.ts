export type Operator = ':' | '~' | '>' | '>=' | '<' | '<=';

export interface TermValue {
  /** Counted in characters from the start of the whole text, from 0. */
  readonly position: number;
  readonly text: string;
  readonly isQuoted: boolean;
  /** A `*` follows. */
  readonly isPrefix: boolean;
}

/** `-group:"Sales Team",Support` */
export interface Term {
  readonly position: number;
  readonly isNot: boolean;
  readonly field: string;
  readonly operator: Operator;
  readonly values: readonly TermValue[];
}

export interface Terms {
  readonly match: 'all' | 'any';
  readonly terms: readonly Term[];
}

/** What cannot be read, and where. Does not leave shared/users. */
export class MalformedFilter extends Error {
  readonly position: number;

  constructor(position: number, message: string) {
    super(message);
    this.position = position;
  }
}

const blank = /\s*/y;
const group = /any\s*\(/iy;
const field = /[a-z][a-z-]*/iy;
const operator = /:|~|>=|>|<=|</y;
const plainValue = /[^\s,()]+/y;
/** Names in a DN are separated by commas. */
const plainDn = /[^\s()]+/y;

/** Splits a filter into its conditions; knows quotes and brackets, but no fields. Throws MalformedFilter. */
export function readTerms(text: string): Terms {
  let at = 0;

  function fail(message: string, position = at): never {
    throw new MalformedFilter(position, message);
  }

  function take(pattern: RegExp): string | undefined {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    at += found?.length ?? 0;
    return found;
  }

  function readQuoted(quote: string): string {
    const openedAt = at;
    let value = '';
    at += 1;
    for (;;) {
      const end = text.indexOf(quote, at);
      if (end < 0) fail('This quote is never closed.', openedAt);
      value += text.slice(at, end);
      at = end + 1;
      if (text[at] !== quote) return value;
      value += quote;
      at += 1;
    }
  }

  function readValue(isDn: boolean): TermValue {
    const position = at;
    const first = text[at];
    if (first === '"' || first === "'") {
      const quoted = readQuoted(first);
      const isPrefix = text[at] === '*';
      if (isPrefix) at += 1;
      if (!/^(?:[\s,)]|$)/.test(text.slice(at, at + 1))) fail('After the closing quote a blank or a comma is expected.');
      return { position, text: quoted, isQuoted: true, isPrefix };
    }
    const plain = take(isDn ? plainDn : plainValue);
    if (plain === undefined) fail('Here a value is expected.');
    if (text[at] === '(') fail('Values with brackets stand in quotes.');
    const isPrefix = plain.endsWith('*');
    return { position, text: isPrefix ? plain.slice(0, -1) : plain, isQuoted: false, isPrefix };
  }

  function readTerm(): Term {
    const position = at;
    const isNot = text[at] === '-';
    if (isNot) at += 1;
    const name = take(field);
    if (name === undefined) fail('Here a condition such as enabled:no is expected.');
    const sign = take(operator) as Operator | undefined;
    if (sign === undefined) fail(`After “${name}” a “:” and a value are expected. To look for a word, use the search instead.`);
    const values: TermValue[] = [];
    do values.push(readValue(name.toLowerCase() === 'dn'));
    while (take(/,/y) !== undefined);
    return { position, isNot, field: name, operator: sign, values };
  }

  take(blank);
  const openedAt = at;
  const isGroup = take(group) !== undefined;
  const terms: Term[] = [];
  const end = isGroup ? ')' : undefined;
  for (take(blank); at < text.length && text[at] !== end; take(blank)) terms.push(readTerm());
  if (!isGroup) return { match: 'all', terms };
  if (text[at] !== ')') fail('This bracket is never closed.', openedAt);
  at += 1;
  take(blank);
  if (at < text.length) fail('Nothing may follow any(…): conditions stand either all inside or all outside.');
  return { match: 'any', terms };
}
