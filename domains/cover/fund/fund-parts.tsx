import type { MoneyText } from '@serai/kernel/base/money.ts';
import type { Language } from '@serai/kernel/i18n/i18n.ts';
import { useClient } from '@serai/ui/client-context.tsx';
import { SelectField } from '@serai/ui/components/field.tsx';
import { Tag } from '@serai/ui/components/notice.tsx';
import { type Column, DataTable } from '@serai/ui/components/table.tsx';
import { useFormat, useLanguage, useMessages } from '@serai/ui/language.tsx';
import { useRequestId } from '@serai/ui/use-request-id.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId } from 'react';
import { accountMessages, eventMessages } from './accounts.messages.ts';
import { accountParts } from './accounts.ts';
import type { SchemeName, TrialRow } from './api.ts';
import { fundMessages } from './desk.messages.ts';

/** What the fund's screens share. */
export const fundCall = { purpose: 'HPAYMT' } as const;

/** Reads one of the fund's addresses; everything read is asked again after an act. */
export function useFund<Answer>(path: string, enabled = true) {
  const client = useClient();
  return useQuery({
    queryKey: ['fund', path],
    queryFn: ({ signal }) => client.get<Answer>(`/api/cover/fund/${path}`, { signal, ...fundCall }),
    enabled,
  });
}

/** An act of the fund manager: sent once however often it is pressed; after it everything is read anew, and a next is another. */
export function useFundAct<Input extends object, Answer>(path: string, onDone?: (answer: Answer) => void) {
  const client = useClient();
  const queries = useQueryClient();
  const { requestId, onError, renew } = useRequestId();
  return useMutation({
    mutationFn: (input: Input) => client.change<Answer>(`/api/cover/fund/${path}`, { ...input, requestId }, fundCall),
    onError,
    onSuccess: async (answer) => {
      renew();
      await queries.invalidateQueries({ queryKey: ['fund'] });
      onDone?.(answer);
    },
  });
}

/** An account as people call it: what it is, its currency, and whose or what for. */
export function useAccountName(): (id: string) => string {
  const t = useMessages(accountMessages);
  return (id) => {
    const parts = accountParts(id);
    return parts ? [t(parts.code), parts.currency, parts.of].filter(Boolean).join(' · ') : id;
  };
}

export function useEventName(): (event: string) => string {
  const t = useMessages(eventMessages);
  return (event) => (event in eventMessages ? t(event as keyof typeof eventMessages) : event);
}

export function schemeTitle({ id, title }: SchemeName, language: Language): string {
  return title[language] ?? title.en ?? id;
}

export function SchemeSelect(props: {
  readonly schemes: readonly SchemeName[];
  readonly value: string;
  readonly onChange: (schemeId: string) => void;
  readonly all?: boolean;
}) {
  const t = useMessages(fundMessages);
  const { language } = useLanguage();
  // A screen may have two: the one it shows, the one of a form.
  const id = useId();
  return (
    <SelectField
      id={id}
      label={t('scheme')}
      required={!props.all}
      value={props.value}
      onChange={props.onChange}
      {...(props.all && { none: t('scheme.all') })}
      choices={props.schemes.map((scheme) => ({ value: scheme.id, label: schemeTitle(scheme, language) }))}
    />
  );
}

/** A column of money: sorted by size, shown with its currency. */
export function moneyColumn<Field extends string>(
  field: Field,
  title: string,
  show: (value: MoneyText) => string,
): Column<{ readonly [K in Field]: MoneyText }> {
  return {
    key: field,
    title,
    numeric: true,
    value: (row) => Number(row[field].amount),
    show: (row) => show(row[field]),
  };
}

/** A column of amounts beside a column that names their currency: with every digit, and no currency after each. */
export function amountColumn<Field extends string>(
  field: Field,
  title: string,
): Column<{ readonly [K in Field]: MoneyText }> {
  return moneyColumn(field, title, ({ amount }) => grouped(amount));
}

/** Every digit of an amount, in groups of three. */
export const grouped = (amount: string) => amount.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',');

export function TrialTable({ rows }: { readonly rows: readonly TrialRow[] }) {
  const t = useMessages(fundMessages);
  const { money } = useFormat();
  return (
    <DataTable
      caption={t('trial')}
      rows={rows}
      rowKey={(row) => row.currency}
      columns={[
        { key: 'currency', title: t('currency'), value: (row) => row.currency },
        amountColumn('debits', t('debits')),
        amountColumn('credits', t('credits')),
        amountColumn('pending', t('pending')),
        {
          key: 'difference',
          title: t('difference'),
          value: (row) => Number(row.difference.amount),
          show: (row) =>
            Number(row.difference.amount) === 0 ? (
              <Tag tone="good">{t('is-zero')}</Tag>
            ) : (
              <Tag tone="bad">{money(row.difference)}</Tag>
            ),
        },
      ]}
    />
  );
}
