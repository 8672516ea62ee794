import { Panel } from '@serai/ui/components/panel.tsx';
import { type Column, DataTable } from '@serai/ui/components/table.tsx';
import { useFormat, useLanguage, useMessages } from '@serai/ui/language.tsx';
import type { Benefit, Scheme, Visit } from './scheme.ts';
import { screenMessages } from './screen.messages.ts';

type Age = 'adult' | 'child';

/** What is paid of each benefit, by age and kind of visit, with its waiting time, number and what is needed before. */
export function BenefitsPanel({ scheme }: { readonly scheme: Scheme }) {
  const t = useMessages(screenMessages);
  const { language } = useLanguage();
  const share = useShare(scheme);
  const pays = (benefit: Benefit, age: Age) =>
    [
      share(benefit, 'other', age),
      ...(['referral', 'emergency'] as const).flatMap((visit) =>
        benefit.limits[visit] ? [t(`pays.${visit}`, { share: share(benefit, visit, age) })] : [],
      ),
    ].join(' · ');
  const columns: Column<Benefit>[] = [
    {
      key: 'benefit',
      title: t('benefit'),
      value: (benefit) => benefit.title?.[language] ?? benefit.title?.en ?? benefit.id,
    },
    { key: 'price', title: t('benefit.price'), value: (benefit) => t(`pricing.${benefit.price}`) },
    { key: 'adult', title: t('pays.adult'), value: (benefit) => pays(benefit, 'adult') },
    { key: 'child', title: t('pays.child'), value: (benefit) => pays(benefit, 'child') },
    { key: 'waiting', title: t('waiting'), value: ({ waitingMonths }) => byAge(waitingMonths, 0) },
    { key: 'most', title: t('most'), value: ({ maximumQuantity }) => byAge(maximumQuantity, '—') },
    {
      key: 'before',
      title: t('before'),
      value: ({ referralNeeded, preauthorisation }) =>
        [...(referralNeeded ? [t('referral')] : []), ...(preauthorisation ? [t('preauthorisation')] : [])].join(', ') ||
        '—',
    },
    { key: 'abroad', title: t('abroad'), value: ({ abroad }) => abroad?.join(', ') ?? '—' },
  ];
  return (
    <Panel title={t('benefits')}>
      <DataTable
        caption={t('benefits')}
        columns={columns}
        rows={scheme.benefits}
        rowKey={({ id }) => id}
        exportAs={`${scheme.id.replaceAll(':', '-')}-benefits`}
      />
    </Panel>
  );
}

function useShare(scheme: Scheme) {
  const t = useMessages(screenMessages);
  const format = useFormat();
  return (benefit: Benefit, visit: Visit, age: Age): string => {
    const limit = (benefit.limits[visit] ?? benefit.limits.other)[age];
    return limit.kind === 'fixed'
      ? t('pays.most', { amount: format.money({ amount: limit.schemePaysAtMost, currency: scheme.currency }) })
      : format.percent(limit.schemePaysPercent / 100);
  };
}

/** One figure where adults and children have the same, else both. */
function byAge(of: Readonly<Record<Age, number | null>> | undefined, none: string | number): string {
  if (!of) {
    return String(none);
  }
  const [adult, child] = [of.adult ?? '—', of.child ?? '—'];
  return adult === child ? String(adult) : `${adult} / ${child}`;
}
