import { yearsBetween } from '@serai/kernel/base/days.ts';
import { parseRatio, type Ratio } from '@serai/kernel/base/money.ts';
import type { Claim, ClaimLine } from '../cover.ts';
import { type ClaimCategory, type Scheme, schemeAt } from '../schemes/scheme.ts';
import type { AdjudicatedLine, Adjudication, AdjudicationInput } from './adjudication.ts';
import { benefitOf, categoryOf, entryOf, settingOf } from './categories.ts';
import {
  badDates,
  type CoverFound,
  checkLine,
  coverOn,
  diagnosisFalls,
  type Fall,
  type LineCase,
  outOfNetwork,
  submittedLate,
  tooMany,
  tooManyDays,
} from './checks.ts';
import { budgetOf, categoryBudget, foldHistory, isOutside, share, type Totals } from './limits.ts';
import { exchange, type Price, plus, priceOf, rounded, times } from './pricing.ts';

/**
 * Decides a claim: which lines are accepted, what each is worth, and who pays which part of it, by the version of the
 * scheme that holds on the first day of care, in the order of openIMIS's checks (DOMAIN F.4) with ours behind them.
 *
 * Amounts of the answer are in the scheme's currency (`currency` says), whatever the claim's. Of every line
 * `paid + deducted + member pays = adjusted ≤ allowed`. A line priced `relative` carries what it would be paid at an
 * index of one; its claim is `processed` until `relative.ts` has set the index.
 *
 * Pure: no clock, no store, and the order of `history` does not matter. Lines of this claim in `history` are not looked
 * at, so that a claim can be adjudicated again.
 */
export function adjudicate(input: AdjudicationInput): Adjudication {
  const { claim } = input;
  const scheme = schemeAt(input.schemes, claim.schemeId, claim.from);
  const rate = scheme && exchange(scheme, claim.currency, input.rates);
  const fall = wholeClaimFalls(input, scheme, rate);
  if (fall || !scheme || !rate) {
    return fallen(input, scheme, rate, fall ?? { reason: 111, rule: 'validFrom' });
  }
  const frame = openFrame(input, scheme, rate);
  const checked = checkLines(frame);
  return summed(frame, priceLines(frame, checked));
}

/** Everything about a claim that its lines share. */
interface Frame {
  readonly input: AdjudicationInput;
  readonly claim: Claim;
  readonly scheme: Scheme;
  /** A minor unit of the claim's currency in minor units of the scheme's. */
  readonly rate: Ratio;
  readonly facility: NonNullable<AdjudicationInput['facility']>;
  readonly cover: CoverFound | Fall;
  readonly category: ClaimCategory;
  readonly child: boolean;
  readonly totals: Totals;
}

function wholeClaimFalls(
  input: AdjudicationInput,
  scheme: Scheme | undefined,
  rate: Ratio | undefined,
): Fall | undefined {
  const { claim, member } = input;
  const dates = badDates(claim);
  if (dates) {
    return dates;
  }
  if (!member || member.memberId !== claim.memberId) {
    return { reason: 7, rule: 'claim.memberId' };
  }
  if (!scheme) {
    return { reason: 111, rule: 'validFrom' };
  }
  if (!rate) {
    return { reason: 112, rule: 'currency' };
  }
  return submittedLate(claim, scheme) ?? outOfNetwork(claim, scheme, input.facility) ?? diagnosisFalls(claim, scheme);
}

function openFrame(input: AdjudicationInput, scheme: Scheme, rate: Ratio): Frame {
  const { claim } = input;
  const cover = coverOn(input.policies, claim.memberId, claim.from);
  const category = categoryOf(scheme, claim);
  // An emergency may be treated where the fund knows nobody: then the claim says where, and any care is given there.
  const facility = input.facility ?? {
    id: claim.provider,
    country: claim.provider.slice(0, 2),
    level: claim.providerLevel,
    care: ['in-patient', 'out-patient'],
  };
  const totals = foldHistory(input.history, {
    schemes: input.schemes,
    schemeId: claim.schemeId,
    policyId: 'policy' in cover ? cover.policy.policyId : undefined,
    memberId: claim.memberId,
    claimId: claim.claimId,
  });
  const child = yearsBetween(input.member!.birthDate, claim.from) < scheme.who.childBelowYears;
  return { input, claim, scheme, rate, facility, cover, category, child, totals };
}

/** A line after the checks: it falls, or it has a price. */
interface CheckedLine {
  readonly line: ClaimLine;
  readonly quantityText: string;
  readonly quantity: Ratio;
  readonly claimedQuantity: Ratio;
  readonly claimedMinor: bigint;
  readonly price: Price | undefined;
  readonly fall: Fall | undefined;
}

const nothing: Ratio = { numerator: 0n, denominator: 1n };

function checkLines(frame: Frame): CheckedLine[] {
  const { input, claim } = frame;
  const ownHistory = input.history.filter((each) => each.memberId === claim.memberId && each.claimId !== claim.claimId);
  const quantities = new Map<string, Ratio>();
  const checked = inOrder(claim.lines).map((line): CheckedLine => {
    const review = input.review?.find((each) => each.line === line.line);
    const claimedQuantity = parseRatio(line.quantity);
    const quantityText = countedQuantity(line, claimedQuantity, review?.quantity);
    const quantity = quantityText === line.quantity ? claimedQuantity : parseRatio(quantityText);
    const claimedMinor = claimedOf(line, claimedQuantity, frame.rate);
    const at = lineCase(frame, line, quantity, ownHistory, quantities.get(line.code) ?? nothing);
    const fall = review?.rejected ? { reason: -1, rule: 'review' } : checkLine(at);
    if (!fall) {
      quantities.set(line.code, plus(quantities.get(line.code) ?? nothing, quantity!));
    }
    const price = fall || 'reason' in at.price ? undefined : at.price;
    return {
      line,
      quantityText,
      quantity: quantity ?? nothing,
      claimedQuantity: claimedQuantity ?? nothing,
      claimedMinor,
      price,
      fall,
    };
  });
  // What the whole claim has too many of makes all its lines fall, also those that fell for something else.
  const over = checked.some(({ fall }) => !fall)
    ? (tooManyDays(frame.scheme, claim, frame.totals) ?? tooMany(frame.scheme, frame.category, frame.totals))
    : undefined;
  return over ? checked.map((each) => ({ ...each, price: undefined, fall: over })) : checked;
}

function lineCase(
  frame: Frame,
  line: ClaimLine,
  quantity: Ratio | undefined,
  ownHistory: LineCase['ownHistory'],
  quantityHere: Ratio,
): LineCase {
  const { input, claim, scheme, facility } = frame;
  const benefit = benefitOf(scheme, line.code);
  const price = priceOf({
    scheme,
    code: line.code,
    benefit,
    claimedUnitMinor: line.unitPrice.minor,
    claimedRate: frame.rate,
    day: claim.from,
    country: facility.country,
    level: facility.level,
    diagnoses: claim.diagnoses,
    rates: input.rates,
  });
  return {
    claim,
    scheme,
    facility,
    line,
    quantity,
    ownHistory,
    quantityHere,
    benefit,
    price,
    member: input.member!,
    policies: input.policies,
    setting: settingOf(claim),
    child: frame.child,
    cover: frame.cover,
    entry: entryOf(scheme, line.code),
  };
}

/** A medical officer may lower a quantity, not raise it. */
function countedQuantity(line: ClaimLine, claimed: Ratio | undefined, reviewed: string | undefined): string {
  const approved = reviewed === undefined ? undefined : parseRatio(reviewed);
  const lower =
    claimed && approved && approved.numerator * claimed.denominator < claimed.numerator * approved.denominator;
  return lower ? reviewed! : line.quantity;
}

function claimedOf(line: ClaimLine, quantity: Ratio | undefined, rate: Ratio): bigint {
  return rounded(times(times(quantity ?? nothing, { numerator: line.unitPrice.minor, denominator: 1n }), rate));
}

function inOrder(lines: readonly ClaimLine[]): readonly ClaimLine[] {
  return [...lines].sort((a, b) => a.line - b.line);
}

function priceLines(frame: Frame, checked: readonly CheckedLine[]): AdjudicatedLine[] {
  const { scheme, claim, totals, category } = frame;
  const setting = settingOf(claim);
  const policy = 'policy' in frame.cover ? frame.cover.policy : undefined;
  const members = policy?.members.filter((each) => each.from <= claim.from && claim.from <= each.to).length ?? 0;
  const of = { currency: scheme.currency, setting, members, totals };
  const deductible = budgetOf({ ...of, name: 'deductible', accumulator: scheme.deductible });
  const ceiling = budgetOf({ ...of, name: 'ceiling', accumulator: scheme.ceiling });
  const categoryCeiling = categoryBudget(scheme, category, totals);
  let casePaid = false;
  return checked.map((each): AdjudicatedLine => {
    if (!each.price) {
      return fallenLine(each.line, each.quantityText, each.claimedMinor, each.fall!, exchangeOf(frame.input, scheme));
    }
    const benefit = benefitOf(scheme, each.line.code)!;
    const outside = isOutside(benefit.is, setting);
    const worth = worthOf(frame, each, each.price, casePaid);
    casePaid ||= each.price.perClaim;
    const shared = share({
      scheme,
      benefit,
      visit: claim.visit,
      child: frame.child,
      adjustedMinor: worth.adjustedMinor,
      quantity: each.price.perClaim ? one : each.quantity,
      deductible: outside ? undefined : deductible,
      ceiling: outside ? undefined : ceiling,
      categoryCeiling,
    });
    return {
      line: each.line.line,
      code: each.line.code,
      claimedMinor: each.claimedMinor,
      allowedMinor: worth.allowedMinor,
      adjustedMinor: worth.adjustedMinor,
      paidMinor: shared.paidMinor,
      deductedMinor: shared.deductedMinor,
      memberPaysMinor: shared.memberPaysMinor,
      quantity: each.quantityText,
      reason: shared.usedUp && shared.deductedMinor === 0n ? 108 : 0,
      rule: shared.rule ?? each.price.rule,
      relative: benefit.is.price === 'relative',
      ...exchangeOf(frame.input, scheme, each.price.exchangedFrom),
    };
  });
}

const one: Ratio = { numerator: 1n, denominator: 1n };

/** What the price makes of the claimed quantity, and what the medical officer left of it. */
function worthOf(
  frame: Frame,
  { line, quantity, claimedQuantity }: CheckedLine,
  price: Price,
  casePaid: boolean,
): { readonly allowedMinor: bigint; readonly adjustedMinor: bigint } {
  if (price.perClaim && casePaid) {
    return { allowedMinor: 0n, adjustedMinor: 0n };
  }
  const allowedMinor = rounded(times(price.unit, price.perClaim ? one : claimedQuantity));
  let adjustedMinor = price.perClaim ? allowedMinor : rounded(times(price.unit, quantity));
  const amount = frame.input.review?.find((each) => each.line === line.line)?.amountMinor;
  if (amount !== undefined && amount >= 0n) {
    const approved = rounded(times({ numerator: amount, denominator: 1n }, frame.rate));
    adjustedMinor = approved < adjustedMinor ? approved : adjustedMinor;
  }
  return { allowedMinor, adjustedMinor };
}

/** What a line's amounts were exchanged at, where they were: the claim's currency, and that of the price list. */
function exchangeOf(
  { claim, rates = {} }: AdjudicationInput,
  scheme: Scheme,
  listedIn?: string,
): Pick<AdjudicatedLine, 'exchange'> {
  const currencies = new Set([claim.currency, listedIn ?? scheme.currency]);
  currencies.delete(scheme.currency);
  const exchange = [...currencies].flatMap((currency) => (Object.hasOwn(rates, currency) ? [rates[currency]!] : []));
  return exchange.length > 0 ? { exchange } : {};
}

function fallenLine(
  line: ClaimLine,
  quantity: string,
  claimedMinor: bigint,
  fall: Fall,
  exchanged: Pick<AdjudicatedLine, 'exchange'>,
): AdjudicatedLine {
  return {
    line: line.line,
    code: line.code,
    claimedMinor,
    allowedMinor: 0n,
    adjustedMinor: 0n,
    paidMinor: 0n,
    deductedMinor: 0n,
    memberPaysMinor: 0n,
    quantity,
    reason: fall.reason,
    rule: fall.rule,
    relative: false,
    ...exchanged,
  };
}

/** A claim that falls as a whole, before its lines are looked at. Without a rate its amounts stay in its own currency. */
function fallen(
  input: AdjudicationInput,
  scheme: Scheme | undefined,
  rate: Ratio | undefined,
  fall: Fall,
): Adjudication {
  const lines = inOrder(input.claim.lines).map((line) =>
    fallenLine(
      line,
      line.quantity,
      claimedOf(line, parseRatio(line.quantity), rate ?? one),
      fall,
      scheme && rate ? exchangeOf(input, scheme) : {},
    ),
  );
  return {
    claimId: input.claim.claimId,
    status: 'rejected',
    schemeVersion: scheme?.version,
    policyId: undefined,
    category: scheme && categoryOf(scheme, input.claim),
    reason: fall.reason,
    rule: fall.rule,
    ...sums(lines),
    currency: scheme && rate ? scheme.currency : input.claim.currency,
    lines,
  };
}

function summed(frame: Frame, lines: readonly AdjudicatedLine[]): Adjudication {
  const accepted = lines.filter((line) => line.reason === 0);
  return {
    claimId: frame.claim.claimId,
    status: accepted.length === 0 ? 'rejected' : accepted.some((line) => line.relative) ? 'processed' : 'valuated',
    schemeVersion: frame.scheme.version,
    policyId: 'policy' in frame.cover ? frame.cover.policy.policyId : undefined,
    category: frame.category,
    reason: accepted.length === 0 ? 1 : 0,
    rule: undefined,
    ...sums(lines),
    currency: frame.scheme.currency,
    lines,
  };
}

function sums(lines: readonly AdjudicatedLine[]) {
  const sum = (of: (line: AdjudicatedLine) => bigint) => lines.reduce((total, line) => total + of(line), 0n);
  return {
    claimedMinor: sum((line) => line.claimedMinor),
    allowedMinor: sum((line) => line.allowedMinor),
    adjustedMinor: sum((line) => line.adjustedMinor),
    paidMinor: sum((line) => line.paidMinor),
  };
}
