import type { ImportWarning } from './mappingPerson.ts';

/** UTF-16 units. Longer text is cut and reported; usernames are never cut. */
export const textLimits = {
  directoryId: 512,
  dn: 4096,
  username: 512,
  firstName: 256,
  lastName: 256,
  email: 320,
  userGroup: 256,
  description: 1024,
  phone: 64,
  extension: 32,
  language: 16,
} as const;

/** A value of more bytes than this is not what a field of a person should hold; the entry is not imported. */
export const maxValueBytes = 65_536;

/** Stands in decoded text wherever bytes were not UTF-8; also when an earlier conversion left it in the directory. */
const replacement = '\uFFFD';
/** Printable ASCII without blanks around it: nearly all text, and nothing to do. */
const plain = /^[!-~](?:[ -~]*[!-~])?$/;
const control = /[\u0000-\u001f\u007f-\u009f]/;
const lineBreaks = /[\t\n\r\u0085]+/g;
const controls = /[\u0000-\u001f\u007f-\u009f]/g;

/** Decodes UTF-8; malformed parts become U+FFFD, and a byte order mark is text. Never throws. */
export type DecodeUtf8 = (bytes: Uint8Array) => string;

export const isFaithful = (text: string): boolean => !text.includes(replacement);
export const hasControls = (text: string): boolean => control.test(text);

/**
 * Text as it is stored: no control characters (line breaks become blanks), no blanks around it, not longer than
 * `limit`. Marks of direction and other scripts stay. What was changed for more than looks is added to `warnings`.
 */
export function cleanText(raw: string, field: string, limit: number, warnings: ImportWarning[]): string {
  if (raw === '' || (raw.length <= limit && plain.test(raw))) return raw;
  let text = raw;
  if (control.test(text)) text = text.replace(lineBreaks, ' ').replace(controls, '');
  text = text.trim();
  if (!isFaithful(text)) warnings.push({ warning: 'text-not-utf8', field, value: excerpt(text) });
  if (text.length <= limit) return text;
  warnings.push({ warning: 'text-too-long', field, value: excerpt(text) });
  return cut(text, limit).trimEnd();
}

/** The beginning of a long text, for a report. */
export function excerpt(text: string): string {
  return text.length <= 120 ? text : `${cut(text, 119)}…`;
}

/** Never ends in half a character (a lone surrogate could not be stored as UTF-8). */
function cut(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}
