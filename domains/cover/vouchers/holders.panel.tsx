import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { CheckboxField, TextField } from '@serai/ui/components/field.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { Empty, Loading, Panel } from '@serai/ui/components/panel.tsx';
import { ProblemNotice, useProblemText } from '@serai/ui/components/problem-notice.tsx';
import { DataTable } from '@serai/ui/components/table.tsx';
import { useMessages } from '@serai/ui/language.tsx';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { BookletsAnswer, HoldersView, HolderView } from './api.ts';
import { BookletSheets, useSheets } from './booklet-sheet.tsx';
import type { VoucherProgramme } from './programme.ts';
import { toCover, useAct, useTitle, voucherPath } from './use-programme.ts';
import { voucherTexts } from './voucher-texts.messages.ts';

/** Holders, chosen to be given booklets, to have theirs printed, replaced or taken back. */
export function HoldersPanel({ programme }: { readonly programme: VoucherProgramme }) {
  const t = useMessages(voucherTexts);
  const client = useClient();
  const [name, setName] = useState('');
  const [without, setWithout] = useState(false);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const found = useQuery({
    queryKey: ['vouchers', 'holders', programme.id, name, without],
    queryFn: ({ signal }) =>
      client.ask<HoldersView>(
        `${voucherPath}/holders/find`,
        { programmeId: programme.id, ...(name && { name }), withoutBooklet: without },
        { ...toCover, signal },
      ),
    placeholderData: (before) => before,
  });
  const rows = found.data?.holders ?? [];
  return (
    <Panel title={t('holders')}>
      <div className="form">
        <TextField id="holder-name" label={t('search')} value={name} onChange={setName} />
        <CheckboxField id="without" label={t('without')} checked={without} onChange={setWithout} />
      </div>
      {found.isPending && <Loading />}
      {found.isError && <ProblemNotice problem={found.error} onRetry={() => void found.refetch()} />}
      {found.data?.more && <p className="soft">{t('more')}</p>}
      {found.data && rows.length === 0 && <Empty>{t('queue.empty')}</Empty>}
      {rows.length > 0 && <HolderTable {...{ programme, rows, chosen, setChosen }} />}
      <HolderActs programme={programme} chosen={rows.filter((row) => chosen.has(row.holderId))} />
    </Panel>
  );
}

function HolderTable(props: {
  readonly programme: VoucherProgramme;
  readonly rows: readonly HolderView[];
  readonly chosen: ReadonlySet<string>;
  readonly setChosen: (chosen: ReadonlySet<string>) => void;
}) {
  const t = useMessages(voucherTexts);
  const title = useTitle();
  const { rows, chosen } = props;
  const toggle = (id: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) {
      next.add(id);
    } else {
      next.delete(id);
    }
    props.setChosen(next);
  };
  const stands = ({ booklet }: HolderView) =>
    booklet
      ? `${t('left', { left: booklet.left, of: booklet.of })} · ${t(booklet.activated ? 'state.activated' : 'state.issued')}`
      : '–';
  return (
    <DataTable
      caption={t('holders')}
      rows={rows}
      rowKey={(row) => row.holderId}
      columns={[
        {
          key: 'name',
          title: t('name'),
          value: (row) => row.name,
          show: (row) => (
            <CheckboxField
              id={`choose-${row.holderId}`}
              label={
                <bdi>
                  <span className="only-spoken">{t('choose', { name: '' })}</span>
                  {row.name}
                </bdi>
              }
              checked={chosen.has(row.holderId)}
              onChange={(on) => toggle(row.holderId, on)}
            />
          ),
        },
        {
          key: 'group',
          title: t('group'),
          value: (row) => title(props.programme.groups.find((each) => each.id === row.group)?.title),
        },
        { key: 'village', title: t('village'), value: (row) => row.village },
        { key: 'booklet', title: t('booklet'), value: stands },
      ]}
    />
  );
}

function HolderActs(props: { readonly programme: VoucherProgramme; readonly chosen: readonly HolderView[] }) {
  const t = useMessages(voucherTexts);
  const { programme, chosen } = props;
  const programmeId = programme.id;
  const booklets = chosen.flatMap((each) => (each.booklet ? [each.booklet.bookletId] : []));
  const one = chosen.length === 1 ? chosen[0]?.booklet?.bookletId : undefined;
  const sheets = useSheets(programmeId);
  const act = useAct<unknown>((at) => `/booklets/${encodeURIComponent(at)}/act`);
  return (
    <div className="stack">
      <Issuing programme={programme} chosen={chosen} />
      <div className="row">
        <Button
          icon="print"
          disabled={booklets.length === 0}
          busy={sheets.isPending}
          onClick={() => sheets.mutate(booklets)}
        >
          {t('print', { count: booklets.length })}
        </Button>
        <Button
          disabled={!one}
          busy={act.isPending}
          onClick={() => act.mutate({ at: one!, programmeId, act: 'replace' })}
        >
          {t('replace')}
        </Button>
        <Button
          kind="danger"
          disabled={!one}
          busy={act.isPending}
          onClick={() => act.mutate({ at: one!, programmeId, act: 'void' })}
        >
          {t('undo')}
        </Button>
      </div>
      {act.isError && <ProblemNotice problem={act.error} />}
      {sheets.isError && <ProblemNotice problem={sheets.error} />}
      {sheets.data && <BookletSheets sheet={sheets.data} />}
    </div>
  );
}

/** Bulk issue: first what would come of it, then the act, then its undo for each. */
function Issuing({
  programme,
  chosen,
}: {
  readonly programme: VoucherProgramme;
  readonly chosen: readonly HolderView[];
}) {
  const t = useMessages(voucherTexts);
  const client = useClient();
  const problem = useProblemText();
  const [channel, setChannel] = useState<'print' | 'sms'>('print');
  const body = { programmeId: programme.id, holderIds: chosen.map((each) => each.holderId) };
  const preview = useMutation({
    mutationFn: (by: 'print' | 'sms') => {
      setChannel(by);
      return client.ask<BookletsAnswer>(`${voucherPath}/booklets/preview`, { ...body, channel: by }, toCover);
    },
  });
  const issue = useAct<BookletsAnswer>('/booklets', toCover, () => preview.reset());
  const refused = preview.data?.booklets.filter((each) => each.refused) ?? [];
  const count = preview.data?.booklets.length ?? 0;
  const nameOf = (holderId: string) => chosen.find((each) => each.holderId === holderId)?.name ?? '';
  return (
    <>
      <div className="row">
        {(['print', 'sms'] as const).map((by) => (
          <Button
            key={by}
            icon={by === 'print' ? 'print' : 'card'}
            disabled={chosen.length === 0}
            busy={preview.isPending}
            onClick={() => preview.mutate(by)}
          >
            {t(`issue.${by}`, { count: chosen.length })}
          </Button>
        ))}
      </div>
      {preview.isError && <ProblemNotice problem={preview.error} />}
      {issue.isError && <ProblemNotice problem={issue.error} />}
      {preview.data && (
        <Notice tone={refused.length > 0 ? 'warn' : 'note'} announce>
          <p>{t('issue.sure', { good: count - refused.length, count })}</p>
          <ul>
            {refused.map((each) => (
              <li key={each.holderId}>
                <bdi>{nameOf(each.holderId)}</bdi>: {problem({ code: each.refused!, text: undefined })}
              </li>
            ))}
          </ul>
          {refused.length < count && (
            <Button
              kind="primary"
              busy={issue.isPending}
              onClick={() => issue.mutate({ ...body, channel, activate: true })}
            >
              {t('issue.do')}
            </Button>
          )}
        </Notice>
      )}
      {issue.data && (
        <Notice tone="good" announce>
          <p>{t('issue.done', { count: issue.data.booklets.filter((each) => each.booklet).length })}</p>
        </Notice>
      )}
    </>
  );
}
