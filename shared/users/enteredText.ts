import { hasControls, textLimits } from '../directory/mappingText.ts';

/** Text that an administrator types about a user. */
export const enteredFields = [
  'username',
  'firstName',
  'lastName',
  'email',
  'userGroup',
  'description',
  'extension',
  'backupExtension',
] as const;
export type EnteredField = (typeof enteredFields)[number];

/** Why a text is not accepted. `limit` is in UTF-16 units, as `textLimits` counts. */
export type TextProblem =
  | { readonly problem: 'required' | 'control-characters' | 'not-an-address' | 'not-an-extension' }
  | { readonly problem: 'too-long'; readonly limit: number };

const limits: Readonly<Record<EnteredField, number>> = { ...textLimits, backupExtension: textLimits.extension };

const address = /^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)*$/u;
const languageCode = /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/;
/** Half a character; it could not be stored as UTF-8. */
const loneSurrogate = /[\ud800-\udfff]/u;
/** Reference §2.2: digits, "," for a pause of one second, "*" and "#". */
const extension = /^[\d,*#]*$/;

/** What is wrong with a text, trimmed by the caller; null when nothing is. Any script and emoji are fine. */
export function problemOfText(field: EnteredField, text: string): TextProblem | null {
  if (text === '') return field === 'username' ? { problem: 'required' } : null;
  if (hasControls(text) || loneSurrogate.test(text)) return { problem: 'control-characters' };
  if (text.length > limits[field]) return { problem: 'too-long', limit: limits[field] };
  if (field === 'email' && !isMailAddress(text)) return { problem: 'not-an-address' };
  if ((field === 'extension' || field === 'backupExtension') && !extension.test(text)) return { problem: 'not-an-extension' };
  return null;
}

/** Something, "@", a domain; no blanks. Whether mail arrives there only sending it tells. */
export const isMailAddress = (text: string): boolean => address.test(text);

/** A language as it is stored: `en`, `pt-BR`; empty for that of the company. */
export function isLanguageCode(text: string): boolean {
  return text === '' || (text.length <= textLimits.language && languageCode.test(text));
}
