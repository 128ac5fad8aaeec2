import { fold } from '../lib/fold.ts';

/** By what people are sorted: last name, then first name. A tab stands between, because no name contains one and nothing sorts before it. */
export function nameKey(firstName: string, lastName: string): string {
  return firstName === '' || lastName === '' ? fold(lastName + firstName) : `${fold(lastName)}\t${fold(firstName)}`;
}
