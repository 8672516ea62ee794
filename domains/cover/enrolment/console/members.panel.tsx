import { Button } from '@serai/ui/components/button.tsx';
import { ScreenHead, Written } from '@serai/ui/components/panel.tsx';
import type { Column } from '@serai/ui/components/table.tsx';
import { WorkTable } from '@serai/ui/components/work-table.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { PlaceLink, useNavigation } from '@serai/ui/navigation.tsx';
import type { ScreenProps } from '@serai/ui/screen.ts';
import type { FoundMember } from '../find.store.ts';
import type { FoundMembers } from '../members.routes.ts';
import { enrolmentMessages } from './screens.messages.ts';
import { useEnrolment } from './use-enrolment.ts';
import { memberPath, StandingTag } from './words.tsx';

/** Members, found by name, number or works number. */
export default function MembersPanel({ may }: ScreenProps) {
  const t = useMessages(enrolmentMessages);
  const enrolment = useEnrolment();
  const columns = useColumns();
  const { go } = useNavigation();
  return (
    <div className="stack">
      <ScreenHead
        title={t('members')}
        lead={t('members.lead')}
        actions={
          may.includes('cover.enrol') && (
            <Button kind="primary" icon="plus" onClick={() => go({ screen: 'at', path: '/cover/enrol' })}>
              {t('enrol')}
            </Button>
          )
        }
      />
      <WorkTable<FoundMember>
        caption={t('members')}
        queryKey={['enrolment', 'members']}
        searchLabel={t('search')}
        empty={t('members.none')}
        exportAs="members"
        rowKey={(row) => row.memberId}
        load={async ({ search, cursor, signal }) => {
          const page = await enrolment.ask<FoundMembers>(
            '/members/find',
            { text: search, ...(cursor && { cursor }) },
            { signal },
          );
          return { rows: page.members, ...(page.next && { next: page.next }) };
        }}
        columns={columns}
      />
    </div>
  );
}

function useColumns(): readonly Column<FoundMember>[] {
  const t = useMessages(enrolmentMessages);
  const format = useFormat();
  return [
    {
      key: 'name',
      title: t('name'),
      value: (row) => row.name,
      show: (row) => (
        <PlaceLink to={memberPath(row.memberId)}>
          <Written text={row.name} />
        </PlaceLink>
      ),
    },
    { key: 'number', title: t('number'), value: (row) => row.memberNumber },
    {
      key: 'birth',
      title: t('birth'),
      value: (row) => row.birthDate,
      show: (row) => (row.birthPrecision === 'day' ? format.day(row.birthDate) : row.birthDate.slice(0, 4)),
    },
    {
      key: 'group',
      title: t('group'),
      value: (row) => row.groupName ?? '',
      show: (row) => <Written text={row.groupName ?? ''} />,
    },
    { key: 'reference', title: t('reference'), value: (row) => row.groupReference ?? '' },
    {
      key: 'standing',
      title: t('standing'),
      value: (row) => (row.standing ? t(`standing.${row.standing}`) : t('standing.none')),
      show: (row) => <StandingTag standing={row.standing} />,
    },
    {
      key: 'until',
      title: t('until'),
      value: (row) => row.expiresOn ?? '',
      show: (row) => (row.expiresOn ? format.day(row.expiresOn) : ''),
    },
  ];
}
