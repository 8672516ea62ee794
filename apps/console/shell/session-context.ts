import type { Me, NodeConfig } from '@serai/domains/access/api.ts';
import { createContext, useContext } from 'react';
import type { Session } from '../session/session.ts';

export interface SignedInContext {
  readonly me: Me;
  readonly config: NodeConfig;
  readonly session: Session;
}

export const SessionContext = createContext<SignedInContext | undefined>(undefined);

export function useSignedIn(): SignedInContext {
  const context = useContext(SessionContext);
  if (!context) {
    throw new Error('useSignedIn is only for screens behind the sign-in');
  }
  return context;
}
