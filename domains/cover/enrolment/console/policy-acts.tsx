import { DateField } from '@serai/ui/components/date-field.tsx';
import { SelectField, TextField } from '@serai/ui/components/field.tsx';
import { useMessages } from '@serai/ui/language.tsx';
import { todayHere } from '@serai/ui/today.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FoundMembers, MemberPage } from '../members.routes.ts';
import { PreviewedAct } from './change-act.tsx';
import { changeMessages } from './changes.messages.ts';
import { emptyPerson, enrolBody, missingFields } from './enrol-form.ts';
import { PersonFields } from './enrol-parts.tsx';
import { memberMessages } from './member.messages.ts';
import { useEnrolment, useGroups, useSchemes } from './use-enrolment.ts';

type PolicyOfPage = MemberPage['policies'][number];

/** What an officer can do with who is on a policy and where it belongs, each seen first and taken back by a reversal. */
export function PolicyActs(props: {
  readonly policy: PolicyOfPage;
  readonly events: MemberPage['events'];
  readonly residence: string;
}) {
  const { policy } = props;
  const { schemes } = useSchemes();
  const scheme = schemes.find((each) => each.schemeId === policy.schemeId);
  const open = policy.endedOn === undefined && policy.standing !== 'expired';
  const others = policy.covered.filter((each) => {
    const member = policy.members.find(({ memberId }) => memberId === each.memberId);
    return member && member.relation !== 'holder' && member.to >= member.from && member.to > todayHere();
  });
  return (
    <>
      {open && (scheme?.relations.length ?? 0) > 0 && <JoinAct policy={policy} residence={props.residence} />}
      {open && others.length > 0 && <LeaveAct policyId={policy.policyId} others={others} />}
      {open && <TransferAct policy={policy} />}
      {open && <EndAct policyId={policy.policyId} />}
      <TakeBackActs policy={policy} events={props.events} />
    </>
  );
}

function JoinAct({ policy, residence }: { readonly policy: PolicyOfPage; readonly residence: string }) {
  const t = useMessages(changeMessages);
  const enrolment = useEnrolment();
  const { schemes } = useSchemes();
  const scheme = schemes.find((each) => each.schemeId === policy.schemeId);
  const relation = (scheme?.relations[0] ?? 'child') as 'child';
  const [person, setPerson] = useState(() => emptyPerson(relation, residence));
  const [on, setOn] = useState(() => todayHere());
  const [number, setNumber] = useState('');
  const wanted = number.trim();
  const known = useQuery({
    queryKey: ['enrolment', 'by-number', wanted],
    queryFn: ({ signal }) => enrolment.ask<FoundMembers>('/members/find', { text: wanted }, { signal }),
    enabled: wanted.length > 4,
  });
  const found = known.data?.members.find((each) => each.memberNumber.toLowerCase() === wanted.toLowerCase());
  const form = { schemeId: policy.schemeId, months: '', instalments: '1', groupId: '', people: [person] };
  const described = scheme && missingFields(form).size === 0;
  const fresh = described ? enrolBody(form, scheme, todayHere(), []).members[0]!.newMember : undefined;
  const body =
    wanted === ''
      ? { on, relation: person.relation, newMember: fresh }
      : { on, relation: person.relation, memberId: found?.memberId };
  return (
    <PreviewedAct
      label={t('join')}
      act="join"
      policyId={policy.policyId}
      body={body}
      ready={on !== '' && (wanted === '' ? fresh !== undefined : found !== undefined)}
    >
      <DateField id="join-on" label={t('join.on')} value={on} onChange={setOn} required />
      <TextField
        id="join-number"
        label={t('join.known')}
        value={number}
        onChange={setNumber}
        error={wanted !== '' && known.isSuccess && !found ? t('join.none') : undefined}
      />
      <PersonFields
        person={person}
        scheme={scheme}
        error={() => undefined}
        onChange={(next) => setPerson((before) => ({ ...before, ...next }))}
      />
    </PreviewedAct>
  );
}

function LeaveAct(props: { readonly policyId: string; readonly others: PolicyOfPage['covered'] }) {
  const t = useMessages(changeMessages);
  const [memberId, setMemberId] = useState(props.others[0]?.memberId ?? '');
  const [lastDay, setLastDay] = useState(() => todayHere());
  return (
    <PreviewedAct
      label={t('leave')}
      act="leave"
      policyId={props.policyId}
      body={{ memberId, lastDay }}
      ready={memberId !== '' && lastDay !== ''}
    >
      <SelectField
        id="leave-who"
        label={t('leave.who')}
        value={memberId}
        onChange={setMemberId}
        choices={props.others.map((each) => ({ value: each.memberId, label: each.name }))}
        required
      />
      <DateField id="leave-day" label={t('last-day')} value={lastDay} onChange={setLastDay} required />
    </PreviewedAct>
  );
}

function TransferAct({ policy }: { readonly policy: PolicyOfPage }) {
  const t = useMessages(changeMessages);
  const { groups } = useGroups();
  const [groupId, setGroupId] = useState('');
  const [on, setOn] = useState(() => todayHere());
  return (
    <PreviewedAct
      label={t('transfer')}
      act="transfer"
      policyId={policy.policyId}
      body={{ on, ...(groupId !== '' && { groupId }) }}
      ready={on !== ''}
    >
      <SelectField
        id="transfer-to"
        label={t('transfer.to')}
        value={groupId || 'none'}
        onChange={(value) => setGroupId(value === 'none' ? '' : value)}
        choices={[
          { value: 'none', label: t('transfer.none') },
          ...groups
            .filter((group) => group.groupId !== policy.groupId)
            .map((group) => ({ value: group.groupId, label: group.name })),
        ]}
        required
      />
      <DateField id="transfer-on" label={t('transfer.on')} value={on} onChange={setOn} required />
    </PreviewedAct>
  );
}

const reasons = ['asked', 'left-employer', 'left-country', 'died', 'mistake'] as const;

function EndAct({ policyId }: { readonly policyId: string }) {
  const t = useMessages(changeMessages);
  const words = useMessages(memberMessages);
  const [lastDay, setLastDay] = useState('');
  const [because, setBecause] = useState<(typeof reasons)[number]>('asked');
  return (
    <PreviewedAct
      label={t('end')}
      act="end"
      kind="danger"
      policyId={policyId}
      body={{ lastDay, because }}
      ready={lastDay !== ''}
    >
      <DateField id="end-day" label={t('last-day')} value={lastDay} onChange={setLastDay} required />
      <SelectField
        id="end-because"
        label={t('because')}
        value={because}
        onChange={setBecause}
        choices={reasons.map((value) => ({ value, label: words(`because.${value}`) }))}
        required
      />
    </PreviewedAct>
  );
}

function TakeBackActs({ policy, events }: Pick<Parameters<typeof PolicyActs>[0], 'policy' | 'events'>) {
  const t = useMessages(changeMessages);
  // The latest first.
  const own = events.filter((each) => each.policyId === policy.policyId);
  const end = own.find((each) => ['ended', 'lapsed', 'transferred', 'end-taken-back'].includes(each.event));
  const ended = (end?.event === 'ended' || end?.event === 'lapsed') && end.detail.before !== undefined;
  const moved = end?.event === 'transferred' && end.detail.from !== undefined && policy.endedOn === undefined;
  const left = policy.covered.filter(({ memberId }) => {
    const last = own.find(
      (each) => ['member-left', 'leaving-taken-back'].includes(each.event) && each.detail.memberId === memberId,
    );
    return last?.event === 'member-left' && last.detail.before !== undefined;
  });
  const of = { act: 'take-back', policyId: policy.policyId } as const;
  return (
    <>
      {ended && (
        <PreviewedAct {...of} label={t('back.end')} body={{ what: 'end' }}>
          <p>{t('back.lead')}</p>
        </PreviewedAct>
      )}
      {moved && (
        <PreviewedAct {...of} label={t('back.transfer')} body={{ what: 'transfer' }}>
          <p>{t('back.lead')}</p>
        </PreviewedAct>
      )}
      {policy.endedOn === undefined &&
        left.map(({ memberId, name }) => (
          <PreviewedAct {...of} key={memberId} label={t('back.leaving', { name })} body={{ what: 'leaving', memberId }}>
            <p>{t('back.lead')}</p>
          </PreviewedAct>
        ))}
    </>
  );
}
