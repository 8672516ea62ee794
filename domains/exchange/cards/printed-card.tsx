import { Written } from '@serai/ui/components/panel.tsx';
import { QrCode } from '@serai/ui/components/qr.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import type { IssuedCard } from '../api.ts';
import { claimMessages } from '../exchange.messages.ts';
import { cardMessages } from './card.messages.ts';
import { shownClaims } from './claims.ts';

/**
 * The card as it is printed: CR80, 85.6 × 54 mm, its one code 46 mm wide so that a cheap camera reads it. On the A4
 * sheet the same card stands above a page that says what it is for.
 */
export function PrintedCard({ card }: { readonly card: IssuedCard }) {
  const t = useMessages(cardMessages);
  const format = useFormat();
  const c = useMessages(claimMessages);
  const shown = shownClaims(card.claims);
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
            {shown
              .filter(({ claim }) => claim !== 'name')
              .map(({ claim, text }) => (
                <div key={claim}>
                  <dt>{c(claim)}</dt>
                  <dd>
                    <Written text={text} />
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
