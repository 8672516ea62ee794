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

/** What the form holds, as typed. */
function useDraft(schemes: readonly SchemeName[], today: string) {
  const [draft, setDraft] = useState({
    schemeId: schemes[0]?.id ?? '',
    debit: undefined as AccountCode | undefined,
    credit: undefined as AccountCode | undefined,
    amount: '',
    currency: schemes[0]?.currency ?? '',
    purpose: '',
    day: today,
    reference: '',
  });
  const set = (changed: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...changed }));
  return { draft, set };
}

/** What is sent; undefined while something is missing. */
function entryOf(draft: ReturnType<typeof useDraft>['draft']): Entry | undefined {
  const { schemeId, debit, credit, day } = draft;
  const [amount, reference] = [draft.amount.trim(), draft.reference.trim()];
  const currency = draft.currency.trim().toUpperCase();
  if (!schemeId || !debit || !credit || !amount || !currency || !day || !reference) {
    return undefined;
  }
  const of = draft.purpose.trim() ? { restrictedTo: draft.purpose.trim() } : {};
  return {
    schemeId,
    debit: { code: debit, ...of },
    credit: { code: credit, ...of },
    amount: { amount, currency },
    day,
    reference,
  };
}

/** An entry by hand: what no claim, payment or voucher posts, like capital paid in or a subsidy for one purpose. */
export function EntryForm({ schemes, today }: { readonly schemes: readonly SchemeName[]; readonly today: string }) {
  const t = useMessages(fundMessages);
  const { draft, set } = useDraft(schemes, today);
  const act = useFundAct<Entry, unknown>('entries', () => set({ amount: '' }));
  const entry = entryOf(draft);
  return (
    <Panel title={t('entry')}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (entry) {
            act.mutate(entry);
          }
        }}
      >
        <div className="form-grid">
          <SchemeSelect schemes={schemes} value={draft.schemeId} onChange={(schemeId) => set({ schemeId })} />
          <EntryFields draft={draft} set={set} />
        </div>
        {act.isError && <ProblemNotice problem={act.error} />}
        {act.isSuccess && (
          <Notice tone="good" announce>
            {t('entry.posted')}
          </Notice>
        )}
        <div className="form-actions">
          <Button type="submit" kind="primary" busy={act.isPending} disabled={!entry}>
            {t('post')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}

function EntryFields({ draft, set }: ReturnType<typeof useDraft>) {
  const t = useMessages(fundMessages);
  const account = useMessages(accountMessages);
  const choices = accountCodes.map((code) => ({ value: code, label: account(code) }));
  const side = (which: 'debit' | 'credit') => (
    <SelectField
      id={`entry-${which}`}
      label={t(which)}
      required
      value={draft[which]}
      onChange={(code) => set({ [which]: code })}
      choices={choices}
    />
  );
  return (
    <>
      {side('debit')}
      {side('credit')}
      <TextField
        id="entry-amount"
        label={t('amount')}
        required
        value={draft.amount}
        onChange={(amount) => set({ amount })}
        input={{ inputMode: 'decimal' }}
      />
      <TextField
        id="entry-currency"
        label={t('currency')}
        required
        value={draft.currency}
        onChange={(currency) => set({ currency })}
        input={{ maxLength: 3 }}
      />
      <TextField
        id="entry-purpose"
        label={t('purpose')}
        hint={t('purpose.any')}
        value={draft.purpose}
        onChange={(purpose) => set({ purpose })}
      />
      <DateField id="entry-day" label={t('day')} required value={draft.day} onChange={(day) => set({ day })} />
      <TextField
        id="entry-reference"
        label={t('reference')}
        required
        value={draft.reference}
        onChange={(reference) => set({ reference })}
      />
    </>
  );
}
