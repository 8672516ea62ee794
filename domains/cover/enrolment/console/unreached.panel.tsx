import { Button } from '@serai/ui/components/button.tsx';
import { Dialog } from '@serai/ui/components/dialog.tsx';
import { SelectField, TextField } from '@serai/ui/components/field.tsx';
import { ScreenHead, Written } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { WorkTable } from '@serai/ui/components/work-table.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { PlaceLink } from '@serai/ui/navigation.tsx';
import type { ScreenProps } from '@serai/ui/screen.ts';
import { useRequestId } from '@serai/ui/use-request-id.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReachedHow, UnreachedRow } from '../reaching.store.ts';
import type { WorkPage } from '../work.store.ts';
import { unreachedMessages } from './unreached.messages.ts';
import { useEnrolment } from './use-enrolment.ts';
import { memberPath } from './words.tsx';

/** Whom no text and no page reaches: a volunteer or the office works the list through. */
export default function UnreachedPanel(_: ScreenProps) {
  const t = useMessages(unreachedMessages);
  const format = useFormat();
  const enrolment = useEnrolment();
  const [telling, setTelling] = useState<UnreachedRow>();
  return (
    <div className="stack">
      <ScreenHead title={t('unreached')} lead={t('unreached.lead')} />
      <WorkTable<UnreachedRow>
        caption={t('unreached')}
        queryKey={['enrolment', 'unreached']}
        searchLabel={t('search')}
        empty={t('unreached.none')}
        exportAs="to-call-or-visit"
        rowKey={(row) => row.policyId}
        load={({ search, cursor, signal }) =>
          enrolment.ask<WorkPage<UnreachedRow>>(
            '/queues/unreached',
            { search, ...(cursor && { cursor }) },
            {
              signal,
            },
          )
        }
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
          { key: 'policy', title: t('number'), value: (row) => row.policyNumber },
          {
            key: 'group',
            title: t('group'),
            value: (row) => row.groupName ?? '',
            show: (row) => <Written text={row.groupName ?? ''} />,
          },
          { key: 'what', title: t('what'), value: (row) => t(`kind.${row.kind}`) },
          {
            key: 'owed',
            title: t('owed'),
            numeric: true,
            value: (row) => Number(row.owed?.amount ?? 0),
            show: (row) => (row.owed ? <bdi>{format.money(row.owed)}</bdi> : ''),
          },
          { key: 'since', title: t('since'), value: (row) => row.since, show: (row) => format.day(row.since) },
          {
            key: 'told',
            title: t('told'),
            value: () => '',
            show: (row) => <Button onClick={() => setTelling(row)}>{t('told')}</Button>,
          },
        ]}
      />
      {telling && <Told key={telling.policyId} row={telling} onClose={() => setTelling(undefined)} />}
    </div>
  );
}

const ways: readonly ReachedHow[] = ['visit', 'call', 'message', 'not-found'];

function Told({ row, onClose }: { readonly row: UnreachedRow; readonly onClose: () => void }) {
  const t = useMessages(unreachedMessages);
  const enrolment = useEnrolment();
  const queries = useQueryClient();
  const { requestId, onError } = useRequestId();
  const [how, setHow] = useState<ReachedHow>();
  const [note, setNote] = useState('');
  const act = useMutation({
    mutationFn: () =>
      enrolment.change('/reached', {
        requestId,
        policyId: row.policyId,
        how,
        ...(note.trim() !== '' && { note: note.trim() }),
      } as { requestId: string }),
    onError,
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: ['enrolment'] });
    },
  });
  return (
    <Dialog
      open
      title={t('told.for', { name: row.name })}
      onClose={onClose}
      actions={
        <Button kind="primary" busy={act.isPending} disabled={how === undefined} onClick={() => act.mutate()}>
          {t('told')}
        </Button>
      }
    >
      <div className="stack">
        <p>{t(`kind.${row.kind}`)}</p>
        <SelectField
          id="reached-how"
          label={t('how')}
          value={how}
          onChange={setHow}
          choices={ways.map((value) => ({ value, label: t(`how.${value}`) }))}
          required
        />
        <TextField id="reached-note" label={t('note')} hint={t('note.hint')} rows={3} value={note} onChange={setNote} />
        {act.isError && <ProblemNotice problem={act.error} />}
      </div>
    </Dialog>
  );
}
