import { useQuery } from '@tanstack/react-query';
import { useClient } from './client-context.tsx';

interface OwnFacility {
  readonly facility?: { readonly id: string; readonly name: string };
}

/** The name of a facility the record refers to: the reader's own by its name, any other as it is written. */
export function useFacilityName(): (reference: string) => string {
  const client = useClient();
  const me = useQuery({
    queryKey: ['me'],
    queryFn: ({ signal }) => client.get<OwnFacility>('/api/me', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const own = me.data?.facility;
  return (reference) => (own && reference === own.id ? own.name : reference.replace(/^Organization\//, ''));
}
