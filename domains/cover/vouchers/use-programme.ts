import { mintRequestId, requestIdAfter } from '@serai/ui/client.ts';
import { useClient } from '@serai/ui/client-context.tsx';
import { useLanguage } from '@serai/ui/language.tsx';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ProgrammesView } from './api.ts';
import type { VoucherProgramme } from './programme.ts';

export const voucherPath = '/api/cover/vouchers';
/** Why the voucher desk asks; paying is another reason. */
export const toCover = { purpose: 'COVERAGE' } as const;
export const toPay = { purpose: 'HPAYMT' } as const;

export function useProgrammes() {
  const client = useClient();
  return useQuery({
    queryKey: ['vouchers', 'programmes'],
    queryFn: ({ signal }) => client.get<ProgrammesView>(`${voucherPath}/programmes`, { ...toCover, signal }),
    staleTime: 300_000,
  });
}

/** The country this node is of, once it is known. */
export function useOwnCountry(): string | undefined {
  const client = useClient();
  const { data } = useQuery({
    queryKey: ['config'],
    queryFn: ({ signal }) => client.get<{ readonly country: string }>('/api/config', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return data?.country;
}

/** The programmes of this country: those abroad are handed out, validated and counted there. */
export function useOwnProgrammes() {
  const here = useOwnCountry();
  const programmes = useProgrammes();
  const own = here === undefined ? undefined : programmes.data?.programmes.filter((each) => each.country === here);
  return { ...programmes, own };
}

/** A title of the programme's data in the reader's language. */
export function useTitle(): (title: Readonly<Record<string, string>> | undefined) => string {
  const { language } = useLanguage();
  return (title) => title?.[language] ?? title?.en ?? '';
}

export function useServiceTitle(programme: VoucherProgramme | undefined): (code: string) => string {
  const title = useTitle();
  return (code) => title(programme?.services.find((each) => each.code === code)?.title) || code;
}

/** One act of the voucher desk: its request id is renewed only once it was answered, and what is shown is read again. */
export function useAct<Answer>(
  path: string | ((at: string) => string),
  options: { readonly purpose: string } = toCover,
  onDone?: (answer: Answer) => void,
) {
  const client = useClient();
  const queries = useQueryClient();
  const [requestId, setRequestId] = useState(mintRequestId);
  return useMutation({
    mutationFn: ({ at = '', ...body }: { readonly at?: string; readonly [field: string]: unknown }) =>
      client.change<Answer>(
        voucherPath + (typeof path === 'string' ? path : path(at)),
        { ...body, requestId },
        options,
      ),
    onError: (thrown) => setRequestId((current) => requestIdAfter(current, thrown)),
    onSuccess: (answer) => {
      setRequestId(mintRequestId());
      onDone?.(answer);
      return queries.invalidateQueries({ queryKey: ['vouchers'] });
    },
  });
}
