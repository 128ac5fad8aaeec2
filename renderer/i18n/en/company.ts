import type { CompanyProblem } from '../../../shared/company/checkCompany.ts';
import type { Leaf } from '../../../shared/company/settingPaths.ts';
import type { SavedCompany } from '../../../shared/contract/company.contract.ts';
import type { UsernameResolution } from '../../../shared/contract/usernames.contract.ts';
import type { Method } from '../../../shared/contract/users.contract.ts';
import type { TextProblem } from '../../../shared/texts/checkText.ts';
import type { MessageKind, PromptKind, TextVariable } from '../../../shared/texts/messageKinds.ts';
import { instantText } from '../../ui/instants.ts';
import { editUserText, expirationText, fieldNames, historyText, lengthText, whenDisabledText, yesNoText } from './editUser.ts';
import { languageText } from './importDialog.ts';
import { formatCount } from './jobs.ts';

const kinds: Readonly<Record<MessageKind | PromptKind, string>> = {
  'one-way-otp': 'One-Way OTP',
  'one-way-otp-pin': 'One-Way OTP + PIN',
  'two-way-otp': 'Two-Way OTP',
  'two-way-otp-pin': 'Two-Way OTP + PIN',
  'enter-code': 'Enter the code',
  'enter-code-pin': 'Enter the code and the PIN',
  'wrong-code': 'Wrong code',
  'code-used': 'Code already used',
  'next-code': 'Next code needed',
  'no-token': 'No token assigned',
};

const resolutionKinds: Readonly<Record<UsernameResolution['kind'], string>> = {
  sid: 'Use Windows security identifiers (SIDs) for matching usernames',
  'directory-id': 'Use LDAP unique identifier attribute for matching usernames',
  exact: 'No resolution: usernames must match exactly',
};

export const variableText = (name: TextVariable) => `<$${name}$>`;

/** Words of the pane Company Settings. */
export const companyText = {
  loading: 'Reading Company Settings…',
  readFailed: 'Company Settings could not be read.',
  saveFailed: 'Nothing was saved.',
  tabsLabel: 'Pages of Company Settings',
  tabs: { general: 'General', resolution: 'Username Resolution', textMessage: 'Text Message', oathToken: 'OATH Token Text' },
  leaveText: 'What you changed in Company Settings is not applied.',
  problems: (count: number) => (count === 1 ? 'One field has to be corrected.' : `${formatCount(count)} fields have to be corrected.`),

  disabledSucceeds:
    'When a user is disabled, authentication succeeds without a second factor. Choose Fail Authentication to keep disabled users out.',
  disabledSucceedsHere: 'Company Settings let disabled users authenticate without a second factor.',
  outcomes: { succeed: 'Succeed Authentication', fail: 'Fail Authentication' },
  userDefaults: 'User defaults',
  userDefaultsHint: 'Every new user gets these. Users who are already in the list keep what they have.',
  languages: 'Languages',
  pinRules: 'Default PIN rules',
  days: 'days',
  daysHint: '0: PINs never expire.',
  daysProblem: 'Enter a number of days from 0 to 999.',
  syncHint:
    'A phone that a user changed is overwritten by the next synchronization. Do not allow users to change it, or do not synchronize.',

  resolutionLabel: 'How usernames are matched',
  resolutionKinds,
  resolutionHints: {
    sid: 'For computers that belong to an Active Directory domain.',
    'directory-id': 'For every other directory. The name is searched in the username attributes of Directory Integration.',
    exact: 'The name must be the username in the list. The directory is not asked.',
  } satisfies Record<UsernameResolution['kind'], string>,
  stripDomain: 'Strip the domain',
  stripDomainHint: 'DOMAIN\\user and user@domain are looked up as user too.',
  tryIt: 'Try it',
  tryName: 'Name:',
  find: 'Find the user',
  finding: 'Looking…',
  trySaved: 'This uses the settings as they were last applied.',
  tryFailed: 'The name could not be looked up.',
  tryNeedsName: 'Enter a name first.',

  language: 'Language:',
  languagesWithTexts: 'Languages with texts',
  otherLanguages: 'In English until you write texts',
  ownText: 'Written by your company.',
  shippedText: 'The shipped text.',
  reset: 'Reset',
  resetOf: (kind: string) => `Reset ${kind} to the shipped text`,
  insertInto: (name: TextVariable, kind: string) => `Insert ${variableText(name)} into ${kind}`,
  sample: (text: string) => `Sample: ${text}`,
  segments: (count: number) => (count === 1 ? 'One SMS.' : `${count} SMS for each message.`),
  applicationSample: 'Contoso VPN',
  kinds,

  conflictText: 'What you changed is kept here and was not saved. Nothing of theirs was overwritten.',
  conflictHint: 'Your changes stay on top of theirs if you keep them; they are saved when you apply.',
  sameChanges: 'They saved the same as you entered.',
  differences: 'Differences',
  field: 'Field',
  mine: 'Yours',
  theirs: 'Theirs',
  notSet: 'Shipped text',
} as const;

/** Who saved something else while somebody was editing. */
export function savedMeanwhileText({ savedBy, savedAt }: SavedCompany): string {
  const when = savedAt === null ? '' : ` (${instantText(savedAt)})`;
  return `${savedBy || 'Somebody else'} has saved other company settings meanwhile${when}.`;
}

/** What is wrong with a setting, as a sentence beside it. */
export function companyProblemText(problem: CompanyProblem): string {
  switch (problem.kind) {
    case 'unknown-country':
      return 'No country with phone numbers has this code.';
    case 'language-without-texts':
      return `There are no texts in ${languageText(problem.language)}.`;
    case 'too-many-languages':
      return 'These are too many languages. Reset the texts of some.';
    case 'text':
      return textProblemText(problem.problem);
  }
}

function textProblemText(problem: TextProblem): string {
  switch (problem.kind) {
    case 'empty':
      return 'The text is empty.';
    case 'too-long':
      return `The text has ${formatCount(problem.length)} characters; ${formatCount(problem.maxLength)} are allowed.`;
    case 'control-character':
      return `Position ${problem.at + 1}: a character that cannot be seen. Delete it.`;
    case 'unknown-variable':
      return `Position ${problem.at + 1}: there is no variable <$${problem.name}$>.`;
    case 'variable-not-allowed':
      return `Position ${problem.at + 1}: ${variableText(problem.name)} cannot be used here.`;
    case 'variable-not-closed':
      return `Position ${problem.at + 1}: the variable is not closed with $>.`;
    case 'variable-missing':
      return `The text must contain ${variableText(problem.name)}.`;
  }
}

/** Which user a name means and why; the first sentence says it all, the others tell how it came about. */
export function resolutionText({ outcome, user, kind, tried, account, directoryError }: UsernameResolution): string[] {
  const names = tried.map((name) => `“${name}”`).join(', then ');
  const identifier = kind === 'sid' ? 'security identifier' : 'unique identifier';
  const sentences: string[] = [];
  switch (outcome) {
    case 'found':
      sentences.push(`This is the user ${user?.username}.`);
      break;
    case 'not-in-list':
      sentences.push(
        account ? 'The directory knows this name, but none of the users in the list is that person.' : 'No user has this name.',
      );
      break;
    case 'not-in-directory':
      sentences.push('The directory has no account with this name.');
      break;
    case 'no-identifier':
      sentences.push(`The directory knows this name, but the account has no ${identifier} that could be compared.`);
      break;
    case 'ambiguous':
      sentences.push('More than one account of the directory has this name, so nobody is meant.');
      break;
  }
  sentences.push(`Looked for: ${names}.`);
  if (account) sentences.push(`Account: ${account.dn}, found by ${account.matched}.`);
  if (account?.identifier) sentences.push(`Its ${identifier}: ${account.identifier}.`);
  if (directoryError) sentences.push(`The directory could not be asked, so the list of users was searched. ${directoryError.message}`);
  if (kind === 'exact') sentences.push('Usernames must match exactly; the directory was not asked.');
  return sentences;
}

const names: Readonly<Record<string, string>> = {
  whenInternetDown: 'When internet is not accessible',
  whenDisabled: fieldNames.whenDisabled,
  defaultCountry: 'Default country',
  'userDefaults.method': 'Method',
  'userDefaults.callMode': editUserText.modeOf(editUserText.methods.call),
  'userDefaults.textMode': editUserText.modeOf(editUserText.methods.text),
  'userDefaults.appMode': editUserText.modeOf(editUserText.methods.app),
  'userDefaults.globalServices': fieldNames.globalServices,
  'userDefaults.canChangePhone': fieldNames.canChangePhone,
  'userDefaults.keepPhoneSynced': fieldNames.keepPhoneSynced,
  'userDefaults.languages.call': fieldNames.languageCall,
  'userDefaults.languages.text': fieldNames.languageText,
  'userDefaults.languages.app': fieldNames.languageApp,
  'userDefaults.languages.oath': fieldNames.languageOath,
  'pinRules.canChange': fieldNames.pinCanChange,
  'pinRules.minLength': fieldNames.pinMinLength,
  'pinRules.preventWeak': fieldNames.pinPreventWeak,
  'pinRules.expirationDays': fieldNames.pinExpirationDays,
  'pinRules.history': fieldNames.pinHistory,
  'usernameResolution.kind': companyText.resolutionLabel,
  'usernameResolution.stripDomain': companyText.stripDomain,
};

/** The name of a setting by its path within the settings. */
export function settingName(path: string): string {
  const [, group, language = '', kind] = path.split('.');
  if (!path.startsWith('texts.')) return names[path] ?? path;
  return `${companyText.tabs[group as 'textMessage' | 'oathToken']}, ${languageText(language)}, ${kinds[kind as MessageKind]}`;
}

/** The value of a setting in words; undefined is a text that the company has not written. */
export function settingValue(path: string, value: Leaf | undefined): string {
  if (value === undefined) return companyText.notSet;
  if (typeof value === 'boolean') return yesNoText(value);
  if (path === 'pinRules.minLength') return lengthText(Number(value));
  if (path === 'pinRules.expirationDays') return expirationText(Number(value));
  if (path === 'pinRules.history') return historyText(Number(value));
  if (path === 'whenDisabled' || path === 'whenInternetDown') return whenDisabledText(value as 'succeed' | 'fail');
  if (path === 'userDefaults.method') return editUserText.methods[value as Method];
  if (path === 'userDefaults.textMode') return kinds[value as MessageKind];
  if (path === 'userDefaults.callMode' || path === 'userDefaults.appMode') return editUserText.plainModes[value as 'standard' | 'pin'];
  if (path === 'usernameResolution.kind') return resolutionKinds[value as UsernameResolution['kind']];
  return path.startsWith('userDefaults.languages.') ? languageText(String(value)) : String(value);
}
