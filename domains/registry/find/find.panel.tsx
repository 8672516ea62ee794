import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { TextField } from '@serai/ui/components/field.tsx';
import { Tag } from '@serai/ui/components/notice.tsx';
import { Empty, Loading, Panel, ScreenHead, Written } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { PlaceLink } from '@serai/ui/navigation.tsx';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { FindPersons, FoundPersons } from '../api.ts';
import { usePersonWords } from '../person-words.tsx';
import { findMessages } from './find.messages.ts';

const pauseMilliseconds = 250;

/** Finds people by name in any script; the question travels in a body, so that no name lands in an address or a log. */
export function FindPanel({ mayRegister }: { readonly mayRegister: boolean }) {
  const t = useMessages(findMessages);
  const client = useClient();
  const [text, setText] = useState('');
  const [year, setYear] = useState('');
  const question = useSettled(text.trim(), pauseMilliseconds);
  const birthYear = /^\d{4}$/.test(useSettled(year.trim(), pauseMilliseconds)) ? Number(year.trim()) : undefined;

  const found = useInfiniteQuery({
    queryKey: ['persons', 'find', question, birthYear],
    queryFn: ({ pageParam, signal }) => {
      const body: FindPersons = {
        text: question,
        ...(birthYear !== undefined && { birthYear }),
        ...(pageParam && { cursor: pageParam }),
      };
      return client.ask<FoundPersons>('/api/persons/find', body, { signal });
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
  const persons = found.data?.pages.flatMap((page) => page.persons) ?? [];
  const asked = question !== '' || birthYear !== undefined;

  return (
    <>
      <ScreenHead
        title={t('title')}
        actions={
          mayRegister && (
            <PlaceLink to={{ screen: 'register' }} className="button">
              {t('register')}
            </PlaceLink>
          )
        }
      />
      <search>
        <form
          className="find-form"
          onSubmit={(event) => {
            event.preventDefault();
            void found.refetch();
          }}
        >
          <TextField
            id="find-text"
            label={t('text')}
            hint={t('text.hint')}
            value={text}
            onChange={setText}
            input={{ type: 'search', enterKeyHint: 'search', spellCheck: false, autoFocus: true }}
          />
          <TextField
            id="find-year"
            label={t('year')}
            value={year}
            onChange={setYear}
            input={{ inputMode: 'numeric', maxLength: 4 }}
          />
          <Button type="submit" kind="primary" icon="find">
            {t('search')}
          </Button>
        </form>
      </search>
      <Panel title={asked ? t('results') : t('latest')}>
        <p className="only-spoken" role="status">
          {found.isSuccess && !found.isFetching ? t('count', { count: persons.length }) : ''}
        </p>
        {found.isError && <ProblemNotice problem={found.error} onRetry={() => void found.refetch()} />}
        {found.isPending && <Loading />}
        {found.isSuccess && persons.length === 0 && <Empty>{asked ? t('none') : t('none.latest')}</Empty>}
        {persons.length > 0 && (
          <ul className="people" data-stale={found.isPlaceholderData || undefined}>
            {persons.map((person) => (
              <PersonRow key={person.id} person={person} />
            ))}
          </ul>
        )}
        {found.hasNextPage && (
          <p>
            <Button busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
              {t('more')}
            </Button>
          </p>
        )}
      </Panel>
    </>
  );
}

function PersonRow({ person }: { readonly person: FoundPersons['persons'][number] }) {
  const t = useMessages(findMessages);
  const words = usePersonWords();
  const format = useFormat();
  const from = words.from(person);
  return (
    <li>
      <PlaceLink to={{ screen: 'person', personId: person.id }} className="person-row">
        <span className="person-name">
          <Written text={person.name} />
          {person.otherNames.map((name) => (
            <Written key={name} text={name} className="soft" />
          ))}
        </span>
        <span className="person-facts">
          <span>{words.birth(person)}</span>
          <span>{words.sex(person)}</span>
          {words.language(person) && <span>{words.language(person)}</span>}
          {from && <Tag tone="abroad">{from}</Tag>}
        </span>
        <span className="person-why soft small">
          {person.why.length > 0
            ? person.why.map((why) => (why === 'written' || why === 'sounds' ? t(`why.${why}`) : why)).join(' · ')
            : t('updated', { date: format.day(person.updatedAt) })}
        </span>
      </PlaceLink>
    </li>
  );
}

/** The value once it has not changed for a moment. */
function useSettled<Value>(value: Value, milliseconds: number): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return settled;
}
