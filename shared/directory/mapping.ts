import type { DirectorySettings, PhoneType } from '../contract/directory.contract.ts';
import type { ImportRequest, SkipReason } from '../contract/imports.contract.ts';
import type { PhoneParser } from '../phones/phoneParser.ts';
import type { Entry } from './entry.ts';
import { createAccountState } from './mappingAccount.ts';
import { formatDirectoryId } from './mappingIdentifier.ts';
import type { ImportedField, ImportWarning, MappedEntry, Person } from './mappingPerson.ts';
import { choosePhone, noPhone, type ChosenPhone } from './mappingPhone.ts';
import { cleanText, excerpt, hasControls, isFaithful, maxValueBytes, textLimits, type DecodeUtf8 } from './mappingText.ts';
import { formatSid } from './securityIdentifier.ts';

/** How entries become people, for one import. */
export interface MappingPlan {
  /** What to ask the directory for; `Entry.values` must come in this order. Nothing is asked for that is not used. */
  readonly attributes: readonly string[];
  readonly fields: ReadonlySet<ImportedField>;
  /** Pure. Never throws, whatever the directory holds. */
  map(entry: Entry): MappedEntry;
}

export interface MappingTools {
  readonly decodeUtf8: DecodeUtf8;
  readonly parsePhone: PhoneParser;
}

export type MappingSettings = Pick<DirectorySettings, 'kind' | 'attributes' | 'phoneRule'>;
export type MappingRequest = Pick<ImportRequest, 'phone' | 'backupPhone' | 'languages'>;

const nothing: readonly Uint8Array[] = [];

/** Works out once which attributes are read and where each field comes from. */
export function planMapping(settings: MappingSettings, request: MappingRequest, tools: MappingTools): MappingPlan {
  const { attributes: names, phoneRule } = settings;
  const { decodeUtf8, parsePhone } = tools;
  const asked = createAttributeList();
  const fields = new Set<ImportedField>(['username', 'dn', 'accountDisabled']);

  const idAt = asked.add(names.uniqueId);
  const usernamesAt = names.username.map((name) => asked.add(name));
  // A name of Windows is looked up as its SID (Company Settings, Username Resolution).
  const sidAt = settings.kind === 'ad' ? asked.add('objectSid') : -1;
  if (sidAt !== -1) fields.add('sid');
  const accountState = createAccountState(settings.kind, (name) => asked.add(name), decodeUtf8);
  const text = (field: ImportedField, attribute: string, limit: number): ReadText => readText(field, attribute, limit, asked, fields);
  const firstName = text('firstName', names.firstName, textLimits.firstName);
  const lastName = text('lastName', names.lastName, textLimits.lastName);
  const email = text('email', names.email, textLimits.email);
  const userGroup = text('userGroup', names.userGroup, textLimits.userGroup);
  const description = text('description', names.description, textLimits.description);
  const language = (field: ImportedField, wanted: string, attribute: string): ReadText => {
    if (wanted === '') return text(field, attribute, textLimits.language);
    fields.add(field);
    return () => wanted;
  };
  const languageCall = language('languageCall', request.languages.call, names.callLanguage);
  const languageText = language('languageText', request.languages.text, names.textLanguage);
  const languageApp = language('languageApp', request.languages.app, names.appLanguage);
  const languageOath = language('languageOath', request.languages.oath, names.oathLanguage);
  const phoneAt = addPhone('phone', request.phone);
  const backupPhoneAt = addPhone('backupPhone', request.backupPhone);
  const extensionAt = phoneAt === -1 || names.extension === '' ? -1 : asked.add(names.extension);

  function addPhone(field: ImportedField, type: PhoneType | null): number {
    if (type === null || names[type] === '') return -1;
    fields.add(field);
    return asked.add(names[type]);
  }

  function map(entry: Entry): MappedEntry {
    const isLarge = entry.values.some(isTooLarge);
    const values = isLarge ? entry.values.map((list) => (isTooLarge(list) ? nothing : list)) : entry.values;
    const warnings: ImportWarning[] = [];
    const read = (readField: ReadText): string => readField(values, warnings, decodeUtf8);
    const directoryId = idOf(values[idAt] ?? nothing);
    const found = usernameOf(values);
    const phone = choose(values[phoneAt], 'phone', warnings);
    const backup = choose(values[backupPhoneAt], 'backupPhone', warnings);
    // Reference §2.6: the attribute belongs to the primary phone only. It is more exact than what the number says.
    const extension = phone.phone === '' ? '' : extensionOf(values[extensionAt]) || phone.extension;
    const person: Person = {
      directoryId: directoryId ?? '',
      sid: sidOf(values[sidAt]),
      dn: cleanText(entry.dn, 'dn', textLimits.dn, warnings),
      username: found.username,
      firstName: read(firstName),
      lastName: read(lastName),
      email: read(email),
      userGroup: read(userGroup),
      description: read(description),
      phone: phone.phone,
      phoneValid: phone.valid,
      extension,
      backupPhone: backup.phone,
      backupPhoneValid: backup.valid,
      backupExtension: backup.extension,
      languageCall: read(languageCall),
      languageText: read(languageText),
      languageApp: read(languageApp),
      languageOath: read(languageOath),
      accountDisabled: accountState(values),
    };
    return { person, skip: isLarge ? 'entry-too-large' : (found.skip ?? (directoryId === null ? 'no-directory-id' : null)), warnings };
  }

  /** An attribute with several values identifies nobody. */
  function idOf(list: readonly Uint8Array[]): string | null {
    const [value] = list;
    return value === undefined || list.length > 1 ? null : formatDirectoryId(value, names.uniqueIdType, decodeUtf8);
  }

  /** The first attribute of the list that has a value decides; a name that is not usable is not replaced by the next. */
  function usernameOf(values: Entry['values']): { username: string; skip: SkipReason | null } {
    for (const at of usernamesAt) {
      const list = values[at] ?? nothing;
      const [value] = list;
      if (value === undefined) continue;
      const username = decodeUtf8(value).trim();
      if (list.length > 1) return { username: excerpt(username.replace(/\p{Cc}/gu, '')), skip: 'several-usernames' };
      if (username === '') continue;
      const usable = username.length <= textLimits.username && isFaithful(username) && !hasControls(username);
      return usable ? { username, skip: null } : { username: excerpt(username.replace(/\p{Cc}/gu, '')), skip: 'bad-username' };
    }
    return { username: '', skip: 'no-username' };
  }

  function choose(list: readonly Uint8Array[] | undefined, field: 'phone' | 'backupPhone', warnings: ImportWarning[]): ChosenPhone {
    if (list === undefined || list.length === 0) return noPhone;
    return choosePhone(list.map(decodeUtf8), field, phoneRule, parsePhone, warnings);
  }

  /** Digits, pauses (`,`), `*` and `#`: what can be dialled after the call is answered. */
  function extensionOf(list: readonly Uint8Array[] | undefined): string {
    const [value] = list ?? nothing;
    return value === undefined
      ? ''
      : decodeUtf8(value)
          .replace(/[^\d,*#]/g, '')
          .slice(0, textLimits.extension);
  }

  return { attributes: asked.names, fields, map };
}

/** Empty where an account has none, or where it may not be read. */
function sidOf(list: readonly Uint8Array[] | undefined): string {
  const value = list?.[0];
  return value === undefined ? '' : (formatSid(value) ?? '');
}

function isTooLarge(list: readonly Uint8Array[]): boolean {
  return list.some((value) => value.length > maxValueBytes);
}

type ReadText = (values: Entry['values'], warnings: ImportWarning[], decodeUtf8: DecodeUtf8) => string;

/** The first value counts; several are reported and never joined. */
function readText(field: ImportedField, attribute: string, limit: number, asked: AttributeList, fields: Set<ImportedField>): ReadText {
  if (attribute === '') return () => '';
  fields.add(field);
  const at = asked.add(attribute);
  return (values, warnings, decodeUtf8) => {
    const list = values[at] ?? nothing;
    const [value] = list;
    if (value === undefined) return '';
    const text = cleanText(decodeUtf8(value), field, limit, warnings);
    if (list.length > 1) warnings.push({ warning: 'several-values', field, value: excerpt(text) });
    return text;
  };
}

interface AttributeList {
  readonly names: readonly string[];
  /** Position of the attribute; names differ by more than letter case (RFC 4512 §2.5). */
  add(name: string): number;
}

function createAttributeList(): AttributeList {
  const names: string[] = [];
  return {
    names,
    add(name) {
      const known = names.findIndex((other) => other.toLowerCase() === name.toLowerCase());
      return known === -1 ? names.push(name) - 1 : known;
    },
  };
}
