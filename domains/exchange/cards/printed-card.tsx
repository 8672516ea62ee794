import type { Messages } from '@serai/kernel/i18n/i18n.ts';
import { Written } from '@serai/ui/components/panel.tsx';
import { QrCode } from '@serai/ui/components/qr.tsx';
import { useFormat, useLanguage, useMessages } from '@serai/ui/language.tsx';
import type { IssuedCard } from '../api.ts';
import { claimMessages } from '../exchange.messages.ts';
import { cardMessages } from './card.messages.ts';

/**
 * The card as it is printed: CR80, 85.6 × 54 mm, its one code 46 mm wide so that a cheap camera reads it. On the A4
 * sheet the same card stands above a page that says what it is for.
 */
export function PrintedCard({ card }: { readonly card: IssuedCard }) {
  const t = useMessages(cardMessages);
  const { language } = useLanguage();
  const format = useFormat();
  const shown = Object.entries(card.claims).filter(
    ([claim]) => claim !== 'name' && claimMessages[claim as 'name'] !== undefined,
  );
  const short = shown.filter(([claim]) => claim !== 'record' && claim !== 'portraitHash');
  const claimName = (claim: string) => (claimMessages as Messages)[claim]?.[language] ?? claim;
  return (
    <div className="printed">
      <div className="cr80">
        <div className="cr80-words">
          <p className="cr80-kind">{t('health-card')}</p>
          {card.claims.name !== undefined && (
            <p className="cr80-name">
              <Written text={String(card.claims.name)} />
            </p>
          )}
          <dl>
            {short.map(([claim, value]) => (
              <div key={claim}>
                <dt>{claimName(claim)}</dt>
                <dd>
                  <Written text={String(value)} />
                </dd>
              </div>
            ))}
          </dl>
          <p className="cr80-foot">
            {t('valid-until', { date: format.day(card.expiresAt) })}
            <br />
            {t('for-care-only')}
          </p>
        </div>
        <QrCode text={card.printed.text} label={t('qr.label')} />
      </div>
      <div className="sheet-words only-print">
        <h2>{t('sheet.how')}</h2>
        <ol>
          <li>{t('sheet.1')}</li>
          <li>{t('sheet.2')}</li>
          <li>{t('sheet.3')}</li>
          <li>{t('sheet.4')}</li>
        </ol>
      </div>
    </div>
  );
}
