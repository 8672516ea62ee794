import { Button } from '@serai/ui/components/button.tsx';
import { DateField } from '@serai/ui/components/date-field.tsx';
import { RadioField, SelectField, TextField } from '@serai/ui/components/field.tsx';
import { Facts, Panel, Written } from '@serai/ui/components/panel.tsx';
import { useFormat, useMessages } from '@serai/ui/language.tsx';
import { PlaceLink } from '@serai/ui/navigation.tsx';
import type { EnrolmentPreview } from '../enrol.ts';
import type { EnrolmentScheme } from '../groups.routes.ts';
import type { LikelyMember } from '../new-member.store.ts';
import { enrolMessages } from './enrol.messages.ts';
import type { PersonForm } from './enrol-form.ts';
import { memberPath } from './words.tsx';

const anyEntitlement = [
  'contract-worker',
  'seasonal-worker',
  'frontier-worker',
  'informal-worker',
  'domestic-worker',
  'self-employed',
  'family',
];
const countries = ['TH', 'MM', 'LA', 'KH'];
/** Each language in its own words, so that whoever reads it finds it. */
const ownNames = [
  { value: 'en', label: <bdi lang="en">English</bdi> },
  { value: 'th', label: <bdi lang="th">ไทย</bdi> },
  { value: 'my', label: <bdi lang="my">မြန်မာ</bdi> },
];
const sexes = ['female', 'male', 'other', 'unknown'] as const;

function entitlementsFor(scheme: EnrolmentScheme | undefined, holder: boolean): readonly string[] {
  if (!scheme || scheme.entitlements.includes('any')) {
    return anyEntitlement;
  }
  return holder ? scheme.entitlements : [...new Set([...scheme.entitlements, 'family'])];
}

/** One person of the family: a name, about how old, and no document. */
export function PersonFields(props: {
  readonly person: PersonForm;
  readonly scheme: EnrolmentScheme | undefined;
  readonly error: (id: string) => string | undefined;
  readonly onChange: (next: Partial<PersonForm>) => void;
  readonly onRemove?: () => void;
}) {
  const t = useMessages(enrolMessages);
  const { person, scheme, onChange } = props;
  const holder = person.relation === 'holder';
  const entitlements = entitlementsFor(scheme, holder);
  const nameError = props.error(`${person.key}-name`);
  const entitlementError = props.error(`${person.key}-entitlement`);
  return (
    <Panel
      title={t(`member.${person.relation}`)}
      {...(props.onRemove && { actions: <Button onClick={props.onRemove}>{t('member.remove')}</Button> })}
    >
      <div className="form">
        {!holder && scheme && (
          <SelectField
            id={`${person.key}-relation`}
            label={t('relation')}
            value={person.relation}
            onChange={(relation) => onChange({ relation })}
            choices={(scheme.relations as PersonForm['relation'][]).map((value) => ({
              value,
              label: t(`member.${value}`),
            }))}
            required
          />
        )}
        <TextField
          id={`${person.key}-name`}
          label={t('name')}
          value={person.name}
          onChange={(name) => onChange({ name })}
          required
          {...(nameError && { error: nameError })}
        />
        <BirthFields person={person} onChange={onChange} error={props.error(`${person.key}-birth`)} />
        <RadioField
          id={`${person.key}-sex`}
          label={t('sex')}
          value={person.sex}
          onChange={(sex) => onChange({ sex })}
          inline
          choices={sexes.map((value) => ({ value, label: t(`sex.${value}`) }))}
        />
        <SelectField
          id={`${person.key}-entitlement`}
          label={t('entitlement')}
          value={person.entitlement}
          onChange={(entitlement) => onChange({ entitlement })}
          choices={entitlements.map((value) => ({
            value,
            label: `entitlement.${value}` in enrolMessages ? t(`entitlement.${value}` as 'entitlement.family') : value,
          }))}
          {...(entitlementError && { error: entitlementError })}
        />
        <RestFields {...props} holder={holder} />
      </div>
    </Panel>
  );
}

function RestFields(props: {
  readonly person: PersonForm;
  readonly scheme: EnrolmentScheme | undefined;
  readonly holder: boolean;
  readonly onChange: (next: Partial<PersonForm>) => void;
}) {
  const t = useMessages(enrolMessages);
  const format = useFormat();
  const { person, scheme, onChange } = props;
  return (
    <>
      {(props.holder || scheme?.leftBehind) && (
        <SelectField
          id={`${person.key}-residence`}
          label={t('residence')}
          value={person.residence}
          onChange={(residence) => onChange({ residence })}
          choices={countries.map((value) => ({ value, label: format.country(value) }))}
          required
        />
      )}
      {props.holder && (
        <TextField
          id={`${person.key}-phone`}
          label={t('phone')}
          hint={t('phone.hint')}
          value={person.phone}
          input={{ inputMode: 'tel' }}
          onChange={(phone) => onChange({ phone })}
        />
      )}
      {props.holder && (
        <SelectField
          id={`${person.key}-language`}
          label={t('language')}
          hint={t('language.hint')}
          value={person.language ?? ''}
          onChange={(language) => onChange({ language })}
          choices={ownNames}
        />
      )}
      <TextField
        id={`${person.key}-card`}
        label={t('card')}
        hint={t('card.hint')}
        rows={2}
        value={person.card ?? ''}
        input={{ spellCheck: false }}
        onChange={(card) => onChange({ card })}
      />
      {props.holder && scheme?.basis === 'payroll' && (
        <TextField
          id={`${person.key}-wage`}
          label={t('wage')}
          value={person.wage}
          unit={scheme.currency}
          input={{ inputMode: 'decimal' }}
          onChange={(wage) => onChange({ wage })}
        />
      )}
    </>
  );
}

function BirthFields(props: {
  readonly person: PersonForm;
  readonly onChange: (next: Partial<PersonForm>) => void;
  readonly error: string | undefined;
}) {
  const t = useMessages(enrolMessages);
  const { person, onChange } = props;
  const error = props.error ? { error: props.error } : {};
  return (
    <>
      <RadioField
        id={`${person.key}-birth-kind`}
        label={t('birth.how')}
        value={person.birthKind}
        onChange={(birthKind) => onChange({ birthKind, birth: '' })}
        inline
        choices={(['age', 'year', 'date'] as const).map((value) => ({ value, label: t(`birth.${value}`) }))}
      />
      {person.birthKind === 'date' ? (
        <DateField
          id={`${person.key}-birth`}
          label={t('birth')}
          value={person.birth}
          onChange={(birth) => onChange({ birth })}
          required
          {...error}
        />
      ) : (
        <TextField
          id={`${person.key}-birth`}
          label={t(person.birthKind === 'age' ? 'birth.age' : 'birth.year')}
          value={person.birth}
          unit={person.birthKind === 'age' ? t('birth.years') : undefined}
          input={{ inputMode: 'numeric' }}
          onChange={(birth) => onChange({ birth })}
          required
          {...error}
        />
      )}
    </>
  );
}

/** What it comes to, before anything is written. */
export function PricePart({ preview }: { readonly preview: EnrolmentPreview }) {
  const t = useMessages(enrolMessages);
  const format = useFormat();
  return (
    <Panel title={t('enrol.price')}>
      <p>{t('enrol.covers', { from: format.day(preview.startsOn), to: format.day(preview.expiresOn) })}</p>
      <Facts
        facts={[
          ...preview.lines.map((line) => ({ term: t(`line.${line.kind}`), value: format.money(line.amount) })),
          Number(preview.subsidy.amount) > 0 && { term: t('subsidy'), value: format.money(preview.subsidy) },
          { term: t('owed'), value: <strong>{format.money(preview.owed)}</strong> },
        ]}
      />
      {preview.instalments.length > 1 && (
        <ul>
          {preview.instalments.map((part) => (
            <li key={part.due}>
              {format.day(part.due)}: {format.money(part.amount)}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** Members who may be the one about to be enrolled. */
export function LikelyMembers({ candidates }: { readonly candidates: readonly LikelyMember[] }) {
  const t = useMessages(enrolMessages);
  const format = useFormat();
  return (
    <Panel title={t('duplicates.title')}>
      <p>{t('duplicates.lead')}</p>
      <ul className="plain-list">
        {candidates.map((each) => (
          <li key={each.memberId}>
            <PlaceLink to={memberPath(each.memberId)}>
              <Written text={each.name} />
            </PlaceLink>{' '}
            {each.memberNumber}, {each.birthDate.slice(0, 4)}, {format.percent(each.probability)}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
