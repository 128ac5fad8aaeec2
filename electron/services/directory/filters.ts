import { parseFilter } from '../../../shared/directory/filterSyntax.ts';

/**
 * Builds a filter; every value that is put in is escaped (RFC 4515 section 3), so the safe way is the short way:
 * `filterOf`(&(objectClass=user)(cn=*${text}*))``. Bytes are escaped one by one.
 */
export function filterOf(literals: TemplateStringsArray, ...values: (string | Uint8Array)[]): string {
  return literals.reduce((filter, literal, i) => filter + escapeValue(values[i - 1] ?? '') + literal);
}

/** Escapes one assertion value. */
export function escapeValue(value: string | Uint8Array): string {
  if (typeof value !== 'string') return Array.from(value, (byte) => `\\${byte.toString(16).padStart(2, '0')}`).join('');
  // eslint-disable-next-line no-control-regex -- NUL is one of the characters that RFC 4515 wants escaped
  return value.replace(/[\\*()\0]/g, (character) => `\\${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

/**
 * Joins filters that must all hold. Empty ones are left out; without any it is "every entry". Each is parsed first, so that a filter
 * which an administrator typed cannot close a bracket of its neighbour. Throws `filter-malformed` with the position in that filter.
 */
export function allOf(...filters: readonly string[]): string {
  return join('&', filters.filter((filter) => filter.trim() !== '').map(bracketed)) ?? '(objectClass=*)';
}

/** Joins filters of which one must hold. Null without any. */
export function anyOf(filters: readonly string[]): string | null {
  return join('|', filters.map(bracketed));
}

/** Attributes in which people and groups are searched by text. */
export function containsText(attributes: readonly string[], text: string): string {
  const value = escapeValue(text.trim());
  const names = [...new Set(attributes.filter((name) => name !== '').map((name) => name.toLowerCase()))];
  if (value === '' || names.length === 0) return '';
  return anyOf(names.map((name) => `(${name}=*${value}*)`)) ?? '';
}

function join(sign: '&' | '|', filters: readonly string[]): string | null {
  if (filters.length === 0) return null;
  return filters.length === 1 ? (filters[0] ?? null) : `(${sign}${filters.join('')})`;
}

function bracketed(filter: string): string {
  parseFilter(filter);
  const trimmed = filter.trim();
  return trimmed.startsWith('(') ? trimmed : `(${trimmed})`;
}
