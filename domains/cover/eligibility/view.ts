import { type Money, moneyText } from '@serai/kernel/base/money.ts';
import type { Member } from '../cover.ts';
import type { EligibilityView, SchemeView } from './api.ts';
import type { EligibilityAnswer } from './eligibility.ts';
import type { SchemeAnswer, Split } from './under-scheme.ts';

/** An answer as it is sent. */
export function viewOf(
  { scheme, ...answer }: EligibilityAnswer,
  member: Member | undefined,
  card?: EligibilityView['card'],
): EligibilityView {
  return {
    ...answer,
    evidence: 'record',
    ...(member && { member: memberView(member) }),
    ...(scheme && { scheme: schemeView(scheme) }),
    ...(card && { card }),
  };
}

/** What a card of another country says by itself: no promise, until its country is asked. */
export function viewOfCard(
  on: string,
  emergency: boolean,
  card: NonNullable<EligibilityView['card']>,
  here: string,
): EligibilityView {
  const payer = card.covered
    ? ({ kind: 'scheme', id: card.cover!.schemeId } as const)
    : emergency
      ? ({ kind: 'country', id: here } as const)
      : ({ kind: 'person' } as const);
  return {
    on,
    covered: card.covered || emergency,
    emergency,
    basis: card.covered ? 'treaty' : emergency ? 'emergency' : 'self-pay',
    payer,
    steps: [],
    evidence: 'card',
    card,
  };
}

function memberView({ memberNumber, name, birthDate, personId }: Member): NonNullable<EligibilityView['member']> {
  return { memberNumber, name, birthYear: birthDate.slice(0, 4), ...(personId !== undefined && { personId }) };
}

function schemeView({ price, schemePays, memberPays, remains, ...rest }: SchemeAnswer): SchemeView {
  return {
    ...rest,
    price: textOf(price),
    schemePays: textOf(schemePays),
    memberPays: textOf(memberPays),
    remains: { ...remains, deductible: splitText(remains.deductible), ceiling: splitText(remains.ceiling) },
  };
}

function textOf(value: Money | undefined) {
  return value && moneyText(value);
}

function splitText({ inPatient, outPatient }: Split) {
  return { inPatient: textOf(inPatient), outPatient: textOf(outPatient) };
}
