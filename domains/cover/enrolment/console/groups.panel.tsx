import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { Dialog } from '@serai/ui/components/dialog.tsx';
import { SelectField, TextField } from '@serai/ui/components/field.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { Empty, Loading, Panel, ScreenHead, Written } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { DataTable } from '@serai/ui/components/table.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import type { ScreenProps } from '@serai/ui/screen.ts';
import { useRequestId } from '@serai/ui/use-request-id.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { GroupView } from '../groups.routes.ts';
import { groupMessages } from './groups.messages.ts';
import { useEnrolment, useGroups } from './use-enrolment.ts';

/** Employers and communities, how many they have and how many of them are covered; and keeping a new one. */
export default function GroupsPanel({ may }: ScreenProps) {
  const t = useMessages(groupMessages);
  const format = useFormat();
  const { query, groups } = useGroups();
  const [adding, setAdding] = useState(false);
  return (
    <div className="stack">
      <ScreenHead
        title={t('title')}
        lead={t('lead')}
        actions={
          may.includes('cover.enrol') && (
            <Button kind="primary" icon="plus" onClick={() => setAdding(true)}>
              {t('new')}
            </Button>
          )
        }
      />
      {adding && <NewGroup groups={groups} onClose={() => setAdding(false)} />}
      {query.isError && <ProblemNotice problem={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Loading />}
      {query.isSuccess && groups.length === 0 && <Empty>{t('none')}</Empty>}
      {groups.length > 0 && (
        <Panel>
          <DataTable<GroupView>
            caption={t('title')}
            rowKey={(row) => row.groupId}
            rows={groups}
            exportAs="groups"
            columns={[
              { key: 'name', title: t('name'), value: (row) => row.name, show: (row) => <Written text={row.name} /> },
              { key: 'kind', title: t('kind'), value: (row) => t(`kind.${row.kind}` as 'kind.employer') },
              { key: 'industry', title: t('industry'), value: (row) => row.industry ?? '' },
              ...(['workers', 'members', 'covered'] as const).map((key) => ({
                key,
                title: t(key),
                numeric: true,
                value: (row: GroupView) => row[key] ?? 0,
                show: (row: GroupView) => (row[key] === undefined ? '' : format.number(row[key])),
              })),
            ]}
          />
        </Panel>
      )}
    </div>
  );
}

const kinds = ['employer', 'community', 'association', 'government'] as const;
const folded = (name: string) => name.normalize('NFKC').replace(/\s+/gu, ' ').trim().toLocaleLowerCase();

function NewGroup(props: { readonly groups: readonly GroupView[]; readonly onClose: () => void }) {
  const t = useMessages(groupMessages);
  const enrolment = useEnrolment();
  const queries = useQueryClient();
  const { requestId, onError } = useRequestId();
  const [name, setName] = useState('');
  const [kind, setKind] = useState<(typeof kinds)[number]>('employer');
  const [industry, setIndustry] = useState('');
  const [workers, setWorkers] = useState('');
  const keep = useMutation({
    mutationFn: () =>
      enrolment.change<{ groupId: string }>('/groups', {
        requestId,
        name: name.trim(),
        kind,
        ...(industry.trim() && { industry: industry.trim() }),
        ...(workers.trim() && { workers: Number(workers.trim()) }),
      } as { requestId: string }),
    onError,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['enrolment'] });
      props.onClose();
    },
  });
  const alike = props.groups.some((group) => folded(group.name) === folded(name));
  const ready = name.trim() !== '' && /^\d{0,7}$/.test(workers.trim());
  return (
    <Dialog
      open
      title={t('new')}
      onClose={props.onClose}
      actions={
        <Button kind="primary" busy={keep.isPending} disabled={!ready} onClick={() => keep.mutate()}>
          {t('save')}
        </Button>
      }
    >
      <div className="stack">
        <TextField id="group-name" label={t('name')} value={name} onChange={setName} required />
        <SelectField
          id="group-kind"
          label={t('kind')}
          value={kind}
          onChange={setKind}
          choices={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
          required
        />
        <TextField
          id="group-industry"
          label={t('industry')}
          hint={t('industry.hint')}
          value={industry}
          onChange={setIndustry}
        />
        <TextField
          id="group-workers"
          label={t('workers')}
          value={workers}
          onChange={setWorkers}
          input={{ inputMode: 'numeric' }}
        />
        {ready && <Preview name={name.trim()} kind={kind} alike={alike} />}
        {keep.isError && <ProblemNotice problem={keep.error} />}
      </div>
    </Dialog>
  );
}

/** What will be kept, before it is; or that a group is called the same. */
function Preview(props: { readonly name: string; readonly kind: (typeof kinds)[number]; readonly alike: boolean }) {
  const { name, kind, alike } = props;
  const t = useMessages(groupMessages);
  const format = useFormat();
  const client = useClient();
  const home = useQuery({
    queryKey: ['config'],
    queryFn: () => client.get<{ country: string }>('/api/config'),
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (alike) {
    return (
      <Notice tone="warn">
        <p>{t('alike')}</p>
      </Notice>
    );
  }
  return home.data ? (
    <p>{t('preview', { name, kind: t(`kind.${kind}`), country: format.country(home.data.country) })}</p>
  ) : null;
}
