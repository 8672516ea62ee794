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
import { useIndustry } from '../../schemes/industry.ts';
import type { GroupView } from '../groups.routes.ts';
import { isAtTheDesk } from './at-the-desk.ts';
import { groupMessages } from './groups.messages.ts';
import { useEnrolment, useGroups } from './use-enrolment.ts';

/** Employers and communities, how many they have and how many of them are covered; and keeping a new one. */
export default function GroupsPanel({ may }: ScreenProps) {
  const t = useMessages(groupMessages);
  const format = useFormat();
  const industry = useIndustry();
  const { query, groups } = useGroups();
  const [adding, setAdding] = useState(false);
  return (
    <div className="stack">
      <ScreenHead
        title={t('title')}
        lead={t('lead')}
        actions={
          isAtTheDesk(may) && (
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
              {
                key: 'industry',
                title: t('industry'),
                value: (row) => industry(row.industry ?? ''),
                show: (row) => <Written text={industry(row.industry ?? '')} />,
              },
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

interface GroupForm {
  readonly name: string;
  readonly kind: (typeof kinds)[number];
  readonly industry: string;
  readonly workers: string;
}

function useKeepGroup(onDone: () => void) {
  const enrolment = useEnrolment();
  const queries = useQueryClient();
  const { requestId, onError } = useRequestId();
  return useMutation({
    mutationFn: ({ name, kind, industry, workers }: GroupForm) =>
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
      onDone();
    },
  });
}

function NewGroup(props: { readonly groups: readonly GroupView[]; readonly onClose: () => void }) {
  const t = useMessages(groupMessages);
  const keep = useKeepGroup(props.onClose);
  const [form, setForm] = useState<GroupForm>({ name: '', kind: 'employer', industry: '', workers: '' });
  const change = (next: Partial<GroupForm>) => setForm((before) => ({ ...before, ...next }));
  const ready = form.name.trim() !== '' && /^\d{0,7}$/.test(form.workers.trim());
  return (
    <Dialog
      open
      title={t('new')}
      onClose={props.onClose}
      actions={
        <Button kind="primary" busy={keep.isPending} disabled={!ready} onClick={() => keep.mutate(form)}>
          {t('save')}
        </Button>
      }
    >
      <div className="stack">
        <TextField id="group-name" label={t('name')} value={form.name} onChange={(name) => change({ name })} required />
        <SelectField
          id="group-kind"
          label={t('kind')}
          value={form.kind}
          onChange={(kind) => change({ kind })}
          choices={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
          required
        />
        <TextField
          id="group-industry"
          label={t('industry')}
          hint={t('industry.hint')}
          value={form.industry}
          onChange={(industry) => change({ industry })}
        />
        <TextField
          id="group-workers"
          label={t('workers')}
          value={form.workers}
          onChange={(workers) => change({ workers })}
          input={{ inputMode: 'numeric' }}
        />
        {ready && <Kept form={form} groups={props.groups} />}
        {keep.isError && <ProblemNotice problem={keep.error} />}
      </div>
    </Dialog>
  );
}

/** What would be kept, or that there is one like it already. */
function Kept({ form, groups }: { readonly form: GroupForm; readonly groups: readonly GroupView[] }) {
  const t = useMessages(groupMessages);
  const format = useFormat();
  const client = useClient();
  const home = useQuery({
    queryKey: ['config'],
    queryFn: () => client.get<{ country: string }>('/api/config'),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return groups.some((group) => folded(group.name) === folded(form.name)) ? (
    <Notice tone="warn">
      <p>{t('alike')}</p>
    </Notice>
  ) : (
    home.data && (
      <p>
        {t('preview', {
          name: form.name.trim(),
          kind: t(`kind.${form.kind}`),
          country: format.country(home.data.country),
        })}
      </p>
    )
  );
}
