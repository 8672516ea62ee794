import { ScreenHead, Written } from '@serai/ui/components/panel.tsx';
import type { Column } from '@serai/ui/components/table.tsx';
import { WorkTable } from '@serai/ui/components/work-table.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { PlaceLink } from '@serai/ui/navigation.tsx';
import type { ScreenProps } from '@serai/ui/screen.ts';
import { useState } from 'react';
import type { RenewalRow, WorkPage } from '../work.store.ts';
import { BulkAct, type BulkDone, BulkResult } from './bulk-acts.tsx';
import { enrolmentMessages } from './screens.messages.ts';
import { useEnrolment } from './use-enrolment.ts';
import { memberPath } from './words.tsx';

/** Policies that end soon: renew or remind, one or many. */
export default function RenewalsPanel({ may }: ScreenProps) {
  const t = useMessages(enrolmentMessages);
  const enrolment = useEnrolment();
  const columns = useColumns();
  const [done, setDone] = useState<BulkDone>();
  const acts = (chosen: readonly RenewalRow[], clear: () => void) => {
    const ids = chosen.map((row) => row.policyId);
    const after = (answer: BulkDone) => {
      setDone(answer);
      clear();
    };
    return (
      <>
        <BulkAct kind="renew" ids={ids} onDone={after} />
        <BulkAct kind="remind" ids={ids} onDone={after} />
      </>
    );
  };
  return (
    <div className="stack">
      <ScreenHead title={t('renewals')} lead={t('renewals.lead')} />
      {done && <BulkResult key={done.answer.batchId} done={done} />}
      <WorkTable<RenewalRow>
        caption={t('renewals')}
        queryKey={['enrolment', 'renewals']}
        searchLabel={t('search')}
        empty={t('renewals.none')}
        exportAs="renewals"
        rowKey={(row) => row.policyId}
        load={({ search, cursor, signal }) =>
          enrolment.ask<WorkPage<RenewalRow>>('/queues/renewals', { search, ...(cursor && { cursor }) }, { signal })
        }
        {...(may.includes('cover.enrol') && { acts })}
        columns={columns}
      />
    </div>
  );
}

function useColumns(): readonly Column<RenewalRow>[] {
  const t = useMessages(enrolmentMessages);
  const format = useFormat();
  return [
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
    { key: 'policy', title: t('number'), value: (row) => row.policyNumber },
    {
      key: 'group',
      title: t('group'),
      value: (row) => row.groupName ?? '',
      show: (row) => <Written text={row.groupName ?? ''} />,
    },
    { key: 'until', title: t('until'), value: (row) => row.expiresOn, show: (row) => format.day(row.expiresOn) },
    {
      key: 'premium',
      title: t('premium'),
      numeric: true,
      value: (row) => Number(row.premium.amount),
      show: (row) => <bdi>{format.money(row.premium)}</bdi>,
    },
    { key: 'phone', title: t('phone'), value: (row) => row.phone ?? '' },
    {
      key: 'reminded',
      title: t('reminded'),
      value: (row) => row.remindedOn ?? '',
      show: (row) => (row.remindedOn ? format.day(row.remindedOn) : ''),
    },
  ];
}
