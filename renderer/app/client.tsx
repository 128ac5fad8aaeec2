import { createContext, useContext } from 'react';
import type { Client } from '../../shared/contract/define.ts';
import type { ConsoleContract } from '../../shared/contract/index.ts';

/** Everything that the page can ask of the server. */
export type ConsoleClient = Client<ConsoleContract>;

const ClientContext = createContext<ConsoleClient | null>(null);
export const ClientProvider = ClientContext.Provider;

/** The client of this page. Throws where no ClientProvider is above. */
export function useClient(): ConsoleClient {
  const client = useContext(ClientContext);
  if (!client) throw new Error('useClient needs a ClientProvider above it.');
  return client;
}
