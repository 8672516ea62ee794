import type { MoneyText } from '@serai/kernel/base/money.ts';
import { Written } from '@serai/ui/components/panel.tsx';
import type { Column } from '@serai/ui/components/table.tsx';
import { WorkTable } from '@serai/ui/components/work-table.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { PlaceLink } from '@serai/ui/navigation.tsx';
import { type ReactNode, useState } from 'react';
import type { WorkPage } from '../work.store.ts';
import { isAtTheDesk } from './at-the-desk.ts';
import { type BulkDone, BulkResult } from './bulk-acts.tsx';
import { queueMessages } from './queues.messages.ts';
import { useEnrolment } from './use-enrolment.ts';
import { memberPath } from './words.tsx';

/** What every line of work about a policy says: whose it is and how to reach them. */
export interface PolicyRow {
  readonly policyNumber: string;
  readonly memberId: string;
  readonly name: string;
  readonly phone?: string;
  readonly groupName?: string;
  readonly remindedOn?: string;
}

export interface PolicyQueueProps<Row extends PolicyRow, Answer extends WorkPage<Row>> {
  readonly queue: 'renewals' | 'arrears';
  readonly may: readonly string[];
  readonly rowKey: (row: Row) => string;
  /** What this queue is about: between whose policy it is and how to reach them. */
  readonly columns: readonly Column<Row>[];
  /** What may be done with chosen lines; `onDone` tells of it and forgets the choice. */
  readonly acts: (chosen: readonly Row[], onDone: (done: BulkDone) => void) => ReactNode;
  readonly onPage?: (page: Answer) => void;
}

/** A queue of policies that want somebody: found, reminded, acted upon together. */
export function PolicyQueue<Row extends PolicyRow, Answer extends WorkPage<Row> = WorkPage<Row>>(
  props: PolicyQueueProps<Row, Answer>,
) {
  const { queue, onPage } = props;
  const t = useMessages(queueMessages);
  const enrolment = useEnrolment();
  const around = useColumnsAround<Row>();
  const [done, setDone] = useState<BulkDone>();
  const acts = (chosen: readonly Row[], clear: () => void) =>
    props.acts(chosen, (answer) => {
      setDone(answer);
      clear();
    });
  return (
    <>
      {done && <BulkResult key={done.answer.batchId} done={done} />}
      <WorkTable<Row>
        caption={t(queue)}
        queryKey={['enrolment', queue]}
        searchLabel={t('search')}
        empty={t(`${queue}.none`)}
        exportAs={queue}
        rowKey={props.rowKey}
        load={async ({ search, cursor, signal }) => {
          const question = { search, ...(cursor && { cursor }) };
          const page = await enrolment.ask<Answer>(`/queues/${queue}`, question, { signal });
          onPage?.(page);
          return page;
        }}
        {...(isAtTheDesk(props.may) && { acts })}
        columns={[...around.before, ...props.columns, ...around.after]}
      />
    </>
  );
}

function useColumnsAround<Row extends PolicyRow>() {
  const t = useMessages(queueMessages);
  const format = useFormat();
  const before: readonly Column<Row>[] = [
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
  ];
  const after: readonly Column<Row>[] = [
    { key: 'phone', title: t('phone'), value: (row) => row.phone ?? '' },
    {
      key: 'reminded',
      title: t('reminded'),
      value: (row) => row.remindedOn ?? '',
      show: (row) => (row.remindedOn ? format.day(row.remindedOn) : ''),
    },
  ];
  return { before, after };
}

/** What is to be paid. */
export function amountColumn<Row>(
  key: string,
  title: string,
  amount: (row: Row) => MoneyText,
  show: (amount: MoneyText) => string,
): Column<Row> {
  return {
    key,
    title,
    numeric: true,
    value: (row) => Number(amount(row).amount),
    show: (row) => <bdi>{show(amount(row))}</bdi>,
  };
}
