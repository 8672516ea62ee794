import { useClient } from '@serai/ui/client-context.tsx';
import { SelectField } from '@serai/ui/components/field.tsx';
import { Empty, Loading, Panel, ScreenHead } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { type Column, DataTable } from '@serai/ui/components/table.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { PlaceLink } from '@serai/ui/navigation.tsx';
import type { ScreenProps } from '@serai/ui/screen.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { IndicatorJson, IndicatorsView } from './api.ts';
import type { VoucherProgramme } from './programme.ts';
import { toCover, useOwnCountry, useProgrammes, useTitle, voucherPath } from './use-programme.ts';
import { voucherTexts } from './voucher-texts.messages.ts';

/** A programme at a glance: its indicators, where its vouchers are, and how much could go wrong offline. */
export default function VoucherDashboard({ may }: ScreenProps) {
  const t = useMessages(voucherTexts);
  const title = useTitle();
  const programmes = useProgrammes();
  const [chosen, setChosen] = useState<string>();
  const own = programmes.data?.programmes ?? [];
  const programme = own.find((each) => each.id === chosen) ?? own[0];
  const provides = may.includes('cover.provider');
  // Volunteers hand out; they do not validate.
  const settles = may.includes('cover.vouchers.settle');
  return (
    <div className="stack">
      <ScreenHead title={t('title')} lead={t('lead')} />
      <nav className="row" aria-label={t('title')}>
        {provides ? (
          <PlaceLink className="button button-primary" to={{ screen: 'at', path: '/cover/vouchers/redeem' }}>
            {t('go.redeem')}
          </PlaceLink>
        ) : (
          <PlaceLink className="button button-primary" to={{ screen: 'at', path: '/cover/vouchers/hand-out' }}>
            {t('go.hand-out')}
          </PlaceLink>
        )}
        {settles && (
          <PlaceLink className="button button-plain" to={{ screen: 'at', path: '/cover/vouchers/settle' }}>
            {t('go.settle')}
          </PlaceLink>
        )}
        {(settles || provides) && (
          <PlaceLink className="button button-plain" to={{ screen: 'at', path: '/cover/vouchers/devices' }}>
            {t('go.devices')}
          </PlaceLink>
        )}
      </nav>
      {programmes.isPending && <Loading />}
      {programmes.isError && <ProblemNotice problem={programmes.error} onRetry={() => void programmes.refetch()} />}
      {programmes.data && !programme && <Empty>{t('none')}</Empty>}
      {own.length > 1 && (
        <SelectField
          id="programme"
          label={t('programme')}
          value={programme?.id}
          onChange={setChosen}
          choices={own.map((each) => ({ value: each.id, label: title(each.title) }))}
        />
      )}
      {programme && <Figures programme={programme} />}
    </div>
  );
}

function Figures({ programme }: { readonly programme: VoucherProgramme }) {
  const t = useMessages(voucherTexts);
  const format = useFormat();
  const title = useTitle();
  const client = useClient();
  const here = useOwnCountry();
  const told = useQuery({
    queryKey: ['vouchers', 'indicators', programme.id],
    queryFn: ({ signal }) =>
      client.get<IndicatorsView>(`${voucherPath}/indicators?programme=${encodeURIComponent(programme.id)}`, {
        ...toCover,
        signal,
      }),
    enabled: here === programme.country,
  });
  if (here && here !== programme.country) {
    return (
      <Panel title={title(programme.title)}>
        <p className="prose">{t('figures.elsewhere', { country: format.country(programme.country) })}</p>
      </Panel>
    );
  }
  if (told.isError) {
    return <ProblemNotice problem={told.error} onRetry={() => void told.refetch()} />;
  }
  if (told.isPending) {
    return <Loading />;
  }
  const { states, bound } = told.data;
  return (
    <>
      <Panel title={title(programme.title)}>
        <IndicatorTable rows={told.data.indicators} programme={programme} />
      </Panel>
      <Panel title={t('states')}>
        <dl className="facts">
          {Object.entries(states).map(([state, count]) => (
            <div key={state}>
              <dt>{t(`state.${state}` as 'state.paid')}</dt>
              <dd>{format.number(count)}</dd>
            </div>
          ))}
        </dl>
      </Panel>
      <Panel title={t('bound')}>
        <p className="prose">
          {bound.devices === 0
            ? t('bound.none')
            : t('bound.text', {
                devices: format.number(bound.devices),
                perDevice: format.number(bound.perDevice),
                services: format.number(bound.services),
                worth: format.money(bound.worth),
              })}
        </p>
      </Panel>
    </>
  );
}

const ratios = ['services-per-served', 'services-per-eligible', 'payment-days'];

function IndicatorTable(props: { readonly rows: readonly IndicatorJson[]; readonly programme: VoucherProgramme }) {
  const t = useMessages(voucherTexts);
  const format = useFormat();
  const title = useTitle();
  const group = (row: IndicatorJson) =>
    title(props.programme.groups.find((each) => each.id === row.group)?.title) || t('everyone');
  const value = (row: IndicatorJson) => {
    if (row.withheld) {
      return t('withheld');
    }
    if (row.money) {
      return format.money(row.money);
    }
    if (row.value === null) {
      return '–';
    }
    return ratios.includes(row.indicator) ? row.value.toFixed(2) : `${(row.value * 100).toFixed(1)} %`;
  };
  const count = (number: number | null) => (number === null ? '–' : format.number(number));
  const columns: Column<IndicatorJson>[] = [
    { key: 'indicator', title: t('indicator'), value: (row) => t(`ind.${row.indicator}`) },
    { key: 'group', title: t('group'), value: group },
    { key: 'value', title: t('value'), value, numeric: true },
    {
      key: 'numerator',
      title: t('numerator'),
      value: (row) => row.numerator ?? '',
      show: (row) => count(row.numerator),
      numeric: true,
    },
    {
      key: 'denominator',
      title: t('denominator'),
      value: (row) => row.denominator ?? '',
      show: (row) => count(row.denominator),
      numeric: true,
    },
    {
      key: 'interval',
      title: t('interval'),
      value: (row) =>
        row.low === null || row.high === null ? '' : `${(row.low * 100).toFixed(1)}–${(row.high * 100).toFixed(1)} %`,
    },
  ];
  return (
    <DataTable
      caption={t('indicators')}
      columns={columns}
      rows={props.rows}
      rowKey={(row) => `${row.indicator} ${row.group}`}
      exportAs="voucher-indicators"
    />
  );
}
