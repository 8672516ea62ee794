import { convertMoney, type MoneyText, moneyText, parseMoney } from '@serai/kernel/base/money.ts';
import { directed, type Rate } from '@serai/kernel/ledger/exchange.ts';
import { Button } from '@serai/ui/components/button.tsx';
import { DateField } from '@serai/ui/components/date-field.tsx';
import { TextField } from '@serai/ui/components/field.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { Panel, Written } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { useState } from 'react';
import type { SchemeName } from './api.ts';
import { fundMessages } from './desk.messages.ts';
import { exchangeMessages } from './exchange.messages.ts';
import { SchemeSelect, useFund, useFundAct } from './fund-parts.tsx';

interface Exchange {
  readonly schemeId: string;
  readonly given: MoneyText;
  readonly currency: string;
  readonly day: string;
  readonly reference: string;
}

/** Cash of the fund's own currency for cash of another, as a partner is paid in: what it comes to is shown as it is typed. */
export function ExchangeForm({ schemes, today }: { readonly schemes: readonly SchemeName[]; readonly today: string }) {
  const t = useMessages(exchangeMessages);
  const format = useFormat();
  const [draft, setDraft] = useState({
    schemeId: schemes[0]?.id ?? '',
    ...{ amount: '', currency: '', day: today, reference: '' },
  });
  const record = useFundAct<Exchange, { got: MoneyText }>('exchange');
  const set = (changed: Partial<typeof draft>) => {
    setDraft((before) => ({ ...before, ...changed }));
    record.reset();
  };
  const own = schemes.find(({ id }) => id === draft.schemeId)?.currency ?? '';
  const currency = draft.currency.trim().toUpperCase();
  const given = { amount: draft.amount.trim(), currency: own };
  return (
    <Panel title={t('title')}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          const { schemeId, day } = draft;
          record.mutate({ schemeId, given, currency, day, reference: draft.reference.trim() });
        }}
      >
        <div className="form-grid">
          <SchemeSelect schemes={schemes} value={draft.schemeId} onChange={(schemeId) => set({ schemeId })} />
          <Fields draft={draft} set={set} own={own} />
        </div>
        <Worth given={given} currency={currency} day={draft.day} />
        {record.isError && <ProblemNotice problem={record.error} />}
        {record.data && (
          <Notice tone="good" announce>
            {t('recorded', { got: format.money(record.data.got) })}
          </Notice>
        )}
        <div className="form-actions">
          <Button type="submit" kind="primary" busy={record.isPending}>
            {t('record')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}

/** What it comes to, by the latest rate on or before the day: the rate the node will use. */
function Worth(props: { readonly given: MoneyText; readonly currency: string; readonly day: string }) {
  const t = useMessages(exchangeMessages);
  const format = useFormat();
  const { given, currency, day } = props;
  const amount = parseMoney(given.amount, given.currency);
  const asked = amount !== undefined && amount.minor > 0n && /^[A-Z]{3}$/.test(currency) && currency !== given.currency;
  const rates = useFund<{ rates: readonly Rate[] }>('rates', asked);
  if (!asked || !rates.data) {
    return null;
  }
  const found = rates.data.rates
    .filter(({ at }) => at.slice(0, 10) <= day)
    .map((rate) => directed(rate, given.currency, currency))
    .find((rate) => rate !== undefined);
  if (!found) {
    return <Notice tone="warn">{t('no-rate')}</Notice>;
  }
  const got = format.money(moneyText(convertMoney(amount, found.ratio, currency)));
  const { value, from, to, source, at } = found.rate;
  return (
    <p role="status">
      {t('gets', { got, value, from, to, day: format.date(at.slice(0, 10)) })} · <Written text={source} />
    </p>
  );
}

interface Draft {
  readonly amount: string;
  readonly currency: string;
  readonly day: string;
  readonly reference: string;
}

function Fields(props: {
  readonly draft: Draft;
  readonly set: (changed: Partial<Draft>) => void;
  readonly own: string;
}) {
  const { draft, set, own } = props;
  const t = useMessages(exchangeMessages);
  const fund = useMessages(fundMessages);
  return (
    <>
      <TextField
        id="exchange-amount"
        label={t('given')}
        required
        unit={own}
        value={draft.amount}
        onChange={(amount) => set({ amount })}
        input={{ inputMode: 'decimal' }}
      />
      <TextField
        id="exchange-currency"
        label={t('into')}
        hint={t('into.hint')}
        required
        value={draft.currency}
        onChange={(currency) => set({ currency })}
        input={{ maxLength: 3, autoCapitalize: 'characters', spellCheck: false }}
      />
      <DateField id="exchange-day" label={fund('day')} required value={draft.day} onChange={(day) => set({ day })} />
      <TextField
        id="exchange-reference"
        label={fund('reference')}
        hint={t('reference.hint')}
        required
        value={draft.reference}
        onChange={(reference) => set({ reference })}
      />
    </>
  );
}
