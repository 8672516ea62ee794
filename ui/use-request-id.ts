import { useCallback, useState } from 'react';
import { mintRequestId, requestIdAfter } from './client.ts';

/** One request id for one act: minted when the form opens, renewed only by an answered refusal. */
export function useRequestId(): { readonly requestId: string; readonly onError: (thrown: unknown) => void } {
  const [requestId, setRequestId] = useState(mintRequestId);
  const onError = useCallback((thrown: unknown) => setRequestId((current) => requestIdAfter(current, thrown)), []);
  return { requestId, onError };
}
