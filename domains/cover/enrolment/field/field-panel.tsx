import { Button } from '@serai/ui/components/button.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { Panel, Written } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { PlaceLink } from '@serai/ui/navigation.tsx';
import { todayHere } from '@serai/ui/today.ts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { EnrolForm } from '../console/enrol-form.ts';
import { LikelyMembers } from '../console/enrol-parts.tsx';
import { memberPath } from '../console/words.tsx';
import { fieldTexts } from './field.messages.ts';
import { keepOnDevice } from './field-form.tsx';
import { forget, type Outcome, useFieldDevice, useFreshSchemes, useSending, useSetUp } from './use-field.ts';

/** Puts a family that was refused into the form; it waits on the device until it is enrolled from there. */
export type Correct = (entered: EnrolForm, requestId: string) => void;

/** This device without a network: setting it up, what waits on it, and sending that. */
export function FieldPanel(props: { readonly onCorrect: Correct; readonly formIsBlank: boolean }) {
  const t = useMessages(fieldTexts);
  const format = useFormat();
  const { me, device, mine } = useFieldDevice();
  const setUp = useSetUp(me);
  useFreshSchemes(mine);
  const others = device !== undefined && !mine && device.waiting.length > 0;
  return (
    <Panel title={t('field.title')}>
      {!mine && <p>{t(others ? 'field.other' : 'field.none')}</p>}
      {!mine && !others && (
        <div className="row">
          <Button icon="shield" busy={setUp.isPending} disabled={!me} onClick={() => setUp.mutate()}>
            {t('field.set-up')}
          </Button>
        </div>
      )}
      {setUp.isError &&
        (setUp.error instanceof DOMException ? (
          <Notice tone="bad">{t('field.cannot')}</Notice>
        ) : (
          <ProblemNotice problem={setUp.error} />
        ))}
      {mine && (
        <>
          <p>
            {t('field.ready', { date: format.day(mine.told) })} <span className="soft">{t('field.opens')}</span>
          </p>
          <Sending {...props} waiting={mine.waiting.length} />
        </>
      )}
    </Panel>
  );
}

function Sending(props: Parameters<typeof FieldPanel>[0] & { readonly waiting: number }) {
  const t = useMessages(fieldTexts);
  const format = useFormat();
  const { send, enrolOthers } = useSending();
  const [outcomes, setOutcomes] = useState<readonly Outcome[]>([]);
  const replace = (requestId: string, by?: Outcome) =>
    setOutcomes((all) => all.flatMap((each) => (each.requestId === requestId ? (by ?? []) : each)));
  return (
    <>
      <p role="status">
        <strong>{t('field.waiting', { count: format.number(props.waiting) })}</strong>
      </p>
      {props.waiting > 0 && (
        <div className="row">
          <Button
            icon="received"
            busy={send.isPending}
            onClick={() => {
              setOutcomes([]);
              send.mutate((outcome) => setOutcomes((all) => [...all, outcome]));
            }}
          >
            {t('field.send')}
          </Button>
        </div>
      )}
      {send.isError && <ProblemNotice problem={send.error} />}
      {enrolOthers.isError && <ProblemNotice problem={enrolOthers.error} />}
      {outcomes.map((outcome) => (
        <OneOutcome
          key={outcome.requestId}
          {...props}
          outcome={outcome}
          busy={enrolOthers.isPending}
          onOthers={(of) => enrolOthers.mutate({ outcome: of, onOutcome: (next) => replace(of.requestId, next) })}
          onGone={() => replace(outcome.requestId)}
        />
      ))}
    </>
  );
}

function OneOutcome(props: {
  readonly outcome: Outcome;
  readonly busy: boolean;
  readonly formIsBlank: boolean;
  readonly onOthers: (of: Extract<Outcome, { kind: 'alike' }>) => void;
  readonly onCorrect: Correct;
  readonly onGone: () => void;
}) {
  const t = useMessages(fieldTexts);
  const format = useFormat();
  const { outcome } = props;
  switch (outcome.kind) {
    case 'enrolled':
      return (
        <Notice tone="good" announce>
          <p>
            {t('enrolled.title', { number: outcome.answer.policyNumber })}{' '}
            <PlaceLink to={memberPath(outcome.answer.memberIds[0]!)}>{t('enrolled.open')}</PlaceLink>
          </p>
        </Notice>
      );
    case 'unreadable':
      return (
        <Notice tone="bad" announce>
          <p>{t('field.unreadable', { date: format.day(outcome.on) })}</p>
          <GiveUp {...props} />
        </Notice>
      );
    default:
      return (
        <section className="stack">
          <h3>
            <Written text={outcome.entered.form.people[0]?.name ?? ''} /> · {format.day(outcome.entered.on)}
          </h3>
          {outcome.kind === 'refused' && <ProblemNotice problem={outcome.problem} />}
          {outcome.kind === 'alike' && <LikelyMembers candidates={outcome.candidates} />}
          {!props.formIsBlank && <p className="soft">{t('field.others-wait')}</p>}
          <div className="row">
            {outcome.kind === 'alike' && (
              <Button kind="primary" busy={props.busy} onClick={() => props.onOthers(outcome)}>
                {t('duplicates.others')}
              </Button>
            )}
            <Button
              disabled={!props.formIsBlank}
              onClick={() => {
                props.onCorrect(outcome.entered.form, outcome.requestId);
                props.onGone();
              }}
            >
              {t('field.correct')}
            </Button>
            <GiveUp {...props} />
          </div>
        </section>
      );
  }
}

function GiveUp(props: { readonly outcome: Outcome; readonly onGone: () => void }) {
  const t = useMessages(fieldTexts);
  const queries = useQueryClient();
  return (
    <Button
      kind="quiet"
      onClick={async () => {
        await forget(props.outcome.requestId);
        await queries.invalidateQueries({ queryKey: ['field-device'] });
        props.onGone();
      }}
    >
      {t('field.give-up')}
    </Button>
  );
}

/** Offered where the line is cut in the middle of an enrolment. */
export function KeepInstead(props: { readonly form: EnrolForm; readonly onKept: () => void }) {
  const t = useMessages(fieldTexts);
  const { mine } = useFieldDevice();
  const queries = useQueryClient();
  const keep = useMutation({
    mutationFn: () => keepOnDevice(mine!, props.form, todayHere()),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['field-device'] });
      props.onKept();
    },
  });
  if (!mine) {
    return null;
  }
  return (
    <Notice tone="note">
      <p>{t('field.cut')}</p>
      {keep.isError && <p>{t('field.cannot')}</p>}
      <p>
        <Button busy={keep.isPending} onClick={() => keep.mutate()}>
          {t('field.keep')}
        </Button>
      </p>
    </Notice>
  );
}
