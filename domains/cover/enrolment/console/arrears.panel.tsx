import { Facts, Panel, ScreenHead, Written } from '@serai/ui/components/panel.tsx';
import type { Column } from '@serai/ui/components/table.tsx';
import { WorkTable } from '@serai/ui/components/work-table.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { PlaceLink } from '@serai/ui/navigation.tsx';
import type { ScreenProps } from '@serai/ui/screen.ts';
import { useState } from 'react';
import type { ArrearsRow, ArrearsSum, WorkPage } from '../work.store.ts';
import { BulkAct, type BulkDone, BulkResult } from './bulk-acts.tsx';
import { enrolmentMessages } from './screens.messages.ts';
import { useEnrolment } from './use-enrolment.ts';
import { memberPath } from './words.tsx';

type ArrearsPage = WorkPage<ArrearsRow> & { readonly ages: readonly ArrearsSum[] };

/** What is owed, by age: remind, write off, or let lapse. */
export default function ArrearsPanel({ may }: ScreenProps) {
  const t = useMessages(enrolmentMessages);
  const format = useFormat();
  const enrolment = useEnrolment();
  const columns = useColumns();
  const [ages, setAges] = useState<readonly ArrearsSum[]>([]);
  const [done, setDone] = useState<BulkDone>();
  return (
    <div className="stack">
      <ScreenHead title={t('arrears')} lead={t('arrears.lead')} />
      {ages.length > 0 && (
        <Panel title={t('owed')}>
          <Facts
            facts={ages.map((sum) => ({
              term: t(`age.${sum.age}`),
              value: <bdi>{`${format.money(sum.owed)} (${format.number(sum.instalments)})`}</bdi>,
            }))}
          />
        </Panel>
      )}
      {done && <BulkResult key={done.answer.batchId} done={done} />}
      <WorkTable<ArrearsRow>
        caption={t('arrears')}
        queryKey={['enrolment', 'arrears']}
        searchLabel={t('search')}
        empty={t('arrears.none')}
        exportAs="arrears"
        rowKey={(row) => row.instalmentId}
        load={async ({ search, cursor, signal }) => {
          const page = await enrolment.ask<ArrearsPage>(
            '/queues/arrears',
            { search, ...(cursor && { cursor }) },
            { signal },
          );
          setAges(page.ages);
          return page;
        }}
        {...(may.includes('cover.enrol') && {
          acts: (chosen, clear) => <Acts chosen={chosen} clear={clear} onDone={setDone} />,
        })}
        columns={columns}
      />
    </div>
  );
}

function useColumns(): readonly Column<ArrearsRow>[] {
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
    { key: 'due', title: t('due'), value: (row) => row.due, show: (row) => format.day(row.due) },
    { key: 'age', title: t('age'), value: (row) => t(`age.${row.age}`) },
    {
      key: 'owed',
      title: t('owed'),
      numeric: true,
      value: (row) => Number(row.owed.amount),
      show: (row) => <bdi>{format.money(row.owed)}</bdi>,
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

function Acts(props: {
  readonly chosen: readonly ArrearsRow[];
  readonly clear: () => void;
  readonly onDone: (done: BulkDone) => void;
}) {
  const policies = [...new Set(props.chosen.map((row) => row.policyId))];
  const after = (done: BulkDone) => {
    props.onDone(done);
    props.clear();
  };
  return (
    <>
      <BulkAct kind="remind" ids={policies} onDone={after} />
      <BulkAct kind="write-off" ids={props.chosen.map((row) => row.instalmentId)} onDone={after} />
      <BulkAct kind="lapse" ids={policies} onDone={after} />
    </>
  );
}
