import { Button } from '@serai/ui/components/button.tsx';
import { Panel, Written } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { DataTable } from '@serai/ui/components/table.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { PlaceLink } from '@serai/ui/navigation.tsx';
import { useRequestId } from '@serai/ui/use-request-id.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { WorkerExcess } from '../excess.store.ts';
import { paymentMessages } from './payments.messages.ts';
import { useEnrolment } from './use-enrolment.ts';
import { memberPath } from './words.tsx';

/** Workers with two employers who paid more than the ceiling asks; nothing is shown where there are none. */
export function WorkerExcesses() {
  const t = useMessages(paymentMessages);
  const format = useFormat();
  const enrolment = useEnrolment();
  const query = useQuery({
    queryKey: ['enrolment', 'worker-excess'],
    queryFn: ({ signal }) => enrolment.get<{ rows: WorkerExcess[] }>('/worker-excess', { signal }),
  });
  const rows = query.data?.rows ?? [];
  if (rows.length === 0) {
    return null;
  }
  return (
    <Panel title={t('excess')}>
      <p className="soft">{t('excess.lead')}</p>
      <DataTable
        caption={t('excess')}
        exportAs="above-the-ceiling"
        rowKey={(row) => `${row.memberId} ${row.schemeId} ${row.month}`}
        rows={rows}
        columns={[
          {
            key: 'name',
            title: t('name'),
            value: (row) => row.name,
            show: (row) => (
              <PlaceLink to={memberPath(row.memberId)}>
                <Written text={row.name} />
              </PlaceLink>
            ),
          },
          { key: 'month', title: t('excess.month'), value: (row) => row.month.slice(0, 7) },
          {
            key: 'employers',
            title: t('group'),
            value: (row) => row.employers.join(', '),
            show: (row) => <Written text={row.employers.join(', ')} />,
          },
          {
            key: 'excess',
            title: t('amount'),
            numeric: true,
            value: (row) => Number(row.excess.amount),
            show: (row) => <bdi>{format.money(row.excess)}</bdi>,
          },
          { key: 'back', title: t('excess.back'), value: () => '', show: (row) => <GiveBack row={row} /> },
        ]}
      />
    </Panel>
  );
}

function GiveBack({ row }: { readonly row: WorkerExcess }) {
  const t = useMessages(paymentMessages);
  const enrolment = useEnrolment();
  const queries = useQueryClient();
  const { requestId, onError } = useRequestId();
  const { memberId, schemeId, month } = row;
  const act = useMutation({
    mutationFn: () =>
      enrolment.change('/worker-excess', { requestId, memberId, schemeId, month } as { requestId: string }),
    onError,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['enrolment'] }),
  });
  return (
    <>
      <Button busy={act.isPending} onClick={() => act.mutate()}>
        {t('excess.back')}
      </Button>
      {act.isError && <ProblemNotice problem={act.error} />}
    </>
  );
}
