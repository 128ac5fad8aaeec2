import type { z } from 'zod';
import type { ReadSummary } from '../../../shared/contract/common.ts';
import {
  phoneTypes,
  type DirectoryGroup,
  type DirectoryPerson,
  type directoryContract,
  type DirectorySettings,
  type PhoneType,
  type TreeNode,
} from '../../../shared/contract/directory.contract.ts';
import type { Entry, PeopleReading } from '../../../shared/directory/entry.ts';
import { createAccountState } from '../../../shared/directory/mappingAccount.ts';
import { leafName } from './distinguishedNames.ts';
import type { DirectorySession } from './directoryPort.ts';
import { allOf, containsText } from './filters.ts';
import { effectiveFilters } from './kinds.ts';
import { readAll, textOf, textsOf } from './reading.ts';

const decoder = new TextDecoder();

/** More containers than this under one node cannot be shown in a tree. */
const maxNodes = 10_000;

/** Containers directly under a DN; without one the base DN itself. */
export async function readTree(
  session: DirectorySession,
  settings: DirectorySettings,
  under: string | undefined,
  signal: AbortSignal,
): Promise<{ nodes: TreeNode[]; read: ReadSummary }> {
  const names = settings.attributes.containerName;
  const attributes = [...names, 'objectClass', 'hasSubordinates'];
  const { entries, summary } = await readAll(
    session,
    under === undefined
      ? { base: settings.baseDn, scope: 'base', filter: '(objectClass=*)', attributes }
      : { base: under, scope: 'one', filter: allOf(effectiveFilters(settings).container), attributes, limit: maxNodes },
    signal,
  );
  const nodes = entries.map((entry): TreeNode => {
    const classes = new Set(textsOf(entry, names.length).map((name) => name.toLowerCase()));
    return {
      dn: entry.dn,
      name: under === undefined ? entry.dn : firstText(entry, names.length) || leafName(entry.dn),
      kind:
        under === undefined || classes.has('domain') || classes.has('domaindns')
          ? 'domain'
          : classes.has('organizationalunit')
            ? 'unit'
            : 'container',
      mayHaveChildren: textOf(entry, names.length + 1).toUpperCase() !== 'FALSE',
    };
  });
  return { nodes: nodes.sort(byName), read: summary };
}

export async function readGroups(
  session: DirectorySession,
  settings: DirectorySettings,
  search: string,
  limit: number,
  signal: AbortSignal,
): Promise<{ groups: DirectoryGroup[]; read: ReadSummary }> {
  const { groupName } = settings.attributes;
  const filter = allOf(effectiveFilters(settings).group, containsText([groupName], search));
  const { entries, summary } = await readAll(
    session,
    { base: settings.baseDn, scope: 'sub', filter, attributes: [groupName], limit },
    signal,
  );
  return { groups: entries.map((entry) => ({ dn: entry.dn, name: textOf(entry, 0) || leafName(entry.dn) })).sort(byName), read: summary };
}

/** By part of name, username, e-mail address or description. Text is escaped; `*` means a star. */
export function findFilter(settings: DirectorySettings, text: string): string {
  const { username, firstName, lastName, email, description } = settings.attributes;
  return containsText([...username, firstName, lastName, email, description, 'cn', 'displayName'], text);
}

/** How the grid of the import dialog shows people: nothing is normalised. */
export interface PersonView {
  readonly attributes: readonly string[];
  person(entry: Entry): DirectoryPerson;
}

export function createPersonView(settings: DirectorySettings): PersonView {
  const { attributes: names, kind } = settings;
  const attributes: string[] = [];
  const ask = (name: string) => attributes.push(name) - 1;
  const usernames = names.username.map(ask);
  const [displayName, firstName, lastName, email] = ['displayName', names.firstName, names.lastName, names.email].map(ask) as [
    number,
    number,
    number,
    number,
  ];
  const phones = phoneTypes.filter((type) => names[type] !== '').map((type) => ({ type, at: ask(names[type]) }));
  const isDisabled = createAccountState(kind, ask, (bytes) => decoder.decode(bytes));
  return {
    attributes,
    person(entry) {
      const found: Partial<Record<PhoneType, string>> = {};
      for (const { type, at } of phones) if (textOf(entry, at) !== '') found[type] = textOf(entry, at);
      const fullName = [textOf(entry, firstName), textOf(entry, lastName)].filter((part) => part !== '').join(' ');
      return {
        dn: entry.dn,
        username: usernames.map((at) => textOf(entry, at)).find((text) => text !== '') ?? '',
        name: fullName || textOf(entry, displayName) || leafName(entry.dn),
        email: textOf(entry, email),
        disabled: isDisabled(entry.values),
        phones: found,
      };
    },
  };
}

export async function collectPeople(
  view: PersonView,
  reading: PeopleReading,
): Promise<z.input<(typeof directoryContract)['people']['output']>> {
  const people: DirectoryPerson[] = [];
  for (;;) {
    const next = await reading.next();
    if (next.done === true) return { people: people.sort(byName), read: next.value };
    for (const entry of next.value.entries) people.push(view.person(entry));
  }
}

function firstText(entry: Entry, count: number): string {
  for (let index = 0; index < count; index += 1) if (textOf(entry, index) !== '') return textOf(entry, index);
  return '';
}

let collator: Intl.Collator | undefined;

function byName(a: { name: string }, b: { name: string }): number {
  // Made when it is needed: that takes longer than all else that a host does with the directory at its start.
  collator ??= new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
  return collator.compare(a.name, b.name);
}
