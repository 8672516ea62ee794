import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { RadioField, TextField } from '@serai/ui/components/field.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { Panel, ScreenHead } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { useMessages } from '@serai/ui/language.tsx';
import { Camera } from '@serai/ui/scan/camera.tsx';
import { readPicture } from '@serai/ui/scan/qr-reader.ts';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { VerifiedCard } from '../api.ts';
import { scanMessages } from './scan.messages.ts';
import { VerifiedCardPanel } from './verified-card.panel.tsx';

const ways = ['camera', 'picture', 'text'] as const;
type Way = (typeof ways)[number];

/** Reads a card by camera, picture or text, checks it here, and lets the reader ask its home for the record. */
export function ScanPanel() {
  const t = useMessages(scanMessages);
  const client = useClient();
  const [way, setWay] = useState<Way>(navigator.mediaDevices ? 'camera' : 'text');
  const [text, setText] = useState('');
  const [noCode, setNoCode] = useState(false);
  const outcome = useRef<HTMLDivElement>(null);
  const verify = useMutation({
    mutationFn: (card: string) => client.ask<VerifiedCard>('/api/cards/verify', { text: card }),
  });
  const { status } = verify;
  useEffect(() => {
    if (status === 'success' || status === 'error') {
      // The form that had the focus is gone or has its answer below: whoever cannot see goes on from the answer.
      outcome.current?.focus({ preventScroll: true });
      outcome.current?.scrollIntoView({ block: 'nearest' });
    }
  }, [status]);
  const check = (card: string) => {
    setNoCode(false);
    if (card.trim()) {
      verify.mutate(card.trim());
    }
  };

  return (
    <>
      <ScreenHead title={t('title')} lead={t('lead')} />
      {!verify.isSuccess && (
        <Panel>
          <RadioField
            id="way"
            label={t('how')}
            inline
            value={way}
            onChange={(next) => {
              setWay(next);
              setNoCode(false);
              verify.reset();
            }}
            choices={ways.map((value) => ({ value, label: t(value) }))}
          />
          {way === 'camera' && <Camera onText={check} />}
          {way === 'picture' && (
            <div className="field">
              <label className="field-label" htmlFor="picture">
                {t('picture.choose')}
              </label>
              <input
                id="picture"
                className="input"
                type="file"
                accept="image/*"
                onChange={(event) => {
                  const file = event.target.files?.[0];
                  if (file) {
                    verify.reset();
                    readPicture(file).then(
                      (found) => (found ? check(found) : setNoCode(true)),
                      () => setNoCode(true),
                    );
                  }
                }}
              />
              {noCode && (
                <Notice tone="warn" announce>
                  <p>{t('picture.none')}</p>
                </Notice>
              )}
            </div>
          )}
          {way === 'text' && (
            <form
              className="stack"
              onSubmit={(event) => {
                event.preventDefault();
                check(text);
              }}
            >
              <TextField
                id="card-text"
                label={t('text.label')}
                hint={t('text.hint')}
                rows={4}
                value={text}
                onChange={setText}
                input={{ spellCheck: false }}
              />
              <p>
                <Button type="submit" kind="primary" busy={verify.isPending}>
                  {t('check')}
                </Button>
              </p>
            </form>
          )}
        </Panel>
      )}
      <div ref={outcome} className="stack" tabIndex={-1}>
        <p role="status" className={verify.isPending ? 'soft' : 'only-spoken'}>
          {verify.isPending ? t('checking') : verify.isSuccess ? t('good') : ''}
        </p>
        {verify.isError && <ProblemNotice problem={verify.error} onRetry={() => check(verify.variables)} />}
        {verify.isSuccess && (
          <>
            <VerifiedCardPanel card={verify.data} text={verify.variables} />
            <p>
              <Button
                kind="quiet"
                icon="scan"
                onClick={() => {
                  verify.reset();
                  setText('');
                }}
              >
                {t('again')}
              </Button>
            </p>
          </>
        )}
      </div>
    </>
  );
}
