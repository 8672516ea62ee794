import { Button } from '@serai/ui/components/button.tsx';
import { DateField } from '@serai/ui/components/date-field.tsx';
import { SelectField, TextField } from '@serai/ui/components/field.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { Panel } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { useState } from 'react';
import { accountMessages } from './accounts.messages.ts';
import type { SchemeName, SubsidyPreview } from './api.ts';
import { fundMessages } from './desk.messages.ts';
import { SchemeSelect, useFundAct } from './fund-parts.tsx';
import { subsidyMessages } from './subsidy.messages.ts';

const givers = ['government', 'employer', 'donor'] as const;

interface Subsidy {
  readonly schemeId: string;
  readonly by: (typeof givers)[number];
  readonly amount: { readonly amount: string; readonly currency: string };
  readonly restrictedTo?: string;
  readonly day: string;
  readonly reference: string;
}

/** Records money given to the fund: first what it would do to the books, then done; undone in the journal. */
export function SubsidyForm({ schemes, today }: { readonly schemes: readonly SchemeName[]; readonly today: string }) {
  const t = useMessages(subsidyMessages);
  const [draft, setDraft] = useState({
    schemeId: schemes[0]?.id ?? '',
    by: 'government' as Subsidy['by'],
    amount: '',
    purpose: '',
    day: today,
    reference: '',
  });
  const preview = useFundAct<Subsidy, SubsidyPreview>('subsidies/preview', () => undefined);
  const record = useFundAct<Subsidy, unknown>('subsidies', () => preview.reset());
  const set = (changed: Partial<typeof draft>) => {
    setDraft((before) => ({ ...before, ...changed }));
    preview.reset();
    record.reset();
  };
  const purpose = draft.purpose.trim();
  const subsidy: Subsidy = {
    schemeId: draft.schemeId,
    by: draft.by,
    amount: {
      amount: draft.amount.trim(),
      currency: schemes.find(({ id }) => id === draft.schemeId)?.currency ?? '',
    },
    ...(purpose && { restrictedTo: purpose }),
    day: draft.day,
    reference: draft.reference.trim(),
  };
  return (
    <Panel title={t('title')}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          (preview.isSuccess ? record : preview).mutate(subsidy);
        }}
      >
        <div className="form-grid">
          <SchemeSelect schemes={schemes} value={draft.schemeId} onChange={(schemeId) => set({ schemeId })} />
          <Fields draft={draft} set={set} currency={subsidy.amount.currency} />
        </div>
        {preview.isError && <ProblemNotice problem={preview.error} />}
        {record.isError && <ProblemNotice problem={record.error} />}
        {preview.data && <Preview of={preview.data} />}
        {record.isSuccess && (
          <Notice tone="good" announce>
            {t('recorded')}
          </Notice>
        )}
        <div className="form-actions">
          <Button type="submit" kind="primary" busy={preview.isPending || record.isPending}>
            {t(preview.isSuccess ? 'record' : 'preview')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}

function Preview({ of }: { readonly of: SubsidyPreview }) {
  const t = useMessages(subsidyMessages);
  const account = useMessages(accountMessages);
  const format = useFormat();
  return (
    <ul>
      {[of.debit, of.credit].map((side) => (
        <li key={side.code}>
          {t('side', {
            account:
              side.restrictedTo === undefined ? account(side.code) : `${account(side.code)} (${side.restrictedTo})`,
            before: format.money(side.before),
            after: format.money(side.after),
          })}
        </li>
      ))}
    </ul>
  );
}

interface Draft {
  readonly by: Subsidy['by'];
  readonly amount: string;
  readonly purpose: string;
  readonly day: string;
  readonly reference: string;
}

function Fields(props: {
  readonly draft: Draft;
  readonly set: (changed: Partial<Draft>) => void;
  readonly currency: string;
}) {
  const { draft, set, currency } = props;
  const t = useMessages(subsidyMessages);
  const fund = useMessages(fundMessages);
  return (
    <>
      <SelectField<Subsidy['by']>
        id="subsidy-by"
        label={t('by')}
        required
        value={draft.by}
        onChange={(by) => set({ by })}
        choices={givers.map((value) => ({ value, label: t(`by.${value}`) }))}
      />
      <TextField
        id="subsidy-amount"
        label={fund('amount')}
        required
        unit={currency}
        value={draft.amount}
        onChange={(amount) => set({ amount })}
        input={{ inputMode: 'decimal' }}
      />
      <TextField
        id="subsidy-purpose"
        label={fund('purpose')}
        hint={fund('purpose.any')}
        value={draft.purpose}
        onChange={(purpose) => set({ purpose })}
      />
      <DateField id="subsidy-day" label={fund('day')} required value={draft.day} onChange={(day) => set({ day })} />
      <TextField
        id="subsidy-reference"
        label={fund('reference')}
        required
        value={draft.reference}
        onChange={(reference) => set({ reference })}
      />
    </>
  );
}
