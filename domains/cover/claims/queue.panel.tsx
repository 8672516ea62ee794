import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { Dialog } from '@serai/ui/components/dialog.tsx';
import { SelectField, TextField } from '@serai/ui/components/field.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { Loading, Panel, ScreenHead } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { WorkTable } from '@serai/ui/components/work-table.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { PlaceLink } from '@serai/ui/navigation.tsx';
import type { ScreenProps } from '@serai/ui/screen.ts';
import { useRequestId } from '@serai/ui/use-request-id.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { BulkDone, BulkPreview, ClaimPage, ClaimSummary } from './api.ts';
import { claimsProblemMessages } from './claims.messages.ts';
import { suspicionReasons } from './suspicion-reasons.ts';
import { type ClaimWord, forPayment, useChoices, useClaimColumns, useClaimWords } from './words.tsx';

const statuses = ['entered', 'checked', 'processed', 'valuated', 'paid', 'rejected', 'reversed'] as const;
export type Act = 'select' | 'bypass' | 'reject' | 'adjudicate';
const acts: readonly Act[] = ['adjudicate', 'bypass', 'reject', 'select'];

/** The claims officer's queue: find, choose, act on many, take back. */
export default function ClaimsQueue({ may }: ScreenProps) {
  const { t } = useClaimWords();
  const judges = may.includes('cover.claims');
  const links = judges && (
    <>
      <PlaceLink to={{ screen: 'at', path: '/cover/claims/review' }} className="button">
        {t('review.title')}
      </PlaceLink>
      <PlaceLink to={{ screen: 'at', path: '/cover/claims/appeals' }} className="button">
        {t('appeals.title')}
      </PlaceLink>
      <PlaceLink to={{ screen: 'at', path: '/cover/claims/batches' }} className="button">
        {t('batch.title')}
      </PlaceLink>
    </>
  );
  return (
    <>
      <ScreenHead title={t('queue.title')} lead={t(judges ? 'queue.lead' : 'queue.look')} actions={links} />
      <Panel>
        <ClaimList provider judges={judges} caption={t('queue.title')} />
      </Panel>
    </>
  );
}

/** A list of claims by filters; with `provider` also whose they are; for who judges, what may be done with many. */
export function ClaimList(props: { readonly provider: boolean; readonly judges?: boolean; readonly caption: string }) {
  const { t } = useClaimWords();
  const client = useClient();
  const [status, setStatus] = useState('');
  const [schemeId, setSchemeId] = useState('');
  const [because, setBecause] = useState('');
  const [bulk, setBulk] = useState<{ act: Act; rows: readonly ClaimSummary[]; done: () => void }>();
  const columns = useClaimColumns(props);
  return (
    <>
      <WorkTable<ClaimSummary>
        caption={props.caption}
        queryKey={['cover', 'claims', 'find', status, schemeId, because]}
        load={({ search, cursor, signal }) =>
          client.ask<ClaimPage>(
            '/api/cover/claims/find',
            {
              ...(search && { search }),
              ...(cursor && { cursor }),
              ...(status && { status: [status] }),
              ...(schemeId && { schemeId }),
              ...(because && { because }),
            },
            { signal, ...forPayment },
          )
        }
        columns={columns}
        rowKey={(row) => row.claimId}
        searchLabel={t('queue.search')}
        filters={
          <>
            <Filters status={status} onStatus={setStatus} schemeId={schemeId} onScheme={setSchemeId} />
            {props.provider && <BecauseFilter schemeId={schemeId} value={because} onChange={setBecause} />}
          </>
        }
        exportAs="claims"
        {...(props.judges && {
          acts: (rows: readonly ClaimSummary[], done: () => void) =>
            acts.map((act) => (
              <Button key={act} onClick={() => setBulk({ act, rows, done })}>
                {t(`act.${act}`)}
              </Button>
            )),
        })}
      />
      {bulk && <BulkDialog {...bulk} onClose={() => setBulk(undefined)} />}
    </>
  );
}

function Filters(props: {
  readonly status: string;
  readonly onStatus: (status: string) => void;
  readonly schemeId: string;
  readonly onScheme: (id: string) => void;
}) {
  const { t, title } = useClaimWords();
  const choices = useChoices();
  return (
    <>
      <SelectField
        id="claims-status"
        label={t('filter.status')}
        none={t('filter.any')}
        value={props.status || undefined}
        choices={statuses.map((value) => ({ value, label: t(`status.${value}`) }))}
        onChange={props.onStatus}
      />
      <SelectField
        id="claims-scheme"
        label={t('scheme')}
        none={t('filter.any')}
        value={props.schemeId || undefined}
        choices={(choices.data?.schemes ?? []).map((each) => ({ value: each.id, label: title(each.title, each.id) }))}
        onChange={props.onScheme}
      />
    </>
  );
}

/** Why claims were chosen for review, in words: the fund's own rules by their titles, of one scheme or of all. */
function BecauseFilter(props: {
  readonly schemeId: string;
  readonly value: string;
  readonly onChange: (because: string) => void;
}) {
  const { t, title, because } = useClaimWords();
  const choices = useChoices();
  const schemes = (choices.data?.schemes ?? []).filter((each) => !props.schemeId || each.id === props.schemeId);
  const rules = new Map(
    schemes.flatMap((scheme) => scheme.review.map((rule) => [`rule-${rule.id}`, title(rule.title, rule.id)] as const)),
  );
  return (
    <SelectField
      id="claims-because"
      label={t('because')}
      none={t('filter.any')}
      value={props.value || undefined}
      choices={[
        ...becauses.map((value) => ({ value, label: because(value) })),
        ...Array.from(rules, ([value, label]) => ({ value, label })),
        ...suspicionReasons.map(({ number }) => ({
          value: `suspicion-${number}`,
          label: because(`suspicion-${number}`),
        })),
      ]}
      onChange={props.onChange}
    />
  );
}

const becauses = ['random', 'value', 'variance', 'officer', 'feedback'] as const;

/** What an act would do, why, and, once done, how to take it back. */
function BulkDialog(props: {
  readonly act: Act;
  readonly rows: readonly ClaimSummary[];
  readonly done: () => void;
  readonly onClose: () => void;
}) {
  const { t } = useClaimWords();
  const client = useClient();
  const queries = useQueryClient();
  const { requestId, onError } = useRequestId();
  const [reason, setReason] = useState('');
  const claimIds = props.rows.map((row) => row.claimId);
  const preview = usePreview(props.act, claimIds);
  const doIt = useMutation({
    mutationFn: () =>
      client.change<BulkDone>(
        '/api/cover/claims/bulk',
        { requestId, act: props.act, claimIds, reason } as { requestId: string },
        forPayment,
      ),
    onError,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['cover', 'claims'] }),
  });
  const close = () => {
    if (doIt.isSuccess) {
      props.done();
    }
    props.onClose();
  };
  return (
    <Dialog
      open
      title={t(`act.${props.act}`)}
      onClose={close}
      actions={
        !doIt.isSuccess && (
          <Button
            kind={props.act === 'reject' ? 'danger' : 'primary'}
            busy={doIt.isPending}
            disabled={reason.trim().length < 3 || (preview.data?.may ?? 0) === 0}
            onClick={() => doIt.mutate()}
          >
            {t(`act.${props.act}`)}
          </Button>
        )
      }
    >
      <BulkCan preview={preview} />
      {!doIt.isSuccess && (
        <TextField
          id="bulk-reason"
          label={t('reason')}
          hint={t('reason.hint')}
          required
          value={reason}
          onChange={setReason}
        />
      )}
      {doIt.isError && <ProblemNotice problem={doIt.error} />}
      {doIt.data && <BulkOutcome act={props.act} outcome={doIt.data} reason={reason} />}
    </Dialog>
  );
}

function usePreview(act: Act, claimIds: readonly string[]) {
  const client = useClient();
  return useQuery({
    queryKey: ['cover', 'claims', 'bulk', act, claimIds],
    queryFn: ({ signal }) =>
      client.ask<BulkPreview>('/api/cover/claims/bulk/preview', { act: act, claimIds }, { signal, ...forPayment }),
  });
}

/** How many of the chosen an act may be done to, and why not to the others. */
function BulkCan({ preview }: { readonly preview: ReturnType<typeof usePreview> }) {
  const { t } = useClaimWords();
  const problem = useMessages(claimsProblemMessages);
  const format = useFormat();
  return (
    <>
      {preview.isPending && <Loading />}
      {preview.isError && <ProblemNotice problem={preview.error} />}
      {preview.data && (
        <p>
          {t('bulk.preview', {
            may: preview.data.may,
            claims: preview.data.claims,
            amount: preview.data.claimed.map((each) => format.money(each)).join(' + ') || '0',
          })}
        </p>
      )}
      {Object.entries(preview.data?.because ?? {}).map(([code, count]) => (
        <p key={code} className="soft">
          {t('bulk.refused', { count, why: problem(code as keyof typeof claimsProblemMessages) })}
        </p>
      ))}
    </>
  );
}

function BulkOutcome(props: { readonly act: Act; readonly outcome: BulkDone; readonly reason: string }) {
  const { t } = useClaimWords();
  const client = useClient();
  const queries = useQueryClient();
  const { requestId, onError } = useRequestId();
  const { done, refused } = props.outcome;
  const undo = useMutation({
    mutationFn: () =>
      client.change<BulkDone>(
        '/api/cover/claims/bulk',
        { requestId, act: 'select', claimIds: done, reason: props.reason } as { requestId: string },
        forPayment,
      ),
    onError,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['cover', 'claims'] }),
  });
  return (
    <>
      <Notice
        tone={refused.length > 0 ? 'warn' : 'good'}
        title={t('bulk.done', { done: done.length, refused: refused.length })}
        announce
      />
      {(props.act === 'bypass' || props.act === 'reject') && done.length > 0 && !undo.isSuccess && (
        <Button busy={undo.isPending} onClick={() => undo.mutate()}>
          {t('bulk.undo')}
        </Button>
      )}
      {undo.isError && <ProblemNotice problem={undo.error} />}
      {undo.data && (
        <Notice
          tone="good"
          title={t('bulk.done' as ClaimWord, { done: undo.data.done.length, refused: undo.data.refused.length })}
          announce
        />
      )}
    </>
  );
}
