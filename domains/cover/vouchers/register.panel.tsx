import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { TextField } from '@serai/ui/components/field.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { Panel } from '@serai/ui/components/panel.tsx';
import { ProblemNotice, useProblemText } from '@serai/ui/components/problem-notice.tsx';
import { useMessages } from '@serai/ui/language.tsx';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { LinesAnswer } from './api.ts';
import { linesOf } from './lines.ts';
import type { VoucherProgramme } from './programme.ts';
import { toCover, useAct, voucherPath } from './use-programme.ts';
import { voucherTexts } from './voucher-texts.messages.ts';

/** Registers one or many: checked first, line by line; a line that is refused keeps no other out. */
export function RegisterPanel(props: { readonly programme: VoucherProgramme; readonly language: string }) {
  const t = useMessages(voucherTexts);
  const client = useClient();
  const { programme } = props;
  const [text, setText] = useState('');
  const lines = linesOf(text, programme, props.language);
  const preview = useMutation({
    mutationFn: () =>
      client.ask<LinesAnswer>(`${voucherPath}/holders/preview`, { programmeId: programme.id, lines }, toCover),
  });
  const register = useAct<LinesAnswer>('/holders', toCover, () => {
    setText('');
    preview.reset();
  });
  const good = preview.data?.lines.filter((line) => !line.refused).length ?? 0;
  const example = `Ma Aye, pregnant, ${programme.villages[0]}`;
  const [before, after] = t('register.hint', { example: '\n' }).split('\n');
  return (
    <Panel title={t('register')}>
      <TextField
        id="lines"
        label={t('register.lines')}
        hint={
          <>
            {before}
            <bdi>{example}</bdi>
            {after}
          </>
        }
        value={text}
        rows={4}
        wide
        onChange={(next) => {
          setText(next);
          preview.reset();
          register.reset();
        }}
      />
      {preview.isError && <ProblemNotice problem={preview.error} />}
      {register.isError && <ProblemNotice problem={register.error} />}
      {preview.data && <LineReport answer={preview.data} />}
      {register.data && (
        <Notice tone="good" announce>
          <p>{t('register.done', { count: register.data.lines.filter((line) => line.holderId).length })}</p>
        </Notice>
      )}
      <div className="row">
        <Button busy={preview.isPending} disabled={lines.length === 0} onClick={() => preview.mutate()}>
          {t('register.preview')}
        </Button>
        {good > 0 && (
          <Button
            kind="primary"
            icon="plus"
            busy={register.isPending}
            onClick={() => register.mutate({ programmeId: programme.id, lines })}
          >
            {t('register.do', { count: good })}
          </Button>
        )}
      </div>
    </Panel>
  );
}

function LineReport({ answer }: { readonly answer: LinesAnswer }) {
  const t = useMessages(voucherTexts);
  const problem = useProblemText();
  const bad = answer.lines.filter((line) => line.refused);
  return (
    <Notice tone={bad.length > 0 ? 'warn' : 'good'} announce>
      <p>{t('line.good', { count: answer.lines.length - bad.length })}</p>
      <ul>
        {bad.map((line) => (
          <li key={line.line}>
            {t('line', { line: line.line + 1, why: problem({ code: line.refused!, text: undefined }) })}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
