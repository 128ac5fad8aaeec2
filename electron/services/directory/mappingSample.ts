import type { z } from 'zod';
import { phoneTypes, type directoryContract, type DirectorySettings } from '../../../shared/contract/directory.contract.ts';
import type { Entry } from '../../../shared/directory/entry.ts';
import { planMapping, type MappingTools } from '../../../shared/directory/mapping.ts';
import type { MappedEntry, Person } from '../../../shared/directory/mappingPerson.ts';
import type { PhoneParser } from '../../../shared/phones/phoneParser.ts';
import type { DirectorySession } from './directoryPort.ts';
import { allOf } from './filters.ts';
import { effectiveFilters } from './kinds.ts';
import { readAll } from './reading.ts';

type MappingSample = z.input<(typeof directoryContract)['sampleMapping']['output']>;
type Field = MappingSample['fields'][number];

const usersToShow = 20;
/** Entries whose unmapped attributes are looked at; each costs a request. */
const entriesToSearch = 5;
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const tools = (parsePhone: PhoneParser): MappingTools => ({ decodeUtf8: (bytes) => decoder.decode(bytes), parsePhone });
const noLanguages = { call: '', text: '', app: '', oath: '' };

/** Fields that are stored as the mapping says, and which part of a person shows it. */
const textFields = ['firstName', 'lastName', 'email', 'userGroup', 'description'] as const;
const languageFields = {
  callLanguage: 'languageCall',
  textLanguage: 'languageText',
  appLanguage: 'languageApp',
  oathLanguage: 'languageOath',
} as const;

/** For each mapped field what some users have, and what an import would make of it by the same code. */
export async function readMappingSample(
  session: DirectorySession,
  settings: DirectorySettings,
  parsePhone: PhoneParser,
  signal: AbortSignal,
): Promise<MappingSample> {
  const { attributes: names } = settings;
  const phones = phoneTypes.filter((type) => names[type] !== '');
  const plan = planMapping(settings, { phone: null, backupPhone: null, languages: noLanguages }, tools(parsePhone));
  const phonePlans = phones.map((type) =>
    planMapping(settings, { phone: type, backupPhone: null, languages: noLanguages }, tools(parsePhone)),
  );
  const attributes = [...new Set([...plan.attributes, ...phonePlans.flatMap((phone) => phone.attributes)])];
  const filter = allOf(effectiveFilters(settings).user);
  const { entries, summary } = await readAll(
    session,
    { base: settings.baseDn, scope: 'sub', filter, attributes, limit: usersToShow },
    signal,
  );

  const mapped = entries.map((entry) => plan.map(reorder(entry, attributes, plan.attributes)));
  const field = (
    name: string,
    attribute: string,
    stored: (index: number) => string,
    found: (index: number) => MappedEntry,
    aspect: string,
  ): Field => {
    const at = attributes.findIndex((other) => other.toLowerCase() === attribute.toLowerCase());
    const samples = entries.map((entry, index) => {
      const values = (entry.values[at] ?? []).map((value) =>
        name === 'uniqueId' ? stored(index) : decoder.decode(value.subarray(0, 512)),
      );
      const problem = found(index).warnings.find((warning) => warning.field === aspect)?.warning;
      return { dn: entry.dn, values, stored: values.length === 0 ? '' : stored(index), ...(problem === undefined ? {} : { problem }) };
    });
    return { field: name, attribute, present: samples.filter(({ values }) => values.length > 0).length, samples };
  };
  const fromPerson = (name: string, attribute: string, key: keyof Person): Field[] =>
    attribute === ''
      ? []
      : [
          field(
            name,
            attribute,
            (index) => String(mapped[index]?.person[key] ?? ''),
            (index) => mapped[index] as MappedEntry,
            key,
          ),
        ];

  const phoneFields = phones.map((type, which) => {
    const phonePlan = phonePlans[which];
    const results = entries.map((entry) => phonePlan?.map(reorder(entry, attributes, phonePlan.attributes)) as MappedEntry);
    const stored = (index: number) => {
      const { phone = '', extension = '' } = results[index]?.person ?? {};
      return extension === '' ? phone : `${phone} x${extension}`;
    };
    return field(type, names[type], stored, (index) => results[index] as MappedEntry, 'phone');
  });

  return {
    fields: [
      ...fromPerson('uniqueId', names.uniqueId, 'directoryId'),
      ...names.username.flatMap((attribute) => fromPerson('username', attribute, 'username')),
      ...textFields.flatMap((name) => fromPerson(name, names[name], name)),
      ...Object.entries(languageFields).flatMap(([name, key]) => fromPerson(name, names[name as keyof typeof languageFields], key)),
      ...phoneFields,
    ],
    unmapped: await readUnmapped(session, entries.slice(0, entriesToSearch), attributes, parsePhone, signal),
    read: summary,
  };
}

function reorder(entry: Entry, from: readonly string[], to: readonly string[]): Entry {
  return { dn: entry.dn, values: to.map((name) => entry.values[from.indexOf(name)] ?? []) };
}

/** Attributes that hold phone numbers or addresses and that nobody mapped. */
async function readUnmapped(
  session: DirectorySession,
  entries: readonly Entry[],
  mapped: readonly string[],
  parsePhone: PhoneParser,
  signal: AbortSignal,
): Promise<MappingSample['unmapped']> {
  const known = new Set(mapped.map((name) => name.toLowerCase()));
  const found = new Map<string, { attribute: string; example: string }>();
  for (const { dn } of entries) {
    const entry = await session.readNamed(dn, signal);
    for (const { name, values } of entry?.attributes ?? []) {
      const key = name.split(';')[0]?.toLowerCase() ?? '';
      const example = decoder.decode(values[0]?.subarray(0, 128));
      if (!known.has(key) && !found.has(key) && (isAddress(example) || isPhone(key, example, parsePhone)))
        found.set(key, { attribute: name, example });
    }
  }
  return [...found.values()];
}

function isAddress(text: string): boolean {
  return /^(smtp:)?[^\s@=]+@[^\s@=]+\.[a-z]{2,}$/i.test(text);
}

/** Plain digits may be any number: then the name of the attribute must speak for a phone too. */
function isPhone(name: string, text: string, parsePhone: PhoneParser): boolean {
  if (!/\d{3}/.test(text) || parsePhone(text) === null) return false;
  return text.trim().startsWith('+') || /phone|mobile|fax|pager|telephone|\btel/.test(name);
}
