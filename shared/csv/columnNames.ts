import { csvFields, exportOnlyFields, type CsvField } from '../contract/fileImport.ts';
import { fold } from '../lib/fold.ts';

/**
 * What columns are called in files: the names of our own exports first, then those of Azure MFA Server, Active Directory,
 * Microsoft Entra and other products, in the form of `columnKey`.
 */
const synonyms: Readonly<Record<CsvField, readonly string[]>> = {
  username: ['user', 'userid', 'login', 'loginname', 'logon', 'userprincipalname', 'upn', 'samaccountname', 'account', 'accountname'],
  directoryId: ['objectguid', 'guid', 'entryuuid', 'uniqueidentifier', 'objectid'],
  firstName: ['first', 'givenname', 'forename', 'vorname'],
  lastName: ['last', 'surname', 'sn', 'familyname', 'nachname'],
  email: ['mail', 'emailaddress', 'primaryemail', 'smtp'],
  userGroup: ['group', 'department', 'gruppe', 'abteilung'],
  description: ['comment', 'notes', 'note', 'beschreibung'],
  country: ['countrycode', 'phonecountry', 'phonecountrycode', 'land'],
  phone: [
    'phonenumber',
    'mobile',
    'mobilephone',
    'mobilenumber',
    'cell',
    'cellphone',
    'telephone',
    'telephonenumber',
    'tel',
    'telefon',
    'handy',
    'primaryphone',
    'authenticationphone',
  ],
  extension: ['ext', 'phoneextension', 'durchwahl'],
  backupCountry: ['backupcountrycode', 'backupphonecountry', 'backupphonecountrycode'],
  backupPhone: ['backup', 'backupphonenumber', 'alternatephone', 'alternativephone', 'secondaryphone', 'officephone'],
  backupExtension: ['backupext', 'backupphoneextension'],
  method: ['authenticationmethod', 'mfamethod', 'defaultmethod', 'methode'],
  mode: ['authenticationmode', 'modus'],
  enabled: ['active', 'isenabled', 'accountenabled', 'aktiv'],
  mustChangePin: ['pinchangerequired', 'changepin', 'userchangepin'],
  globalServices: ['useglobalservices', 'internationalcalls'],
  administrator: ['admin', 'isadministrator', 'isadmin', 'portaladministrator'],
  whenDisabled: ['whenuserisdisabled'],
  canChangePhone: ['usercanchangephone', 'allowphonechange'],
  keepPhoneSynced: ['keepphonesync'],
  language: ['lang', 'preferredlanguage', 'sprache', 'languages'],
  languageCall: ['calllanguage', 'phonecalllanguage'],
  languageText: ['textlanguage', 'textmessagelanguage', 'smslanguage'],
  languageApp: ['applanguage', 'mobileapplanguage'],
  languageOath: ['oathlanguage', 'oathtokenlanguage'],
  pinCanChange: ['usercanchangepin', 'canchangepin'],
  pinMinLength: ['minimumpinlength', 'pinlength'],
  pinPreventWeak: ['preventweakpins', 'preventweakpin'],
  pinExpirationDays: ['pinexpiration', 'pinexpires'],
  pinHistory: [],
  tags: ['tag', 'labels'],
  oathSerial: ['serial', 'serialnumber', 'oathserialnumber', 'tokenserial', 'token', 'oathtoken', 'oathserials'],
  pin: ['pincode', 'initialpin', 'newpin'],
};

/** How headings are compared: without letter case, accents, blanks and punctuation. */
export function columnKey(header: string): string {
  return fold(header).replace(/[^\p{L}\p{N}]/gu, '');
}

const fieldOfKey = new Map<string, CsvField>([
  ...csvFields.flatMap((field) => synonyms[field].map((key): [string, CsvField] => [key, field])),
  // The fields' own names last: they win.
  ...csvFields.map((field): [string, CsvField] => [columnKey(field), field]),
]);
const passedOver = new Set<string>(exportOnlyFields.map(columnKey));

/** The field that goes by this name, in any spelling that files use. */
export function fieldOfColumn(header: string): CsvField | null {
  return fieldOfKey.get(columnKey(header)) ?? null;
}

/** True for columns of our own exports that an import passes over on purpose. */
export function isExportOnly(header: string): boolean {
  return passedOver.has(columnKey(header));
}

/**
 * What each column probably holds. What an administrator chose for a heading before (`remembered`, by `columnKey`; null for
 * "nothing") comes first. No field is given twice: exact names win, then the first column.
 */
export function guessColumns(headers: readonly string[], remembered: Readonly<Record<string, CsvField | null>> = {}): (CsvField | null)[] {
  const rank = (header: string, field: CsvField): number =>
    Object.hasOwn(remembered, columnKey(header)) ? 0 : columnKey(header) === columnKey(field) ? 1 : 2;
  const wanted = headers.map((header) => {
    const key = columnKey(header);
    return Object.hasOwn(remembered, key) ? (remembered[key] ?? null) : fieldOfColumn(header);
  });
  return wanted.map((field, index) => {
    if (field === null) return null;
    const rivals = wanted.flatMap((other, at) => (other === field ? [{ at, rank: rank(headers[at] ?? '', field) }] : []));
    const best = rivals.reduce((first, rival) => (rival.rank < first.rank ? rival : first));
    return best.at === index ? field : null;
  });
}
