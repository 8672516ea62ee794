import { type MoneyText, moneyText, multiplyMoney, parseMoney, parseRatio, zero } from '@serai/kernel/base/money.ts';
import type { ClaimInFull } from './api.ts';

/** A claim while it is being entered: texts as typed. */

export interface DraftLine {
  readonly key: number;
  readonly kind: 'item' | 'service';
  readonly code: string;
  readonly quantity: string;
  readonly unitPrice: string;
}

export interface Draft {
  readonly memberNumber: string;
  readonly claimNumber: string;
  readonly schemeId: string;
  readonly visit: 'other' | 'referral' | 'emergency';
  readonly care: 'in-patient' | 'out-patient';
  readonly from: string;
  readonly to: string;
  readonly diagnoses: string;
  readonly referralFrom: string;
  readonly preauthorisation: string;
  readonly explanation: string;
  readonly lines: readonly DraftLine[];
}

export function emptyLine(key: number): DraftLine {
  return { key, kind: 'service', code: '', quantity: '1', unitPrice: '' };
}

/** @param from the day of care: of the claim before, since a clerk enters a day's claims one after another. */
export const blankDraft = (from = ''): Draft => ({
  ...{ memberNumber: '', claimNumber: '', schemeId: '', visit: 'other', care: 'out-patient', from, to: '' },
  ...{ diagnoses: '', referralFrom: '', preauthorisation: '', explanation: '' },
  lines: [emptyLine(1)],
});

/** A former claim as the beginning of a new one. Its number, its days and its authorisation were its own. */
export function draftOf(claim: ClaimInFull): Draft {
  return {
    ...blankDraft(),
    memberNumber: claim.memberNumber,
    schemeId: claim.schemeId,
    visit: claim.visit as Draft['visit'],
    care: claim.care as Draft['care'],
    diagnoses: claim.diagnoses.join(', '),
    referralFrom: claim.referralFrom ?? '',
    lines: claim.lines.map(({ kind, code, quantity, unitPrice }, i) => ({
      ...{ key: i + 1, kind, code, quantity },
      unitPrice: unitPrice.amount,
    })),
  };
}

/** What is sent of a draft: empty fields are left out. */
export function statedOf(draft: Draft) {
  const optional = (name: 'claimNumber' | 'schemeId' | 'referralFrom' | 'preauthorisation' | 'explanation') =>
    draft[name].trim() === '' ? {} : { [name]: draft[name].trim() };
  return {
    memberNumber: draft.memberNumber.trim(),
    visit: draft.visit,
    care: draft.care,
    from: draft.from,
    to: draft.to || draft.from,
    diagnoses: draft.diagnoses
      .toUpperCase()
      .split(/[\s,;]+/)
      .filter(Boolean),
    lines: draft.lines
      .filter((line) => !isBlank(line))
      .map(({ kind, code, quantity, unitPrice }) => ({
        ...{ kind, code },
        quantity: quantity.trim(),
        unitPrice: unitPrice.trim(),
      })),
    ...optional('claimNumber'),
    ...optional('schemeId'),
    ...optional('referralFrom'),
    ...optional('preauthorisation'),
    ...optional('explanation'),
  };
}

/** A line nobody has begun: the one a last Enter opened is not sent. */
export function isBlank(line: DraftLine): boolean {
  return line.code === '' && line.unitPrice.trim() === '';
}

export function isWhole(line: DraftLine): boolean {
  return line.code !== '' && line.unitPrice.trim() !== '' && line.quantity.trim() !== '';
}

/** Whether there is enough of it to be sent. */
export function isReady(draft: Draft): boolean {
  const begun = draft.lines.filter((line) => !isBlank(line));
  return (
    draft.memberNumber.trim() !== '' &&
    draft.from !== '' &&
    draft.diagnoses.trim() !== '' &&
    begun.length > 0 &&
    begun.every(isWhole)
  );
}

/** What a line comes to: quantity × price; undefined while it is not a number. */
export function lineTotal(line: DraftLine, currency: string): MoneyText | undefined {
  const price = parseMoney(line.unitPrice.trim(), currency);
  const quantity = parseRatio(line.quantity.trim());
  return price && quantity ? moneyText(multiplyMoney(price, quantity)) : undefined;
}

/** What is claimed so far. */
export function draftTotal(draft: Draft, currency: string): MoneyText {
  const minor = draft.lines.reduce((sum, line) => {
    const total = lineTotal(line, currency);
    return sum + (total ? parseMoney(total.amount, currency)!.minor : 0n);
  }, 0n);
  return moneyText({ ...zero(currency), minor });
}
