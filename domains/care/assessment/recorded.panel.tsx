import type { Messages } from '@serai/kernel/i18n/i18n.ts';
import { Facts, Panel, ScreenHead, Written } from '@serai/ui/components/panel.tsx';
import { useFormat, useLanguage, useMessages } from '@serai/ui/language.tsx';
import { PlaceLink } from '@serai/ui/navigation.tsx';
import { useEffect } from 'react';
import type { RecordedAssessment } from '../api.ts';
import { ScreeningCard } from '../screening/screening.panel.tsx';
import { assessMessages } from './assess.messages.ts';

/** What an assessment added to the record, and where to go from here. */
export function Recorded({
  personId,
  name,
  recorded,
}: {
  readonly personId: string;
  readonly name: string;
  readonly recorded: RecordedAssessment;
}) {
  const t = useMessages(assessMessages);
  const { language } = useLanguage();
  const format = useFormat();
  useEffect(() => {
    document.getElementById('screen-title')?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, []);
  const word = (type: string) => (assessMessages as Messages)[`created.${type}`]?.[language];
  return (
    <>
      <ScreenHead title={t('done.title')} lead={<Written text={name} />} />
      <Panel title={t('done.created')}>
        <Facts
          facts={Object.entries(recorded.created).map(([type, count]) => {
            const what = word(type);
            return what !== undefined && { term: what, value: format.number(count) };
          })}
        />
      </Panel>
      <ScreeningCard screening={recorded.screening} />
      <div className="row">
        <PlaceLink to={{ screen: 'person', personId, section: 'summary' }} className="button button-primary">
          {t('done.summary')}
        </PlaceLink>
        <PlaceLink to={{ screen: 'person', personId, section: 'card' }} className="button">
          {t('done.card')}
        </PlaceLink>
      </div>
    </>
  );
}
