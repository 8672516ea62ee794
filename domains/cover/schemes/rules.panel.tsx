import { Tag } from '@serai/ui/components/notice.tsx';
import { type Fact, Facts, Panel, Written } from '@serai/ui/components/panel.tsx';
import { type Column, DataTable } from '@serai/ui/components/table.tsx';
import { useFormat, useLanguage, useMessages } from '@serai/ui/language.tsx';
import { useEntitlement, useIndustry } from './industry.ts';
import type { CatalogueEntry, Scheme } from './scheme.ts';
import { screenMessages } from './screen.messages.ts';

interface Props {
  readonly scheme: Scheme;
}

function useTitle() {
  const { language } = useLanguage();
  return (title: Readonly<Record<string, string>>) => title[language] ?? title.en ?? '';
}

export function WhoPanel({ scheme: { who, targets } }: Props) {
  const t = useMessages(screenMessages);
  const format = useFormat();
  const title = useTitle();
  const industry = useIndustry();
  const entitlement = useEntitlement();
  const { dependants } = who;
  const relations = dependants.relations.map((relation) => t(`relation.${relation}`)).join(', ');
  const facts: (Fact | false | undefined)[] = [
    {
      term: t('who'),
      value: who.entitlements.includes('any') ? t('who.anyone') : who.entitlements.map(entitlement).join(', '),
    },
    who.ages && { term: t('ages'), value: t('ages.range', { from: who.ages.from, to: who.ages.below - 1 }) },
    { term: t('child'), value: format.number(who.childBelowYears) },
    {
      term: t('dependants'),
      value: `${relations || t('dependants.none')}${dependants.leftBehind ? ` (${t('dependants.left-behind')})` : ''}`,
    },
    who.industries && { term: t('industries'), value: who.industries.map(industry).join(', ') },
    ...targets.map((target) => ({
      term: `${t('targets')}: ${title(target.title)}`,
      value: format.number(target.number),
    })),
  ];
  return (
    <Panel title={t('who')}>
      <Facts facts={facts} />
    </Panel>
  );
}

export function PricePanel({ scheme }: Props) {
  const t = useMessages(screenMessages);
  const format = useFormat();
  const { rates, lumpSum, payroll, time, ...rest } = scheme.contribution;
  const money = (amount: string) => format.money({ amount, currency: scheme.currency });
  const facts: (Fact | false | undefined)[] = [
    lumpSum && { term: t('price.lump', { members: lumpSum.coversMembers }), value: money(lumpSum.amount) },
    ...rates.map((rate) => ({
      term: [
        t('price.months', { months: rate.months }),
        ...(rate.ages ? [`${t('ages')} ${t('ages.range', { from: rate.ages.from, to: rate.ages.below - 1 })}`] : []),
      ].join(', '),
      value: money(rate.amount),
    })),
    ...(['day', 'week', 'month'] as const).map((unit) => {
      const amount = time?.[unit];
      return amount !== undefined && { term: t(`price.${unit}`), value: money(amount) };
    }),
    rest.registrationFee !== undefined && { term: t('fee.registration'), value: money(rest.registrationFee) },
    rest.assemblyFee !== undefined && { term: t('fee.assembly'), value: money(rest.assemblyFee) },
    rest.checkUpFee !== undefined && { term: t('fee.check-up'), value: money(rest.checkUpFee) },
    ...rest.subsidies.map(({ by, percent }) => ({ term: t(`payer.${by}`), value: format.percent(percent / 100) })),
    { term: t('instalments'), value: format.number(rest.maximumInstalments) },
    { term: t('grace'), value: `${rest.grace.paymentDays}, ${rest.grace.renewalDays}` },
  ];
  return (
    <Panel title={t('price')}>
      {payroll && (
        <p>
          {t('price.payroll', {
            employee: payroll.employeePercent,
            employer: payroll.employerPercent,
            state: payroll.statePercent,
            floor: money(payroll.wageFloor),
            ceiling: money(payroll.wageCeiling),
          })}
        </p>
      )}
      <Facts facts={facts} />
    </Panel>
  );
}

export function LimitsPanel({ scheme }: Props) {
  const t = useMessages(screenMessages);
  const format = useFormat();
  const title = useTitle();
  const facts = (['deductible', 'ceiling'] as const).flatMap((name): Fact[] => {
    const limit = scheme[name];
    return limit
      ? Object.entries(limit.amount).map(([care, amount]) => ({
          term: `${t(name)}, ${t(`per.${limit.per}`)}, ${t(`care.${care as 'all' | 'inPatient' | 'outPatient'}`)}`,
          value: format.money({ amount, currency: scheme.currency }),
        }))
      : [];
  });
  const places = scheme.network.map(({ country, facilities }) => ({
    term: format.country(country),
    value: facilities.includes('any') ? t('network.any') : <span className="code">{facilities.join(', ')}</span>,
  }));
  return (
    <Panel title={t('limits')}>
      <Facts facts={facts} />
      <h3>{t('network')}</h3>
      <Facts facts={places} />
      {scheme.exclusions.length > 0 && <h3>{t('exclusions')}</h3>}
      <ul>
        {scheme.exclusions.map((each) => (
          <li key={each.id}>
            {title(each.title)} <span className="soft small">{shortened(each.diagnoses)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function shortened(codes: readonly string[]): string {
  return codes.length > 4 ? `${codes[0]} … ${codes.at(-1)}` : codes.join(', ');
}

export function OtherPanel({ scheme }: Props) {
  const t = useMessages(screenMessages);
  const format = useFormat();
  const title = useTitle();
  const industry = useIndustry();
  if (scheme.otherBenefits.length === 0) {
    return null;
  }
  const money = (amount: string | undefined) =>
    amount === undefined ? '' : format.money({ amount, currency: scheme.currency });
  return (
    <Panel title={t('other')}>
      <Facts
        facts={scheme.otherBenefits.map((each) => ({
          term: title(each.title),
          value: (
            <>
              {[
                money(each.amount),
                each.accruesPerMonth ? `${money(each.accruesPerMonth)} ${t('price.month')}` : '',
                each.maximum ? t('pays.most', { amount: money(each.maximum) }) : '',
                each.industries?.map(industry).join(', ') ?? '',
              ]
                .filter(Boolean)
                .join(' · ')}{' '}
              <span className="code soft small">{each.services.join(', ')}</span>
            </>
          ),
        }))}
      />
    </Panel>
  );
}

export function TariffPanel({ scheme }: Props) {
  const t = useMessages(screenMessages);
  const format = useFormat();
  const title = useTitle();
  const price = (entry: CatalogueEntry, tariff: Scheme['tariffs'][number]) => tariff.prices[entry.code];
  const columns: Column<CatalogueEntry>[] = [
    { key: 'service', title: t('service'), value: (entry) => title(entry.title) },
    {
      key: 'code',
      title: t('code'),
      value: ({ code }) => code,
      show: ({ code }) => <span className="code">{code}</span>,
    },
    ...scheme.tariffs.map(
      (tariff): Column<CatalogueEntry> => ({
        key: tariff.id,
        title: [
          format.country(tariff.country),
          ...(tariff.levels ?? []).map((level) => t(`level.${level as 'clinic'}`)),
          tariff.currency,
        ].join(' · '),
        value: (entry) => Number(price(entry, tariff) ?? -1),
        show: (entry) => {
          const amount = price(entry, tariff);
          return amount === undefined ? '—' : format.money({ amount, currency: tariff.currency });
        },
        numeric: true,
      }),
    ),
  ];
  return (
    <Panel title={t('tariffs')}>
      <DataTable
        caption={t('tariffs')}
        columns={columns}
        rows={scheme.catalogue}
        rowKey={({ code }) => code}
        exportAs={`${scheme.id.replaceAll(':', '-')}-prices`}
      />
    </Panel>
  );
}

export function SourcesPanel({ scheme }: Props) {
  const t = useMessages(screenMessages);
  return (
    <Panel title={t('sources')}>
      <ul>
        {scheme.sources.map((source) => (
          <li key={source.what}>
            <Tag tone={source.mark === 'V' ? 'good' : 'warn'}>{t(`mark.${source.mark}`)}</Tag>{' '}
            <Written text={source.what} />{' '}
            <span className="soft small">
              <Written text={`${source.from}, ${source.at}`} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
