import type { AutomaticTable } from '../../../shared/contract/network.contract.ts';

/**
 * Which table of published ranges applies: the reduced one where Event Confirmation is off and no user approves in the app, who could do so from
 * inside the network. `appUsers` null: nobody has counted the users yet.
 */
export function automaticTable(eventConfirmation: boolean, appUsers: number | null): AutomaticTable {
  if (eventConfirmation) return { table: 'full', reason: 'Event Confirmation is in use: the full table applies.' };
  if (appUsers === null) return { table: 'full', reason: 'The users have not been counted yet: the full table applies until they are.' };
  if (appUsers === 0) {
    return { table: 'reduced', reason: 'No user has the mobile app, and Event Confirmation is off: the reduced table applies.' };
  }
  const users = `${new Intl.NumberFormat('en').format(appUsers)} ${appUsers === 1 ? 'user has' : 'users have'}`;
  return { table: 'full', reason: `${users} the mobile app and may approve from inside the network: the full table applies.` };
}
