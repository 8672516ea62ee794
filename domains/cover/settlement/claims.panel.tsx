import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { Dialog } from '@serai/ui/components/dialog.tsx';
import { SelectField } from '@serai/ui/components/field.tsx';
import { ScreenHead } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import type { Column } from '@serai/ui/components/table.tsx';
import { WorkTable } from '@serai/ui/components/work-table.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { PlaceLink } from '@serai/ui/navigation.tsx';
import type { ScreenProps } from '@serai/ui/screen.ts';
import { useRequestId } from '@serai/ui/use-request-id.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { SettlementClaimView } from './api.ts';
import { useLineStates } from './claim-says.tsx';
import { settlementMessages } from './console.messages.ts';
import { Provider } from './provider.tsx';

const waitingFor = ['ours', 'theirs', 'agreed'] as const;
type Waiting = (typeof waitingFor)[number] | 'all';

interface ClaimsPage {
  readonly claims: readonly SettlementClaimView[];
  readonly total: number;
}

/** Claims with one partner, both ways: what waits for us first, answered one by one or as proposed. */
export default function SettlementClaimsPanel({ params }: ScreenProps) {
  const partner = params.partner!;
  const t = useMessages(settlementMessages);
  const format = useFormat();
  const client = useClient();
  const [waiting, setWaiting] = useState<Waiting>('ours');
  const columns = useColumns();
  const load = async (question: { cursor: string | undefined; signal: AbortSignal }) => {
    const offset = Number(question.cursor ?? 0);
    const filter = waiting === 'all' ? '' : `&waiting=${waiting}`;
    const path = `/api/cover/settlement/claims?partner=${partner}&offset=${offset}${filter}`;
    const { claims, total } = await client.get<ClaimsPage>(path, { signal: question.signal });
    const next = offset + claims.length;
    return { rows: claims, total, ...(next < total && { next: String(next) }) };
  };
  return (
    <>
      <ScreenHead title={`${t('lines')}: ${format.country(partner)}`} />
      <WorkTable
        caption={t('lines')}
        queryKey={['settlement', 'claims', partner, waiting]}
        load={load}
        rowKey={(row) => row.claimId}
        exportAs={`settlement-${partner}`}
        filters={
          <SelectField<Waiting>
            id="waiting"
            label={t('waiting')}
            required
            value={waiting}
            onChange={setWaiting}
            choices={[
              ...waitingFor.map((value) => ({ value, label: t(value) })),
              { value: 'all', label: t('waiting.all') },
            ]}
          />
        }
        {...(waiting === 'ours' && {
          acts: (chosen: readonly SettlementClaimView[], done: () => void) => (
            <AsProposed partner={partner} claims={chosen} done={done} />
          ),
        })}
        columns={columns}
      />
    </>
  );
}

function useColumns(): readonly Column<SettlementClaimView>[] {
  const t = useMessages(settlementMessages);
  const format = useFormat();
  const lineStates = useLineStates();
  return [
    {
      key: 'number',
      title: t('claim.number'),
      value: (row) => row.claimNumber,
      show: (row) => (
        <PlaceLink to={{ screen: 'at', path: `/cover/settlement/claim/${row.claimId}` }}>{row.claimNumber}</PlaceLink>
      ),
    },
    { key: 'side', title: t('side'), value: (row) => t(`side.${row.side}`) },
    {
      key: 'provider',
      title: t('provider'),
      value: (row) => row.providerName ?? row.provider,
      show: (row) => <Provider of={row} />,
    },
    { key: 'care', title: t('care'), value: (row) => row.from, show: (row) => format.day(row.from) },
    {
      key: 'claimed',
      title: t('claimed'),
      numeric: true,
      value: (row) => row.claimed.amount,
      show: (row) => format.money(row.claimed),
    },
    {
      key: 'agreed',
      title: t('agreed.amount'),
      numeric: true,
      value: (row) => row.agreed.amount,
      show: (row) => format.money(row.agreed),
    },
    {
      key: 'lines',
      title: t('state'),
      value: (row) => lineStates(row.lines),
    },
  ];
}

/** A bulk answer with its preview: how many lines would be accepted, reduced, disputed. */
function AsProposed(props: {
  readonly partner: string;
  readonly claims: readonly SettlementClaimView[];
  readonly done: () => void;
}) {
  const t = useMessages(settlementMessages);
  const client = useClient();
  const queries = useQueryClient();
  const { requestId, onError, renew } = useRequestId();
  const [open, setOpen] = useState(false);
  const proposals = props.claims.flatMap((claim) =>
    claim.lines.flatMap((line) => (line.proposed ? [line.proposed] : [])),
  );
  const count = (state: string) => proposals.filter((each) => each.state === state).length;
  const decide = useMutation({
    mutationFn: () => {
      const claimIds = props.claims.map((claim) => claim.claimId);
      const body = { requestId, partner: props.partner, claimIds };
      return client.change('/api/cover/settlement/decide', body);
    },
    onError,
    onSuccess: async () => {
      setOpen(false);
      renew();
      props.done();
      await queries.invalidateQueries({ queryKey: ['settlement'] });
    },
  });
  return (
    <>
      <Button kind="primary" onClick={() => setOpen(true)}>
        {t('as-proposed', { count: proposals.length })}
      </Button>
      <Dialog
        title={t('as-proposed', { count: proposals.length })}
        open={open}
        onClose={() => setOpen(false)}
        actions={
          <Button kind="primary" busy={decide.isPending} onClick={() => decide.mutate()}>
            {t('confirm')}
          </Button>
        }
      >
        <p>
          {t('as-proposed.preview', {
            accepted: count('accepted'),
            adjusted: count('adjusted'),
            disputed: count('disputed'),
          })}
        </p>
        {decide.isError && <ProblemNotice problem={decide.error} />}
      </Dialog>
    </>
  );
}
