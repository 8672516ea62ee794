import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { DateField } from '@serai/ui/components/date-field.tsx';
import { JobProgress } from '@serai/ui/components/job-progress.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { Facts, Panel } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { useRequestId } from '@serai/ui/use-request-id.ts';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { PricedPeriod } from '../claims/price-period.store.ts';
import { forPayment } from '../claims/words.tsx';
import { SchemeField } from './capitation.panel.tsx';
import { paymentsScreenMessages } from './screens.messages.ts';

/** Relative prices: what a period that is over earned, what its claims come to, and closing it. */
export function PricePeriod() {
  const t = useMessages(paymentsScreenMessages);
  const client = useClient();
  const { requestId, onError } = useRequestId();
  const [schemeId, setSchemeId] = useState('');
  const [day, setDay] = useState('');
  const preview = useMutation({
    mutationFn: () => client.ask<PricedPeriod>('/api/cover/claims/price-period/preview', { schemeId, day }, forPayment),
  });
  const close = useMutation({
    mutationFn: () =>
      client.change<{ jobId: string }>(
        '/api/cover/claims/price-period',
        { requestId, schemeId, day } as { requestId: string },
        forPayment,
      ),
    onError,
  });
  const choose = (set: (value: string) => void) => (value: string) => {
    set(value);
    preview.reset();
    close.reset();
  };
  return (
    <Panel title={t('period.title')}>
      <p className="soft">{t('period.lead')}</p>
      <div className="form-grid">
        <SchemeField
          id="period-scheme"
          of="relativePrices"
          label={t('period.scheme')}
          value={schemeId}
          onChange={choose(setSchemeId)}
        />
        <DateField id="period-day" label={t('period.day')} required value={day} onChange={choose(setDay)} />
      </div>
      <div className="acts">
        <Button busy={preview.isPending} disabled={!schemeId || !day} onClick={() => preview.mutate()}>
          {t('period.preview')}
        </Button>
        {preview.data && preview.data.claims > 0 && !close.data && (
          <Button kind="primary" busy={close.isPending} onClick={() => close.mutate()}>
            {t('period.close')}
          </Button>
        )}
      </div>
      {preview.isError && <ProblemNotice problem={preview.error} />}
      {close.isError && <ProblemNotice problem={close.error} />}
      {preview.data && !close.data && <PeriodFacts period={preview.data} />}
      {close.data && (
        <JobProgress<PricedPeriod> jobId={close.data.jobId} title={t('period.close')} {...forPayment}>
          {(period) => (
            <Notice tone="good" title={t('period.closed', { count: period.claims })} announce>
              <PeriodFacts period={period} />
            </Notice>
          )}
        </JobProgress>
      )}
    </Panel>
  );
}

function PeriodFacts({ period }: { readonly period: PricedPeriod }) {
  const t = useMessages(paymentsScreenMessages);
  const format = useFormat();
  return (
    <>
      <Facts
        facts={[
          { term: t('statement.from'), value: format.date(period.from) },
          { term: t('statement.to'), value: format.date(period.to) },
          { term: t('claims'), value: format.number(period.claims) },
          { term: t('period.earned'), value: format.money(period.earned) },
          { term: t('period.fund'), value: format.money(period.fund) },
          { term: t('period.nominal'), value: format.money(period.nominal) },
          { term: t('period.index'), value: period.index },
          { term: t('period.priced'), value: format.money(period.priced) },
        ]}
      />
      {period.stillOpen > 0 && <Notice tone="warn" title={t('period.open', { count: period.stillOpen })} />}
    </>
  );
}
