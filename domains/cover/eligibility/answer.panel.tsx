import type { MoneyText } from '@serai/kernel/base/money.ts';
import { Notice, Tag } from '@serai/ui/components/notice.tsx';
import { type Fact, Facts, Panel, Written } from '@serai/ui/components/panel.tsx';
import { useFormat, useLanguage, useMessages } from '@serai/ui/language.tsx';
import { reasonOf } from '../claims/reasons.ts';
import type { AskEligibility, EligibilityView, SchemeView } from './api.ts';
import { screenMessages } from './screen.messages.ts';

/** The answer: yes or no in words and colour, who pays, why not, what she pays and what remains. */
export function AnswerPanel({ answer, asked }: { readonly answer: EligibilityView; readonly asked: AskEligibility }) {
  const t = useMessages(screenMessages);
  const { member, scheme, card } = answer;
  const tone = answer.emergency ? 'warn' : answer.covered ? 'good' : 'bad';
  const verdict = answer.emergency ? 'yes.emergency' : answer.covered ? 'yes' : 'no';
  return (
    <Panel>
      <Notice tone={tone} title={t(verdict)} announce>
        <p>
          {t('pays')}: <PayerWords answer={answer} />
        </p>
      </Notice>
      <Facts
        facts={[
          member && {
            term: t('member'),
            value: (
              <>
                <Written text={member.name} /> · <span className="code">{member.memberNumber}</span> ·{' '}
                {member.birthYear}
              </>
            ),
          },
        ]}
      />
      {scheme && <SchemeFacts scheme={scheme} asked={asked} />}
      {card && <CardFacts card={card} only={answer.evidence === 'card'} />}
      {answer.steps.length > 1 && <Steps answer={answer} />}
    </Panel>
  );
}

function PayerWords({ answer }: { readonly answer: EligibilityView }) {
  const t = useMessages(screenMessages);
  const format = useFormat();
  const title = useTitle();
  const { payer, scheme, basis } = answer;
  const name =
    payer.kind === 'scheme' && scheme?.scheme.id === payer.id
      ? title(scheme!.scheme.title)
      : payer.kind === 'country' && payer.id
        ? format.country(payer.id)
        : payer.id;
  return (
    <>
      {t(`basis.${basis}`)}
      {name && payer.kind !== 'person' && <> · {name}</>}
      {payer.clause && <> · {t('clause', { clause: payer.clause })}</>}
    </>
  );
}

function useTitle() {
  const { language } = useLanguage();
  return (title: Readonly<Record<string, string>>) => title[language] ?? title.en ?? Object.values(title)[0] ?? '';
}

function SchemeFacts({ scheme, asked }: { readonly scheme: SchemeView; readonly asked: AskEligibility }) {
  const t = useMessages(screenMessages);
  const format = useFormat();
  const title = useTitle();
  const { policy, remains } = scheme;
  const money = (value: MoneyText | undefined) => value && format.money(value);
  const facts: (Fact | false | undefined)[] = [
    { term: t('scheme'), value: title(scheme.scheme.title) },
    { term: t('standing'), value: <StandingTag scheme={scheme} /> },
    { term: t('until'), value: format.day(policy.until) },
    scheme.price && { term: t('price'), value: money(scheme.price) },
    scheme.schemePays && { term: t('scheme-pays'), value: money(scheme.schemePays) },
    scheme.memberPays && { term: t('member-pays'), value: <strong>{money(scheme.memberPays)}</strong> },
    ...(['deductible', 'ceiling'] as const).flatMap((of) =>
      (['outPatient', 'inPatient'] as const).map(
        (care) =>
          remains[of][care] && {
            term: `${t(`left.${of}`)}, ${t(`care.${care}`)}`,
            value: money(remains[of][care]),
          },
      ),
    ),
    remains.quantity !== undefined && asked.code !== undefined && { term: t('left.quantity'), value: remains.quantity },
    remains.inPatientDays !== undefined && { term: t('left.days'), value: format.number(remains.inPatientDays) },
  ];
  return (
    <>
      <Why scheme={scheme} />
      <Facts facts={facts} />
      {scheme.relative && <p className="soft small">{t('relative')}</p>}
    </>
  );
}

function StandingTag({ scheme: { policy } }: { readonly scheme: SchemeView }) {
  const t = useMessages(screenMessages);
  const format = useFormat();
  const day = format.day(policy.standing === 'ready' ? policy.from : policy.until);
  return <Tag tone={policy.standing === 'active' ? 'good' : 'warn'}>{t(`standing.${policy.standing}`, { day })}</Tag>;
}

/** Why not, and what has to be done first. */
function Why({ scheme }: { readonly scheme: SchemeView }) {
  const t = useMessages(screenMessages);
  const format = useFormat();
  const { language } = useLanguage();
  const reason = scheme.reason === 0 ? undefined : reasonOf(scheme.reason);
  const { qualifying } = scheme;
  const lines = [
    ...(reason ? [`${reason.says[language]} (${t('reason', { number: reason.number })})`] : []),
    ...(scheme.waitingUntil ? [t('waiting', { day: format.day(scheme.waitingUntil) })] : []),
    ...(qualifying && qualifying.months < qualifying.needed
      ? [t('qualifying', { ...qualifying, abroad: qualifying.monthsAbroad })]
      : []),
    ...scheme.needs.map((need) => t(`needs.${need}`)),
    ...(scheme.network === 'outside' ? [t('network.outside')] : []),
  ];
  return lines.length === 0 ? null : (
    <ul className="reasons">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

function CardFacts(props: { readonly card: NonNullable<EligibilityView['card']>; readonly only: boolean }) {
  const t = useMessages(screenMessages);
  const format = useFormat();
  const { card, only } = props;
  return (
    <section aria-label={t('card.title')}>
      <h3>{t('card.title')}</h3>
      {only && (
        <p className="soft small">
          {t('card.only', { country: format.country(card.issuerCountry), age: format.age(card.statusAgeSeconds) })}
        </p>
      )}
      {card.cover ? (
        <Facts
          facts={[
            card.name !== undefined && { term: t('by.name'), value: <Written text={card.name} /> },
            { term: t('by.number'), value: <span className="code">{card.cover.memberNumber}</span> },
            { term: t('scheme'), value: card.cover.schemeId.replace(/^sch:/, '') },
            { term: t('until'), value: format.day(card.cover.to) },
            card.cover.dependants > 0 && { term: t('dependants'), value: format.number(card.cover.dependants) },
          ]}
        />
      ) : (
        <p>{t('card.none')}</p>
      )}
    </section>
  );
}

function Steps({ answer }: { readonly answer: EligibilityView }) {
  const t = useMessages(screenMessages);
  const { language } = useLanguage();
  return (
    <details>
      <summary>{t('steps')}</summary>
      <ol>
        {answer.steps.map((step, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the steps of one answer do not move.
          <li key={i}>
            {t(`basis.${step.basis}`)}: {t(step.pays ? 'step.pays' : 'step.pays-not')}
            {!step.pays && step.reason !== undefined && step.reason !== 0 && (
              <span className="soft"> ({reasonOf(step.reason)?.says[language]})</span>
            )}
          </li>
        ))}
      </ol>
    </details>
  );
}
