import { findPinProblems } from './pinProblems.ts';
import { shortestPin } from './pinRules.ts';

/**
 * A random PIN of `max(4, minLength)` digits that is never weak, whether or not weak ones are allowed (reference §2.4).
 * `randomDigit` must answer 0 to 9, each as often and none predictable: it comes from the platform's generator for keys.
 */
export function generatePin(minLength: number, phones: readonly string[], randomDigit: () => number): string {
  const length = Math.max(shortestPin, minLength);
  for (;;) {
    // Drawn as a whole again, never repaired: every PIN that is not weak stays as likely as every other.
    const pin = Array.from({ length }, () => String(randomDigit())).join('');
    if (findPinProblems(pin, { minLength: length, preventWeak: true }, phones).length === 0) return pin;
  }
}
