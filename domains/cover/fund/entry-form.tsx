import { Button } from '@serai/ui/components/button.tsx';
import { DateField } from '@serai/ui/components/date-field.tsx';
import { SelectField, TextField } from '@serai/ui/components/field.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { Panel } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { useMessages } from '@serai/ui/language.tsx';
import { useState } from 'react';
import { accountMessages } from './accounts.messages.ts';
import { type AccountCode, accountCodes } from './accounts.ts';
import type { SchemeName } from './api.ts';
import { fundMessages } from './desk.messages.ts';
import { SchemeSelect, useFundAct } from './fund-parts.tsx';

interface Entry {
  readonly schemeId: string;
  readonly debit: { readonly code: AccountCode; readonly restrictedTo?: string };
  readonly credit: { readonly code: AccountCode; readonly restrictedTo?: string };
  readonly amount: { readonly amount: string; readonly currency: string };
  readonly day: string;
  readonly reference: string;
}

/** An entry by hand: what no claim, payment or voucher posts, like capital paid in or a subsidy for one purpose. */
export function EntryForm({ schemes, today }: { readonly schemes: readonly SchemeName[]; readonly today: string }) {
  const t = useMessages(fundMessages);
  const account = useMessages(accountMessages);
  const [schemeId, setSchemeId] = useState(schemes[0]?.id ?? '');
  const [debit, setDebit] = useState<AccountCode>();
  const [credit, setCredit] = useState<AccountCode>();
  const [amount, setAmount] = useState('');
  const [currency, setCurrency] = useState(schemes[0]?.currency ?? '');
  const [purpose, setPurpose] = useState('');
  const [day, setDay] = useState(today);
  const [reference, setReference] = useState('');
  const act = useFundAct<Entry, unknown>('entries', () => setAmount(''));
  const choices = accountCodes.map((code) => ({ value: code, label: account(code) }));
  const ready = schemeId && debit && credit && amount && currency && day && reference.trim();
  const send = () => {
    if (debit && credit) {
      const of = purpose.trim() ? { restrictedTo: purpose.trim() } : {};
      const money = { amount: amount.trim(), currency: currency.trim().toUpperCase() };
      act.mutate({
        schemeId,
        debit: { code: debit, ...of },
        credit: { code: credit, ...of },
        amount: money,
        day,
        reference,
      });
    }
  };
  return (
    <Panel title={t('entry')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) {
            send();
          }
        }}
      >
        <SchemeSelect schemes={schemes} value={schemeId} onChange={setSchemeId} />
        <SelectField id="entry-debit" label={t('debit')} required value={debit} onChange={setDebit} choices={choices} />
        <SelectField
          id="entry-credit"
          label={t('credit')}
          required
          value={credit}
          onChange={setCredit}
          choices={choices}
        />
        <TextField
          id="entry-amount"
          label={t('amount')}
          required
          value={amount}
          onChange={setAmount}
          input={{ inputMode: 'decimal' }}
        />
        <TextField
          id="entry-currency"
          label={t('currency')}
          required
          value={currency}
          onChange={setCurrency}
          input={{ maxLength: 3 }}
        />
        <TextField
          id="entry-purpose"
          label={t('purpose')}
          hint={t('purpose.any')}
          value={purpose}
          onChange={setPurpose}
        />
        <DateField id="entry-day" label={t('day')} required value={day} onChange={setDay} />
        <TextField id="entry-reference" label={t('reference')} required value={reference} onChange={setReference} />
        {act.isError && <ProblemNotice problem={act.error} />}
        {act.isSuccess && (
          <Notice tone="good" announce>
            {t('entry.posted')}
          </Notice>
        )}
        <Button type="submit" kind="primary" busy={act.isPending} disabled={!ready}>
          {t('post')}
        </Button>
      </form>
    </Panel>
  );
}
