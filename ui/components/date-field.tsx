import { type CalendarDate, parseDate } from '@internationalized/date';
import { localeOf } from '@serai/kernel/i18n/i18n.ts';
import { useRef, useState } from 'react';
import { DateField as AriaDateField, DateInput, DateSegment, I18nProvider, Label } from 'react-aria-components';
import { useLanguage, useMessages } from '../language.tsx';
import { uiMessages } from '../ui.messages.ts';
import { describedBy, FieldError, FieldHint, type FieldProps, LabelText } from './field.tsx';

/** A day, entered part by part in the order of the reader's locale, by keyboard alone if need be. Value: `YYYY-MM-DD` or ''. */
export function DateField(props: FieldProps & { readonly value: string; readonly onChange: (value: string) => void }) {
  const t = useMessages(uiMessages);
  const { language } = useLanguage();
  // A browser that does not know the language would fall back to its own order of day and month.
  const known = Intl.DateTimeFormat.supportedLocalesOf([language]).length > 0;
  const locale = localeOf(known ? language : 'en');
  // A date still being typed (year 1, then 19, then 198) is no value yet: React Aria holds the parts, we tell the whole.
  const [held, setHeld] = useState<CalendarDate | null>(() => parsed(props.value));
  const told = useRef(props.value);
  const fromElsewhere = props.value !== told.current;
  const value = fromElsewhere ? parsed(props.value) : held;
  return (
    <I18nProvider locale={locale}>
      <div className={`field${props.error ? ' field-bad' : ''}`}>
        <AriaDateField
          className="field"
          granularity="day"
          value={value}
          isInvalid={props.error !== undefined}
          aria-describedby={describedBy(props)}
          onChange={(next) => {
            setHeld(next);
            told.current = next && next.year >= 1000 ? next.toString() : '';
            props.onChange(told.current);
          }}
        >
          <Label className="field-label">
            <LabelText label={props.label} required={props.required ?? false} />
          </Label>
          <FieldHint id={props.id} hint={props.hint} />
          <div id={props.id}>
            <DateInput className="date-input">
              {(segment) => {
                const name =
                  segment.type === 'day' || segment.type === 'month' || segment.type === 'year'
                    ? t(segment.type)
                    : undefined;
                return (
                  <DateSegment segment={segment} className="date-segment" {...(name && { 'aria-label': name })}>
                    {({ isPlaceholder, text }) => (isPlaceholder && !known && name ? name : text)}
                  </DateSegment>
                );
              }}
            </DateInput>
          </div>
        </AriaDateField>
        <FieldError id={props.id} error={props.error} />
      </div>
    </I18nProvider>
  );
}

function parsed(text: string): CalendarDate | null {
  try {
    return text ? parseDate(text) : null;
  } catch {
    return null;
  }
}
