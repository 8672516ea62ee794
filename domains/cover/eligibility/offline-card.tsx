import { Button } from '@serai/ui/components/button.tsx';
import { TextField } from '@serai/ui/components/field.tsx';
import { Panel } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { Problem } from '@serai/ui/problem.ts';
import { Camera } from '@serai/ui/scan/camera.tsx';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type CardKit, checkCardOffline, kitEndsAt } from './card-kit.ts';
import { loadCardKit } from './card-kit-store.ts';
import { offlineCardTexts } from './offline.messages.ts';
import { OfflineAnswerPanel } from './offline-answer.tsx';

/** Presentations of phones this page was shown: the same again is a copy. */
const shown = new Set<string>();

/** @throws Problem with the refusal of the card. */
export async function readCard(kit: CardKit, text: string) {
  const read = await checkCardOffline(kit, text, Math.floor(Date.now() / 1000), (id) => {
    const known = shown.has(id);
    shown.add(id);
    return known;
  });
  if (!read.ok) {
    throw new Problem(read.code, 409);
  }
  return { answer: read.value, kit };
}

/** Reading a card where the node cannot be reached and nobody can sign in; on a device that is not set up it is not there. */
export default function OfflineCardDesk() {
  const t = useMessages(offlineCardTexts);
  const [kit, setKit] = useState<CardKit>();
  const [text, setText] = useState('');
  useEffect(() => {
    void loadCardKit().then(setKit);
  }, []);
  const read = useMutation({ mutationFn: (card: string) => readCard(kit!, card) });
  if (!kit) {
    return null;
  }
  return (
    <section className="stack">
      <h1>{t('title')}</h1>
      <KitAge kit={kit} />
      <Panel>
        <form
          className="form"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            read.mutate(text.trim());
          }}
        >
          <TextField id="card" label={t('card')} value={text} onChange={setText} rows={3} wide required />
          <Camera
            beside
            onText={(scanned) => {
              setText(scanned);
              read.mutate(scanned);
            }}
          />
          <div className="form-actions">
            <Button type="submit" kind="primary" icon="check" busy={read.isPending} disabled={!text.trim()}>
              {t('check')}
            </Button>
          </div>
        </form>
      </Panel>
      {read.isError && <ProblemNotice problem={read.error} />}
      {read.data && <OfflineAnswerPanel {...read.data} />}
    </section>
  );
}

/** Of when the lists are, and how long they hold. */
export function KitAge({ kit }: { readonly kit: CardKit }) {
  const t = useMessages(offlineCardTexts);
  const format = useFormat();
  const ends = kitEndsAt(kit);
  const at = (seconds: number) => new Date(seconds * 1000).toISOString();
  return (
    <p role="status">
      {ends * 1000 > Date.now()
        ? t('ready', { date: format.date(at(kit.takenAt)), until: format.date(at(ends)) })
        : t('over', { until: format.date(at(ends)) })}
    </p>
  );
}
