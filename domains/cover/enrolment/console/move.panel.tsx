import { Button } from '@serai/ui/components/button.tsx';
import { DateField } from '@serai/ui/components/date-field.tsx';
import { SelectField } from '@serai/ui/components/field.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { Loading, Panel, ScreenHead } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { PlaceLink } from '@serai/ui/navigation.tsx';
import type { ScreenProps } from '@serai/ui/screen.ts';
import { todayHere } from '@serai/ui/today.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ChangePreview } from '../change-preview.store.ts';
import type { MemberPage } from '../members.routes.ts';
import { Give } from './certificates.panel.tsx';
import { useChange } from './change-act.tsx';
import { ChangePart } from './change-preview.tsx';
import { changeMessages } from './changes.messages.ts';
import { useCertificates } from './use-certificates.ts';
import { useEnrolment, useSchemes } from './use-enrolment.ts';
import { certificatesPath, memberPath } from './words.tsx';

/** A member goes to another country: cover here ends, and what was insured here is certified for there. */
export default function MovePanel({ params }: ScreenProps) {
  const t = useMessages(changeMessages);
  const enrolment = useEnrolment();
  const memberId = params.memberId ?? '';
  const member = useQuery({
    queryKey: ['enrolment', 'member', memberId],
    queryFn: ({ signal }) => enrolment.get<MemberPage>(`/members/${encodeURIComponent(memberId)}`, { signal }),
  });
  const certificates = useCertificates(memberId);
  const [to, setTo] = useState('');
  const format = useFormat();
  const partners = certificates.data?.partners ?? [];
  const certifiable = partners.find((each) => each.partner === (to || partners[0]?.partner));
  const problem = member.error ?? certificates.error;
  return (
    <div className="stack">
      <ScreenHead
        title={t('move.title')}
        lead={t('move.lead')}
        actions={
          <PlaceLink to={memberPath(memberId)} className="button">
            {t('back-to-member')}
          </PlaceLink>
        }
      />
      {problem && <ProblemNotice problem={problem} />}
      {!problem && (!member.data || !certificates.data) && <Loading />}
      {member.data && certificates.data && (
        <>
          <EndPart policies={member.data.policies} memberId={memberId} />
          {partners.length > 1 && (
            <SelectField
              id="move-to"
              label={t('move.to')}
              value={certifiable?.partner ?? ''}
              onChange={setTo}
              choices={partners.map((each) => ({ value: each.partner, label: format.country(each.partner) }))}
              required
            />
          )}
          {certifiable && <Give memberId={memberId} certifiable={certifiable} />}
          {certificates.data.certificates.some((each) => each.given) && (
            <PlaceLink to={certificatesPath(memberId)} className="button">
              {t('see')}
            </PlaceLink>
          )}
        </>
      )}
    </div>
  );
}

function EndPart(props: { readonly policies: MemberPage['policies']; readonly memberId: string }) {
  const t = useMessages(changeMessages);
  const { titleOf } = useSchemes();
  const open = props.policies.filter(
    (policy) =>
      policy.endedOn === undefined &&
      policy.standing !== 'expired' &&
      policy.members.some((each) => each.memberId === props.memberId && each.relation === 'holder'),
  );
  const [chosen, setChosen] = useState('');
  const policy = open.find((each) => each.policyId === chosen) ?? open[0];
  const [done, setDone] = useState<string>();
  if (done !== undefined) {
    return (
      <Notice tone="good" announce>
        <p>{t('move.done')}</p>
        <p>
          <PlaceLink to={memberPath(props.memberId)}>{t('back.end')}</PlaceLink>
        </p>
      </Notice>
    );
  }
  if (!policy) {
    return (
      <Panel>
        <p>{t('move.none')}</p>
      </Panel>
    );
  }
  return (
    <Panel title={t('end')}>
      {open.length > 1 && (
        <SelectField
          id="move-policy"
          label={t('move.policy')}
          value={policy.policyId}
          onChange={setChosen}
          choices={open.map((each) => ({
            value: each.policyId,
            label: `${each.policyNumber} ${titleOf(each.schemeId)}`,
          }))}
          required
        />
      )}
      <EndForm key={policy.policyId} policyId={policy.policyId} onDone={() => setDone(policy.policyId)} />
    </Panel>
  );
}

function EndForm(props: { readonly policyId: string; readonly onDone: () => void }) {
  const t = useMessages(changeMessages);
  const [lastDay, setLastDay] = useState(() => todayHere());
  const { preview, change, reset } = useChange(props.policyId, 'end', props.onDone);
  const body = { lastDay, because: 'left-country' };
  return (
    <div className="stack">
      <div className="form">
        <DateField
          id="move-day"
          label={t('last-day')}
          value={lastDay}
          onChange={(next) => {
            setLastDay(next);
            reset();
          }}
          required
        />
      </div>
      {preview.isError && <ProblemNotice problem={preview.error} />}
      {preview.data && (
        <>
          <ChangePart preview={preview.data} />
          <RunOff preview={preview.data} policyId={props.policyId} lastDay={lastDay} />
        </>
      )}
      {change.isError && <ProblemNotice problem={change.error} />}
      <div className="row">
        <Button
          kind={preview.data ? 'plain' : 'primary'}
          busy={preview.isPending}
          disabled={lastDay === ''}
          onClick={() => preview.mutate(body)}
        >
          {t('see')}
        </Button>
        {preview.data && (
          <Button kind="primary" busy={change.isPending} onClick={() => change.mutate(body)}>
            {t('confirm')}
          </Button>
        )}
      </div>
    </div>
  );
}

/** Some schemes cover for months after the last contribution. */
function RunOff(props: { readonly preview: ChangePreview; readonly policyId: string; readonly lastDay: string }) {
  const t = useMessages(changeMessages);
  const format = useFormat();
  const until = props.preview.policies.find((each) => each.policyId === props.policyId)?.after.until;
  return until !== undefined && until > props.lastDay ? <p>{t('move.run-off', { day: format.day(until) })}</p> : null;
}
