import { errorCodes } from '../../../shared/contract/errors.ts';
import { remembered } from './remembered.ts';

/** What stands in the place of a secret. */
export const blank = '[secret]';

/** Names of fields that hold one, without anything but letters. What is true or false, or an object, says nothing by itself. */
const secretField =
  /(password|passwd|pwd|passphrase|phrase|secret|^pin|[a-z]pin|otp|token|cookie|authorization|credential|answers?|key|code|seed)s?$/;

/** Values of such fields that are none: codes of errors of the console and of Node. */
const harmless: ReadonlySet<unknown> = new Set(errorCodes);
const systemCode = /^E[A-Z]{3,}(_[A-Z]+)*$|^ERR(_[A-Z]+)+$/;

export const isSecretField = remembered((name: string) => secretField.test(name.replaceAll(/[^a-z]/gi, '').toLowerCase()));

/** What a field with such a name may show. */
export const shownValue = (value: string | number): string | number =>
  value === '' || harmless.has(value) || systemCode.test(String(value)) ? value : blank;

const words =
  '(?:pass(?:word|phrase|wd)|pwd|secret(?: key)?|pin|otp|seed|answer|cookie|authorization|(?:access |refresh )?token|(?:one-time |verification )?code)';
/** A text in a text has its quotes escaped. */
const quoted = `\\\\?"[^"\\n]*"|'[^'\\n]*'|“[^”\\n]*”|„[^“\\n]*“`;

/** Something that one of those words is in. */
const hint = /pass|pwd|secret|pin|otp|seed|answer|cookie|authorization|token|code/i;

/** Each with what is quickly seen of a text that it has nothing to do with, and with what stays in its place. */
const rules: readonly (readonly [hint: RegExp, pattern: RegExp, stays: string])[] = [
  [/-----BEGIN/, /-----BEGIN [A-Z ]+-----[\s\S]*?(-----END [A-Z ]+-----|$)/g, blank],
  [/otpauth/i, /\botpauth:\/\/\S+/gi, blank],
  [/bearer|basic|negotiate|ntlm/i, /\b(Bearer|Basic|Negotiate|NTLM)\s+[\w+/.=~-]{6,}/gi, `$1 ${blank}`],
  [/:\/\//, /(\b[a-z][a-z\d+.-]*:\/\/[^\s/:@]*):[^\s/@]+@/gi, `$1:${blank}@`],
  [/[?&#]/, /([?&#][\w-]*(?:token|key|code|secret|session|ticket)[\w-]*=)[^&\s"']+/gi, `$1${blank}`],
  // A phrase is several words: all that follows on the line.
  [/phrase/i, /(\bphrase\b["'”]?\s*(?:[:=]|\bis\b|\bwas\b)\s*)[^\n]+/gi, `$1${blank}`],
  [hint, new RegExp(`(\\b${words}s?["'”]?\\s*[:=]\\s*)(?:${quoted}|[^\\s,;)}\\]]+)`, 'gi'), `$1${blank}`],
  [hint, new RegExp(`(\\b${words}s?\\s+(?:(?:is|was|of|for|entered)\\s+)?)(?:${quoted})`, 'gi'), `$1${blank}`],
  // A word with a digit beside one of these is rather a password than anything else.
  [hint, new RegExp(`(\\b${words}s?\\s+(?:(?:is|was|entered)\\s+)?)(?=\\S*\\d)\\S+`, 'gi'), `$1${blank}`],
  // JSON Web Token; Base32 as tokens' keys are written, in one piece or in groups of four; hexadecimal; Base64.
  [/eyJ/, /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, blank],
  [/[A-Z2-7]{16}/, /\b[A-Z2-7]{16,}={0,6}(?![\w=])/g, blank],
  [/[A-Z2-7]{4}[ -][A-Z2-7]{4}/, /\b(?:[A-Z2-7]{4}[ -]){3,}[A-Z2-7]{1,4}\b/g, blank],
  [/[a-z2-7]{4} [a-z2-7]{4} /, /\b(?:[a-z2-7]{4} ){7}[a-z2-7]{4}\b/g, blank],
  // Of an activation: licence key, group key and the code of a link; and the password of credentials. A digit tells it from words.
  [/[\dA-Z]{5}-[\dA-Z]{5}-/, /\b(?=[A-Z-]*\d)(?:[\dA-HJKMNP-TV-Z]{5}-){4}[\dA-HJKMNP-TV-Z]{5}\b/g, blank],
  [/[\da-z]{4}-[\da-z]{4}-/, /(?<![\w-])(?=[a-z-]*\d)(?:[\da-hjkmnp-tv-z]{4}-){3}[\da-hjkmnp-tv-z]{4}(?![\w-])/g, blank],
  [/[\da-f]{32}/i, /\b[\da-f]{32,}\b/gi, blank],
  [/[\w+/-]{22}=/, /(?<![\w+/])[\w+/-]{22,}={1,2}(?![\w=])/g, blank],
  [/[A-Za-z\d+]{32}/, /(?<![\w+/])(?=[A-Za-z\d+]*[A-Z])(?=[A-Za-z\d+]*[a-z])(?=[A-Za-z\d+]*\d)[A-Za-z\d+]{32,}(?![\w+/])/g, blank],
];

/** A text without what looks like a secret, and without those that are known. */
export function withoutSecretText(text: string, known: readonly string[]): string {
  let cleaned = text;
  for (const secret of known) cleaned = cleaned.replaceAll(secret, blank);
  for (const [sign, pattern, stays] of rules) if (sign.test(cleaned)) cleaned = cleaned.replace(pattern, stays);
  return cleaned;
}
