import { Notice } from '@serai/ui/components/notice.tsx';
import { Facts, Panel, Written } from '@serai/ui/components/panel.tsx';
import { useFormat, useLanguage, useMessages } from '@serai/ui/language.tsx';
import type { CardKit, OfflineAnswer } from './card-kit.ts';
import { offlineCardTexts } from './offline.messages.ts';

/** What a card says with nobody to ask: as of when, and what is not known. */
export function OfflineAnswerPanel({ answer, kit }: { readonly answer: OfflineAnswer; readonly kit: CardKit }) {
  const t = useMessages(offlineCardTexts);
  const format = useFormat();
  const { language } = useLanguage();
  const { cover } = answer;
  const title = cover && kit.schemes[cover.schemeId];
  const ageSeconds = Math.max(0, Math.floor(Date.now() / 1000) - answer.statusAsOf);
  const unknown = ['paid', 'service', 'left', ...(answer.holderBound ? [] : ['holder'])] as const;
  return (
    <Panel>
      <Notice tone={answer.covered ? 'good' : 'warn'} title={t(answer.covered ? 'yes' : 'no')} announce>
        <p>
          {t('as-of', {
            date: format.date(new Date(answer.statusAsOf * 1000).toISOString()),
            age: format.age(ageSeconds),
          })}
        </p>
      </Notice>
      <Facts
        facts={[
          answer.name !== undefined && { term: t('name'), value: <Written text={answer.name} /> },
          cover && { term: t('number'), value: <span className="code">{cover.memberNumber}</span> },
          cover && { term: t('scheme'), value: title?.[language] ?? title?.en ?? cover.schemeId.replace(/^sch:/, '') },
          cover && { term: t('days'), value: `${format.day(cover.from)} – ${format.day(cover.to)}` },
          cover && cover.dependants > 0 && { term: t('dependants'), value: format.number(cover.dependants) },
          { term: t('issuer'), value: format.country(answer.issuerCountry) },
        ]}
      />
      <h3>{t('unknown.title')}</h3>
      <ul className="reasons">
        {unknown.map((each) => (
          <li key={each}>{t(`unknown.${each}` as 'unknown.paid')}</li>
        ))}
      </ul>
      <p>
        <strong>{t('emergency')}</strong>
      </p>
    </Panel>
  );
}
