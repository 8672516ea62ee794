import { Tag, type Tone } from '@serai/ui/components/notice.tsx';
import { useLanguage, useMessages } from '@serai/ui/language.tsx';
import { memo } from 'react';
import type { ScreeningResult } from '../api.ts';
import { assessMessages } from '../assessment/assess.messages.ts';
import { screeningTexts } from './screening.ts';

const tones: Readonly<Record<ScreeningResult['result'], Tone>> = {
  positive: 'bad',
  negative: 'good',
  inconclusive: 'warn',
  incomplete: 'note',
};

/** The TB screening as it stands: result, why, by which algorithm, and what to do next. Read out when it changes. */
export const ScreeningCard = memo(function ScreeningCard({ screening }: { readonly screening: ScreeningResult }) {
  const t = useMessages(assessMessages);
  const { language } = useLanguage();
  const texts = screeningTexts(screening, language);
  return (
    <section className="screening" data-result={screening.result} aria-labelledby="screening-title">
      <h2 id="screening-title" className="small soft">
        {t('screening')}
      </h2>
      <p role="status" className="screening-result">
        <Tag tone={tones[screening.result]}>{texts.result}</Tag>
      </p>
      {texts.nextStep && screening.result !== 'incomplete' && (
        <p>
          <b>{t('screening.next')}:</b> {texts.nextStep}
        </p>
      )}
      <details className="more">
        <summary>{t('screening.why')}</summary>
        <ul>
          {texts.reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
        <p className="small soft">
          {[texts.group, texts.algorithm].filter(Boolean).join(' · ')}
          {screening.source && <span className="line">{t('screening.source', { source: screening.source })}</span>}
        </p>
      </details>
    </section>
  );
});
