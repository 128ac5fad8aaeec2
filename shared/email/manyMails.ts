import { isTypedCount } from '../lib/typedCount.ts';

/** More mails than this go only to somebody who has typed how many they are: they cannot be taken back. */
export const manyMails = 100;

/** Whether so many mails may go after this was typed. Digits may be grouped as numbers are shown. */
export function isConfirmed(count: number, typed: string): boolean {
  return count <= manyMails || isTypedCount(count, typed);
}
