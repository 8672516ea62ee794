import { type InputHTMLAttributes, type ReactNode, useId } from 'react';
import { useMessages } from '../language.tsx';
import { uiMessages } from '../ui.messages.ts';
import { Icon } from './icon.tsx';

export interface FieldProps {
  /** Also the id of the control, so that the error summary can link to it. */
  readonly id: string;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly required?: boolean;
}

/** What ties label, hint and error to a control. */
export function describedBy(props: Pick<FieldProps, 'id' | 'hint' | 'error'>): string | undefined {
  const ids = [props.hint && `${props.id}-hint`, props.error && `${props.id}-error`].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
}

export function FieldError({ id, error }: { readonly id: string; readonly error?: string | undefined }) {
  return error ? (
    <p className="field-error" id={`${id}-error`}>
      <Icon name="stop" />
      <span>{error}</span>
    </p>
  ) : null;
}

export function FieldHint({ id, hint }: { readonly id: string; readonly hint?: ReactNode }) {
  return hint ? (
    <p className="field-hint" id={`${id}-hint`}>
      {hint}
    </p>
  ) : null;
}

export function LabelText({ label, required }: Pick<FieldProps, 'label' | 'required'>) {
  const t = useMessages(uiMessages);
  return (
    <>
      {label}
      {required && (
        <span className="field-required" title={t('field.required')}>
          <span aria-hidden="true"> *</span>
          <span className="only-spoken"> {t('field.required')}</span>
        </span>
      )}
    </>
  );
}

/** A labelled control of any kind. */
export function Field(props: FieldProps & { readonly children: ReactNode; readonly wide?: boolean }) {
  return (
    <div className={`field${props.error ? ' field-bad' : ''}${props.wide ? ' field-wide' : ''}`}>
      <label className="field-label" htmlFor={props.id}>
        <LabelText label={props.label} required={props.required ?? false} />
      </label>
      <FieldHint id={props.id} hint={props.hint} />
      {props.children}
      <FieldError id={props.id} error={props.error} />
    </div>
  );
}

type Native = Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'value' | 'id' | 'required' | 'className'>;

export interface TextFieldProps extends FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** What follows the figure: kg, °C. */
  readonly unit?: string | undefined;
  readonly input?: Native;
  readonly rows?: number;
  readonly wide?: boolean;
}

export function TextField({ value, onChange, unit, input, rows, ...field }: TextFieldProps) {
  const common = {
    id: field.id,
    value,
    className: 'input',
    'aria-invalid': field.error ? true : undefined,
    'aria-describedby': describedBy(field),
    'aria-required': field.required || undefined,
    dir: 'auto',
  } as const;
  return (
    <Field {...field}>
      {rows ? (
        <textarea {...common} rows={rows} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <div className={unit ? 'input-unit' : undefined}>
          <input
            type="text"
            autoComplete="off"
            {...input}
            {...common}
            onChange={(event) => onChange(event.target.value)}
          />
          {unit && <span className="unit">{unit}</span>}
        </div>
      )}
    </Field>
  );
}

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
}

export interface ChoiceFieldProps<Value extends string> extends FieldProps {
  readonly choices: readonly Choice<Value>[];
  readonly value: Value | undefined;
  readonly onChange: (value: Value) => void;
  /** Side by side where there is room. */
  readonly inline?: boolean;
  readonly wide?: boolean;
}

/** One of a few, all of them visible. The id is the first radio's, so that a link lands on a control. */
export function RadioField<Value extends string>(props: ChoiceFieldProps<Value>) {
  const name = useId();
  return (
    <fieldset
      className={`field choice-field${props.error ? ' field-bad' : ''}${props.wide ? ' field-wide' : ''}`}
      aria-describedby={describedBy(props)}
    >
      <legend className="field-label">
        <LabelText label={props.label} required={props.required ?? false} />
      </legend>
      <FieldHint id={props.id} hint={props.hint} />
      <div className={props.inline ? 'choices choices-inline' : 'choices'}>
        {props.choices.map((choice, index) => (
          <label key={choice.value} className="choice">
            <input
              type="radio"
              id={index === 0 ? props.id : undefined}
              name={name}
              value={choice.value}
              checked={props.value === choice.value}
              aria-invalid={props.error ? true : undefined}
              onChange={() => props.onChange(choice.value)}
            />
            <span>
              {choice.label}
              {choice.hint && <span className="choice-hint">{choice.hint}</span>}
            </span>
          </label>
        ))}
      </div>
      <FieldError id={props.id} error={props.error} />
    </fieldset>
  );
}

/** One of many; the browser's own list, which every phone and screen reader knows. */
export function SelectField<Value extends string>(
  props: Omit<ChoiceFieldProps<Value>, 'inline'> & {
    /** What choosing nothing means, like "All schemes" of a filter; absent: that a choice is still to be made. */
    readonly none?: string;
  },
) {
  const t = useMessages(uiMessages);
  return (
    <Field {...props}>
      <div className="select">
        <select
          id={props.id}
          className="input"
          value={props.value ?? ''}
          aria-invalid={props.error ? true : undefined}
          aria-describedby={describedBy(props)}
          aria-required={props.required || undefined}
          onChange={(event) => props.onChange(event.target.value as Value)}
        >
          {(props.value === undefined || !props.required) && <option value="">{props.none ?? t('choose')}</option>}
          {props.choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
        <Icon name="down" />
      </div>
    </Field>
  );
}

/** A single yes. */
export function CheckboxField(props: {
  readonly id: string;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly onChange: (checked: boolean) => void;
}) {
  return (
    <label className="choice">
      <input
        type="checkbox"
        id={props.id}
        checked={props.checked}
        disabled={props.disabled}
        onChange={(event) => props.onChange(event.target.checked)}
      />
      <span>
        {props.label}
        {props.hint && <span className="choice-hint">{props.hint}</span>}
      </span>
    </label>
  );
}
