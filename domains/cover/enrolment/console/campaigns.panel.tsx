import { Button } from '@serai/ui/components/button.tsx';
import { DateField } from '@serai/ui/components/date-field.tsx';
import { CheckboxField, SelectField, TextField } from '@serai/ui/components/field.tsx';
import { Notice } from '@serai/ui/components/notice.tsx';
import { Facts, Loading, Panel, ScreenHead, Written } from '@serai/ui/components/panel.tsx';
import { ProblemNotice } from '@serai/ui/components/problem-notice.tsx';
import { DataTable } from '@serai/ui/components/table.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import type { ScreenProps } from '@serai/ui/screen.ts';
import { useRequestId } from '@serai/ui/use-request-id.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Campaign } from '../campaigns.store.ts';
import type { CampaignPage, GroupView } from '../groups.routes.ts';
import { isAtTheDesk } from './at-the-desk.ts';
import { campaignMessages } from './campaigns.messages.ts';
import { useEnrolment, useGroups, useSchemes } from './use-enrolment.ts';

/** Campaigns, and what each did. An employer sees those it is asked by, without what others did. */
export default function CampaignsPanel({ may }: ScreenProps) {
  const t = useMessages(campaignMessages);
  const enrolment = useEnrolment();
  const officer = isAtTheDesk(may);
  const [making, setMaking] = useState(false);
  const query = useQuery({
    queryKey: ['enrolment', 'campaigns'],
    queryFn: ({ signal }) => enrolment.get<{ campaigns: Campaign[] }>('/campaigns', { signal }),
  });
  return (
    <div className="stack">
      <ScreenHead
        title={t('campaigns')}
        lead={t('campaigns.lead')}
        actions={
          officer && (
            <Button icon="plus" onClick={() => setMaking((open) => !open)}>
              {t('campaign.new')}
            </Button>
          )
        }
      />
      {making && <NewCampaign onDone={() => setMaking(false)} />}
      {query.isPending && <Loading />}
      {query.isError && <ProblemNotice problem={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.campaigns.length === 0 && <p className="empty">{t('campaigns.none')}</p>}
      {query.data?.campaigns.map((campaign) => (
        <CampaignPart key={campaign.campaignId} campaign={campaign} officer={officer} />
      ))}
    </div>
  );
}

function CampaignPart({ campaign, officer }: { readonly campaign: Campaign; readonly officer: boolean }) {
  const t = useMessages(campaignMessages);
  const format = useFormat();
  const { titleOf } = useSchemes();
  return (
    <Panel title={<Written text={campaign.name} />}>
      <Facts
        facts={[
          { term: t('scheme'), value: titleOf(campaign.schemeId) },
          { term: t('begins'), value: format.day(campaign.begins) },
          { term: t('until'), value: format.day(campaign.ends) },
          { term: t('incentive'), value: format.percent(campaign.incentivePercent / 100) },
        ]}
      />
      {officer && <Effect campaignId={campaign.campaignId} />}
    </Panel>
  );
}

function Effect({ campaignId }: { readonly campaignId: string }) {
  const t = useMessages(campaignMessages);
  const format = useFormat();
  const enrolment = useEnrolment();
  const query = useQuery({
    queryKey: ['enrolment', 'campaign', campaignId],
    queryFn: ({ signal }) => enrolment.get<CampaignPage>(`/campaigns/${encodeURIComponent(campaignId)}`, { signal }),
  });
  if (!query.data) {
    return query.isError ? <ProblemNotice problem={query.error} /> : <Loading />;
  }
  const { effect, employers, measuredOn } = query.data;
  const points = (share: number) => (Math.round(share * 1000) / 10).toString();
  return (
    <div className="stack">
      <p>
        <strong>{t('campaign.effect', { effect: points(effect.effect) })}</strong>{' '}
        {effect.interval &&
          t('campaign.interval', { low: points(effect.interval.low), high: points(effect.interval.high) })}
      </p>
      <p className="soft">{t('campaign.measured', { day: format.day(measuredOn) })}</p>
      {effect.caution !== 'none' && <Notice tone="warn">{t(`caution.${effect.caution}`)}</Notice>}
      <DataTable
        caption={t('campaigns')}
        exportAs="campaign-effect"
        rowKey={(row) => row.groupId}
        rows={employers}
        columns={[
          { key: 'name', title: t('group'), value: (row) => row.name, show: (row) => <Written text={row.name} /> },
          { key: 'arm', title: t('arm'), value: (row) => t(`arm.${row.arm}`) },
          { key: 'workers', title: t('workers'), numeric: true, value: (row) => row.workers },
          { key: 'before', title: t('before'), numeric: true, value: (row) => row.coveredBefore },
          { key: 'after', title: t('after'), numeric: true, value: (row) => row.coveredAfter },
        ]}
      />
    </div>
  );
}

function NewCampaign({ onDone }: { readonly onDone: () => void }) {
  const t = useMessages(campaignMessages);
  const enrolment = useEnrolment();
  const queries = useQueryClient();
  const { schemes } = useSchemes();
  const { groups } = useGroups();
  const { requestId, onError } = useRequestId();
  const [form, setForm] = useState<CampaignForm>({ name: '', schemeId: '', begins: '', ends: '', percent: '0' });
  const [arms, setArms] = useState<Readonly<Record<string, 'targeted' | 'control'>>>({});
  const of = (arm: 'targeted' | 'control') => Object.keys(arms).filter((groupId) => arms[groupId] === arm);
  const schemeId = form.schemeId || (schemes[0]?.schemeId ?? '');
  const make = useMutation({
    mutationFn: () =>
      enrolment.change('/campaigns', {
        requestId,
        name: form.name.trim(),
        schemeId,
        begins: form.begins,
        ends: form.ends,
        incentivePercent: Number(form.percent),
        targeted: of('targeted'),
        controls: of('control'),
      } as { requestId: string }),
    onError,
    onSuccess: async () => {
      onDone();
      await queries.invalidateQueries({ queryKey: ['enrolment', 'campaigns'] });
    },
  });
  const ready = form.name.trim() !== '' && form.begins !== '' && form.ends !== '' && of('targeted').length > 0;
  return (
    <Panel title={t('campaign.new')}>
      <div className="form">
        <CampaignFields form={form} schemeId={schemeId} onChange={setForm} />
        <ArmChoice arm="targeted" groups={groups} arms={arms} onChange={setArms} />
        <ArmChoice arm="control" groups={groups} arms={arms} onChange={setArms} />
      </div>
      {make.isError && <ProblemNotice problem={make.error} />}
      <Button kind="primary" busy={make.isPending} disabled={!ready} onClick={() => make.mutate()}>
        {t('campaign.new')}
      </Button>
    </Panel>
  );
}

interface CampaignForm {
  readonly name: string;
  readonly schemeId: string;
  readonly begins: string;
  readonly ends: string;
  readonly percent: string;
}

function CampaignFields(props: {
  readonly form: CampaignForm;
  readonly schemeId: string;
  readonly onChange: (form: CampaignForm) => void;
}) {
  const t = useMessages(campaignMessages);
  const { schemes, titleOf } = useSchemes();
  const { form, schemeId } = props;
  return (
    <>
      <TextField
        id="campaign-name"
        label={t('name')}
        value={form.name}
        onChange={(name) => props.onChange({ ...form, name })}
        required
      />
      <SelectField
        id="campaign-scheme"
        label={t('scheme')}
        value={schemeId}
        onChange={(value) => props.onChange({ ...form, schemeId: value })}
        choices={schemes.map((each) => ({ value: each.schemeId, label: titleOf(each.schemeId) }))}
        required
      />
      <DateField
        id="campaign-begins"
        label={t('begins')}
        value={form.begins}
        onChange={(begins) => props.onChange({ ...form, begins })}
        required
      />
      <DateField
        id="campaign-ends"
        label={t('until')}
        value={form.ends}
        onChange={(ends) => props.onChange({ ...form, ends })}
        required
      />
      <TextField
        id="campaign-percent"
        label={t('campaign.percent')}
        value={form.percent}
        input={{ inputMode: 'decimal' }}
        onChange={(percent) => props.onChange({ ...form, percent })}
      />
    </>
  );
}

function ArmChoice(props: {
  readonly arm: 'targeted' | 'control';
  readonly groups: readonly GroupView[];
  readonly arms: Readonly<Record<string, 'targeted' | 'control'>>;
  readonly onChange: (arms: Readonly<Record<string, 'targeted' | 'control'>>) => void;
}) {
  const t = useMessages(campaignMessages);
  return (
    <fieldset className="field">
      <legend className="field-label">{t(`campaign.${props.arm}`)}</legend>
      <div className="choices scroll-choices">
        {props.groups.map((group) => (
          <CheckboxField
            key={group.groupId}
            id={`campaign-${props.arm}-${group.groupId}`}
            label={<Written text={group.name} />}
            checked={props.arms[group.groupId] === props.arm}
            onChange={(on) => {
              const { [group.groupId]: _, ...others } = props.arms;
              props.onChange(on ? { ...others, [group.groupId]: props.arm } : others);
            }}
          />
        ))}
      </div>
    </fieldset>
  );
}
