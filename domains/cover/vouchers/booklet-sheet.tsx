import { type Language, languages, translate } from '@serai/kernel/i18n/i18n.ts';
import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { QrCode } from '@serai/ui/components/qr.tsx';
import { useMessages } from '@serai/ui/language.tsx';
import { useMutation } from '@tanstack/react-query';
import { createPortal } from 'react-dom';
import type { SheetView } from './api.ts';
import { toCover, voucherPath } from './use-programme.ts';
import { voucherTexts } from './voucher-texts.messages.ts';

type Booklet = SheetView['booklets'][number];

export function useSheets(programmeId: string) {
  const client = useClient();
  return useMutation({
    mutationFn: (bookletIds: readonly string[]) =>
      client.ask<SheetView>(`${voucherPath}/sheet`, { programmeId, bookletIds }, toCover),
  });
}

/** The booklets as they are printed, and the button that prints them: nothing else of the page goes on paper. */
export function BookletSheets({ sheet }: { readonly sheet: SheetView }) {
  const t = useMessages(voucherTexts);
  const all = (
    <>
      {sheet.booklets.map((booklet) => (
        <BookletSheet key={booklet.bookletId} programme={sheet.programme} booklet={booklet} />
      ))}
    </>
  );
  return (
    <div className="stack">
      {all}
      {createPortal(<div className="print-root">{all}</div>, document.body)}
      <p className="only-screen">
        <Button kind="primary" icon="print" onClick={printSheets}>
          {t('print', { count: sheet.booklets.length })}
        </Button>
      </p>
    </div>
  );
}

function printSheets(): void {
  document.documentElement.dataset.print = 'vouchers';
  const done = () => {
    delete document.documentElement.dataset.print;
    window.removeEventListener('afterprint', done);
  };
  window.addEventListener('afterprint', done);
  window.print();
}

/** A cover with the booklet's code, and a slip for each service: in the holder's language, with a picture of it. */
function BookletSheet(props: { readonly programme: SheetView['programme']; readonly booklet: Booklet }) {
  const { booklet } = props;
  const language: Language = languages.find((each) => each === booklet.language) ?? 'en';
  const t = (key: 'print.code' | 'print.keep' | 'print.until' | 'qr', values?: Record<string, string>) =>
    translate(voucherTexts, language, key, values);
  const title = (texts: Readonly<Record<string, string>>) => texts[language] ?? texts.en ?? '';
  return (
    <article className="booklet" lang={language}>
      <header className="booklet-cover">
        <div>
          <h3>{title(booklet.title)}</h3>
          <p>{title(props.programme)}</p>
          <p>
            <bdi>{booklet.holder}</bdi>
          </p>
        </div>
        <p className="booklet-code">
          {t('print.code')}
          <strong className="code">{booklet.code}</strong>
          {t('print.until', { date: booklet.expiresOn })}
        </p>
        <p className="booklet-words">{t('print.keep')}</p>
      </header>
      <ol className="slips">
        {booklet.vouchers.map((voucher) => (
          <li key={voucher.shortCode} className="slip">
            <QrCode text={voucher.text} label={t('qr')} />
            <div>
              <Pictogram name={voucher.pictogram} />
              <p className="slip-title">
                {title(voucher.title)} {voucher.number}
              </p>
              <p className="code">{voucher.shortCode}</p>
            </div>
          </li>
        ))}
      </ol>
    </article>
  );
}

const drawings: Readonly<Record<string, string>> = {
  antenatal:
    'M12 3a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5ZM10 9c-2 2-2 4-1 6v6h4v-5c3-1 4-4 1-7ZM14 13a2 2 0 1 0 .1 0',
  birth:
    'M3 17h18M3 17v-5h10c4 0 6 2 8 5M6.500 6.500a2.500 2.500 0 1 0 .1 0M15 8a1.800 1.800 0 1 0 .1 0M12 12c1-2 5-2 6 0',
  postnatal:
    'M9 3a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5ZM5 21v-8c0-3 8-3 8 0l4 1M13 13c1 3 5 3 6 0M16 9.500a1.600 1.600 0 1 0 .1 0',
  transport: 'M3 16V9h10l4 3h4v4h-3M8 16h6M5.500 14.500a2 2 0 1 0 .1 0M16 14.500a2 2 0 1 0 .1 0M7 12h4M9 10v4',
  child: 'M12 4a3 3 0 1 0 0 6 3 3 0 0 0 0-6ZM7 21l1.500-6L6 12M17 21l-1.500-6L18 12M8.500 15h7M9 11h6',
};

function Pictogram({ name }: { readonly name: string }) {
  return (
    <svg className="pictogram" viewBox="0 0 24 24" aria-hidden="true">
      <path d={drawings[name] ?? drawings.child} fill="none" stroke="currentColor" strokeWidth="1.4" />
    </svg>
  );
}
