import { useClient } from '@serai/ui/client-context.tsx';
import { Button } from '@serai/ui/components/button.tsx';
import { DateField } from '@serai/ui/components/date-field.tsx';
import { RadioField, SelectField, TextField } from '@serai/ui/components/field.tsx';
import { Panel, ScreenHead } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { useLanguage, useMessages } from '@serai/ui/language.tsx';
import { asProblem } from '@serai/ui/problem.ts';
import { Camera } from '@serai/ui/scan/camera.tsx';
import type { ScreenProps } from '@serai/ui/screen.ts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { AnswerPanel } from './answer.panel.tsx';
import type { AskEligibility, EligibilityCodes, EligibilityView } from './api.ts';
import { NameSearch } from './name-search.panel.tsx';
import { OfflineAnswerPanel } from './offline-answer.tsx';
import { readCard } from './offline-card.tsx';
import { OfflineKitPanel, useCardKit } from './offline-kit.panel.tsx';
import { screenMessages } from './screen.messages.ts';

const ways = ['number', 'card', 'name'] as const;
type Way = (typeof ways)[number];
const visitKinds = ['other', 'referral', 'emergency'] as const;

/** Why it is asked: to know whether someone is covered, whoever asks. */
export const asCover = { purpose: 'COVERAGE' } as const;

/** Whether someone is covered: by number, card or name; a clear yes or no, what the patient pays, what remains. */
export default function EligibilityPanel({ may }: ScreenProps) {
  const t = useMessages(screenMessages);
  const client = useClient();
  const [question, setQuestion] = useState<AskEligibility>({});
  const answerPlace = useRef<HTMLDivElement>(null);
  const cards = useCardKit();
  const ask = useMutation({
    mutationFn: async (body: AskEligibility): Promise<Told> => {
      try {
        return { view: await client.ask<EligibilityView>('/api/cover/eligibility', body, asCover) };
      } catch (thrown) {
        if (!isOutOfReach(thrown) || body.card === undefined || !cards.kit) {
          throw thrown;
        }
        return { offline: await readCard(cards.kit, body.card) };
      }
    },
  });
  const { status } = ask;
  useEffect(() => {
    if (status === 'success' || status === 'error') {
      // Whoever cannot see goes on from the answer.
      answerPlace.current?.focus({ preventScroll: true });
      answerPlace.current?.scrollIntoView({ block: 'nearest' });
    }
  }, [status]);
  const send = (body: AskEligibility) => {
    setQuestion(body);
    ask.mutate(body);
  };
  return (
    <>
      <ScreenHead title={t('title')} lead={t('lead')} />
      <QuestionForm busy={ask.isPending} may={may} onAsk={send} />
      <div ref={answerPlace} tabIndex={-1}>
        {ask.isError && <ProblemNotice problem={ask.error} onRetry={() => ask.mutate(question)} />}
        {ask.data?.view && <AnswerPanel answer={ask.data.view} asked={question} />}
        {ask.data?.offline && <OfflineAnswerPanel {...ask.data.offline} />}
      </div>
      <OfflineKitPanel {...cards} />
    </>
  );
}

/** Whether the node was not reached: then a card can still be read, if this device was set up for it. */
function isOutOfReach(thrown: unknown): boolean {
  const problem = asProblem(thrown);
  return ['offline', 'timeout'].includes(problem.code) || [502, 503, 504].includes(problem.status);
}

/** What was answered: by the node, or, with the line cut, by the card alone. */
interface Told {
  readonly view?: EligibilityView;
  readonly offline?: Awaited<ReturnType<typeof readCard>>;
}

interface FormProps {
  readonly busy: boolean;
  readonly may: readonly string[];
  readonly onAsk: (body: AskEligibility) => void;
}

function QuestionForm({ busy, may, onAsk }: FormProps) {
  const t = useMessages(screenMessages);
  const [way, setWay] = useState<Way>('number');
  const [text, setText] = useState('');
  const [visit, setVisit] = useState<(typeof visitKinds)[number]>('other');
  const [code, setCode] = useState('');
  const [on, setOn] = useState('');
  const [tried, setTried] = useState(false);
  const details: AskEligibility = { visit, ...(code && { code }), ...(on && { on }) };
  const send = () => {
    setTried(true);
    if (text.trim() && way !== 'name') {
      onAsk({ ...details, ...(way === 'card' ? { card: text.trim() } : { memberNumber: text.trim() }) });
    }
  };
  return (
    <Panel>
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <RadioField
          id="way"
          label={t('by')}
          inline
          value={way}
          onChange={(next) => {
            setWay(next);
            setText('');
            setTried(false);
          }}
          choices={ways.map((value) => ({ value, label: t(`by.${value}`) }))}
        />
        <div className="form-grid">
          <VisitFields {...{ visit, setVisit, code, setCode, on, setOn }} />
        </div>
        {way === 'name' ? (
          <NameSearch may={may} onChosen={(who) => onAsk({ ...details, ...who })} />
        ) : (
          <>
            <TextField
              id="who"
              label={t(`by.${way}`)}
              value={text}
              onChange={setText}
              required
              wide
              {...(way === 'card' && { hint: t('card.hint'), rows: 3 })}
              error={tried && !text.trim() ? t('missing') : undefined}
              input={{ autoFocus: true, spellCheck: false, maxLength: 64 }}
            />
            {way === 'card' && <Camera beside onText={setText} />}
            <div className="form-actions">
              <Button type="submit" kind="primary" icon="check" busy={busy}>
                {t('ask')}
              </Button>
            </div>
          </>
        )}
      </form>
    </Panel>
  );
}

interface VisitProps {
  readonly visit: (typeof visitKinds)[number];
  readonly setVisit: (visit: (typeof visitKinds)[number]) => void;
  readonly code: string;
  readonly setCode: (code: string) => void;
  readonly on: string;
  readonly setOn: (on: string) => void;
}

function VisitFields({ visit, setVisit, code, setCode, on, setOn }: VisitProps) {
  const t = useMessages(screenMessages);
  const { language } = useLanguage();
  const client = useClient();
  const codes = useQuery({
    queryKey: ['cover', 'eligibility', 'codes'],
    queryFn: ({ signal }) => client.get<EligibilityCodes>('/api/cover/eligibility/codes', { signal, ...asCover }),
    staleTime: 600_000,
  });
  return (
    <>
      <RadioField
        id="visit"
        label={t('visit')}
        inline
        value={visit}
        onChange={setVisit}
        choices={visitKinds.map((value) => ({ value, label: t(`visit.${value}`) }))}
      />
      <SelectField
        id="code"
        label={t('code')}
        none={t('code.any')}
        value={code === '' ? undefined : code}
        onChange={setCode}
        choices={(codes.data?.codes ?? []).map((each) => ({
          value: each.code,
          label: each.title[language] ?? each.title.en ?? each.code,
        }))}
      />
      <DateField id="on" label={t('on')} value={on} onChange={setOn} />
    </>
  );
}
