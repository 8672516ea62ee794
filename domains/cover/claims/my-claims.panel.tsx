import { Panel, ScreenHead } from '@serai/ui/components/panel.tsx';
import { PlaceLink } from '@serai/ui/navigation.tsx';
import { ClaimList } from './queue.panel.tsx';
import { useClaimWords } from './words.tsx';

/** A facility's own claims. */
export default function MyClaims() {
  const { t } = useClaimWords();
  const links = (
    <>
      <PlaceLink to={{ screen: 'at', path: '/cover/provider/new' }} className="button button-primary">
        {t('new.title')}
      </PlaceLink>
      <PlaceLink to={{ screen: 'at', path: '/cover/provider/import' }} className="button">
        {t('import.title')}
      </PlaceLink>
    </>
  );
  return (
    <>
      <ScreenHead title={t('mine.title')} lead={t('mine.lead')} actions={links} />
      <Panel>
        <ClaimList provider={false} caption={t('mine.title')} />
      </Panel>
    </>
  );
}
