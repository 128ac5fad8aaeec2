import { methodValues, missingValues, userCondition } from '../contract/userFilter.ts';
import type { UserCondition, UserFilter } from '../contract/userFilter.ts';
import { MalformedFilter, readTerms } from './filterTerms.ts';
import type { Term, TermValue } from './filterTerms.ts';
import { formatFrom, formatTo, parseMoment } from './filterTime.ts';
import { fieldOf, fieldWords, filterFieldWords } from './filterWords.ts';

/*
 * Filters in text, as `--where` takes them:
 *
 *     enabled:no method:text/two-way-otp group:"Sales Team",Support email~contoso phone:none -tag:pilot updated:7d
 *
 * Conditions are separated by blanks and must all hold; in `any(…)` around all of them one is enough. A minus before a
 * condition turns it round. Letter case never matters.
 *
 *     FIELD:VALUE         is; FIELD:VALUE* begins with; FIELD:none is empty; FIELD:any is not empty
 *     FIELD~VALUE         contains
 *     FIELD:A,B           one of them is enough
 *     FLAG:yes, FLAG:no   enabled, complete, pin, must-change-pin, pin-expired, phone-valid, administrator, …
 *     method:text         any mode; method:text/two-way-otp one of them
 *     missing:phone       also app, token, pin: what the user's method still needs
 *     tag:NAME            tag:none, tag:any
 *     language-call:de    also -text, -app, -oath; language-call:default
 *     origin:import       or manual
 *     TIME:7d             in the last 7 days; also TIME:2026-01-31, TIME:2026-01-01..2026-01-31, TIME:never; created,
 *                         updated, imported, pin-set
 *     TIME>=2026-01-31    also >, <, <=; a day is a day in the time zone of this computer, 2026-01-31T08:30 an instant
 *
 * Values with blanks, commas or brackets stand in quotes, single or double; the same quote inside is doubled. A quoted value
 * means itself only. The commas of a DN need no quotes.
 */

export type ParsedFilter =
  | { readonly filter: UserFilter }
  /** `position` counts characters from 0. */
  | { readonly error: { readonly position: number; readonly message: string } };

const mostConditions = 32;

/** Reads a filter. An empty text is a filter without conditions. */
export function parseUserFilter(text: string): ParsedFilter {
  try {
    const { match, terms } = readTerms(text);
    const [, ...tooMany] = terms.slice(mostConditions - 1);
    if (tooMany[0]) fail(tooMany[0].position, `A filter has at most ${mostConditions} conditions.`);
    return { filter: { match, conditions: terms.map(conditionOf) } };
  } catch (error) {
    if (error instanceof MalformedFilter) return { error: { position: error.position, message: error.message } };
    throw error;
  }
}

/** The name in `saved:NAME`, which stands for a filter that was saved; null for any other text. */
export function savedFilterName(text: string): string | null {
  const found = /^\s*saved:/i.exec(text);
  if (!found) return null;
  const name = text.slice(found[0].length).trim();
  const quote = /^(["']).*\1$/s.exec(name)?.[1];
  return quote === undefined ? name : name.slice(1, -1).replaceAll(quote + quote, quote);
}

function fail(position: number, message: string): never {
  throw new MalformedFilter(position, message);
}

function conditionOf(term: Term): UserCondition {
  const field = fieldOf(term.field);
  if (!field) fail(term.position, unknownField(term.field));
  const condition = userCondition.safeParse(build(term, field));
  return condition.success ? condition.data : fail(term.position, 'This condition has too many values, or one that is too long.');
}

function unknownField(word: string): string {
  if (word.toLowerCase() === 'saved') return 'saved:NAME must stand alone.';
  return `There is no field “${word}”. Fields: ${filterFieldWords.join(', ')}.`;
}

function build(term: Term, field: NonNullable<ReturnType<typeof fieldOf>>): unknown {
  const { isNot: not } = term;
  if (field.kind === 'text') return { ...field, ...textTest(term) };
  if (field.kind === 'time') return { ...field, not, ...timeTest(term) };
  if (term.operator !== ':') fail(term.position, `“${term.field}” takes “:” only.`);
  switch (field.kind) {
    case 'flag':
      return { ...field, is: (oneOf(onlyValue(term), ['yes', 'no']) === 'yes') !== not };
    case 'origin':
      return { ...field, is: (oneOf(onlyValue(term), ['import', 'manual']) === 'import') !== not ? 'import' : 'manual' };
    case 'method':
      return { ...field, not, values: term.values.map((value) => oneOf(value, methodValues)) };
    case 'missing':
      return { ...field, not, values: term.values.map((value) => oneOf(value, missingValues)) };
    case 'language':
      return { ...field, not, values: term.values.map((value) => (isWord(value, 'default') ? '' : plain(value))) };
    case 'tag': {
      const word = loneWord(term);
      if (word) return { ...field, not: (word === 'any') !== not, values: [] };
      return { ...field, not, values: term.values.map(plain) };
    }
  }
}

function textTest(term: Term): object {
  const { operator, isNot, values } = term;
  const ending = isNot ? '-not' : '';
  if (operator === '~') return { test: `contains${ending}`, values: values.map(plain) };
  if (operator !== ':') fail(term.position, `“${term.field}” takes “:” (is) or “~” (contains).`);
  const word = loneWord(term);
  if (word) return { test: (word === 'none') !== isNot ? 'empty' : 'not-empty' };
  const star = values.find((value) => !value.isQuoted && value.text.startsWith('*'));
  if (star) fail(star.position, `To find what contains a text, write ${term.field}~TEXT without “*”.`);
  const [first] = values;
  const other = values.find(({ isPrefix }) => isPrefix !== first?.isPrefix);
  if (other) fail(other.position, 'Either all values of a condition end with “*”, or none.');
  return { test: `${first?.isPrefix ? 'starts-with' : 'is'}${ending}`, values: values.map(({ text }) => text) };
}

function timeTest(term: Term): object {
  const value = onlyValue(term);
  const text = plain(value);
  if (term.operator === '~') fail(term.position, `“${term.field}” takes “:”, “>”, “>=”, “<” or “<=”.`);
  if (term.operator !== ':') {
    const { from, to } = moment(text, value.position);
    if (term.operator === '>=') return { after: from };
    if (term.operator === '>') return { after: to };
    return { before: term.operator === '<' ? from : to };
  }
  if (isWord(value, 'never')) return { never: true };
  const days = /^(\d{1,5})d$/i.exec(text)?.[1];
  if (days !== undefined) return { days: Number(days) };
  const [first = '', last = first, ...rest] = text.split('..');
  if (rest.length > 0) fail(value.position, 'A stretch of time is written as FIRST..LAST.');
  return { after: moment(first, value.position).from, before: moment(last, value.position).to };
}

function moment(text: string, position: number) {
  return (
    parseMoment(text) ??
    fail(position, 'Here a day such as 2026-01-31 is expected, an instant such as 2026-01-31T08:30, or with “:” 7d or never.')
  );
}

/** `none` or `any`, when that is all that was given. */
function loneWord({ values }: Term): 'none' | 'any' | undefined {
  const word = values.find((value) => isWord(value, 'none') || isWord(value, 'any') || isWord(value, '', true));
  if (!word) return undefined;
  if (values.length > 1) fail(word.position, `“${word.text}” stands alone. In quotes it is a value like others.`);
  return isWord(word, 'none') ? 'none' : 'any';
}

function isWord({ text, isQuoted, isPrefix }: TermValue, word: string, withStar = false): boolean {
  return !isQuoted && isPrefix === withStar && text.toLowerCase() === word;
}

function onlyValue({ values, field }: Term): TermValue {
  const [first, second] = values;
  if (!first || second) fail(second?.position ?? 0, `“${field}” takes one value.`);
  return first;
}

function plain({ text, isPrefix, position }: TermValue): string {
  if (isPrefix) fail(position, 'Here “*” has no meaning. In quotes it is a character like others.');
  return text;
}

function oneOf<const Choice extends string>(value: TermValue, choices: readonly Choice[]): Choice {
  const text = plain(value).toLowerCase();
  return choices.find((choice) => choice === text) ?? fail(value.position, `“${value.text}” is not one of: ${choices.join(', ')}.`);
}

/** The text of a filter; `parseUserFilter` reads it back as the same filter, whatever is in it. */
export function formatUserFilter({ match, conditions }: UserFilter): string {
  const all = conditions.map(formatUserCondition).join(' ');
  return match === 'any' ? `any(${all})` : all;
}

/** The text of one condition. */
export function formatUserCondition(condition: UserCondition): string {
  switch (condition.kind) {
    case 'text':
      return formatText(condition);
    case 'flag':
      return `${fieldWords[condition.field]}:${condition.is ? 'yes' : 'no'}`;
    case 'method':
    case 'missing':
      return `${minus(condition.not)}${condition.kind}:${condition.values.join(',')}`;
    case 'tag':
      if (condition.values.length === 0) return condition.not ? 'tag:any' : 'tag:none';
      return `${minus(condition.not)}tag:${condition.values.map(quoted).join(',')}`;
    case 'language':
      return `${minus(condition.not)}${fieldWords[condition.field]}:${condition.values.map((value) => (value === '' ? 'default' : quoted(value))).join(',')}`;
    case 'origin':
      return `origin:${condition.is}`;
    case 'time':
      return formatTime(condition);
  }
}

const minus = (not: boolean) => (not ? '-' : '');

function formatText({ field, test, values }: Extract<UserCondition, { kind: 'text' }>): string {
  const word = fieldWords[field];
  if (test === 'empty') return `${word}:none`;
  if (test === 'not-empty') return `${word}:any`;
  const isContains = test === 'contains' || test === 'contains-not';
  const star = test.startsWith('starts-with') ? '*' : '';
  const shown = values.map((value) => (field === 'dn' ? quotedDn(value, values.length === 1) : quoted(value)) + star);
  return `${minus(test.endsWith('-not'))}${word}${isContains ? '~' : ':'}${shown.join(',')}`;
}

function formatTime({ field, not, after, before, days, never }: Extract<UserCondition, { kind: 'time' }>): string {
  const word = minus(not) + fieldWords[field];
  if (never) return `${word}:never`;
  if (days !== undefined) return `${word}:${days}d`;
  if (before === undefined) return `${word}>=${formatFrom(after ?? 0)}`;
  if (after === undefined) return `${word}<=${formatTo(before)}`;
  const [first, last] = [formatFrom(after), formatTo(before)];
  return `${word}:${first === last ? first : `${first}..${last}`}`;
}

/** In quotes where it would otherwise mean something else. */
function quoted(value: string): string {
  return value.includes(',') || isSpecial.test(value) ? inQuotes(value) : value;
}

const isSpecial = /^$|[\s()]|^["']|^\*|\*$|^(?:none|any|default|never)$/i;
const inQuotes = (value: string) => `"${value.replaceAll('"', '""')}"`;

/** A DN that stands alone may keep its commas. */
function quotedDn(value: string, isAlone: boolean): string {
  return isAlone && !isSpecial.test(value) ? value : inQuotes(value);
}
