import type { MoneyText } from '@serai/kernel/base/money.ts';
import { useClient } from '@serai/ui/client-context.tsx';
import { Tag, type Tone } from '@serai/ui/components/notice.tsx';
import { Written } from '@serai/ui/components/panel.tsx';
import type { Column } from '@serai/ui/components/table.tsx';
import { useFormat, useLanguage, useMessages } from '@serai/ui/language.tsx';
import { PlaceLink } from '@serai/ui/navigation.tsx';
import { useQuery } from '@tanstack/react-query';
import type { ClaimChoices, ClaimSummary } from './api.ts';
import { reasonOf } from './reasons.ts';
import { claimsScreenMessages } from './screens.messages.ts';
import { suspicionOf } from './suspicion-reasons.ts';

/** Claims are asked for to be paid, whoever asks. */
export const forPayment = { purpose: 'HPAYMT' } as const;
export const forCover = { purpose: 'COVERAGE' } as const;

export type ClaimWord = keyof typeof claimsScreenMessages;

/** Texts of the claims screens, and words for what is data: a status, an event, a reason. */
export function useClaimWords() {
  const t = useMessages(claimsScreenMessages);
  const { language } = useLanguage();
  const said = (key: string, otherwise: ClaimWord): string =>
    key in claimsScreenMessages ? t(key as ClaimWord) : t(otherwise);
  return {
    t,
    event: (event: string) => said(`event.${event}`, 'event.other'),
    because: (why: string) => {
      const number = /^suspicion-(\d+)$/.exec(why)?.[1];
      return number
        ? (suspicionOf(Number(number))?.says[language] ?? why)
        : said(`because.${why.startsWith('rule-') ? 'rule' : why}`, 'because.rule');
    },
    reason: (number: number) => reasonOf(number)?.says[language] ?? String(number),
    todo: (number: number) => reasonOf(number)?.todo[language] ?? '',
    suspicion: (number: number) => suspicionOf(number)?.says[language] ?? String(number),
    title: (texts: Readonly<Record<string, string>> | undefined, code: string) =>
      texts?.[language] ?? texts?.en ?? code,
  };
}

const tones: Readonly<Record<string, Tone>> = {
  entered: 'note',
  checked: 'warn',
  processed: 'note',
  valuated: 'good',
  paid: 'good',
  rejected: 'bad',
  reversed: 'bad',
};

export function StatusTag({ status }: { readonly status: string }) {
  const { t } = useClaimWords();
  return <Tag tone={tones[status] ?? 'note'}>{t(`status.${status}` as ClaimWord)}</Tag>;
}

/** What a claim may be made of: fetched once, used by every screen that names schemes and facilities. */
export function useChoices() {
  const client = useClient();
  return useQuery({
    queryKey: ['cover', 'claims', 'choices'],
    queryFn: ({ signal }) => client.get<ClaimChoices>('/api/cover/claims/choices', { signal, ...forPayment }),
    staleTime: 600_000,
  });
}

export function useNames() {
  const choices = useChoices();
  const { title, because } = useClaimWords();
  return {
    facility: (provider: string) =>
      choices.data?.facilities.find((each) => each.provider === provider)?.name ?? provider,
    scheme: (id: string) => title(choices.data?.schemes.find((each) => each.id === id)?.title, id),
    /** Why a claim of a scheme was selected: a rule of its file by its title. */
    because: (why: string, schemeId: string) => {
      const rules = choices.data?.schemes.find((each) => each.id === schemeId)?.review ?? [];
      const rule = rules.find((each) => why === `rule-${each.id}`);
      return rule ? title(rule.title, rule.id) : because(why);
    },
  };
}

/** Columns of a list of claims; a facility does not need to be told its own name. */
export function useClaimColumns(of: { readonly provider: boolean }): Column<ClaimSummary>[] {
  const { t } = useClaimWords();
  const format = useFormat();
  const names = useNames();
  const amount = (value: MoneyText) => format.money(value);
  return [
    {
      key: 'number',
      title: t('number'),
      value: (row) => row.claimNumber,
      show: (row) => (
        <PlaceLink to={{ screen: 'at', path: `/cover/claims/${row.claimId}` }}>{row.claimNumber}</PlaceLink>
      ),
    },
    {
      key: 'member',
      title: t('member'),
      value: (row) => `${row.memberName} (${row.memberNumber})`,
      show: (row) => <Written text={`${row.memberName} (${row.memberNumber})`} />,
    },
    ...(of.provider
      ? [
          {
            key: 'provider',
            title: t('provider'),
            value: (row: ClaimSummary) => names.facility(row.provider),
            show: (row: ClaimSummary) => <Written text={names.facility(row.provider)} />,
          },
        ]
      : []),
    { key: 'from', title: t('from'), value: (row) => row.from, show: (row) => format.date(row.from) },
    {
      key: 'claimed',
      title: t('claimed'),
      numeric: true,
      value: (row) => row.claimed.amount,
      show: (row) => amount(row.claimed),
    },
    { key: 'paid', title: t('paid'), numeric: true, value: (row) => row.paid.amount, show: (row) => amount(row.paid) },
    {
      key: 'status',
      title: t('status'),
      value: (row) => row.status,
      show: (row) => <StatusTag status={row.status} />,
    },
    ...(of.provider
      ? [
          {
            key: 'because',
            title: t('because'),
            value: (row: ClaimSummary) =>
              row.review === 'selected'
                ? row.reviewBecause.map((why) => names.because(why, row.schemeId)).join(' · ')
                : '',
          },
        ]
      : []),
  ];
}
