import { createContext, useContext } from 'react';
import type { Client } from './client.ts';

const ClientContext = createContext<Client | undefined>(undefined);

export const ClientProvider = ClientContext;

/** The client of the app this panel stands in. */
export function useClient(): Client {
  const client = useContext(ClientContext);
  if (!client) {
    throw new Error('useClient needs a ClientProvider above it');
  }
  return client;
}
