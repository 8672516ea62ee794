import { parseMoney, parseRatio } from '@serai/kernel/base/money.ts';
import { ok, type Refusal, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { Settling } from './agreed.ts';
import type { ClaimAbroad } from './api.ts';
import type { LineState } from './lines.ts';
import { type CareAbroad, type ChargedLine, claimDeadline, currencyOf, type PricedLine, priceCare } from './pricing.ts';
import type { SettlementRefusalCode } from './settlement.refusals.ts';

/** A claim for care of someone another country covers: what may be claimed where care was given, and what is proposed at home. */

export interface PricedClaim {
  readonly care: CareAbroad;
  readonly currency: string;
  readonly lines: readonly (ChargedLine & { readonly priced: PricedLine })[];
}

/**
 * Prices a claim in the country of care.
 * @param authorised benefits of the authorisation; undefined for an emergency of someone without cover.
 */
export function priceClaim(
  agreement: Settling,
  input: ClaimAbroad,
  from: {
    readonly country: string;
    readonly facility: string;
    readonly today: string;
    readonly authorised: readonly string[] | undefined;
  },
): Result<PricedClaim, SettlementRefusalCode> {
  const currency = currencyOf(agreement, from.country);
  if (currency === undefined) {
    return refuse('settlement.no-agreement');
  }
  if (input.currency !== currency) {
    return refuse('settlement.wrong-currency', { expected: currency }, 'currency');
  }
  const refused = daysRefused(agreement, input, from.today);
  if (refused) {
    return refused;
  }
  const lines = chargedLines(input, currency);
  if (!lines.ok) {
    return lines;
  }
  const care: CareAbroad = {
    country: from.country,
    facility: from.facility,
    visit: input.visit,
    care: input.care,
    from: input.from,
    to: input.to,
    diagnoses: input.diagnoses,
    authorised: from.authorised,
    lines: lines.value,
  };
  const priced = priceCare(agreement, care);
  if (priced.every((each) => each.reason === 'waived')) {
    return refuse('settlement.waived');
  }
  if (priced.every((each) => each.amount.minor === 0n)) {
    const why = priced[0]?.reason ?? 'not-covered';
    return refuse(why === 'no-authorisation' ? 'settlement.not-authorised' : 'settlement.nothing-to-claim', { why });
  }
  return ok({ care, currency, lines: lines.value.map((line, i) => ({ ...line, priced: priced[i]! })) });
}

function daysRefused(
  agreement: Settling,
  { from, to }: Pick<ClaimAbroad, 'from' | 'to'>,
  today: string,
): Refusal<SettlementRefusalCode> | undefined {
  if (to < from || to > today || from < agreement.inForce) {
    return refuse('settlement.days-not-allowed', undefined, 'from');
  }
  const last = claimDeadline(agreement, to);
  return today > last ? refuse('settlement.claim-too-late', { last }, 'to') : undefined;
}

function chargedLines(input: ClaimAbroad, currency: string): Result<ChargedLine[], SettlementRefusalCode> {
  const lines: ChargedLine[] = [];
  for (const [i, line] of input.lines.entries()) {
    const unitPrice = parseMoney(line.unitPrice, currency);
    const quantity = parseRatio(line.quantity);
    if (!unitPrice || unitPrice.minor < 0n || !quantity || quantity.numerator <= 0n) {
      return refuse('settlement.amount-not-allowed', { line: i + 1 }, `lines[${i}]`);
    }
    lines.push({ line: i + 1, code: line.code, quantity: line.quantity, unitPrice });
  }
  return ok(lines);
}

/** What the country of cover knows of a claim that arrived. */
export interface HomeFacts {
  readonly care: CareAbroad;
  readonly sentOn: string;
  readonly lines: readonly { readonly line: number; readonly claimedMinor: bigint }[];
  /** Whose authorisation it rests on; undefined where there is none, or of another facility or days. */
  readonly authorised: { readonly benefits: readonly string[] } | undefined;
  /** Covered on the first day of care. */
  readonly insured: boolean;
  /** The most a line may come to, for an emergency of someone without cover. */
  readonly emergency: { readonly owes: boolean; readonly capMinor: bigint | undefined } | undefined;
  readonly usedThisYear: Readonly<Record<string, bigint>>;
  /** Lines of the same person, code and day claimed before. */
  readonly duplicates: ReadonlySet<number>;
  readonly reversal: boolean;
}

export interface Proposal {
  readonly line: number;
  readonly state: Extract<LineState, 'accepted' | 'adjusted' | 'disputed'>;
  readonly amountMinor: bigint;
  readonly reason: string;
  readonly benefit: string | undefined;
}

/**
 * What adjudication at home proposes for each line, by the order: taken back, too late, claimed before, not authorised,
 * not insured, then the agreement's own price. The proposal is decided on by a claims officer.
 */
export function proposeAtHome(agreement: Settling, facts: HomeFacts): Proposal[] {
  const priced = new Map(priceAtHome(agreement, facts).map((each) => [each.line, each]));
  return facts.lines.map(({ line, claimedMinor }) => {
    const benefit = priced.get(line)?.benefit;
    const disputed = (reason: string): Proposal => ({ line, state: 'disputed', amountMinor: 0n, reason, benefit });
    if (facts.reversal) {
      return { line, state: 'accepted', amountMinor: claimedMinor, reason: 'reversal', benefit };
    }
    if (facts.sentOn > claimDeadline(agreement, facts.care.to)) {
      return disputed('too-late');
    }
    if (facts.duplicates.has(line)) {
      return disputed('duplicate');
    }
    if (facts.emergency) {
      return facts.emergency.owes ? accept(line, claimedMinor, priced.get(line)) : disputed('host-owes');
    }
    if (!facts.authorised) {
      return disputed('no-authorisation');
    }
    return facts.insured ? accept(line, claimedMinor, priced.get(line)) : disputed('not-insured');
  });
}

function accept(line: number, claimedMinor: bigint, priced: PricedLine | undefined): Proposal {
  const owed = priced?.amount.minor ?? 0n;
  if (claimedMinor <= owed) {
    return { line, state: 'accepted', amountMinor: claimedMinor, reason: 'accepted', benefit: priced?.benefit };
  }
  return {
    line,
    state: 'adjusted',
    amountMinor: owed,
    reason: priced?.reason ?? 'not-covered',
    benefit: priced?.benefit,
  };
}

function priceAtHome(agreement: Settling, facts: HomeFacts): PricedLine[] {
  const benefits = facts.emergency ? undefined : facts.authorised?.benefits;
  const priced = priceCare(agreement, { ...facts.care, authorised: benefits }, facts.usedThisYear);
  if (facts.emergency?.capMinor === undefined) {
    return priced;
  }
  let left = facts.emergency.capMinor;
  return priced.map((line) => {
    const minor = line.amount.minor < left ? line.amount.minor : left;
    left -= minor;
    return minor < line.amount.minor ? { ...line, amount: { ...line.amount, minor }, reason: 'over-cap' } : line;
  });
}
