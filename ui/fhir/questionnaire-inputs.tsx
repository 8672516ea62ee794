import { useEffect, useRef, useState } from 'react';
import {
  describedBy,
  FieldError,
  FieldHint,
  type FieldProps,
  LabelText,
  SelectField,
  TextField,
} from '../components/field.tsx';
import { useFormat, useMessages } from '../language.tsx';
import { parseFigure, partialDate } from '../numbers.ts';
import { questionnaireMessages } from './questionnaire.messages.ts';

/** What was typed, kept while it is not yet a value, and replaced when the value changes from elsewhere. */
function useTyped(value: string): readonly [string, (typed: string, made: string) => void] {
  const [typed, setTyped] = useState(value);
  const made = useRef(value);
  useEffect(() => {
    if (value !== made.current) {
      made.current = value;
      setTyped(value);
    }
  }, [value]);
  return [
    typed,
    (text, becomes) => {
      made.current = becomes;
      setTyped(text);
    },
  ];
}

export interface FigureFieldProps extends FieldProps {
  readonly value: number | undefined;
  readonly whole: boolean;
  readonly onChange: (value: number | undefined) => void;
  readonly unit?: string | undefined;
}

/** A number in the digits of any of our scripts. */
export function FigureField({ value, whole, onChange, ...field }: FigureFieldProps) {
  const t = useMessages(questionnaireMessages);
  const [typed, setTyped] = useTyped(value === undefined ? '' : String(value));
  const unread = typed.trim() !== '' && parseFigure(typed, whole) === undefined;
  return (
    <TextField
      {...field}
      value={typed}
      error={unread ? t(whole ? 'not-a-whole-number' : 'not-a-number') : field.error}
      input={{ inputMode: whole ? 'numeric' : 'decimal' }}
      onChange={(text) => {
        const figure = parseFigure(text, whole);
        setTyped(text, figure === undefined ? '' : String(figure));
        onChange(figure);
      }}
    />
  );
}

export interface QuantityFieldProps extends Omit<FigureFieldProps, 'unit' | 'whole' | 'onChange'> {
  readonly units: readonly { readonly code: string; readonly text: string }[];
  readonly unitCode: string | undefined;
  readonly onChange: (value: number | undefined, unitCode: string | undefined) => void;
}

/** A measured value with its unit; the unit can be chosen only where the form offers several. */
export function QuantityField({ units, unitCode, onChange, ...field }: QuantityFieldProps) {
  const t = useMessages(questionnaireMessages);
  const unit = units.find((candidate) => candidate.code === unitCode) ?? units[0];
  if (units.length < 2) {
    return <FigureField {...field} whole={false} unit={unit?.text} onChange={(value) => onChange(value, unit?.code)} />;
  }
  return (
    <div className="quantity">
      <FigureField {...field} whole={false} onChange={(value) => onChange(value, unit?.code)} />
      <SelectField
        id={`${field.id}-unit`}
        label={t('unit')}
        required
        value={unit?.code}
        onChange={(code) => onChange(field.value, code)}
        choices={units.map((candidate) => ({ value: candidate.code, label: candidate.text }))}
      />
    </div>
  );
}

const months = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12'] as const;

/** A date as well as it is known: year, year and month, or the day. */
export function PartialDateField(
  props: FieldProps & { readonly value: string; readonly onChange: (value: string | undefined) => void },
) {
  const t = useMessages(questionnaireMessages);
  const format = useFormat();
  const [parts, setParts] = useState(() => split(props.value));
  const made = useRef(props.value);
  useEffect(() => {
    if (props.value !== made.current) {
      made.current = props.value;
      setParts(split(props.value));
    }
  }, [props.value]);
  const change = (part: Partial<typeof parts>) => {
    const next = { ...parts, ...part };
    const date = partialDate(next.year, next.month, next.day);
    made.current = date ?? '';
    setParts(next);
    props.onChange(date);
  };
  const begun = parts.year !== '' || parts.month !== '' || parts.day !== '';
  const error = begun && !partialDate(parts.year, parts.month, parts.day) ? t('not-a-date') : props.error;
  const described = describedBy({ ...props, error });
  return (
    <fieldset className={`field${error ? ' field-bad' : ''}`} aria-describedby={described}>
      <legend className="field-label">
        <LabelText label={props.label} required={props.required ?? false} />
      </legend>
      <FieldHint id={props.id} hint={props.hint} />
      <div className="date-parts">
        <label>
          <span className="field-hint">{t('day')}</span>
          <input
            id={props.id}
            className="input"
            inputMode="numeric"
            maxLength={2}
            value={parts.day}
            autoComplete="off"
            onChange={(event) => change({ day: event.target.value })}
          />
        </label>
        <label>
          <span className="field-hint">{t('month')}</span>
          <select className="input" value={parts.month} onChange={(event) => change({ month: event.target.value })}>
            <option value="">–</option>
            {months.map((month) => (
              <option key={month} value={month}>
                {format.monthName(Number(month))}
              </option>
            ))}
          </select>
        </label>
        <label>
          <span className="field-hint">{t('year')}</span>
          <input
            className="input"
            inputMode="numeric"
            maxLength={4}
            value={parts.year}
            autoComplete="off"
            aria-invalid={error ? true : undefined}
            onChange={(event) => change({ year: event.target.value })}
          />
        </label>
      </div>
      <FieldError id={props.id} error={error} />
    </fieldset>
  );
}

function split(value: string): { readonly year: string; readonly month: string; readonly day: string } {
  const [year = '', month = '', day = ''] = value.split('-');
  return { year, month, day };
}
