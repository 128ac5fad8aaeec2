import { AppError } from '../contract/errors.ts';

/** A search filter of RFC 4511 section 4.5.1.7. Values are bytes: an escaped value may be binary, such as an objectGUID. */
export type Filter =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Filter[] }
  | { readonly kind: 'not'; readonly part: Filter }
  | { readonly kind: 'present'; readonly attribute: string }
  | { readonly kind: 'equal' | 'greaterOrEqual' | 'lessOrEqual' | 'approximately'; readonly attribute: string; readonly value: Uint8Array }
  | {
      readonly kind: 'substrings';
      readonly attribute: string;
      readonly initial: Uint8Array;
      readonly any: readonly Uint8Array[];
      readonly final: Uint8Array;
    }
  | {
      readonly kind: 'extensible';
      readonly attribute: string;
      readonly rule: string;
      readonly withDn: boolean;
      readonly value: Uint8Array;
    };

/** Nobody writes deeper filters by hand, and reading must end before the stack does. */
const maxDepth = 64;
const attributePattern = /[A-Za-z0-9.;_-]+/y;

/**
 * Parses a filter of RFC 4515. Blanks between the parts are allowed, because people write filters over several lines; outer
 * brackets may be missing around a single comparison. Throws `filter-malformed` with `details.position` (0-based, in characters).
 */
export function parseFilter(text: string): Filter {
  let at = 0;

  function fail(position: number, message: string): never {
    throw new AppError('filter-malformed', `${message} (position ${position + 1}).`, { details: { position, filter: text } });
  }

  function skipBlanks(): void {
    while (/\s/.test(text[at] ?? '')) at += 1;
  }

  function parseBracketed(depth: number): Filter {
    if (depth > maxDepth) fail(at, 'The filter is nested too deeply');
    skipBlanks();
    if (text[at] !== '(') fail(at, at >= text.length ? 'The filter ends too early: “(” expected' : 'Here “(” is expected');
    const openedAt = at;
    at += 1;
    skipBlanks();
    const filter = parseInner(depth);
    skipBlanks();
    if (at >= text.length) fail(openedAt, 'This bracket is never closed');
    if (text[at] !== ')') fail(at, 'Here “)” is expected');
    at += 1;
    return filter;
  }

  function parseInner(depth: number): Filter {
    const sign = text[at];
    if (sign === '&' || sign === '|') {
      at += 1;
      const parts: Filter[] = [];
      skipBlanks();
      while (text[at] === '(') {
        parts.push(parseBracketed(depth + 1));
        skipBlanks();
      }
      if (parts.length === 0) fail(at, `“${sign}” needs at least one part in brackets`);
      return { kind: sign === '&' ? 'and' : 'or', parts };
    }
    if (sign === '!') {
      at += 1;
      return { kind: 'not', part: parseBracketed(depth + 1) };
    }
    return parseComparison();
  }

  function parseComparison(): Filter {
    const startedAt = at;
    attributePattern.lastIndex = at;
    const attribute = attributePattern.exec(text)?.[0] ?? '';
    at += attribute.length;
    if (text[at] === ':') return parseExtensible(attribute);
    if (attribute === '') fail(startedAt, 'Here the name of an attribute is expected');
    const two = text.slice(at, at + 2);
    if (two === '>=' || two === '<=' || two === '~=') {
      at += 2;
      const kind = two === '>=' ? 'greaterOrEqual' : two === '<=' ? 'lessOrEqual' : 'approximately';
      return { kind, attribute, value: parseValue(false) };
    }
    if (text[at] !== '=') fail(at, 'Here “=”, “>=”, “<=”, “~=” or “:” is expected');
    at += 1;
    return parseEquality(attribute);
  }

  function parseEquality(attribute: string): Filter {
    const pieces = [parseValue(true)];
    while (text[at] === '*') {
      at += 1;
      pieces.push(parseValue(true));
    }
    const [initial, ...others] = pieces as [Uint8Array, ...Uint8Array[]];
    const final = others.pop();
    if (final === undefined) return { kind: 'equal', attribute, value: initial };
    const any = others.filter((piece) => piece.length > 0);
    if (initial.length === 0 && final.length === 0 && any.length === 0) return { kind: 'present', attribute };
    return { kind: 'substrings', attribute, initial, any, final };
  }

  function parseExtensible(attribute: string): Filter {
    const startedAt = at;
    let withDn = false;
    let rule = '';
    if (/^:dn(?=:)/i.test(text.slice(at, at + 4))) {
      withDn = true;
      at += 3;
    }
    if (text.slice(at, at + 2) !== ':=') {
      at += 1;
      attributePattern.lastIndex = at;
      rule = attributePattern.exec(text)?.[0] ?? '';
      if (rule === '') fail(at, 'Here the name of a matching rule is expected');
      at += rule.length;
    }
    if (text.slice(at, at + 2) !== ':=') fail(at, 'Here “:=” is expected');
    if (attribute === '' && rule === '') fail(startedAt, 'An attribute or a matching rule is expected');
    at += 2;
    return { kind: 'extensible', attribute, rule, withDn, value: parseValue(false) };
  }

  /** Reads a value up to `)`, or up to `*` where that has a meaning. */
  function parseValue(starEnds: boolean): Uint8Array {
    const bytes: number[] = [];
    let plainFrom = at;
    const flush = () => {
      if (at > plainFrom) pushUtf8(bytes, text.slice(plainFrom, at));
    };
    for (;;) {
      const character = text[at];
      if (character === undefined || character === ')' || (character === '*' && starEnds)) break;
      if (character === '(') fail(at, 'A bracket inside a value is written \\28');
      if (character === '*') fail(at, 'A star is not allowed here; as a character it is written \\2a');
      if (character === '\0') fail(at, 'A NUL inside a value is written \\00');
      if (character === '\\') {
        const hex = text.slice(at + 1, at + 3);
        if (!/^[0-9A-Fa-f]{2}$/.test(hex)) fail(at, 'A backslash is followed by two hexadecimal digits; as a character it is written \\5c');
        flush();
        bytes.push(Number.parseInt(hex, 16));
        at += 3;
        plainFrom = at;
      } else {
        at += 1;
      }
    }
    flush();
    return Uint8Array.from(bytes);
  }

  skipBlanks();
  if (at >= text.length) fail(0, 'The filter is empty');
  let filter: Filter;
  if (text[at] === '(') filter = parseBracketed(0);
  else {
    filter = parseInner(0);
    if (text[at] === ')') fail(at, 'This bracket was never opened');
  }
  skipBlanks();
  if (at < text.length) fail(at, text[at] === ')' ? 'This bracket was never opened' : 'Nothing may follow the last bracket');
  return filter;
}

/** UTF-8 without TextEncoder, which is no part of the language. Half a character becomes U+FFFD. */
function pushUtf8(bytes: number[], text: string): void {
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    const code = point >= 0xd800 && point <= 0xdfff ? 0xfffd : point;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 0x3f));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
    else bytes.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 0x3f), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f));
  }
}
