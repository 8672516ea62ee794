import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { TextField } from '@serai/ui/components/field.tsx';
import { Empty, Written } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { useMessages } from '@serai/ui/language.tsx';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { AskEligibility } from './api.ts';
import { screenMessages } from './screen.messages.ts';

interface Found {
  readonly key: string;
  readonly name: string;
  readonly detail: string;
  readonly who: AskEligibility;
}

interface Persons {
  readonly persons: readonly { readonly id: string; readonly name: string; readonly birth?: string }[];
}
interface Members {
  readonly members: readonly { readonly memberNumber: string; readonly name: string; readonly birthDate?: string }[];
}

/** Whom to ask about, by name: a clinic searches its records, an insurer its members. The name travels in the body. */
export function NameSearch(props: {
  readonly may: readonly string[];
  readonly onChosen: (who: AskEligibility) => void;
}) {
  const t = useMessages(screenMessages);
  const client = useClient();
  const [text, setText] = useState('');
  const find = useMutation({
    mutationFn: async (): Promise<Found[]> => {
      const body = { text: text.trim() };
      if (props.may.includes('read')) {
        const { persons } = await client.ask<Persons>('/api/persons/find', body);
        return persons.map((each) => ({
          key: each.id,
          name: each.name,
          detail: each.birth ?? '',
          who: { personId: each.id },
        }));
      }
      const { members } = await client.ask<Members>('/api/cover/enrolment/members/find', body);
      return members.map((each) => ({
        key: each.memberNumber,
        name: each.name,
        detail: [each.memberNumber, each.birthDate?.slice(0, 4)].filter(Boolean).join(' · '),
        who: { memberNumber: each.memberNumber },
      }));
    },
  });
  return (
    <>
      <TextField
        id="name"
        label={t('by.name')}
        value={text}
        onChange={setText}
        wide
        input={{ type: 'search', enterKeyHint: 'search', spellCheck: false, maxLength: 200 }}
      />
      <div className="form-actions">
        <Button icon="find" busy={find.isPending} onClick={() => text.trim() && find.mutate()}>
          {t('name.search')}
        </Button>
      </div>
      {find.isError && <ProblemNotice problem={find.error} onRetry={() => find.mutate()} />}
      {find.data?.length === 0 && <Empty>{t('name.none')}</Empty>}
      {find.data && find.data.length > 0 && (
        <ul className="choice-list">
          {find.data.slice(0, 20).map((each) => (
            <li key={each.key} className="row">
              <span>
                <Written text={each.name} /> <span className="soft small">{each.detail}</span>
              </span>
              <Button kind="quiet" onClick={() => props.onChosen(each.who)}>
                {t('name.choose')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
