import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { Dialog } from '@serai/ui/components/dialog.tsx';
import { RadioField, SelectField } from '@serai/ui/components/field.tsx';
import { Notice, Tag } from '@serai/ui/components/notice.tsx';
import { Loading, Panel } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import type { SectionProps } from '@serai/ui/section.ts';
import { useRequestId } from '@serai/ui/use-request-id.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ChangeConsent, ConsentChoice, PersonPage } from '../api.ts';
import { consentMessages } from '../consent.messages.ts';
import { consentPurposes } from '../register/register-form.ts';
import { usePerson } from './use-person.ts';

type Purpose = ConsentChoice['purpose'];

/** What the person has agreed to, purpose by purpose, in the words they were asked in; each can be changed. */
export function ConsentsPanel({ personId, may }: SectionProps) {
  const c = useMessages(consentMessages);
  const page = usePerson(personId);
  const [changing, setChanging] = useState<Purpose>();
  const [changed, setChanged] = useState(false);
  if (page.isPending) {
    return <Loading />;
  }
  if (page.isError) {
    return <ProblemNotice problem={page.error} onRetry={() => void page.refetch()} />;
  }
  return (
    <Panel title={c('title')}>
      {changed && (
        <Notice tone="good" announce>
          <p>{c('changed')}</p>
        </Notice>
      )}
      <ul className="consent-list">
        {consentPurposes.map((purpose) => (
          <li key={purpose}>
            <div>
              <h3>{c(purpose)}</h3>
              <p className="soft">{c(`${purpose}.plain`)}</p>
            </div>
            <Answers consents={page.data.consents.filter((consent) => consent.purpose === purpose)} />
            {may.includes('register') && (
              <Button
                onClick={() => {
                  setChanged(false);
                  setChanging(purpose);
                }}
                aria-label={`${c('change')}: ${c(purpose)}`}
              >
                {c('change')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Notice tone="good">
        <p>{c('never-enforcement')}</p>
      </Notice>
      {changing && (
        <ChangeDialog
          key={changing}
          personId={personId}
          purpose={changing}
          current={page.data.consents.find((consent) => consent.purpose === changing && !consent.country)?.decision}
          onDone={(saved) => {
            setChanging(undefined);
            setChanged(saved);
          }}
        />
      )}
    </Panel>
  );
}

function Answers({ consents }: { readonly consents: PersonPage['consents'] }) {
  const c = useMessages(consentMessages);
  const format = useFormat();
  if (consents.length === 0) {
    return <p className="soft">{c('unanswered')}</p>;
  }
  return (
    <ul className="plain-list">
      {consents.map((consent) => (
        <li key={consent.country ?? ''}>
          <Tag tone={consent.decision === 'permit' ? 'good' : 'warn'}>{c(consent.decision)}</Tag>{' '}
          <span className="soft small">
            {consent.country ? `${c('only', { country: format.country(consent.country) })}, ` : ''}
            {c('since', { date: format.day(consent.since) })}
          </span>
        </li>
      ))}
    </ul>
  );
}

function ChangeDialog(props: {
  readonly personId: string;
  readonly purpose: Purpose;
  readonly current: ConsentChoice['decision'] | undefined;
  readonly onDone: (saved: boolean) => void;
}) {
  const c = useMessages(consentMessages);
  const format = useFormat();
  const client = useClient();
  const queries = useQueryClient();
  const [decision, setDecision] = useState(props.current);
  const [country, setCountry] = useState('');
  const { requestId, onError } = useRequestId();
  const config = useQuery<{ readonly partners: readonly { readonly country: string; readonly hasNode: boolean }[] }>({
    queryKey: ['config'],
    queryFn: ({ signal }) => client.get('/api/config', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const change = useMutation({
    mutationFn: (body: ChangeConsent) =>
      client.change<unknown>(`/api/persons/${encodeURIComponent(props.personId)}/consents`, body),
    onError,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['person', props.personId] });
      props.onDone(true);
    },
  });
  const save = () => {
    if (decision && !change.isPending) {
      change.mutate({ requestId, purpose: props.purpose, decision, ...(country && { country }) });
    }
  };
  return (
    <Dialog
      title={c('change.title', { purpose: c(props.purpose) })}
      open
      onClose={() => props.onDone(false)}
      actions={
        <Button kind="primary" busy={change.isPending} disabled={!decision} onClick={save}>
          {c('change.save')}
        </Button>
      }
    >
      <p className="soft">{c(`${props.purpose}.plain`)}</p>
      <RadioField
        id="change-decision"
        label={c(props.purpose)}
        inline
        required
        value={decision}
        onChange={setDecision}
        choices={[
          { value: 'permit', label: c('permit') },
          { value: 'deny', label: c('deny') },
        ]}
      />
      {props.purpose === 'COC' && (config.data?.partners.length ?? 0) > 0 && (
        <SelectField
          id="change-country"
          label={c('change.where')}
          required
          value={country}
          onChange={setCountry}
          choices={[
            { value: '', label: c('everywhere') },
            ...config.data!.partners.map((partner) => ({
              value: partner.country,
              label: c(partner.hasNode ? 'only' : 'only.no-node', { country: format.country(partner.country) }),
            })),
          ]}
        />
      )}
      {change.isError && <ProblemNotice problem={change.error} onRetry={save} />}
    </Dialog>
  );
}
