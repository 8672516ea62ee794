import { Icon } from '@serai/ui/components/icon.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { Facts, Loading, Panel, Written } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { useFacilityName } from '@serai/ui/facility-name.ts';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { PlaceLink } from '@serai/ui/navigation.tsx';
import type { SectionProps } from '@serai/ui/section.ts';
import { usePersonWords } from '../person-words.tsx';
import { registryMessages } from '../registry.messages.ts';
import { personMessages } from './person.messages.ts';
import { usePerson } from './use-person.ts';

/** Who the person is, as registered. */
export function OverviewPanel({ personId }: SectionProps) {
  const t = useMessages(personMessages);
  const r = useMessages(registryMessages);
  const words = usePersonWords();
  const format = useFormat();
  const facilityName = useFacilityName();
  const page = usePerson(personId);
  if (page.isPending) {
    return <Loading />;
  }
  if (page.isError) {
    return <ProblemNotice problem={page.error} onRetry={() => void page.refetch()} />;
  }
  const { person, interpreterNeeded } = page.data;
  return (
    <Panel title={t('overview')}>
      {person.receivedFrom && (
        <Notice tone="abroad" title={t('received.title', { country: format.country(person.receivedFrom) })}>
          <p>{t('received.lead')}</p>
        </Notice>
      )}
      <Facts
        facts={[
          { term: r('birth'), value: words.birth(person) },
          { term: r('sex'), value: words.sex(person) },
          person.language !== undefined && { term: r('language'), value: format.language(person.language) },
          {
            term: t('interpreter'),
            value: interpreterNeeded ? t('interpreter.needed') : t('interpreter.not'),
          },
          person.otherNames.length > 0 && {
            term: t('other-names'),
            value: person.otherNames.map((name) => (
              <span key={name} className="line">
                <Written text={name} />
              </span>
            )),
          },
          person.facility !== undefined && {
            term: t('facility'),
            value: <Written text={facilityName(person.facility)} />,
          },
          { term: t('updated'), value: format.date(person.updatedAt) },
          { term: t('record-id'), value: <span className="code">{person.id}</span> },
        ]}
      />
    </Panel>
  );
}

/** Name and the facts one must not mistake, above every section of the page. */
export function PersonHead({ personId, may }: SectionProps) {
  const words = usePersonWords();
  const page = usePerson(personId);
  const person = page.data?.person;
  return (
    <header className="person-head">
      <h1 id="screen-title" tabIndex={-1}>
        {person ? <Written text={person.name} /> : <span className="bone" aria-hidden="true" />}
      </h1>
      {person && (
        <p className="person-facts">
          <span>{words.birth(person)}</span>
          <span>{words.sex(person)}</span>
          {words.language(person) && <span>{words.language(person)}</span>}
        </p>
      )}
      {person && may.includes('assess') && !person.receivedFrom && <AssessLink personId={personId} />}
    </header>
  );
}

function AssessLink({ personId }: { readonly personId: string }) {
  const t = useMessages(personMessages);
  return (
    <PlaceLink to={{ screen: 'assess', personId }} className="button button-primary">
      <Icon name="assess" />
      {t('assess')}
    </PlaceLink>
  );
}
