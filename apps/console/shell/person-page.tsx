import { PersonHead } from '@serai/domains/registry/person/overview.panel.tsx';
import { usePerson } from '@serai/domains/registry/person/use-person.ts';
import { Loading } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { useLanguage, useMessages } from '@serai/ui/language.tsx';
import type { ConsoleSection } from '@serai/ui/section.ts';
import { Link } from '@tanstack/react-router';
import { Suspense } from 'react';
import { useSignedIn } from './session-context.ts';
import { shellMessages } from './shell.messages.ts';
import { NoScreen } from './shell.tsx';

/** A person's page: a head that never changes and one section at a time, from an array the domains fill. */
export function PersonPage(props: {
  readonly personId: string;
  readonly section: string;
  readonly sections: readonly ConsoleSection[];
}) {
  const t = useMessages(shellMessages);
  const { language } = useLanguage();
  const { me } = useSignedIn();
  const person = usePerson(props.personId);
  const offered = props.sections.filter(
    (section) => !section.needs || (me.may as readonly string[]).includes(section.needs),
  );
  const section = offered.find((candidate) => candidate.key === props.section);
  if (person.isError) {
    return <ProblemNotice problem={person.error} onRetry={() => void person.refetch()} />;
  }
  if (!section) {
    return <NoScreen />;
  }
  return (
    <>
      <PersonHead personId={props.personId} may={me.may} />
      <div className="person-layout">
        <nav className="section-nav" aria-label={t('section.nav')}>
          <ul>
            {offered.map((candidate) => (
              <li key={candidate.key}>
                <Link
                  to="/persons/$personId/$section"
                  params={{ personId: props.personId, section: candidate.key }}
                  aria-current={candidate.key === section.key ? 'page' : undefined}
                  className="section-link"
                >
                  {candidate.title[language]}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <div className="section-body">
          <Suspense fallback={<Loading />}>{section.render({ personId: props.personId, may: me.may })}</Suspense>
        </div>
      </div>
    </>
  );
}
