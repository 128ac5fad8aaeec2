import { errorCodes } from '../../../shared/contract/errors.ts';

/** What stands in the place of a secret. */
export const blank = '[secret]';

/** Names of fields that hold one, without anything but letters. What is true or false, or an object, says nothing by itself. */
const secretField =
  /(password|passwd|pwd|passphrase|phrase|secret|^pin|[a-z]pin|otp|token|cookie|authorization|credential|answers?|key|code|seed)s?$/;

/** Values of such fields that are none: codes of errors of the console and of Node. */
const harmless: ReadonlySet<unknown> = new Set(errorCodes);
const systemCode = /^E[A-Z]{3,}(_[A-Z]+)*$|^ERR(_[A-Z]+)+$/;

export function isSecretField(name: string): boolean {
  return secretField.test(name.replaceAll(/[^a-z]/gi, '').toLowerCase());
}

/** What a field with such a name may show. */
export const shownValue = (value: string | number): string | number =>
  value === '' || harmless.has(value) || systemCode.test(String(value)) ? value : blank;

const words =
  '(?:pass(?:word|phrase|wd)|pwd|secret(?: key)?|pin|otp|seed|answer|cookie|authorization|(?:access |refresh )?token|(?:one-time |verification )?code)';
/** A text in a text has its quotes escaped. */
const quoted = `\\\\?"[^"\\n]*"|'[^'\\n]*'|“[^”\\n]*”|„[^“\\n]*“`;

/** Each with what stays in its place. */
const rules: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]+-----[\s\S]*?(-----END [A-Z ]+-----|$)/g, blank],
  [/\botpauth:\/\/\S+/gi, blank],
  [/\b(Bearer|Basic|Negotiate|NTLM)\s+[\w+/.=~-]{6,}/gi, `$1 ${blank}`],
  [/(\b[a-z][a-z\d+.-]*:\/\/[^\s/:@]*):[^\s/@]+@/gi, `$1:${blank}@`],
  [/([?&#][\w-]*(?:token|key|code|secret|session|ticket)[\w-]*=)[^&\s"']+/gi, `$1${blank}`],
  // A phrase is several words: all that follows on the line.
  [/(\bphrase\b["'”]?\s*(?:[:=]|\bis\b|\bwas\b)\s*)[^\n]+/gi, `$1${blank}`],
  [new RegExp(`(\\b${words}s?["'”]?\\s*[:=]\\s*)(?:${quoted}|[^\\s,;)}\\]]+)`, 'gi'), `$1${blank}`],
  [new RegExp(`(\\b${words}s?\\s+(?:(?:is|was|of|for|entered)\\s+)?)(?:${quoted})`, 'gi'), `$1${blank}`],
  // A word with a digit beside one of these is rather a password than anything else.
  [new RegExp(`(\\b${words}s?\\s+(?:(?:is|was|entered)\\s+)?)(?=\\S*\\d)\\S+`, 'gi'), `$1${blank}`],
  // JSON Web Token; Base32 as tokens' keys are written, in one piece or in groups of four; hexadecimal; Base64.
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, blank],
  [/\b[A-Z2-7]{16,}={0,6}(?![\w=])/g, blank],
  [/\b(?:[A-Z2-7]{4}[ -]){3,}[A-Z2-7]{1,4}\b/g, blank],
  [/\b(?:[a-z2-7]{4} ){7}[a-z2-7]{4}\b/g, blank],
  [/\b[\da-f]{32,}\b/gi, blank],
  [/(?<![\w+/])[\w+/-]{22,}={1,2}(?![\w=])/g, blank],
  [/(?<![\w+/])(?=[A-Za-z\d+]*[A-Z])(?=[A-Za-z\d+]*[a-z])(?=[A-Za-z\d+]*\d)[A-Za-z\d+]{32,}(?![\w+/])/g, blank],
];

/** A text without what looks like a secret, and without those that are known. */
export function withoutSecretText(text: string, known: readonly string[]): string {
  let cleaned = text;
  for (const secret of known) cleaned = cleaned.replaceAll(secret, blank);
  for (const [pattern, stays] of rules) cleaned = cleaned.replace(pattern, stays);
  return cleaned;
}
