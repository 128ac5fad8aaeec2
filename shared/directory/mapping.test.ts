import metadata from 'libphonenumber-js/max/metadata';
import { describe, expect, it } from 'vitest';
import type { DirectoryAttributes } from '../contract/directory.contract.ts';
import { createPhoneParser } from '../phones/phoneParser.ts';
import { planMapping, type MappingRequest, type MappingSettings } from './mapping.ts';
import { nameKey } from './mappingKeys.ts';

type Value = string | Uint8Array;
type Attributes = Readonly<Record<string, Value | readonly Value[]>>;

describe('planMapping', () => {
  it('asks for each needed attribute once, and for nothing else', () => {
    const plan = planMapping(settings({ attributes: { username: ['mail', 'UID'], email: 'MAIL' } }), request({ phone: 'mobile' }), tools);

    expect(plan.attributes).toEqual([
      'objectGUID',
      'mail',
      'UID',
      'objectSid',
      'userAccountControl',
      'givenName',
      'sn',
      'description',
      'mobile',
    ]);
    expect(plan.fields).not.toContain('userGroup');
  });

  it('fills a person from an entry of Active Directory', () => {
    const { person, skip, warnings } = map({
      objectSid: bytes('01 02 00 00 00 00 00 05 20 00 00 00 20 02 00 00'),
      ...{ givenName: 'Jürgen', sn: 'Müller', mail: 'jm@corp.test', mobile: '+49 (0)30 901820 x12' },
    });

    expect({ skip, warnings }).toEqual({ skip: null, warnings: [] });
    expect(person).toEqual({
      directoryId: '00112233-4455-6677-8899-aabbccddeeff',
      sid: 'S-1-5-32-544',
      dn: 'CN=Test',
      username: 'jm@corp.test',
      firstName: 'Jürgen',
      lastName: 'Müller',
      email: 'jm@corp.test',
      userGroup: '',
      description: '',
      phone: '+4930901820',
      phoneValid: true,
      extension: '12',
      backupPhone: '',
      backupPhoneValid: false,
      backupExtension: '',
      languageCall: '',
      languageText: '',
      languageApp: '',
      languageOath: '',
      accountDisabled: false,
    });
  });

  describe('identifier', () => {
    it.each([
      ['guid', bytes('33 22 11 00 55 44 77 66 88 99 aa bb cc dd ee ff'), '00112233-4455-6677-8899-aabbccddeeff'],
      ['guid', '{00112233-4455-6677-8899-AABBCCDDEEFF}', '00112233-4455-6677-8899-aabbccddeeff'],
      ['bytes', bytes('01 05 ff'), '0105ff'],
      ['string', 'emp-0042', 'emp-0042'],
    ] as const)('of type %s is stored in the usual form', (uniqueIdType, value, expected) => {
      expect(map({ objectGUID: value }, { attributes: { uniqueIdType } }).person.directoryId).toBe(expected);
    });

    it.each([
      ['is missing', [], 'guid'],
      ['has two values', ['a', 'b'], 'string'],
      ['is not a GUID', 'nonsense', 'guid'],
      ['is not UTF-8', bytes('61 ff 62'), 'string'],
      ['is blank', '  ', 'string'],
    ] as const)('that %s leaves the person out', (_, value, uniqueIdType) => {
      expect(map({ objectGUID: value }, { attributes: { uniqueIdType } }).skip).toBe('no-directory-id');
    });
  });

  describe('username', () => {
    it.each([
      ['the first attribute', { userPrincipalName: 'a@corp.test', sAMAccountName: 'a' }, 'a@corp.test', null],
      ['the next attribute when the first is missing', { userPrincipalName: [], sAMAccountName: 'a' }, 'a', null],
      ['the next attribute when the first is blank', { userPrincipalName: ' ', sAMAccountName: 'a' }, 'a', null],
      ['nothing', { userPrincipalName: [], sAMAccountName: [] }, '', 'no-username'],
      ['two values', { userPrincipalName: ['a', 'b'], sAMAccountName: 'a' }, 'a', 'several-usernames'],
      ['bytes that are not UTF-8', { userPrincipalName: bytes('61 ff 62') }, 'a\uFFFDb', 'bad-username'],
      ['NUL', { userPrincipalName: 'ali\0ce' }, 'alice', 'bad-username'],
      ['markup and quotes', { userPrincipalName: `o'<script>,\\"` }, `o'<script>,\\"`, null],
    ])('from %s', (_, attributes, username, skip) => {
      const mapped = map(attributes);

      expect([mapped.person.username, mapped.skip]).toEqual([username, skip]);
    });

    it('is never cut', () => {
      expect(map({ userPrincipalName: 'a'.repeat(513) }).skip).toBe('bad-username');
      expect(map({ userPrincipalName: 'a'.repeat(512) }).person.username).toHaveLength(512);
    });
  });

  describe('text', () => {
    it('keeps text that is not UTF-8 readable and says so', () => {
      const { person, warnings } = map({ sn: bytes('4d fc 6c 6c 65 72') });

      expect(person.lastName).toBe('M\uFFFDller');
      expect(warnings).toEqual([{ warning: 'text-not-utf8', field: 'lastName', value: 'M\uFFFDller' }]);
    });

    it('removes control characters and keeps marks of direction', () => {
      expect(map({ sn: ' A\0B\u0007C\n' }).person.lastName).toBe('ABC');
      expect(map({ description: 'one\r\ntwo\tthree' }).person.description).toBe('one two three');
      expect(map({ sn: 'שלום\u200F' }).person.lastName).toBe('שלום\u200F');
    });

    it('cuts what is too long, never through a character', () => {
      const { person, warnings } = map({ givenName: `${'x'.repeat(255)}🙂` });

      expect(person.firstName).toBe('x'.repeat(255));
      expect(warnings).toMatchObject([{ warning: 'text-too-long', field: 'firstName' }]);
    });

    it('takes the first of several values and says so', () => {
      const { person, warnings } = map({ description: ['first', 'second'] });

      expect(person.description).toBe('first');
      expect(warnings).toEqual([{ warning: 'several-values', field: 'description', value: 'first' }]);
    });

    it('does not decode an attribute of a megabyte', () => {
      const { person, skip } = map({ description: new Uint8Array(1_000_000).fill(0x61) });

      expect(skip).toBe('entry-too-large');
      expect(person).toMatchObject({ description: '', username: 'jm@corp.test', dn: 'CN=Test' });
    });
  });

  describe('phones', () => {
    it('keeps the text of the directory where it is no number', () => {
      const { person, warnings } = map({ mobile: 'ask\0 Bob' });

      expect(person).toMatchObject({ phone: 'ask Bob', phoneValid: false, extension: '' });
      expect(warnings).toEqual([{ warning: 'phone-not-valid', field: 'phone', value: 'ask Bob' }]);
    });

    it('chooses among several values by the rule', () => {
      const mobile = ['n/a', '+1 425 555 0100', '+1 425 555 0101'];

      expect(map({ mobile }, { phoneRule: 'first' }).person).toMatchObject({ phone: 'n/a', phoneValid: false });
      expect(map({ mobile }, { phoneRule: 'first-valid' }).person).toMatchObject({ phone: '+14255550100', phoneValid: true });
      expect(map({ mobile }, { phoneRule: 'first-valid' }).warnings).toEqual([
        { warning: 'several-values', field: 'phone', value: '+14255550100' },
      ]);
    });

    it('takes none of several numbers where an administrator is to choose', () => {
      const several = map(
        { mobile: ['n/a', '+1 425 555 0100', '+1 425 555 0101'], ext: '9' },
        { phoneRule: 'ask', attributes: { extension: 'ext' } },
      );
      expect(several.person).toMatchObject({ phone: '', phoneValid: false, extension: '' });
      expect(several.warnings).toEqual([{ warning: 'choose-number', field: 'phone', value: 'n/a · +1 425 555 0100 · +1 425 555 0101' }]);

      // There is nothing to choose: the same number twice, or one number and a note.
      expect(map({ mobile: ['+1 425 555 0100', '(425) 555-0100'] }, { phoneRule: 'ask' }).person.phone).toBe('+14255550100');
      expect(map({ mobile: ['n/a', '+1 425 555 0100'] }, { phoneRule: 'ask' }).person.phone).toBe('+14255550100');
    });

    it('gives the extension attribute to the primary phone only', () => {
      const { person } = map(
        { mobile: '+1 425 555 0100 x7', telephoneNumber: '+1 425 555 0101 x8', ext: '89,0' },
        { attributes: { extension: 'ext' } },
        { backupPhone: 'business' },
      );

      expect(person).toMatchObject({ extension: '89,0', backupPhone: '+14255550101', backupExtension: '8' });
    });

    it('has no phone when none is imported or mapped', () => {
      expect(map({ mobile: '+1 425 555 0100' }, {}, { phone: null }).person.phone).toBe('');
      expect(map({}, { attributes: { mobile: '' } }).person.phone).toBe('');
      expect(map({ ext: '12' }, { attributes: { extension: 'ext' } }).person).toMatchObject({ phone: '', extension: '' });
    });
  });

  it.each([
    ['ad', { userAccountControl: '514' }, true],
    ['ad', { userAccountControl: '512' }, false],
    ['ad', { userAccountControl: 'rubbish' }, false],
    ['openldap', { pwdAccountLockedTime: '000001010000Z' }, true],
    ['openldap', { pwdAccountLockedTime: '20260101000000Z' }, false],
    ['other', { nsAccountLock: 'true' }, true],
    ['other', { loginDisabled: 'TRUE' }, true],
    ['other', { loginDisabled: 'FALSE' }, false],
  ] as const)('tells whether the account is disabled: %s %j', (kind, attributes, expected) => {
    expect(map(attributes, { kind }).person.accountDisabled).toBe(expected);
  });

  it('prefers the languages of the request to those of the directory', () => {
    const languages = { call: 'de', text: '', app: '', oath: '' };
    const { person } = map({ lang: 'fr' }, { attributes: { callLanguage: 'lang', textLanguage: 'lang' } }, { languages });

    expect(person).toMatchObject({ languageCall: 'de', languageText: 'fr', languageApp: '' });
  });
});

describe('nameKey', () => {
  it('sorts by last name, then first name, without letter case and accents', () => {
    const people = [
      ['Zoë', 'Smith'],
      ['Al', 'Smith Jones'],
      ['al', 'SMITH'],
      ['', 'Šmid'],
      ['Bo', ''],
    ] as const;

    const sorted = [...people].sort((a, b) => (nameKey(a[0], a[1]) < nameKey(b[0], b[1]) ? -1 : 1));

    expect(sorted.map(([first, last]) => `${last}/${first}`)).toEqual(['/Bo', 'Šmid/', 'SMITH/al', 'Smith/Zoë', 'Smith Jones/Al']);
  });
});

const tools = {
  decodeUtf8: (value: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(value),
  parsePhone: createPhoneParser(metadata, 'US'),
};

type SettingsChange = Partial<Omit<MappingSettings, 'attributes'>> & { readonly attributes?: Partial<DirectoryAttributes> };

function settings({ attributes, ...others }: SettingsChange): MappingSettings {
  const unmapped = { userGroup: '', callLanguage: '', textLanguage: '', appLanguage: '', oathLanguage: '', extension: '', custom: '' };
  return {
    kind: 'ad',
    phoneRule: 'first',
    ...others,
    attributes: {
      ...unmapped,
      uniqueId: 'objectGUID',
      uniqueIdType: 'guid',
      distinguishedName: 'distinguishedName',
      containerName: ['name'],
      groupName: 'name',
      username: ['userPrincipalName', 'sAMAccountName'],
      firstName: 'givenName',
      lastName: 'sn',
      email: 'mail',
      description: 'description',
      business: 'telephoneNumber',
      home: 'homePhone',
      pager: 'pager',
      mobile: 'mobile',
      fax: '',
      ipPhone: '',
      member: ['member'],
      ...attributes,
    },
  };
}

function request(change: Partial<MappingRequest> = {}): MappingRequest {
  return { phone: 'mobile', backupPhone: null, languages: { call: '', text: '', app: '', oath: '' }, ...change };
}

function map(attributes: Attributes, settingsChange: SettingsChange = {}, requestChange: Partial<MappingRequest> = {}) {
  const plan = planMapping(settings(settingsChange), request(requestChange), tools);
  const all: Attributes = {
    objectGUID: bytes('33 22 11 00 55 44 77 66 88 99 aa bb cc dd ee ff'),
    userPrincipalName: 'jm@corp.test',
    ...attributes,
  };
  return plan.map({ dn: 'CN=Test', values: plan.attributes.map((name) => valuesOf(all[name])) });
}

function valuesOf(value: Value | readonly Value[] | undefined): Uint8Array[] {
  const list = value === undefined ? [] : typeof value === 'string' || value instanceof Uint8Array ? [value] : value;
  return list.map((one) => (typeof one === 'string' ? new TextEncoder().encode(one) : one));
}

function bytes(hex: string): Uint8Array {
  return new Uint8Array(hex.split(' ').map((byte) => Number.parseInt(byte, 16)));
}
