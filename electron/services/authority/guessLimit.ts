import { RefusalError } from '../../../shared/activation/protocol.ts';
import type { AuthorityStore } from './authorityPorts.ts';

const windowMs = 10 * 60_000;
/** Behind one address there may be many servers that are set up at once. */
const perAddress = 20;
const perEmail = 5;
/** A code is for one person, and is pasted. */
const perPageVisitor = 10;

/** IPv6 gives each customer at least a /64 (RFC 6177): all its addresses count as one. */
export function addressSubject(address: string): string {
  const plain = address.toLowerCase().replace(/^::ffff:(?=\d+\.)/, '');
  if (!plain.includes(':')) return `address ${plain}`;
  const [head = '', tail = ''] = plain.split('::');
  const before = head.split(':').filter(Boolean);
  const after = plain.includes('::') ? tail.split(':').filter(Boolean) : [];
  const groups = [...before, ...Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0'), ...after];
  return `address ${groups.slice(0, 4).join(':')}::/64`;
}

/** Who is counted, and how many attempts each has. */
type Subjects = readonly (readonly [subject: string, limit: number])[];

export const credentialSubjects = (address: string, email: string): Subjects => [
  [addressSubject(address), perAddress],
  [`email ${email}`, perEmail],
];

export const pageSubjects = (address: string): Subjects => [[`page ${addressSubject(address)}`, perPageVisitor]];

/**
 * To be called before a password is looked at: the attempt counts as a wrong one from here on, so that many at once get no more guesses
 * than one after the other. Throws RefusalError `too-many-guesses`; otherwise answers what to call when the password was right.
 */
export function countGuess(store: Pick<AuthorityStore, 'changeGuesses'>, subjects: Subjects, now: number): () => void {
  for (const [subject, limit] of subjects) {
    store.changeGuesses(subject, (before) => {
      const count = before && now - before.lastAt < windowMs ? before.count : 0;
      if (before && count >= limit) {
        throw new RefusalError('too-many-guesses', 'Too many attempts. Wait before the next one.', before.lastAt + windowMs);
      }
      return { count: count + 1, lastAt: now };
    });
  }
  return () => subjects.forEach(([subject]) => store.changeGuesses(subject, () => null));
}
