import type { ConsoleClient } from '../app/client.tsx';
import type { Found } from './FindCombobox.tsx';

const shownUsers = 20;

/** The first users who match a text, by username. */
export async function findUsers(client: Pick<ConsoleClient, 'users'>, text: string, signal: AbortSignal): Promise<readonly Found[]> {
  const { rows } = await client.users.list({ search: text, limit: shownUsers }, { signal });
  return rows.map(({ id, username, firstName, lastName }) => ({
    id,
    label: username,
    hint: [lastName, firstName].filter(Boolean).join(', '),
  }));
}
