import { dnKey, parentKey } from './distinguishedName.ts';
import type { LdifRecord } from './ldif.ts';

export interface Attribute {
  /** The name as it was written in the data, which is how it is returned. */
  readonly name: string;
  readonly values: readonly Buffer[];
}

export interface Entry {
  readonly dn: string;
  /** dnKey(dn) */
  readonly key: string;
  /** By name in lower case. */
  readonly attributes: ReadonlyMap<string, Attribute>;
}

/** Entries in memory with an index by name, by parent and by link. Looking one up costs the same with ten or a million. */
export interface EntryStore {
  readonly size: number;
  find(key: string): Entry | undefined;
  children(key: string): Iterable<Entry>;
  /** The entry and everything below it, parents before children. Nothing where there is no such entry. */
  subtree(key: string): Iterable<Entry>;
  /** Adds the entry or puts it in the place of the one with the same name. Throws DataError. */
  put(entry: Entry): void;
  /** Removes the entry and everything below it. */
  remove(key: string): void;
  /** For a DN attribute (lower case): which entries name a target. Built at first use and again after changes. */
  referrers(attribute: string): ReadonlyMap<string, readonly Entry[]>;
  /** True if any entry has, or ever had, the attribute (lower case). */
  knowsAttribute(attribute: string): boolean;
}

/** The data contradict themselves: a name that is none, or an entry without a parent. */
export class DataError extends Error {
  override readonly name = 'DataError';
}

/** Makes an entry from its attributes. Throws DataError when `dn` is no name. */
export function createEntry(dn: string, attributes: LdifRecord['attributes']): Entry {
  const key = dnKey(dn);
  if (key === undefined || key === '') throw new DataError(`"${dn}" is no distinguished name.`);
  const byName = new Map<string, { name: string; values: Buffer[] }>();
  for (const { name, value } of attributes) {
    const known = byName.get(name.toLowerCase());
    if (known === undefined) byName.set(name.toLowerCase(), { name, values: [value] });
    else known.values.push(value);
  }
  return { dn, key, attributes: byName };
}

/** Builds a store. Parents come before children, as in LDIF; only the first entry, the suffix, has none. Throws DataError. */
export function createEntryStore(records: Iterable<LdifRecord> = []): EntryStore {
  const entries = new Map<string, Entry>();
  const childKeys = new Map<string, Set<string>>();
  const attributeNames = new Set<string>();
  let referrersByAttribute = new Map<string, Map<string, Entry[]>>();

  function put(entry: Entry): void {
    const parent = parentKey(entry.key) ?? '';
    if (entries.size > 0 && !entries.has(entry.key) && !entries.has(parent)) throw new DataError(`"${entry.dn}" has no parent.`);
    entries.set(entry.key, entry);
    const siblings = childKeys.get(parent);
    if (siblings === undefined) childKeys.set(parent, new Set([entry.key]));
    else siblings.add(entry.key);
    for (const name of entry.attributes.keys()) attributeNames.add(name);
    referrersByAttribute = new Map();
  }

  function* children(key: string): Generator<Entry, undefined> {
    for (const child of childKeys.get(key) ?? []) {
      const entry = entries.get(child);
      if (entry !== undefined) yield entry;
    }
    return undefined;
  }

  function* subtree(key: string): Iterable<Entry> {
    const start = entries.get(key);
    if (start === undefined) return;
    yield start;
    // An own stack instead of recursion: nested generators cost a hop for each level and entry.
    const open = [children(key)[Symbol.iterator]()];
    for (let level = open.at(-1); level !== undefined; level = open.at(-1)) {
      const { value: entry, done } = level.next();
      if (done === true) {
        open.pop();
        continue;
      }
      yield entry;
      if (childKeys.has(entry.key)) open.push(children(entry.key)[Symbol.iterator]());
    }
  }

  function remove(key: string): void {
    const doomed = [...subtree(key)];
    for (const entry of doomed) {
      entries.delete(entry.key);
      childKeys.delete(entry.key);
    }
    childKeys.get(parentKey(key) ?? '')?.delete(key);
    referrersByAttribute = new Map();
  }

  function referrers(attribute: string): ReadonlyMap<string, readonly Entry[]> {
    const known = referrersByAttribute.get(attribute);
    if (known !== undefined) return known;
    const built = new Map<string, Entry[]>();
    for (const entry of entries.values()) {
      for (const value of entry.attributes.get(attribute)?.values ?? []) {
        const target = dnKey(value.toString('utf8'));
        if (target === undefined) continue;
        const sources = built.get(target);
        if (sources === undefined) built.set(target, [entry]);
        else sources.push(entry);
      }
    }
    referrersByAttribute.set(attribute, built);
    return built;
  }

  for (const { dn, attributes } of records) put(createEntry(dn, attributes));

  return {
    get size() {
      return entries.size;
    },
    find: (key) => entries.get(key),
    children,
    subtree,
    put,
    remove,
    referrers,
    knowsAttribute: (attribute) => attributeNames.has(attribute),
  };
}
