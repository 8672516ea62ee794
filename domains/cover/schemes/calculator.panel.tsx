import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { TextField } from '@serai/ui/components/field.tsx';
import { Facts, Panel } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { AskQuote, QuoteView } from './api.ts';
import type { Scheme } from './scheme.ts';
import { asCover } from './schemes.panel.tsx';
import { screenMessages } from './screen.messages.ts';

type Texts = Readonly<Record<'ages' | 'months' | 'days' | 'wage' | 'group' | 'instalments', string>>;

/** What cover would cost for these ages; nobody's name is asked. */
export function Calculator({ scheme }: { readonly scheme: Scheme }) {
  const t = useMessages(screenMessages);
  const client = useClient();
  const [texts, setTexts] = useState<Texts>({ ages: '30', months: '', days: '', wage: '', group: '', instalments: '' });
  const ages = agesIn(texts.ages);
  const quote = useMutation({
    mutationFn: () =>
      client.ask<QuoteView>(
        `/api/cover/schemes/${encodeURIComponent(scheme.id)}/quote`,
        questionOf(texts, ages ?? []),
        asCover,
      ),
  });
  const { basis } = scheme.contribution;
  const fields = [
    'months',
    ...(basis === 'time' ? (['days'] as const) : []),
    ...(basis === 'payroll' ? (['wage'] as const) : []),
    'group',
    'instalments',
  ] as const;
  return (
    <Panel title={t('calculator')}>
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (ages) {
            quote.mutate();
          }
        }}
      >
        <div className="form-grid">
          <TextField
            id="calc-ages"
            label={t('calc.ages')}
            hint={t('calc.ages.hint')}
            required
            value={texts.ages}
            onChange={(text) => setTexts({ ...texts, ages: text })}
            error={ages ? undefined : t('calc.bad')}
            input={{ inputMode: 'numeric', maxLength: 60 }}
          />
          {fields.map((field) => (
            <TextField
              key={field}
              id={`calc-${field}`}
              label={t(`calc.${field}`)}
              value={texts[field]}
              onChange={(text) => setTexts({ ...texts, [field]: text })}
              unit={field === 'wage' ? scheme.currency : undefined}
              input={{ inputMode: 'decimal', maxLength: 15 }}
            />
          ))}
        </div>
        <div className="form-actions">
          <Button type="submit" kind="primary" busy={quote.isPending}>
            {t('calc.go')}
          </Button>
        </div>
      </form>
      {quote.isError && <ProblemNotice problem={quote.error} onRetry={() => quote.mutate()} />}
      {quote.isSuccess && <QuoteFacts quote={quote.data} />}
    </Panel>
  );
}

function QuoteFacts({ quote }: { readonly quote: QuoteView }) {
  const t = useMessages(screenMessages);
  const format = useFormat();
  return (
    <div role="status">
      <p>{t('calc.cover', { from: format.day(quote.startsOn), to: format.day(quote.expiresOn) })}</p>
      <Facts
        facts={[
          { term: t('calc.total'), value: <strong>{format.money(quote.premium)}</strong> },
          ...quote.payers.map(({ by, amount }) => ({ term: t(`payer.${by}`), value: format.money(amount) })),
        ]}
      />
      <Facts
        facts={quote.lines.map(({ kind, amount }) => ({ term: t(`line.${kind}`), value: format.money(amount) }))}
      />
      {quote.instalments.length > 1 && (
        <Facts
          facts={quote.instalments.map(({ due, amount }) => ({
            term: t('due', { day: format.day(due) }),
            value: format.money(amount),
          }))}
        />
      )}
    </div>
  );
}

/** `34 31 6`; undefined where one of them is no age. */
function agesIn(text: string): number[] | undefined {
  const words = text.trim().split(/[\s,]+/);
  return words.every((word) => /^\d{1,3}$/.test(word) && Number(word) <= 125) ? words.map(Number) : undefined;
}

function questionOf(texts: Texts, ages: readonly number[]): AskQuote {
  const whole = (text: string) => (/^\d{1,7}$/.test(text.trim()) ? Number(text.trim()) : undefined);
  const [months, days, group, instalments] = [texts.months, texts.days, texts.group, texts.instalments].map(whole);
  return {
    members: ages.map((age, i) => ({ age, relation: i === 0 ? 'holder' : age < 18 ? 'child' : 'spouse' })),
    ...(months !== undefined && { months }),
    ...(days !== undefined && { days }),
    ...(texts.wage.trim() !== '' && { wage: texts.wage.trim() }),
    ...(group !== undefined && { groupMembers: group }),
    ...(instalments !== undefined && { instalments }),
  };
}
