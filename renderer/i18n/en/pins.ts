import type { PinProblem } from '../../../shared/pins/pinRules.ts';

/** Why a PIN is refused, each with a sentence of its own (reference §2.4). */
const problems: Readonly<Record<PinProblem, string>> = {
  'not-digits': 'A PIN consists of digits.',
  'too-short': 'It is shorter than the rules ask for.',
  'too-long': 'It is too long to be keyed in on a phone.',
  sequential: 'Three digits in a row, such as 123 or 987, are too easy to guess.',
  repeating: 'Three equal digits in a row are too easy to guess.',
  phone: 'It holds four digits of a phone number of the user.',
  history: 'It was used before.',
  mismatch: 'The two PINs are not the same.',
};

export function pinProblemText(problem: PinProblem): string {
  return problems[problem];
}

/** The rules as they are shown while a PIN is typed. */
export const pinRuleText = {
  label: 'PIN rules',
  digits: 'Digits only',
  length: (digits: number) => `At least ${digits} digits`,
  run: 'No three digits in a row (123, 987)',
  repeat: 'No three equal digits in a row',
  phone: 'No four digits of a phone number',
  history: (pins: number) => (pins === 1 ? 'Not the last PIN (checked on Apply)' : `None of the last ${pins} PINs (checked on Apply)`),
  kept: 'kept',
  broken: 'not kept',
} as const;
