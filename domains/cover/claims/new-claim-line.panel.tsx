import { Button } from '@serai/ui/components/button.tsx';
import { TextField } from '@serai/ui/components/field.tsx';
import type { ClaimChoices } from './api.ts';
import { useClaimWords } from './words.tsx';

export interface DraftLine {
  readonly key: number;
  readonly kind: 'item' | 'service';
  readonly code: string;
  readonly quantity: string;
  readonly unitPrice: string;
}

export function emptyLine(key: number): DraftLine {
  return { key, kind: 'service', code: '', quantity: '1', unitPrice: '' };
}

/** One line: chosen from the catalogue by code or name, how many, at what price. */
export function ClaimLineFields(props: {
  readonly number: number;
  readonly line: DraftLine;
  readonly catalogue: ClaimChoices['schemes'][number]['catalogue'];
  readonly currency: string;
  readonly onChange: (line: DraftLine) => void;
  readonly onRemove?: () => void;
}) {
  const { t, title } = useClaimWords();
  const { line, onChange } = props;
  const list = `catalogue-${props.number}`;
  const entry = props.catalogue.find((each) => each.code === line.code);
  const choose = (text: string) => {
    const code = text.trim().toUpperCase();
    const found = props.catalogue.find((each) => each.code.toUpperCase() === code);
    onChange({ ...line, code: found?.code ?? text.trim(), ...(found && { kind: found.kind }) });
  };
  return (
    <fieldset className="claim-line">
      <legend>
        {props.number}
        {entry && ` · ${title(entry.title, entry.code)}`}
      </legend>
      <div className="form-grid">
        <TextField
          id={`code-${props.number}`}
          label={t('new.code')}
          required
          value={line.code}
          onChange={choose}
          input={{ list }}
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
          input={{ inputMode: 'decimal' }}
        />
        <TextField
          id={`price-${props.number}`}
          label={t('unit-price')}
          required
          unit={props.currency}
          value={line.unitPrice}
          onChange={(unitPrice) => onChange({ ...line, unitPrice })}
          input={{ inputMode: 'decimal' }}
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
