import { Empty, Loading, ScreenHead } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { useLanguage, useMessages } from '@serai/ui/language.tsx';
import { HoldersPanel } from './holders.panel.tsx';
import { RegisterPanel } from './register.panel.tsx';
import { useOwnProgrammes } from './use-programme.ts';
import { voucherTexts } from './voucher-texts.messages.ts';

/** Registering people, and handing out booklets on paper or by text. */
export default function HandOutPanel() {
  const t = useMessages(voucherTexts);
  const { language } = useLanguage();
  const programmes = useOwnProgrammes();
  const programme = programmes.own?.[0];
  return (
    <div className="stack">
      <ScreenHead title={t('go.hand-out')} lead={t('lead')} />
      {programmes.isPending && <Loading />}
      {programmes.isError && <ProblemNotice problem={programmes.error} onRetry={() => void programmes.refetch()} />}
      {programmes.own?.length === 0 && <Empty>{t('none')}</Empty>}
      {programme && <RegisterPanel programme={programme} language={language} />}
      {programme && <HoldersPanel programme={programme} />}
    </div>
  );
}
