import { amountText, divideRounded, parseMoney, parseRatio } from '@serai/kernel/base/money.ts';
import { ok, type Refusal, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { AdjudicatedLine } from '../claims/adjudication.ts';
import type { Settling } from './agreed.ts';
import type { ClaimAbroad } from './api.ts';
import { type JudgedLine, toldAbroad } from './at-home.ts';
import { bearingOf, type EmergencyLine, priceEmergency } from './emergency.ts';
import type { LineState } from './lines.ts';
import { type CareAbroad, type ChargedLine, claimDeadline, currencyOf, type PricedLine, priceCare } from './pricing.ts';
import type { SettlementRefusalCode } from './settlement.refusals.ts';

/** A claim for care of someone another country covers: what may be claimed where care was given, and what is proposed at home. */

export interface PricedClaim {
  readonly care: CareAbroad;
  readonly currency: string;
  readonly lines: readonly (ChargedLine & { readonly priced: PricedLine })[];
  /** Of an emergency of someone without cover: what each side bears of each line. */
  readonly emergency: readonly EmergencyLine[] | undefined;
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
  const emergency = input.uninsured && priceEmergency(agreement, care);
  const priced: PricedLine[] = emergency
    ? emergency.map((each) => ({ ...each, amount: each.home }))
    : priceCare(agreement, care);
  if (priced.every((each) => each.reason === 'waived')) {
    return refuse('settlement.waived');
  }
  if (priced.every((each, i) => each.amount.minor === 0n && (emergency?.[i]?.here.minor ?? 0n) === 0n)) {
    const why = priced[0]?.reason ?? 'not-covered';
    return refuse(why === 'no-authorisation' ? 'settlement.not-authorised' : 'settlement.nothing-to-claim', { why });
  }
  const charged = lines.value.map((line, i) => ({ ...line, priced: priced[i]! }));
  return ok({ care, currency, lines: charged, emergency });
}

function daysRefused(
  agreement: Settling,
  { from, to }: Pick<ClaimAbroad, 'from' | 'to'>,
  today: string,
): Refusal<SettlementRefusalCode> | undefined {
  if (to < from || to > today || from < agreement.inForce || from > agreement.expires) {
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
  /** An emergency of someone without cover; the clause of the agreement says who bears it. */
  readonly uninsured: boolean;
  readonly usedThisYear: Readonly<Record<string, bigint>>;
  /** Lines of the same person, code and day claimed before. */
  readonly duplicates: ReadonlySet<number>;
  readonly reversal: boolean;
  /** What the member's own scheme makes of each line; undefined where none of it is the scheme's to judge. */
  readonly judge: (priced: readonly PricedLine[]) => ReadonlyMap<number, AdjudicatedLine>;
}

export interface Proposal {
  readonly line: number;
  readonly state: Extract<LineState, 'accepted' | 'adjusted' | 'disputed'>;
  readonly amountMinor: bigint;
  readonly reason: string;
  readonly benefit: string | undefined;
  /** Numbered, with its rule and what was allowed, adjusted and paid: told to the country of care. */
  readonly judged: JudgedLine | undefined;
}

/**
 * What adjudication at home proposes for each line, by the order: taken back, outside the agreement, too late, claimed before, not authorised,
 * not insured, then the agreement's own price, and of that what the member's own scheme pays. The insured's share is not
 * taken twice: owed is the lesser of what the agreement leaves after it and what the scheme pays of the agreed price. The
 * proposal is decided on by a claims officer.
 */
export function proposeAtHome(agreement: Settling, facts: HomeFacts): Proposal[] {
  const priced = priceAtHome(agreement, facts);
  const lines = new Map(priced.map((each) => [each.line, each]));
  const whole = wholeClaim(agreement, facts);
  const judged = whole || facts.uninsured || facts.reversal ? undefined : facts.judge(priced);
  const of = { currency: facts.care.lines[0]?.unitPrice.currency ?? 'XXX' };
  return facts.lines.map(({ line, claimedMinor }): Proposal => {
    const benefit = lines.get(line)?.benefit;
    if (facts.reversal) {
      const reason = 'reversal';
      return { line, state: 'accepted', amountMinor: claimedMinor, reason, benefit, judged: undefined };
    }
    const refused = whole ?? (facts.duplicates.has(line) ? 'duplicate' : undefined);
    if (refused) {
      return disputed(line, benefit, refused, told(of.currency, numbered[refused]));
    }
    return accept(of.currency, line, claimedMinor, lines.get(line), judged?.get(line));
  });
}

type Refused = 'out-of-force' | 'too-late' | 'duplicate' | 'host-owes' | 'no-authorisation' | 'not-insured';

/** The reasons of the agreement by the numbers of `claims/reasons.ts`, with the part of the agreement that gives them. */
const numbered: Readonly<Record<Refused, { readonly reason: number; readonly rule: string }>> = {
  'out-of-force': { reason: 111, rule: 'expires' },
  'too-late': { reason: 103, rule: 'settlement.claimDeadlineMonths' },
  duplicate: { reason: 5, rule: 'settlement.clause' },
  'host-owes': { reason: 3, rule: 'emergencyUninsured.owes' },
  'no-authorisation': { reason: 102, rule: 'benefits.priorAuthorisation' },
  'not-insured': { reason: 3, rule: 'policies' },
};

function wholeClaim(agreement: Settling, facts: HomeFacts): Refused | undefined {
  if (facts.reversal) {
    return undefined;
  }
  if (facts.care.from < agreement.inForce || facts.care.from > agreement.expires) {
    return 'out-of-force';
  }
  if (facts.sentOn > claimDeadline(agreement, facts.care.to)) {
    return 'too-late';
  }
  if (facts.uninsured) {
    const owed = facts.care.visit === 'emergency' && (bearingOf(agreement.emergencyUninsured)?.homePercent ?? 0) > 0;
    return owed ? undefined : 'host-owes';
  }
  if (!facts.authorised) {
    return 'no-authorisation';
  }
  return facts.insured ? undefined : 'not-insured';
}

function disputed(line: number, benefit: string | undefined, reason: string, judged: JudgedLine): Proposal {
  return { line, state: 'disputed', amountMinor: 0n, reason, benefit, judged };
}

function told(
  currency: string,
  { reason, rule }: { readonly reason: number; readonly rule?: string },
  [allowed, adjusted, paid]: readonly [bigint, bigint, bigint] = [0n, 0n, 0n],
): JudgedLine {
  const text = (minor: bigint) => amountText({ minor, currency });
  return {
    reason,
    ...(rule !== undefined && { rule }),
    allowed: text(allowed),
    adjusted: text(adjusted),
    paid: text(paid),
  };
}

function accept(
  currency: string,
  line: number,
  claimedMinor: bigint,
  priced: PricedLine | undefined,
  judged: AdjudicatedLine | undefined,
): Proposal {
  const benefit = priced?.benefit;
  const worth = priced?.worth.minor ?? 0n;
  const share = priced?.amount.minor ?? 0n;
  const agreed = claimedMinor < share ? claimedMinor : share;
  // Reason 108: a ceiling is used up, so the line is worth nothing more; any other: the scheme does not pay for it at all.
  const falls = judged !== undefined && judged.reason !== 0;
  if (falls && judged.reason !== 108) {
    return disputed(line, benefit, 'scheme', told(currency, toldAbroad(judged), [worth, agreed, 0n]));
  }
  const ofScheme = judged ? partOf(worth, judged) : worth;
  const owed = agreed < ofScheme ? agreed : ofScheme;
  const byAgreement = { reason: 0, rule: ruleOf(priced) };
  const because = owed < agreed || falls ? toldAbroad(judged!) : byAgreement;
  const saying = told(currency, because, [worth, agreed, owed]);
  if (owed === claimedMinor) {
    return { line, state: 'accepted', amountMinor: claimedMinor, reason: 'accepted', benefit, judged: saying };
  }
  const reason = owed < agreed ? 'scheme' : (priced?.reason ?? 'not-covered');
  return { line, state: 'adjusted', amountMinor: owed, reason, benefit, judged: saying };
}

/** What the scheme pays of the agreed price, in its proportion: amounts in two currencies are never taken for each other. */
function partOf(worth: bigint, { adjustedMinor, paidMinor }: AdjudicatedLine): bigint {
  return adjustedMinor === 0n ? 0n : divideRounded(worth * paidMinor, adjustedMinor);
}

function ruleOf(priced: PricedLine | undefined): string {
  const benefit = `benefits.${priced?.benefit ?? ''}`;
  switch (priced?.reason) {
    case 'over-cap':
      return `${benefit}.caps`;
    case 'insured-pays':
      return `${benefit}.insuredPaysPercent`;
    case 'over-tariff':
      return 'schedules';
    default:
      return priced?.benefit === undefined ? 'benefits' : `${benefit}.tariff`;
  }
}

function priceAtHome(agreement: Settling, facts: HomeFacts): PricedLine[] {
  if (facts.uninsured) {
    return priceEmergency(agreement, facts.care).map(({ line, benefit, home, worth, reason }) => ({
      ...{ line, benefit, worth, reason },
      amount: home,
    }));
  }
  return priceCare(agreement, { ...facts.care, authorised: facts.authorised?.benefits }, facts.usedThisYear);
}
