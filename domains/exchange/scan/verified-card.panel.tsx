import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { RadioField } from '@serai/ui/components/field.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { Facts, Panel, Written } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { useFormat, useLanguage, useMessages } from '@serai/ui/language.tsx';
import { PlaceLink, useNavigation } from '@serai/ui/navigation.tsx';
import { useRequestId } from '@serai/ui/use-request-id.ts';
import { useWords } from '@serai/ui/words/words.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CrossBorderRequest, ReceivedRecord, VerifiedCard } from '../api.ts';
import { shownClaims } from '../cards/claims.ts';
import { claimMessages } from '../exchange.messages.ts';
import { scanMessages } from './scan.messages.ts';

const staleSeconds = 24 * 60 * 60;
const crossingTimeoutMilliseconds = 45_000;

/** What a card says, how far it can be relied on, and the way on: the local record, or a request to its home. */
export function VerifiedCardPanel({ card, text }: { readonly card: VerifiedCard; readonly text: string }) {
  const t = useMessages(scanMessages);
  const format = useFormat();
  const c = useMessages(claimMessages);
  const stale = card.statusAgeSeconds > staleSeconds || card.trustListAgeSeconds > staleSeconds;
  return (
    <>
      <Panel>
        <Notice tone="good" title={t('good')}>
          <p>{t('good.issuer', { country: format.country(card.issuerCountry) })}</p>
        </Notice>
        <Facts
          facts={[
            ...shownClaims(card.claims).map(({ claim, text: value }) => ({
              term: c(claim),
              value: <Written text={value} />,
            })),
            { term: t('expires'), value: format.day(card.expiresAt) },
            { term: t('form'), value: t(`form.${card.form}`) },
            { term: t('holder'), value: card.holderBound ? t('holder.yes') : t('holder.no') },
            { term: t('status-age'), value: t('age', { age: format.age(card.statusAgeSeconds) }) },
            { term: t('trust-age'), value: t('age', { age: format.age(card.trustListAgeSeconds) }) },
          ]}
        />
        {stale && (
          <Notice tone="warn">
            <p>{t('age.stale')}</p>
          </Notice>
        )}
      </Panel>
      {card.localPersonId ? (
        <Panel title={t('local.title')}>
          <p>
            <PlaceLink to={{ screen: 'person', personId: card.localPersonId }} className="button button-primary">
              {t('local.open')}
            </PlaceLink>
          </p>
        </Panel>
      ) : card.clauses.length === 0 ? (
        <Notice tone="warn" announce>
          <p>{t('no-clause')}</p>
        </Notice>
      ) : (
        <AskPanel card={card} text={text} />
      )}
    </>
  );
}

function AskPanel({ card, text }: { readonly card: VerifiedCard; readonly text: string }) {
  const t = useMessages(scanMessages);
  const { language } = useLanguage();
  const format = useFormat();
  const words = useWords();
  const client = useClient();
  const queries = useQueryClient();
  const { go } = useNavigation();
  const { requestId, onError } = useRequestId();
  const [clauseId, setClauseId] = useState(card.clauses.length === 1 ? card.clauses[0]?.clause : undefined);
  const clause = card.clauses.find((candidate) => candidate.clause === clauseId);
  const [wanted, setWanted] = useState<string>();
  const purposes = clause?.purposes ?? [];
  const purpose = wanted && purposes.includes(wanted) ? wanted : purposes.length === 1 ? purposes[0] : undefined;
  const country = format.country(card.issuerCountry);

  const cross = useMutation({
    mutationFn: (body: CrossBorderRequest) =>
      client.change<ReceivedRecord>('/api/crossings', body, { timeoutMilliseconds: crossingTimeoutMilliseconds }),
    onError,
    onSuccess: (record) => {
      queries.setQueryData(['received', record.id], record);
      void queries.invalidateQueries({ queryKey: ['received', 'list'] });
      go({ screen: 'received-record', id: record.id });
    },
  });
  const ask = () => {
    if (clause && purpose && !cross.isPending) {
      cross.mutate({ requestId, card: text, purpose, clause: clause.clause, language });
    }
  };

  return (
    <Panel title={t('ask.title')}>
      <p className="soft prose">{t('ask.lead')}</p>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          ask();
        }}
      >
        <RadioField
          id="clause"
          label={t('clause')}
          required
          value={clause?.clause}
          onChange={setClauseId}
          choices={card.clauses.map((candidate) => ({
            value: candidate.clause,
            label: candidate.title,
            hint: (
              <>
                <span className="line">
                  {t('clause.gives', { categories: candidate.categories.map(words.category).join(', ') })}
                </span>
                <span className="line code">{candidate.clause}</span>
              </>
            ),
          }))}
        />
        {clause && (
          <RadioField
            id="purpose"
            label={t('purpose')}
            required
            inline
            value={purpose}
            onChange={setWanted}
            choices={purposes.map((value) => ({ value, label: words.purpose(value) }))}
          />
        )}
        <p role="status" className={cross.isPending ? 'soft' : 'only-spoken'}>
          {cross.isPending ? t('asking', { country }) : ''}
        </p>
        {cross.isError && <ProblemNotice problem={cross.error} onRetry={ask} />}
        <div className="form-actions">
          <Button type="submit" kind="primary" icon="received" disabled={!purpose} busy={cross.isPending}>
            {t('ask', { country })}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
