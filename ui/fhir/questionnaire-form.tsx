import type { Questionnaire, QuestionnaireResponse, QuestionnaireResponseItemAnswer } from '@medplum/fhirtypes';
import {
  addRepeat,
  type FormNode,
  isRepeatingGroup,
  itemText,
  optionText,
  removeRepeat,
  setAnswer,
  unitsOf,
} from '@serai/kernel/fhir/questionnaire/questionnaire.ts';
import { createContext, type ReactNode, useContext, useState } from 'react';
import { Button } from '../components/button.tsx';
import {
  CheckboxField,
  FieldError,
  FieldHint,
  LabelText,
  RadioField,
  SelectField,
  TextField,
} from '../components/field.tsx';
import { useFormat, useLanguage, useMessages } from '../language.tsx';
import { questionnaireMessages } from './questionnaire.messages.ts';
import { answerOf, choiceKey, toggled, withWritten, writtenAnswer } from './questionnaire-choices.ts';
import { FigureField, PartialDateField, QuantityField } from './questionnaire-inputs.tsx';

export interface QuestionnaireFormProps {
  readonly questionnaire: Questionnaire;
  /** The part of the form to show: nodes of `formTree`. */
  readonly nodes: readonly FormNode[];
  readonly onChange: (next: (response: QuestionnaireResponse) => QuestionnaireResponse) => void;
  /** What is wrong, by the key of the node. */
  readonly errors: ReadonlyMap<string, string>;
}

type Form = Omit<QuestionnaireFormProps, 'nodes'>;
const FormContext = createContext<Form | undefined>(undefined);
const useForm = () => useContext(FormContext)!;

/** The id of a question's control, for links from the error summary. */
export function fieldIdOf(key: string): string {
  return `q-${key.replace(/[^\w-]/g, '_')}`;
}

/** Draws any FHIR Questionnaire: groups, conditions, repeats, units, choices, dates and calculated values. */
export function QuestionnaireForm({ nodes, ...form }: QuestionnaireFormProps) {
  return (
    <FormContext value={form}>
      <Nodes nodes={nodes} />
    </FormContext>
  );
}

function Nodes({ nodes }: { readonly nodes: readonly FormNode[] }) {
  const shown = nodes.filter((node) => node.enabled);
  return (
    <div className="q-items">
      {shown.map((node, index) => (
        <ItemOf
          key={node.key}
          node={node}
          last={isRepeatingGroup(node.item) && shown[index + 1]?.linkId !== node.linkId}
          several={
            isRepeatingGroup(node.item) &&
            (shown[index + 1]?.linkId === node.linkId || shown[index - 1]?.linkId === node.linkId)
          }
        />
      ))}
    </div>
  );
}

interface ItemProps {
  readonly node: FormNode;
  /** The last instance of a repeating group. */
  readonly last: boolean;
  readonly several: boolean;
}

function ItemOf(props: ItemProps) {
  const { node } = props;
  const { language } = useLanguage();
  if (node.item.type === 'display') {
    return <p className="q-display">{itemText(node.item, language)}</p>;
  }
  if (node.item.type === 'group') {
    return <Group {...props} />;
  }
  const follow = node.children.filter((child) => child.item.type !== 'display');
  return (
    <>
      {node.item.readOnly ? <Calculated node={node} /> : <Question node={node} />}
      {follow.some((child) => child.enabled) && (
        <div className="q-follow">
          <Nodes nodes={follow} />
        </div>
      )}
    </>
  );
}

function Group({ node, last, several }: ItemProps) {
  const t = useMessages(questionnaireMessages);
  const { language } = useLanguage();
  const { questionnaire, onChange, errors } = useForm();
  const label = itemText(node.item, language);
  const number = (node.at.at(-1) ?? 0) + 1;
  return (
    <fieldset className="q-group" id={fieldIdOf(node.key)} tabIndex={-1}>
      <legend>
        {label}
        {several && <span className="soft"> {number}</span>}
      </legend>
      <FieldError id={fieldIdOf(node.key)} error={errors.get(node.key)} />
      <Nodes nodes={node.children} />
      {isRepeatingGroup(node.item) && (
        <div className="row">
          {several && (
            <Button
              kind="quiet"
              icon="minus"
              aria-label={t('remove.what', { label, number })}
              onClick={() => onChange((response) => removeRepeat(questionnaire, response, node.linkId, node.at))}
            >
              {t('remove')}
            </Button>
          )}
          {last && (
            <Button
              kind="quiet"
              icon="plus"
              aria-label={t('add.what', { label })}
              onClick={() =>
                onChange((response) => addRepeat(questionnaire, response, node.linkId, node.at.slice(0, -1)))
              }
            >
              {t('add')}
            </Button>
          )}
        </div>
      )}
    </fieldset>
  );
}

function Calculated({ node }: { readonly node: FormNode }) {
  const t = useMessages(questionnaireMessages);
  const { language } = useLanguage();
  const format = useFormat();
  const [answer] = node.answers;
  const value = answer?.valueDecimal ?? answer?.valueInteger ?? answer?.valueQuantity?.value;
  const unit = unitsOf(node.item)[0]?.display;
  return (
    <div className="field">
      <p className="field-label">{itemText(node.item, language)}</p>
      <output className="q-calculated">
        {value !== undefined ? (
          <b>
            {format.number(value)}
            {unit && ` ${unit}`}
          </b>
        ) : answer?.valueDate ? (
          <b>{format.date(answer.valueDate)}</b>
        ) : (
          <span className="soft">{t('not-yet')}</span>
        )}{' '}
        <span className="soft small">{t('calculated')}</span>
      </output>
    </div>
  );
}

function Question({ node }: { readonly node: FormNode }) {
  const { language } = useLanguage();
  const { questionnaire, onChange, errors } = useForm();
  const { item, answers } = node;
  const [answer] = answers;
  const set = (next: readonly QuestionnaireResponseItemAnswer[]) =>
    onChange((response) => setAnswer(questionnaire, response, node.linkId, next, node.at));
  const hints = node.children.filter((child) => child.item.type === 'display' && child.enabled);
  const field = {
    id: fieldIdOf(node.key),
    label: itemText(item, language),
    hint: hints.length > 0 ? hints.map((hint) => itemText(hint.item, language)).join(' ') : undefined,
    error: errors.get(node.key),
    required: item.required ?? false,
  };
  switch (item.type) {
    case 'boolean':
      return <BooleanQuestion node={node} field={field} set={set} />;
    case 'choice':
    case 'open-choice':
      return item.repeats ? (
        <ManyQuestion node={node} field={field} set={set} />
      ) : (
        <OneQuestion node={node} field={field} set={set} />
      );
    case 'integer':
      return (
        <FigureField
          {...field}
          whole
          value={answer?.valueInteger}
          onChange={(value) => set(value === undefined ? [] : [{ valueInteger: value }])}
        />
      );
    case 'decimal':
      return (
        <FigureField
          {...field}
          whole={false}
          value={answer?.valueDecimal}
          onChange={(value) => set(value === undefined ? [] : [{ valueDecimal: value }])}
        />
      );
    case 'quantity': {
      const units = unitsOf(item).map((unit) => ({
        code: unit.code ?? '',
        text: optionText({ valueCoding: unit }, language),
        coding: unit,
      }));
      return (
        <QuantityField
          {...field}
          units={units}
          unitCode={answer?.valueQuantity?.code}
          value={answer?.valueQuantity?.value}
          onChange={(value, code) => {
            const unit = units.find((candidate) => candidate.code === code)?.coding;
            set(
              value === undefined
                ? []
                : [
                    {
                      valueQuantity: {
                        value,
                        ...(unit?.display && { unit: unit.display }),
                        ...(unit?.system && { system: unit.system }),
                        ...(unit?.code && { code: unit.code }),
                      },
                    },
                  ],
            );
          }}
        />
      );
    }
    case 'date':
    case 'dateTime':
      return (
        <PartialDateField
          {...field}
          value={answer?.valueDate ?? answer?.valueDateTime?.slice(0, 10) ?? ''}
          onChange={(date) => set(date ? [item.type === 'date' ? { valueDate: date } : { valueDateTime: date }] : [])}
        />
      );
    case 'time':
      return (
        <TextField
          {...field}
          value={answer?.valueTime ?? ''}
          input={{ type: 'time' }}
          onChange={(text) => set(text ? [{ valueTime: text.length === 5 ? `${text}:00` : text }] : [])}
        />
      );
    case 'text':
      return (
        <TextField
          {...field}
          wide
          rows={3}
          value={answer?.valueString ?? ''}
          onChange={(text) => set(text ? [{ valueString: text }] : [])}
        />
      );
    default:
      return (
        <TextField
          {...field}
          value={answer?.valueString ?? ''}
          input={{ maxLength: item.maxLength }}
          onChange={(text) => set(text ? [{ valueString: text }] : [])}
        />
      );
  }
}

interface QuestionField {
  readonly id: string;
  readonly label: string;
  readonly hint: string | undefined;
  readonly error: string | undefined;
  readonly required: boolean;
}

interface KindProps {
  readonly node: FormNode;
  readonly field: QuestionField;
  readonly set: (answers: readonly QuestionnaireResponseItemAnswer[]) => void;
}

function BooleanQuestion({ node, field, set }: KindProps) {
  const t = useMessages(questionnaireMessages);
  const value = node.answers[0]?.valueBoolean;
  return (
    <Clearable node={node} field={field} set={set}>
      <RadioField
        {...field}
        inline
        value={value === undefined ? undefined : value ? 'yes' : 'no'}
        onChange={(chosen) => set([{ valueBoolean: chosen === 'yes' }])}
        choices={[
          { value: 'yes', label: t('yes') },
          { value: 'no', label: t('no') },
        ]}
      />
    </Clearable>
  );
}

const radiosMost = 7;
const otherKey = '__other__';

function OneQuestion({ node, field, set }: KindProps) {
  const t = useMessages(questionnaireMessages);
  const { language } = useLanguage();
  const { item, answers } = node;
  const written = writtenAnswer(answers);
  const [writing, setWriting] = useState(written !== undefined);
  const options = item.answerOption ?? [];
  const open = item.type === 'open-choice';
  const chosen = writing && open ? otherKey : answers[0] && choiceKey(answers[0]);
  const choices = [
    ...options.map((option) => ({ value: choiceKey(option), label: optionText(option, language) })),
    ...(open ? [{ value: otherKey, label: t('other') }] : []),
  ];
  const choose = (key: string) => {
    setWriting(key === otherKey);
    const option = options.find((candidate) => choiceKey(candidate) === key);
    set(option ? [answerOf(option)] : []);
  };
  const few = choices.length <= radiosMost;
  const short = choices.every((choice) => choice.label.length <= 24);
  return (
    <div className={few && !short ? 'q-one field-wide' : 'q-one'}>
      {few ? (
        <Clearable node={node} field={field} set={set}>
          <RadioField {...field} inline={short} value={chosen} onChange={choose} choices={choices} />
        </Clearable>
      ) : (
        <SelectField
          {...field}
          required={false}
          label={<LabelText label={field.label} required={field.required} />}
          value={chosen}
          onChange={choose}
          choices={choices}
        />
      )}
      {writing && open && (
        <TextField
          id={`${field.id}-other`}
          label={t('other.text')}
          value={written ?? ''}
          onChange={(text) => set(withWritten(answers, text, true))}
        />
      )}
    </div>
  );
}

function ManyQuestion({ node, field, set }: KindProps) {
  const t = useMessages(questionnaireMessages);
  const { language } = useLanguage();
  const { item, answers } = node;
  const chosen = new Set(answers.map(choiceKey));
  const written = writtenAnswer(answers);
  return (
    <fieldset className={`field field-wide${field.error ? ' field-bad' : ''}`} id={field.id} tabIndex={-1}>
      <legend className="field-label">
        <LabelText label={field.label} required={field.required} />
      </legend>
      <FieldHint id={field.id} hint={field.hint} />
      <div className="choices-grid">
        {(item.answerOption ?? []).map((option) => {
          const key = choiceKey(option);
          return (
            <CheckboxField
              key={key}
              id={`${field.id}-${key.replace(/[^\w-]/g, '_')}`}
              label={optionText(option, language)}
              checked={chosen.has(key)}
              onChange={(on) => set(toggled(item, answers, option, on))}
            />
          );
        })}
      </div>
      {item.type === 'open-choice' && (
        <TextField
          id={`${field.id}-other`}
          label={t('other')}
          value={written ?? ''}
          onChange={(text) => set(withWritten(answers, text, false))}
        />
      )}
      <FieldError id={field.id} error={field.error} />
    </fieldset>
  );
}

/** Radios cannot be unchosen by themselves; an answer given by mistake must be. */
function Clearable({ node, field, set, children }: KindProps & { readonly children: ReactNode }) {
  const t = useMessages(questionnaireMessages);
  return (
    <div className="q-clearable">
      {children}
      {node.answers.length > 0 && (
        <button
          type="button"
          className="q-clear"
          aria-label={t('clear.what', { label: field.label })}
          onClick={() => {
            set([]);
            document.getElementById(field.id)?.focus();
          }}
        >
          {t('clear')}
        </button>
      )}
    </div>
  );
}
