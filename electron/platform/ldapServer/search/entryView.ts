import { parseDn } from '../data/distinguishedName.ts';
import type { Attribute, Entry, EntryStore } from '../data/entryStore.ts';

/** Reads entries with the attributes that a directory computes: names, and links seen from their other end. */
export interface EntryView {
  /** `attribute` is an attributeKey. Undefined where the entry has no value. */
  read(entry: Entry, attribute: string): Attribute | undefined;
  /** What `*` stands for. */
  userAttributes(entry: Entry): readonly Attribute[];
  /** What `+` stands for: computed attributes that are returned only when asked for. */
  operationalAttributes(entry: Entry): readonly Attribute[];
}

/** Back links and the attribute that holds the forward link ([MS-ADTS] 3.1.1.1.6). Nobody stores them. */
const backLinks: Readonly<Record<string, { readonly name: string; readonly forward: string }>> = {
  memberof: { name: 'memberOf', forward: 'member' },
  directreports: { name: 'directReports', forward: 'manager' },
};

type Compute = (entry: Entry) => readonly string[];

const operational: Readonly<Record<string, { readonly name: string; readonly compute: Compute }>> = {
  canonicalname: { name: 'canonicalName', compute: (entry) => [canonicalName(entry)] },
  createtimestamp: { name: 'createTimestamp', compute: (entry) => texts(entry, 'whencreated') },
  modifytimestamp: { name: 'modifyTimestamp', compute: (entry) => texts(entry, 'whenchanged') },
  structuralobjectclass: { name: 'structuralObjectClass', compute: (entry) => texts(entry, 'objectclass').slice(-1) },
};

export function createEntryView(store: EntryStore): EntryView {
  function read(entry: Entry, attribute: string): Attribute | undefined {
    const stored = entry.attributes.get(attribute);
    if (stored !== undefined) return stored;
    if (attribute === 'distinguishedname') return textAttribute('distinguishedName', [entry.dn]);
    const link = backLinks[attribute];
    if (link !== undefined) {
      const sources = store.referrers(link.forward).get(entry.key) ?? [];
      return textAttribute(
        link.name,
        sources.map(({ dn }) => dn),
      );
    }
    const computed = operational[attribute];
    return computed && textAttribute(computed.name, computed.compute(entry));
  }

  function readAll(entry: Entry, names: readonly string[]): Attribute[] {
    return names.flatMap((name) => read(entry, name) ?? []);
  }

  return {
    read,
    userAttributes: (entry) => [
      ...entry.attributes.values(),
      ...readAll(
        entry,
        ['distinguishedname', ...Object.keys(backLinks)].filter((name) => !entry.attributes.has(name)),
      ),
    ],
    operationalAttributes: (entry) => readAll(entry, Object.keys(operational)),
  };
}

function textAttribute(name: string, values: readonly string[]): Attribute | undefined {
  return values.length === 0 ? undefined : { name, values: values.map((value) => Buffer.from(value, 'utf8')) };
}

function texts(entry: Entry, attribute: string): string[] {
  return (entry.attributes.get(attribute)?.values ?? []).map((value) => value.toString('utf8'));
}

/** `contoso.example/Sales/EMEA/Ann`, slashes escaped, as [MS-ADTS] 3.1.1.4.5.3 builds it. */
function canonicalName(entry: Entry): string {
  const levels = (parseDn(entry.dn) ?? []).map(([part]) => ({ type: part?.type ?? '', value: part?.value ?? '' }));
  const firstDomain = levels.findIndex(({ type }) => type === 'dc');
  const split = firstDomain < 0 ? levels.length : firstDomain;
  const domain = levels.slice(split).map(({ value }) => value);
  const path = levels.slice(0, split).toReversed();
  return `${domain.join('.')}/${path.map(({ value }) => value.replaceAll('/', '\\/')).join('/')}`;
}
