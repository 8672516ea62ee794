import { Button } from '@serai/ui/components/button.tsx';
import { TextField } from '@serai/ui/components/field.tsx';
import { useFormat } from '@serai/ui/language.tsx';
import type { KeyboardEvent } from 'react';
import type { ClaimChoices } from './api.ts';
import { type DraftLine, lineTotal } from './claim-draft.ts';
import { useClaimWords } from './words.tsx';

/** One line: chosen from the catalogue by code or name, how many, at what price. Enter goes on to the next. */
export function ClaimLineFields(props: {
  readonly number: number;
  readonly line: DraftLine;
  readonly catalogue: ClaimChoices['schemes'][number]['catalogue'];
  readonly currency: string;
  readonly onChange: (line: DraftLine) => void;
  readonly onRemove?: () => void;
  readonly onEnter: () => void;
  /** A line that was just added is where one goes on typing. */
  readonly focus: boolean;
}) {
  const { t, title } = useClaimWords();
  const format = useFormat();
  const { line, onChange } = props;
  const list = `catalogue-${props.number}`;
  const entry = props.catalogue.find((each) => each.code === line.code);
  const total = lineTotal(line, props.currency);
  const choose = (text: string) => {
    const said = text.trim().toLowerCase();
    const found = props.catalogue.find(
      (each) =>
        each.code.toLowerCase() === said || Object.values(each.title).some((name) => name.toLowerCase() === said),
    );
    onChange({ ...line, code: found?.code ?? text, ...(found && { kind: found.kind }) });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      event.stopPropagation();
      props.onEnter();
    }
  };
  return (
    <fieldset className="claim-line" onKeyDown={onKeyDown}>
      <legend>
        {props.number}
        {entry && ` · ${title(entry.title, entry.code)}`}
        {total && entry && ` · ${format.money(total)}`}
      </legend>
      <div className="form-grid">
        <TextField
          id={`code-${props.number}`}
          label={t('new.code')}
          required
          value={line.code}
          onChange={choose}
          error={line.code !== '' && !entry ? t('new.code.unknown') : undefined}
          input={{ list, autoFocus: props.focus, spellCheck: false, maxLength: 64 }}
        />
        <datalist id={list}>
          {props.catalogue.map((each) => (
            <option key={each.code} value={each.code}>
              {title(each.title, each.code)}
            </option>
          ))}
        </datalist>
        <TextField
          id={`quantity-${props.number}`}
          label={t('quantity')}
          required
          value={line.quantity}
          onChange={(quantity) => onChange({ ...line, quantity })}
          input={{ inputMode: 'decimal', maxLength: 12 }}
        />
        <TextField
          id={`price-${props.number}`}
          label={t('unit-price')}
          required
          unit={props.currency}
          value={line.unitPrice}
          onChange={(unitPrice) => onChange({ ...line, unitPrice })}
          input={{ inputMode: 'decimal', maxLength: 16 }}
        />
        {props.onRemove && (
          <Button kind="quiet" onClick={props.onRemove}>
            {t('new.remove', { line: props.number })}
          </Button>
        )}
      </div>
    </fieldset>
  );
}
