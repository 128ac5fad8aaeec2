import type { DirectorySettings } from '../contract/directory.contract.ts';
import type { ParsedPhone, PhoneParser } from '../phones/phoneParser.ts';
import type { ImportWarning } from './mappingPerson.ts';
import { cleanText, excerpt, textLimits } from './mappingText.ts';

export interface ChosenPhone {
  /** E.164, or the directory's own text. */
  readonly phone: string;
  readonly valid: boolean;
  readonly extension: string;
}

export const noPhone: ChosenPhone = { phone: '', valid: false, extension: '' };

/** Values of one attribute that are looked at, and that a report names. */
const mostTried = 100;
const mostNamed = 8;

/**
 * One phone out of all values of an attribute: the first, or the first that is a valid number and else the first. What
 * is not a number is kept as the directory's text, and reported; several values are reported too. With the rule `ask`, two
 * different numbers give none: an administrator chooses, and later imports leave his choice alone, because a number that works
 * is replaced only by one that works.
 */
export function choosePhone(
  texts: readonly string[],
  field: 'phone' | 'backupPhone',
  rule: DirectorySettings['phoneRule'],
  parsePhone: PhoneParser,
  warnings: ImportWarning[],
): ChosenPhone {
  if (rule === 'ask' && texts.length > 1 && numbersIn(texts, parsePhone) > 1) {
    warnings.push({ warning: 'choose-number', field, value: excerpt(texts.slice(0, mostNamed).map(excerpt).join(' · ')) });
    return noPhone;
  }
  const candidates = rule === 'first' ? texts.slice(0, 1) : texts.slice(0, mostTried);
  let found: ParsedPhone | null = null;
  for (const text of candidates) {
    found = parsePhone(text);
    if (found !== null) break;
  }
  const chosen: ChosenPhone = found
    ? { phone: found.e164, valid: true, extension: found.extension }
    : { phone: cleanText(texts[0] ?? '', field, textLimits.phone, warnings), valid: false, extension: '' };
  if (!chosen.valid && chosen.phone !== '') {
    warnings.push({ warning: field === 'phone' ? 'phone-not-valid' : 'backup-phone-not-valid', field, value: chosen.phone });
  }
  if (texts.length > 1) warnings.push({ warning: 'several-values', field, value: excerpt(chosen.phone) });
  return chosen;
}

/** How many different numbers there are; an extension makes no difference. */
function numbersIn(texts: readonly string[], parsePhone: PhoneParser): number {
  return new Set(texts.slice(0, mostTried).flatMap((text) => parsePhone(text)?.e164 ?? [])).size;
}
