import { longestPin, type PinProblem } from '../../../shared/pins/pinRules.ts';

/** Each reason as a sentence, for scripts and the log. The window has its own words in renderer/i18n. */
export function pinProblemText(problem: PinProblem, { minLength }: { readonly minLength: number }): string {
  switch (problem) {
    case 'not-digits':
      return 'A PIN consists of the digits 0 to 9 only.';
    case 'too-short':
      return `The PIN is too short. It needs at least ${minLength} digits.`;
    case 'too-long':
      return `The PIN is too long. It may have at most ${longestPin} digits.`;
    case 'sequential':
      return 'The PIN contains three or more sequential digits, such as 123 or 987.';
    case 'repeating':
      return 'The PIN contains three or more repeating digits, such as 111.';
    case 'phone':
      return "The PIN contains four digits in a row of the user's phone or backup phone number.";
    case 'history':
      return 'The PIN was used before and may not be used again yet.';
    case 'mismatch':
      return 'PIN and Confirm PIN are not the same.';
  }
}
