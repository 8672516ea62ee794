import { useCallback, useState } from 'react';
import { mintRequestId, requestIdAfter } from './client.ts';

/**
 * One request id for one act: minted when the form opens, renewed by an answered refusal. A form that stays for a second
 * act calls `renew` once the first is done, or the second would be taken for a repeat of it.
 */
export function useRequestId(): {
  readonly requestId: string;
  readonly onError: (thrown: unknown) => void;
  readonly renew: () => void;
} {
  const [requestId, setRequestId] = useState(mintRequestId);
  const renew = useCallback(() => setRequestId(mintRequestId()), []);
  const onError = useCallback((thrown: unknown) => setRequestId((current) => requestIdAfter(current, thrown)), []);
  return { requestId, onError, renew };
}
