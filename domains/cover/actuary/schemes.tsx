import { useClient } from '@serai/ui/client-context.tsx';
import { useQuery } from '@tanstack/react-query';
import type { SchemeChoice } from './api.ts';

/** The schemes an actuary may look at. */
export function useSchemes() {
  const client = useClient();
  return useQuery({
    queryKey: ['actuary', 'schemes'],
    queryFn: ({ signal }) => client.get<{ schemes: readonly SchemeChoice[] }>('/api/cover/actuary/schemes', { signal }),
  });
}

/** The twelve months that are over, as the desk takes them where none are named. */
export function lastMonths(now = new Date()): { readonly from: string; readonly to: string } {
  const month = (back: number) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1)).toISOString().slice(0, 7);
  return { from: month(12), to: month(1) };
}
