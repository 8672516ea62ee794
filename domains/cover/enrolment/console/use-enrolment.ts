import type { CallOptions } from '@serai/ui/client.ts';
import { useClient } from '@serai/ui/client-context.tsx';
import { useLanguage } from '@serai/ui/language.tsx';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { EnrolmentScheme, GroupView } from '../groups.routes.ts';

const base = '/api/cover/enrolment';
/** Enrolment is always asked for the purpose of cover, whoever asks. */
const purpose = 'COVERAGE';

/** The node's enrolment, as screens call it. */
export function useEnrolment() {
  const client = useClient();
  return useMemo(
    () => ({
      get: <Answer>(path: string, call: CallOptions = {}) => client.get<Answer>(base + path, { ...call, purpose }),
      ask: <Answer>(path: string, body: unknown, call: CallOptions = {}) =>
        client.ask<Answer>(base + path, body, { ...call, purpose }),
      change: <Answer>(path: string, body: { readonly requestId: string }, call: CallOptions = {}) =>
        client.change<Answer>(base + path, body, { ...call, purpose, timeoutMilliseconds: 60_000 }),
      upload: <Answer>(path: string, file: Blob) =>
        client.upload<Answer>(base + path, file, { purpose, timeoutMilliseconds: 120_000 }),
    }),
    [client],
  );
}

/** Schemes open for enrolment, with a title in the reader's language. */
export function useSchemes() {
  const enrolment = useEnrolment();
  const { language } = useLanguage();
  const query = useQuery({
    queryKey: ['enrolment', 'schemes'],
    queryFn: ({ signal }) => enrolment.get<{ schemes: EnrolmentScheme[] }>('/schemes', { signal }),
    staleTime: 300_000,
  });
  const schemes = query.data?.schemes ?? [];
  const titleOf = (schemeId: string) => {
    const title = schemes.find((scheme) => scheme.schemeId === schemeId)?.title;
    return title?.[language] ?? title?.en ?? schemeId;
  };
  return { query, schemes, titleOf };
}

export function useGroups() {
  const enrolment = useEnrolment();
  const query = useQuery({
    queryKey: ['enrolment', 'groups'],
    queryFn: ({ signal }) => enrolment.get<{ groups: GroupView[] }>('/groups', { signal }),
  });
  return { query, groups: query.data?.groups ?? [] };
}
