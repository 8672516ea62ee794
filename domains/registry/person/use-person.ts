import { useClient } from '@serai/ui/client-context.tsx';
import { useQuery } from '@tanstack/react-query';
import type { PersonPage } from '../api.ts';

/** The registered facts of one person; every section that needs them shares one call. */
export function usePerson(personId: string) {
  const client = useClient();
  return useQuery({
    queryKey: ['person', personId],
    queryFn: ({ signal }) => client.get<PersonPage>(`/api/persons/${encodeURIComponent(personId)}`, { signal }),
  });
}
