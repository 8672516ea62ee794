import { Panel } from '@serai/ui/components/panel.tsx';
import { DataTable } from '@serai/ui/components/table.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { PlaceLink } from '@serai/ui/navigation.tsx';
import type { StatementView } from './api.ts';
import { settlementMessages } from './console.messages.ts';
import { Provider } from './provider.tsx';

/** A claim by the number its facility gave it; by the beginning of its id where it is not known here. */
export function ClaimLink({ view, claimId }: { readonly view: StatementView; readonly claimId: string }) {
  return (
    <PlaceLink to={{ screen: 'at', path: `/cover/settlement/claim/${claimId}` }}>
      <span className="code">{view.claims[claimId]?.claimNumber ?? claimId.slice(0, 8)}</span>
    </PlaceLink>
  );
}

/** Every line of a statement, and those it sets apart until they are agreed. */
export function StatementLines({ view }: { readonly view: StatementView }) {
  const t = useMessages(settlementMessages);
  const format = useFormat();
  type Named = { readonly claimId: string; readonly line: number; readonly creditor: string };
  const number = (row: Named) => view.claims[row.claimId]?.claimNumber ?? row.claimId;
  const provider = (row: Named) => view.claims[row.claimId]?.providerName ?? view.claims[row.claimId]?.provider ?? '';
  const named = [
    {
      key: 'claim',
      title: t('claim'),
      value: number,
      show: (row: Named) => <ClaimLink view={view} claimId={row.claimId} />,
    },
    { key: 'line', title: t('line'), value: (row: Named) => row.line, numeric: true },
    {
      key: 'provider',
      title: t('provider'),
      value: provider,
      show: (row: Named) => {
        const of = view.claims[row.claimId];
        return of ? <Provider of={of} /> : null;
      },
    },
    { key: 'creditor', title: t('creditor'), value: (row: Named) => format.country(row.creditor) },
  ];
  const { lines, isolated, period } = view.document;
  const until = (row: Named) => view.disputesUntil[`${row.claimId} ${row.line}`];
  return (
    <>
      <Panel title={t('lines')}>
        <DataTable
          caption={t('lines')}
          exportAs={`statement-${period.name}`}
          rows={lines}
          rowKey={(row) => `${row.claimId} ${row.line}`}
          columns={[
            ...named,
            {
              key: 'amount',
              title: t('amount'),
              value: (row) => row.amount,
              show: (row) => format.money(row),
              numeric: true,
            },
          ]}
        />
      </Panel>
      {isolated.length > 0 && (
        <Panel title={t('isolated')}>
          <DataTable
            caption={t('isolated')}
            rows={isolated}
            rowKey={(row) => `${row.claimId} ${row.line}`}
            columns={[
              ...named,
              { key: 'state', title: t('state'), value: (row) => t(`line.${row.state}`) },
              {
                key: 'until',
                title: t('until'),
                value: (row) => until(row) ?? '',
                show: (row) => (until(row) ? format.day(until(row)!) : '–'),
              },
              {
                key: 'claimed',
                title: t('claimed'),
                value: (row) => row.claimed,
                show: (row) => format.money({ amount: row.claimed, currency: row.currency }),
                numeric: true,
              },
            ]}
          />
        </Panel>
      )}
    </>
  );
}
