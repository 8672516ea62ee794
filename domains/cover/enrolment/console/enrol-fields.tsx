import { Button } from '@serai/ui/components/button.tsx';
import { SelectField } from '@serai/ui/components/field.tsx';
import { Panel } from '@serai/ui/components/panel.tsx';
import { useFormat, useLanguage, useMessages } from '@serai/ui/language.tsx';
import type { ReactNode } from 'react';
import type { EnrolmentScheme, GroupView } from '../groups.routes.ts';
import { enrolMessages } from './enrol.messages.ts';
import { type EnrolForm, emptyPerson } from './enrol-form.ts';
import { PersonFields } from './enrol-parts.tsx';

export interface EnrolFieldsProps {
  readonly form: EnrolForm;
  readonly schemes: readonly EnrolmentScheme[];
  /** Employers and communities; empty where none can be chosen. */
  readonly groups: readonly Pick<GroupView, 'groupId' | 'name'>[];
  readonly country: string;
  readonly change: (next: Partial<EnrolForm>) => void;
  readonly error: (id: string) => string | undefined;
}

/** What is asked of a family: the scheme, then each of them. The same at the desk, in the field and without a network. */
export function EnrolFields(props: EnrolFieldsProps & { readonly children: ReactNode }) {
  const t = useMessages(enrolMessages);
  const { form, schemes, change, country } = props;
  const scheme = schemes.find((each) => each.schemeId === form.schemeId);
  return (
    <>
      <SchemePart {...props} />
      {form.people.map((person, i) => (
        <PersonFields
          key={person.key}
          person={person}
          scheme={scheme}
          error={props.error}
          onChange={(next) =>
            change({ people: form.people.map((each, at) => (at === i ? { ...each, ...next } : each)) })
          }
          {...(i > 0 && { onRemove: () => change({ people: form.people.filter((_, at) => at !== i) }) })}
        />
      ))}
      <div className="row">
        {(scheme?.relations.length ?? 0) > 0 && (
          <Button
            icon="plus"
            onClick={() =>
              change({ people: [...form.people, emptyPerson((scheme?.relations[0] ?? 'child') as 'child', country)] })
            }
          >
            {t('member.add')}
          </Button>
        )}
        {props.children}
      </div>
    </>
  );
}

function SchemePart(props: EnrolFieldsProps) {
  const t = useMessages(enrolMessages);
  const format = useFormat();
  const { language } = useLanguage();
  const { form, change, schemes, groups } = props;
  const scheme = schemes.find((each) => each.schemeId === form.schemeId);
  const error = props.error('enrol-scheme');
  return (
    <Panel>
      <div className="form">
        <SelectField
          id="enrol-scheme"
          label={t('scheme')}
          value={form.schemeId}
          onChange={(schemeId) => change({ schemeId, months: '', instalments: '1' })}
          choices={schemes.map((each) => ({
            value: each.schemeId,
            label: each.title[language] ?? each.title.en ?? each.schemeId,
          }))}
          {...(error && { error })}
        />
        {scheme && scheme.months.length > 1 && (
          <SelectField
            id="enrol-months"
            label={t('months')}
            value={form.months || String(scheme.months[0])}
            onChange={(months) => change({ months })}
            choices={scheme.months.map((count) => ({
              value: String(count),
              label: t('months.count', { count: format.number(count) }),
            }))}
            required
          />
        )}
        {scheme && scheme.maximumInstalments > 1 && scheme.basis !== 'payroll' && (
          <SelectField
            id="enrol-instalments"
            label={t('instalments')}
            value={form.instalments}
            onChange={(instalments) => change({ instalments })}
            choices={Array.from({ length: scheme.maximumInstalments }, (_, i) => ({
              value: String(i + 1),
              label: format.number(i + 1),
            }))}
            required
          />
        )}
        {groups.length > 0 && (
          <SelectField
            id="enrol-group"
            label={t('group')}
            value={form.groupId}
            onChange={(groupId) => change({ groupId })}
            choices={groups.map((group) => ({ value: group.groupId, label: group.name }))}
          />
        )}
      </div>
    </Panel>
  );
}
