import type { DatabaseSync } from 'node:sqlite';
import { nameKey } from '../../../shared/directory/mappingKeys.ts';
import { usernameKey } from '../../../shared/lib/fold.ts';
import type { KnowsPerson } from './pseudonyms.ts';

/** Words of log files repeat; this many answers are remembered. */
const mostRemembered = 200_000;

/**
 * Knows usernames, and first with last names in both orders, of users and of those in the recycle bin. Asks the indexes for the words that
 * occur, so that it does not matter how many users there are.
 */
export function createPeopleIndex(users: DatabaseSync): KnowsPerson {
  const byUsername = users.prepare('SELECT 1 FROM users WHERE username_key = ?');
  const byName = users.prepare('SELECT 1 FROM users WHERE name_key = ?');
  const removed = new Set<string>();
  for (const row of users.prepare('SELECT username_key, name_key FROM removed_users').iterate()) {
    removed.add(String(row['username_key']));
    removed.add(String(row['name_key']));
  }
  removed.delete('');
  const remembered = new Map<string, boolean>();

  function look(words: string): boolean {
    const username = usernameKey(words);
    if (removed.has(username) || byUsername.get(username)) return true;
    const parts = words.split(/,? +/);
    return namesOf(parts).some((key) => removed.has(key) || byName.get(key) !== undefined);
  }

  return (words) => {
    const known = remembered.get(words);
    if (known !== undefined) return known;
    if (remembered.size >= mostRemembered) remembered.clear();
    const found = look(words);
    remembered.set(words, found);
    return found;
  };
}

/** Keys under which somebody of these words may be: a first name may have several words, and so may a last name. */
function namesOf(parts: readonly string[]): string[] {
  return parts.slice(1).flatMap((_, index) => {
    const [first, last] = [parts.slice(0, index + 1).join(' '), parts.slice(index + 1).join(' ')];
    return [nameKey(first, last), nameKey(last, first)];
  });
}
