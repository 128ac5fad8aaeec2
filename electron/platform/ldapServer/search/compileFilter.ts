import { parseDn } from '../data/distinguishedName.ts';
import type { Attribute, Entry } from '../data/entryStore.ts';
import type { ExtensibleFilter, Filter, SubstringsFilter, ValueAssertion } from '../protocol/messages.ts';
import type { FilterScope } from './filterScope.ts';
import { matchingRules, type Test } from './matchingRules.ts';
import { attributeKey, isStandardAttribute, matchKey, syntaxOf, type MatchKey, type SchemaNames, type Syntax } from './schema.ts';

/** Three-valued logic of RFC 4511 section 4.5.1.7: undefined means that it cannot be told. */
export type Truth = boolean | undefined;

export type Predicate = (entry: Entry) => Truth;

/** Prepares a filter once, so that testing an entry parses nothing. An entry matches when the predicate says true. */
export function compileFilter(filter: Filter, scope: FilterScope): Predicate {
  switch (filter.kind) {
    case 'and':
      return allOf(filter.parts.map((part) => compileFilter(part, scope)));
    case 'or':
      return anyOf(filter.parts.map((part) => compileFilter(part, scope)));
    case 'not': {
      const inner = compileFilter(filter.part, scope);
      return (entry) => {
        const truth = inner(entry);
        return truth === undefined ? undefined : !truth;
      };
    }
    case 'present': {
      const attribute = attributeKey(filter.attribute);
      return isKnown(attribute, scope) ? (entry) => scope.view.read(entry, attribute) !== undefined : undecided;
    }
    case 'substrings':
      return compileSubstrings(filter, scope);
    case 'extensible':
      return compileExtensible(filter, scope);
    default:
      return compileAssertion(filter, scope);
  }
}

const undecided: Predicate = () => undefined;

/** False wins over undefined. The empty "and" is true, RFC 4526. */
function allOf(parts: readonly Predicate[]): Predicate {
  return (entry) => {
    let result: Truth = true;
    for (const part of parts) {
      const truth = part(entry);
      if (truth === false) return false;
      if (truth === undefined) result = undefined;
    }
    return result;
  };
}

/** True wins over undefined. The empty "or" is false, RFC 4526. */
function anyOf(parts: readonly Predicate[]): Predicate {
  return (entry) => {
    let result: Truth = false;
    for (const part of parts) {
      const truth = part(entry);
      if (truth === true) return true;
      if (truth === undefined) result = undefined;
    }
    return result;
  };
}

function isKnown(attribute: string, { store }: FilterScope): boolean {
  return isStandardAttribute(attribute) || store.knowsAttribute(attribute);
}

function compileAssertion({ kind, attribute: description, value }: ValueAssertion, scope: FilterScope): Predicate {
  const attribute = attributeKey(description);
  const syntax = syntaxOf(attribute);
  const wanted = matchKey(value, syntax, scope.schema);
  if (!isKnown(attribute, scope) || wanted === undefined) return undecided;
  const isOrdered = kind === 'greaterOrEqual' || kind === 'lessOrEqual';
  if (isOrdered && (syntax === 'dn' || syntax === 'category')) return undecided;
  return someValue(attribute, syntax, scope, comparison(kind, wanted));
}

/** Windows treats "approximately" as "equal", and so do we. */
function comparison(kind: ValueAssertion['kind'], wanted: MatchKey): (key: MatchKey) => boolean {
  switch (kind) {
    case 'greaterOrEqual':
      return (key) => key >= wanted;
    case 'lessOrEqual':
      return (key) => key <= wanted;
    default:
      return (key) => key === wanted;
  }
}

function compileSubstrings({ attribute: description, initial, any, final }: SubstringsFilter, scope: FilterScope): Predicate {
  const attribute = attributeKey(description);
  const syntax = syntaxOf(attribute);
  if (!isKnown(attribute, scope) || (syntax !== 'text' && syntax !== 'bytes')) return undecided;
  const fold = (piece: Buffer) => String(matchKey(piece, syntax, scope.schema));
  const start = initial === undefined ? '' : fold(initial);
  const middle = any.map(fold);
  const end = final === undefined ? '' : fold(final);
  return someValue(attribute, syntax, scope, (key) => hasPieces(String(key), start, middle, end));
}

function hasPieces(text: string, start: string, middle: readonly string[], end: string): boolean {
  if (!text.startsWith(start)) return false;
  let from = start.length;
  for (const piece of middle) {
    const found = text.indexOf(piece, from);
    if (found < 0) return false;
    from = found + piece.length;
  }
  return text.length - end.length >= from && text.endsWith(end);
}

function someValue(attribute: string, syntax: Syntax, scope: FilterScope, test: (key: MatchKey) => boolean): Predicate {
  return (entry) => {
    const found = scope.view.read(entry, attribute);
    return found !== undefined && keysOf(found, syntax, scope.schema).some(test);
  };
}

/** Keys of stored values are worked out once; attributes never change, entries are replaced as a whole. */
const keysByAttribute = new WeakMap<Attribute, readonly MatchKey[]>();

function keysOf(attribute: Attribute, syntax: Syntax, schema: SchemaNames): readonly MatchKey[] {
  const known = keysByAttribute.get(attribute);
  if (known !== undefined) return known;
  const keys = attribute.values.flatMap((value) => matchKey(value, syntax, schema) ?? []);
  keysByAttribute.set(attribute, keys);
  return keys;
}

function compileExtensible(filter: ExtensibleFilter, scope: FilterScope): Predicate {
  const attribute = filter.attribute === undefined ? undefined : attributeKey(filter.attribute);
  if (attribute !== undefined && !isKnown(attribute, scope)) return undecided;
  const test = compileRule(filter, attribute, scope);
  if (test === undefined) return undecided;
  return (entry) => {
    const attributes = attribute === undefined ? scope.view.userAttributes(entry) : [scope.view.read(entry, attribute)];
    const values = attributes.flatMap((found) => found?.values ?? []);
    return [...values, ...(filter.includesDn ? nameValues(entry, attribute) : [])].some((value) => test(value, entry));
  };
}

/** The test of a matching rule. Undefined when the rule is unknown, or has no meaning for the attribute or the value. */
function compileRule(filter: ExtensibleFilter, attribute: string | undefined, scope: FilterScope): Test | undefined {
  if (filter.rule === undefined) {
    const syntax = syntaxOf(attribute ?? '');
    const wanted = matchKey(filter.value, syntax, scope.schema);
    return wanted === undefined ? undefined : (value) => matchKey(value, syntax, scope.schema) === wanted;
  }
  return matchingRules[filter.rule.toLowerCase()]?.(filter.value, attribute, scope);
}

/** Values that an entry has only through its name: `(ou:dn:=Sales)` matches everything below OU=Sales. */
function nameValues(entry: Entry, attribute: string | undefined): Buffer[] {
  const parts = (parseDn(entry.dn) ?? []).flat();
  return parts.filter(({ type }) => attribute === undefined || type === attribute).map(({ value }) => Buffer.from(value, 'utf8'));
}
