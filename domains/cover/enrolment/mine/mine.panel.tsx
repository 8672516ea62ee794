import { addDays } from '@serai/kernel/base/days.ts';
import { type MoneyText, moneyText, parseMoney, subtractMoney } from '@serai/kernel/base/money.ts';
import { useClient } from '@serai/ui/client-context.tsx';
import { Notice, Tag, type Tone } from '@serai/ui/components/notice.tsx';
import { Facts, Loading, Panel, ScreenHead, Written } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { useFormat, useLanguage, useMessages } from '@serai/ui/language.tsx';
import { PlaceLink } from '@serai/ui/navigation.tsx';
import type { ScreenProps } from '@serai/ui/screen.ts';
import { useQuery } from '@tanstack/react-query';
import { reasonOf } from '../../claims/reasons.ts';
import type { ClaimStatus } from '../../cover.ts';
import { mineMessages } from './mine.messages.ts';
import type { OwnClaim, OwnCover, OwnPolicy } from './mine.store.ts';
import { AppealAct, FeedbackAct } from './mine-acts.tsx';

/** A member's own page: cover, what is left, what was paid, and what became of each bill, in plain words. */
export default function MinePanel(_: ScreenProps) {
  const t = useMessages(mineMessages);
  const format = useFormat();
  const client = useClient();
  const query = useQuery({
    queryKey: ['mine'],
    queryFn: ({ signal }) => client.get<OwnCover>('/api/cover/mine', { signal }),
  });
  const { data } = query;
  return (
    <div className="stack">
      <ScreenHead title={t('title')} lead={t('lead')} />
      {query.isError && <ProblemNotice problem={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Loading />}
      {data && (
        <>
          <Panel>
            <Facts facts={[{ term: t('number'), value: <code>{data.member.memberNumber}</code> }]} />
            {data.policies.length === 0 && <p>{t('none.policies')}</p>}
          </Panel>
          {data.policies.map((policy) => (
            <PolicyPart key={policy.policyId} policy={policy} />
          ))}
          {data.left && <LeftPart left={data.left} />}
          <Panel title={t('payments')}>
            {data.payments.length === 0 && <p>{t('payments.none')}</p>}
            <ul className="plain-list">
              {data.payments.map((each) => (
                <li key={each.paymentId}>
                  {format.day(each.receivedOn)}: {t(`kind.${each.kind}` as 'kind.refund')}{' '}
                  <strong>
                    <bdi>{format.money(each.amount)}</bdi>
                  </strong>{' '}
                  <PlaceLink to={{ screen: 'at', path: `/cover/mine/receipts/${encodeURIComponent(each.paymentId)}` }}>
                    {t('receipt', { number: each.receiptNumber })}
                  </PlaceLink>
                </li>
              ))}
            </ul>
          </Panel>
          <Panel title={t('claims')}>
            {data.claims.length === 0 && <p>{t('claims.none')}</p>}
            <div className="stack">
              {data.claims.map((claim) => (
                <ClaimPart key={claim.claimId} claim={claim} />
              ))}
            </div>
          </Panel>
        </>
      )}
    </div>
  );
}

function PolicyPart({ policy }: { readonly policy: OwnPolicy }) {
  const t = useMessages(mineMessages);
  const format = useFormat();
  const { language } = useLanguage();
  const say = (texts: Readonly<Record<string, string>>) => texts[language] ?? texts.en ?? '';
  const open = Number(policy.owed.amount) > 0;
  const values = {
    owed: format.money(policy.owed),
    from: format.day(policy.from),
    until: format.day(policy.until),
    day: format.day(policy.payBy ?? policy.until),
    since: format.day(policy.payBy ? addDays(policy.payBy, 1) : policy.until),
    ends: format.day(policy.endsOn ?? policy.until),
  };
  const rests = policy.standing === 'suspended';
  const now = !rests ? policy.standing : open ? 'suspended-until' : 'resting';
  return (
    <Panel title={say(policy.scheme)}>
      <p>
        <strong>{t(`now.${now}`, values)}</strong>
      </p>
      <PressingNow policy={policy} />
      {open && policy.standing === 'active' && !policy.reminder?.owed && <p>{t('owed', values)}</p>}
      {open && (policy.standing === 'expired' || policy.standing === 'ended') && <p>{t('owed.since', values)}</p>}
      {policy.instalments.length > 0 && (
        <p>
          <PlaceLink to={{ screen: 'at', path: `/cover/mine/policies/${encodeURIComponent(policy.policyId)}` }}>
            {t('parts')}
          </PlaceLink>
        </p>
      )}
      {policy.benefits.length > 0 && (
        <details>
          <summary>{t('what-covered')}</summary>
          <ul>
            {policy.benefits.map((each) => (
              <li key={say(each)}>{say(each)}</li>
            ))}
          </ul>
        </details>
      )}
    </Panel>
  );
}

/** What a text to a telephone would say now: whoever has none reads it here. That cover rests is said above already. */
function PressingNow({ policy }: { readonly policy: OwnPolicy }) {
  const t = useMessages(mineMessages);
  const format = useFormat();
  const { reminder } = policy;
  if (!reminder || reminder.kind === 'suspended' || reminder.kind === 'lapsed' || reminder.kind === 'asked') {
    return null;
  }
  const amount = reminder.owed ? format.money(reminder.owed) : '';
  return <Notice tone="warn">{t(`press.${reminder.kind}`, { day: format.day(reminder.day), amount })}</Notice>;
}

function LeftPart({ left }: { readonly left: NonNullable<OwnCover['left']> }) {
  const t = useMessages(mineMessages);
  const format = useFormat();
  return (
    <Panel title={t('left')}>
      <Facts
        facts={[
          left.inPatient && { term: t('left.in'), value: format.money(left.inPatient) },
          left.outPatient && { term: t('left.out'), value: format.money(left.outPatient) },
        ]}
      />
      {left.waitingUntil && <p>{t('left.waiting', { day: format.day(left.waitingUntil) })}</p>}
    </Panel>
  );
}

const states: Readonly<
  Record<ClaimStatus, readonly ['looking' | 'accepted' | 'paid' | 'rejected' | 'reversed', Tone]>
> = {
  entered: ['looking', 'note'],
  checked: ['looking', 'note'],
  processed: ['looking', 'note'],
  valuated: ['accepted', 'good'],
  paid: ['paid', 'good'],
  rejected: ['rejected', 'bad'],
  reversed: ['reversed', 'note'],
};

function ClaimPart({ claim }: { readonly claim: OwnClaim }) {
  const t = useMessages(mineMessages);
  const format = useFormat();
  const { language } = useLanguage();
  const [state, tone] = states[claim.status];
  const rest = state === 'looking' ? undefined : restOf(claim);
  const because = (reason: number) => reasonOf(reason)?.says[language] ?? '';
  return (
    <section className="stack" aria-label={claim.claimNumber}>
      <h3>
        <Written text={t('claim.at', { place: claim.provider, day: format.day(claim.from) })} />{' '}
        <Tag tone={tone}>{t(`state.${state}`)}</Tag>
      </h3>
      <Facts
        facts={[
          { term: t('claim.asked'), value: format.money(claim.claimed) },
          { term: t('claim.paid'), value: format.money(claim.paid) },
          rest && { term: t('claim.rest'), value: format.money(rest) },
        ]}
      />
      <WhyNot claim={claim} because={because} />
      <details>
        <summary>{t('details')}</summary>
        <ul className="plain-list">
          {claim.lines.map((line) => (
            <li key={line.line}>
              {line.title[language] ?? <Written text={line.title.en ?? ''} />}: <bdi>{format.money(line.claimed)}</bdi>{' '}
              → <bdi>{format.money(line.paid)}</bdi>.{' '}
              {isPaidInPart(line) && rest ? t('claim.part') : because(line.reason)}
            </li>
          ))}
        </ul>
      </details>
      {claim.appeal && (
        <p>
          {t(`appeal.${claim.appeal.state}`)} {claim.appeal.decision && <Written text={claim.appeal.decision} />}
        </p>
      )}
      <div className="row">
        {claim.mayAppeal && <AppealAct claimId={claim.claimId} />}
        {claim.feedbackAsked && <FeedbackAct claimId={claim.claimId} />}
      </div>
    </section>
  );
}

/** What of a judged bill the fund does not pay. */
function restOf({ claimed, paid }: OwnClaim): MoneyText | undefined {
  const asked = parseMoney(claimed.amount, claimed.currency);
  const given = parseMoney(paid.amount, paid.currency);
  return asked && given && asked.currency === given.currency && asked.minor > given.minor
    ? moneyText(subtractMoney(asked, given))
    : undefined;
}

/** Accepted, and less is paid than was asked for: the rest is nobody's mistake. */
function isPaidInPart({ reason, claimed, paid }: OwnClaim['lines'][number]): boolean {
  return reason === 0 && claimed.currency === paid.currency && Number(paid.amount) < Number(claimed.amount);
}

/** The reasons why the whole, or parts of it, are not paid, each once. */
function WhyNot({ claim, because }: { readonly claim: OwnClaim; readonly because: (reason: number) => string }) {
  const t = useMessages(mineMessages);
  const reasons = [...new Set([claim.reason, ...claim.lines.map((line) => line.reason)])].filter((each) => each !== 0);
  if (reasons.length === 0) {
    return null;
  }
  return (
    <div>
      <p className="soft">{t('claim.why')}</p>
      <ul className="plain-list">
        {reasons.map((reason) => (
          <li key={reason}>{because(reason)}</li>
        ))}
      </ul>
    </div>
  );
}
