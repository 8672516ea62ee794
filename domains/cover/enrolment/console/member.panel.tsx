import { Facts, Loading, Panel, ScreenHead, Written } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { DataTable } from '@serai/ui/components/table.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { PlaceLink } from '@serai/ui/navigation.tsx';
import type { ScreenProps } from '@serai/ui/screen.ts';
import { useQuery } from '@tanstack/react-query';
import type { MemberPage } from '../members.routes.ts';
import { isAtTheDesk } from './at-the-desk.ts';
import { certificateMessages } from './certificates.messages.ts';
import { changeMessages } from './changes.messages.ts';
import { memberMessages } from './member.messages.ts';
import { PayAct, RefundAct, RenewAct } from './member-acts.tsx';
import { PolicyActs } from './policy-acts.tsx';
import { useEnrolment, useSchemes } from './use-enrolment.ts';
import { certificatesPath, memberPath, movePath, receiptPath, StandingTag } from './words.tsx';

/** One member: cover, what is owed and paid, who else is covered, and what happened. */
export default function MemberPanel({ params, may }: ScreenProps) {
  const t = useMessages(memberMessages);
  const format = useFormat();
  const enrolment = useEnrolment();
  const memberId = params.memberId ?? '';
  const query = useQuery({
    queryKey: ['enrolment', 'member', memberId],
    queryFn: ({ signal }) => enrolment.get<MemberPage>(`/members/${encodeURIComponent(memberId)}`, { signal }),
  });
  if (!query.data) {
    return (
      <div className="stack">
        <ScreenHead title={t('members')} />
        {query.isError ? <ProblemNotice problem={query.error} onRetry={() => void query.refetch()} /> : <Loading />}
      </div>
    );
  }
  const { member, policies, periods, events, credits } = query.data;
  const officer = isAtTheDesk(may);
  return (
    <div className="stack">
      <ScreenHead
        title={<Written text={member.name} />}
        lead={member.memberNumber}
        actions={officer && <MemberLinks memberId={member.memberId} />}
      />
      <Panel>
        <Facts
          facts={[
            {
              term: t('birth'),
              value: member.birthPrecision === 'day' ? format.day(member.birthDate) : member.birthDate.slice(0, 4),
            },
            { term: t('sex'), value: t(`sex.${member.sex}`) },
            { term: t('residence'), value: format.country(member.residence) },
            member.groupName !== undefined && { term: t('group'), value: <Written text={member.groupName} /> },
            member.groupReference !== undefined && { term: t('reference'), value: member.groupReference },
            officer && member.personId !== undefined && { term: t('record'), value: t('record.linked') },
            member.phone !== undefined && { term: t('phone'), value: member.phone },
            periods.days > 0 && {
              term: t('periods'),
              value: t('periods.value', { months: format.number(periods.months), days: format.number(periods.days) }),
            },
          ]}
        />
      </Panel>
      {credits.map(({ paymentId, credit }) => (
        <Panel key={paymentId} title={t('credit', { amount: format.money(credit) })}>
          <div className="row">
            <PlaceLink to={receiptPath(paymentId)}>{t('receipt')}</PlaceLink>
            {officer && <RefundAct paymentId={paymentId} credit={credit} />}
          </div>
        </Panel>
      ))}
      {policies.map((policy) => (
        <PolicyPart
          key={policy.policyId}
          policy={policy}
          events={events}
          officer={officer}
          self={member.memberId}
          residence={member.residence}
        />
      ))}
      <History events={events} />
    </div>
  );
}

function MemberLinks({ memberId }: { readonly memberId: string }) {
  const certificate = useMessages(certificateMessages);
  const change = useMessages(changeMessages);
  return (
    <>
      <PlaceLink to={certificatesPath(memberId)} className="button">
        {certificate('certificates')}
      </PlaceLink>
      <PlaceLink to={movePath(memberId)} className="button">
        {change('move')}
      </PlaceLink>
    </>
  );
}

function PolicyPart(props: {
  readonly policy: MemberPage['policies'][number];
  readonly events: MemberPage['events'];
  readonly officer: boolean;
  readonly self: string;
  readonly residence: string;
}) {
  const t = useMessages(memberMessages);
  const format = useFormat();
  const { titleOf } = useSchemes();
  const { policy, officer } = props;
  const open = policy.endedOn === undefined;
  // What was written off may be paid after all: cover that has not lapsed goes on by it.
  const owes = Number(policy.unpaid.amount) > 0;
  return (
    <Panel title={t('policy', { number: policy.policyNumber })} actions={<StandingTag standing={policy.standing} />}>
      <Facts
        facts={[
          { term: t('scheme'), value: titleOf(policy.schemeId) },
          { term: t('begins'), value: format.day(policy.effectiveOn ?? policy.startsOn) },
          { term: t('until'), value: format.day(policy.expiresOn) },
          { term: t('premium'), value: format.money(policy.premium) },
          { term: t('owed'), value: format.money(policy.owed) },
        ]}
      />
      {policy.covered.length > 1 && <Family policy={policy} self={props.self} />}
      {policy.instalments.length > 0 && (
        <DataTable
          caption={t('instalments')}
          rowKey={(row) => row.instalmentId}
          rows={policy.instalments}
          columns={[
            { key: 'due', title: t('due'), value: (row) => row.due, show: (row) => format.day(row.due) },
            {
              key: 'amount',
              title: t('amount'),
              numeric: true,
              value: (row) => Number(row.amount.amount),
              show: (row) => format.money(row.amount),
            },
            {
              key: 'owed',
              title: t('owed'),
              numeric: true,
              value: (row) => Number(row.owed.amount),
              show: (row) => format.money(row.owed),
            },
          ]}
        />
      )}
      {officer && (
        <div className="row">
          {/* Anew once something is paid: what is proposed next is what is owed then. */}
          {open && owes && <PayAct key={policy.unpaid.amount} policyId={policy.policyId} owed={policy.unpaid} />}
          {open && policy.effectiveOn !== undefined && <RenewAct policyId={policy.policyId} />}
          <PolicyActs policy={policy} events={props.events} residence={props.residence} />
        </div>
      )}
    </Panel>
  );
}

function Family(props: { readonly policy: MemberPage['policies'][number]; readonly self: string }) {
  const t = useMessages(memberMessages);
  const { policy } = props;
  return (
    <>
      <h3>{t('family')}</h3>
      <ul className="plain-list">
        {policy.covered.map((each) => {
          const relation = policy.members.find((member) => member.memberId === each.memberId)?.relation;
          return (
            <li key={each.memberId}>
              {each.memberId === props.self ? (
                <Written text={each.name} />
              ) : (
                <PlaceLink to={memberPath(each.memberId)}>
                  <Written text={each.name} />
                </PlaceLink>
              )}{' '}
              {relation && <span className="soft">{t(`member.${relation}`)}</span>}
            </li>
          );
        })}
      </ul>
    </>
  );
}

function History({ events }: { readonly events: MemberPage['events'] }) {
  const t = useMessages(memberMessages);
  const format = useFormat();
  if (events.length === 0) {
    return null;
  }
  return (
    <Panel title={t('history')}>
      <ol className="plain-list">
        {events.map((event) => {
          const paymentId = typeof event.detail.paymentId === 'string' ? event.detail.paymentId : undefined;
          return (
            <li key={`${event.policyId} ${event.at} ${event.event}`}>
              <span className="soft">{format.date(event.at)}</span> {t(`event.${event.event}` as 'event.paid')}{' '}
              {paymentId && <PlaceLink to={receiptPath(paymentId)}>{t('receipt')}</PlaceLink>}
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}
