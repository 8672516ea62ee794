import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { Panel } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { keepConsole } from '@serai/ui/keep-console.ts';
import { useMessages } from '@serai/ui/language.tsx';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { CardKit } from './card-kit.ts';
import { loadCardKit, saveCardKit } from './card-kit-store.ts';
import { offlineCardTexts } from './offline.messages.ts';
import { KitAge } from './offline-card.tsx';

/** The kit of this browser; fetched anew whenever the screen opens with a network, once the device was set up. */
export function useCardKit() {
  const client = useClient();
  const [kit, setKit] = useState<CardKit>();
  const [isLoaded, setLoaded] = useState(false);
  const fetchKit = useMutation({
    mutationFn: async () => {
      const fresh = await client.get<CardKit>('/api/cover/eligibility/card-kit', { purpose: 'COVERAGE' });
      await saveCardKit(fresh);
      await keepConsole();
      setKit(fresh);
      return fresh;
    },
  });
  const { mutate } = fetchKit;
  useEffect(() => {
    let current = true;
    void loadCardKit().then((kept) => {
      if (current) {
        setKit(kept);
        setLoaded(true);
        if (kept && navigator.onLine) {
          mutate();
        }
      }
    });
    return () => {
      current = false;
    };
  }, [mutate]);
  return { kit, isLoaded, fetchKit };
}

/** Whether this device reads cards without a network, and of when its lists are. */
export function OfflineKitPanel({ kit, isLoaded, fetchKit }: ReturnType<typeof useCardKit>) {
  const t = useMessages(offlineCardTexts);
  if (!isLoaded) {
    return null;
  }
  return (
    <Panel title={t('title')}>
      {kit ? <KitAge kit={kit} /> : <p>{t('none')}</p>}
      {fetchKit.error instanceof DOMException && <Notice tone="warn" title={t('cannot')} />}
      {fetchKit.isError && !kit && !(fetchKit.error instanceof DOMException) && (
        <ProblemNotice problem={fetchKit.error} />
      )}
      <Button icon={kit ? 'renew' : 'shield'} busy={fetchKit.isPending} onClick={() => fetchKit.mutate()}>
        {t(kit ? 'renew' : 'set-up')}
      </Button>
    </Panel>
  );
}
