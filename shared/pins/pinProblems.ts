import type { PinRules } from '../contract/companySettings.ts';
import { longestPin, type PinProblem } from './pinRules.ts';

/** In a row, in either direction, this many digits make a PIN weak; so do this many equal ones (reference §2.4). */
const weakRun = 3;
/** This many digits in a row of a phone number make a PIN weak (reference §2.4). */
const phoneRun = 4;

/**
 * What is wrong with a PIN by the rules, in the order in which people should be told; empty when it may be used.
 * `phones` are the digits of the user's phone and backup phone in every way in which they are dialled
 * (`shared/phones/dialledDigits.ts`). Reuse (`history`) is for whoever keeps the old ones to find out.
 */
export function findPinProblems(
  pin: string,
  { minLength, preventWeak }: Pick<PinRules, 'minLength' | 'preventWeak'>,
  phones: readonly string[],
): PinProblem[] {
  // ASCII only: nothing else can be keyed in on a phone. Where there are other characters, no other rule means anything.
  if (!/^[0-9]*$/.test(pin)) return ['not-digits'];
  return [
    ...(pin.length < minLength ? (['too-short'] as const) : []),
    ...(pin.length > longestPin ? (['too-long'] as const) : []),
    ...(preventWeak ? weaknessesOf(pin, phones) : []),
  ];
}

function weaknessesOf(pin: string, phones: readonly string[]): PinProblem[] {
  return [
    ...(hasRun(pin, 1) || hasRun(pin, -1) ? (['sequential'] as const) : []),
    ...(hasRun(pin, 0) ? (['repeating'] as const) : []),
    ...(sharesDigits(pin, phones) ? (['phone'] as const) : []),
  ];
}

/** True when somewhere in the PIN each of `weakRun` digits differs from the one before it by `step`. 9 is not followed by 0. */
function hasRun(pin: string, step: number): boolean {
  let length = 1;
  for (let i = 1; i < pin.length; i++) {
    length = Number(pin[i]) - Number(pin[i - 1]) === step ? length + 1 : 1;
    if (length >= weakRun) return true;
  }
  return false;
}

function sharesDigits(pin: string, phones: readonly string[]): boolean {
  for (let i = 0; i + phoneRun <= pin.length; i++) {
    const part = pin.slice(i, i + phoneRun);
    if (phones.some((phone) => phone.includes(part))) return true;
  }
  return false;
}
