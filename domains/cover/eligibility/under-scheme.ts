import { addDays, addMonths, type Day, yearsBetween } from '@serai/kernel/base/days.ts';
import { type Money, money, parseRatio } from '@serai/kernel/base/money.ts';
import { adjudicate } from '../claims/adjudicate.ts';
import type { AdjudicatedLine, AdjudicationInput, PassedLine } from '../claims/adjudication.ts';
import { benefitOf, entryOf, type Placed } from '../claims/categories.ts';
import { coverOn, outOfNetwork } from '../claims/checks.ts';
import { withPeriodsAbroad } from '../claims/insured-abroad.ts';
import { budgetOf, foldHistory, isOutside, type Totals } from '../claims/limits.ts';
import { exchange, priceOf, rounded } from '../claims/pricing.ts';
import { qualifyingMonths } from '../claims/qualifying.ts';
import type { CareSetting, Claim, CoveredMember, Standing } from '../cover.ts';
import { lastDay, standing } from '../enrolment/policy.ts';
import { type Benefit, type Scheme, schemeAt } from '../schemes/scheme.ts';
import type { EligibilityQuestion } from './eligibility.ts';

/** What one scheme answers. Amounts are in the scheme's currency. */
export interface SchemeAnswer {
  readonly scheme: Pick<Scheme, 'id' | 'version' | 'kind' | 'title' | 'country' | 'currency'>;
  readonly pays: boolean;
  /** 0, or the number of `claims/reasons.ts` a claim of today would be given, and the rule of the scheme. */
  readonly reason: number;
  readonly rule: string | undefined;
  readonly policy: {
    readonly policyNumber: string;
    readonly standing: Standing;
    readonly from: Day;
    /** Last day of cover, were nothing more to happen. */
    readonly until: Day;
    readonly continuousSince: Day;
  };
  readonly network: 'inside' | 'outside' | 'unknown';
  /** Needed before the care, unless it is an emergency. */
  readonly needs: readonly ('referral' | 'preauthorisation')[];
  /** First day on which the waiting period is over, where it is not yet. */
  readonly waitingUntil: Day | undefined;
  readonly qualifying:
    | { readonly months: number; readonly needed: number; readonly within: number; readonly monthsAbroad: number }
    | undefined;
  /** For the quantity asked about, at this facility; undefined without a code, or where no price list has it. */
  readonly price: Money | undefined;
  readonly schemePays: Money | undefined;
  readonly memberPays: Money | undefined;
  /** Set when the period's index is known: what is paid may be less. */
  readonly relative: boolean;
  readonly remains: {
    readonly deductible: Split;
    readonly ceiling: Split;
    /** Of the code asked about; undefined where there is no maximum. */
    readonly quantity: string | undefined;
    /** In-patient days of the policy; undefined where there is no maximum. */
    readonly inPatientDays: number | undefined;
  };
}

/** What is left for in- and out-patient care; undefined where there is no limit. */
export type Split = Readonly<Record<'inPatient' | 'outPatient', Money | undefined>>;

type PolicyInFull = AdjudicationInput['policies'][number];

interface Frame {
  readonly question: EligibilityQuestion;
  readonly scheme: Scheme;
  readonly policies: readonly PolicyInFull[];
  /** The policy the answer is of: the one in force, else the one nearest to the day. */
  readonly policy: PolicyInFull;
  readonly covered: CoveredMember;
  readonly history: readonly PassedLine[];
  readonly totals: Totals;
  readonly child: boolean;
}

/** What a scheme the member has or had a policy of answers; undefined where no version of it holds for the day. */
export function underScheme(question: EligibilityQuestion, schemeId: string): SchemeAnswer | undefined {
  const frame = openFrame(question, schemeId);
  if (!frame) {
    return undefined;
  }
  const { scheme, policy, covered } = frame;
  const benefit = question.code === undefined ? undefined : benefitOf(scheme, question.code);
  const verdict = question.code === undefined ? coverAlone(frame) : tryClaim(frame, question.code, benefit);
  const pays = verdict.reason === 0;
  return {
    scheme: pick(scheme),
    pays,
    reason: verdict.reason,
    rule: verdict.rule,
    policy: {
      policyNumber: policy.policyNumber,
      standing: standing(policy, policy.instalments, question.on),
      from: laterOf(covered.from, policy.effectiveOn),
      until: earlier(covered.to, lastDay(policy)),
      continuousSince: covered.continuousSince,
    },
    network: networkOf(frame),
    needs: benefit && question.visit !== 'emergency' ? needsOf(benefit.is) : [],
    waitingUntil: waitingUntil(frame, benefit),
    qualifying: qualifyingOf(frame, benefit),
    price: verdict.price,
    schemePays: verdict.schemePays,
    memberPays: verdict.memberPays,
    relative: benefit?.is.price === 'relative',
    remains: remainsOf(frame, benefit),
  };
}

function openFrame(question: EligibilityQuestion, schemeId: string): Frame | undefined {
  const { on, member } = question;
  const scheme = schemeAt(question.schemes, schemeId, on);
  const own = question.policies.filter((policy) => policy.schemeId === schemeId);
  if (!scheme || !member || own.length === 0) {
    return undefined;
  }
  const policies = withPeriodsAbroad(question.schemes, own, question.periodsAbroad ?? [], {
    memberId: member.memberId,
    day: on,
  });
  const found = coverOn(policies, member.memberId, on);
  const policy = 'policy' in found ? found.policy : nearest(policies.slice(0, own.length), member.memberId, on);
  const covered = policy?.members.find((each) => each.memberId === member.memberId);
  if (!policy || !covered) {
    return undefined;
  }
  const history = question.history.filter((line) => own.some((each) => each.policyId === line.policyId));
  return {
    question,
    scheme,
    policies,
    policy,
    covered,
    history,
    totals: foldHistory(history, {
      schemes: question.schemes,
      schemeId,
      policyId: policy.policyId,
      memberId: member.memberId,
      claimId: thisQuestion,
    }),
    child: yearsBetween(member.birthDate, on) < scheme.who.childBelowYears,
  };
}

/** The claim that stands for the question: no claim has this id. */
const thisQuestion = 'question';

/** Cover that runs on the day though it does not count yet or any more; else the next to begin; else the last that was. */
function nearest(policies: readonly PolicyInFull[], memberId: string, on: Day): PolicyInFull | undefined {
  const of = policies.filter((policy) => policy.members.some((each) => each.memberId === memberId));
  return (
    of.findLast((policy) => policy.startsOn <= on && on <= lastDay(policy)) ??
    of.find((policy) => policy.startsOn > on) ??
    of.at(-1)
  );
}

interface Verdict {
  readonly reason: number;
  readonly rule: string | undefined;
  readonly price?: Money;
  readonly schemePays?: Money;
  readonly memberPays?: Money;
}

/** Without a code: cover on the day, and a facility that may be gone to. */
function coverAlone({ question, scheme, policies }: Frame): Verdict {
  const cover = coverOn(policies, question.member!.memberId, question.on);
  if ('reason' in cover) {
    return cover;
  }
  const outside = question.facility && outOfNetwork(claimOf(question, scheme), scheme, question.facility);
  return outside ?? { reason: 0, rule: undefined };
}

/** A claim for what is asked about, as if it came today with everything arranged that can be. */
function tryClaim(frame: Frame, code: string, benefit: Placed<Benefit> | undefined): Verdict {
  const { question, scheme } = frame;
  const claim = claimOf(question, scheme, code, scheme);
  const result = adjudicate({
    claim,
    schemes: question.schemes,
    member: question.member,
    policies: frame.policies,
    history: frame.history,
    facility: question.facility,
    ...(question.rates && { rates: question.rates }),
  });
  const line = result.lines[0]!;
  const price = listed(frame, code, benefit, line);
  const reason = line.reason === 0 && nothingLeft(frame, benefit, claim.care, line) ? 108 : line.reason;
  return {
    reason,
    rule: line.rule,
    ...(price && {
      price,
      schemePays: money(reason === 0 ? line.paidMinor : 0n, scheme.currency),
      memberPays: money(reason === 0 ? price.minor - line.paidMinor : price.minor, scheme.currency),
    }),
  };
}

/** A claim may pass for its deductible alone; who asks wants to know that a full ceiling pays nothing. */
function nothingLeft(
  frame: Frame,
  benefit: Placed<Benefit> | undefined,
  setting: CareSetting,
  line: AdjudicatedLine,
): boolean {
  return (
    line.adjustedMinor > 0n &&
    line.paidMinor === 0n &&
    benefit !== undefined &&
    !isOutside(benefit.is, setting) &&
    leftOf(frame, 'ceiling', setting)?.minor === 0n
  );
}

/** Larger than any price: a list's price is the lesser of it and what was claimed. */
const whateverIsCharged = 10n ** 15n;

function claimOf(question: EligibilityQuestion, scheme: Scheme, code = '', priced?: Scheme): Claim {
  const { on, facility, visit = 'other', estimate } = question;
  const entry = entryOf(scheme, code)?.is;
  const care: CareSetting = entry?.care === 'in-patient' ? 'in-patient' : 'out-patient';
  const claimed = priced && benefitOf(priced, code)?.is.price === 'claimed';
  const currency = (claimed && estimate?.currency) || scheme.currency;
  const unit = claimed ? (estimate?.minor ?? 0n) : whateverIsCharged;
  return {
    claimId: thisQuestion,
    claimNumber: thisQuestion,
    schemeId: scheme.id,
    provider: facility
      ? /^[A-Z]{2}:/.test(facility.id)
        ? facility.id
        : `${facility.country}:${facility.id}`
      : scheme.country,
    providerLevel: facility?.level ?? '',
    memberId: question.member!.memberId,
    visit,
    care,
    from: on,
    // A night makes an in-patient.
    to: care === 'in-patient' ? addDays(on, 1) : on,
    claimedOn: on,
    diagnoses: diagnosesOf(question, scheme, code),
    currency,
    lines: [
      {
        line: 1,
        kind: entry?.kind ?? 'service',
        code,
        quantity: question.quantity ?? '1',
        unitPrice: money(unit, currency),
      },
    ],
    referralFrom: 'asked',
    preauthorisation: 'asked',
  };
}

/** Where nobody said what she has, it is taken to be something the scheme pays for. */
function diagnosesOf({ diagnosis }: EligibilityQuestion, scheme: Scheme, code: string): string[] {
  if (diagnosis !== undefined) {
    return [diagnosis];
  }
  const grouped = benefitOf(scheme, code)?.is.price === 'drg';
  const known =
    scheme.onlyDiagnoses ?? (grouped ? scheme.tariffs.flatMap(({ drg }) => Object.keys(drg?.weights ?? {})) : []);
  const excluded = scheme.exclusions.flatMap(({ diagnoses }) => diagnoses);
  return known.filter((each) => !excluded.some((prefix) => each.startsWith(prefix))).slice(0, 1);
}

/** What it costs here, whoever pays; a price by diagnosis group is not known before the diagnosis is. */
function listed(
  { question, scheme }: Frame,
  code: string,
  benefit: Placed<Benefit> | undefined,
  line: AdjudicatedLine,
): Money | undefined {
  if (benefit?.is.price === 'drg' && question.diagnosis === undefined) {
    return undefined;
  }
  if (line.reason === 0) {
    return money(line.adjustedMinor, scheme.currency);
  }
  const { facility, estimate } = question;
  const quantity = parseRatio(question.quantity ?? '1');
  if (!facility || !quantity) {
    return undefined;
  }
  const price = priceOf({
    scheme,
    code,
    benefit: benefit?.is.price === 'claimed' && !estimate ? undefined : benefit,
    claimedUnitMinor: benefit?.is.price === 'claimed' && estimate ? estimate.minor : whateverIsCharged,
    claimedRate: exchange(scheme, scheme.currency, undefined)!,
    day: question.on,
    country: facility.country,
    level: facility.level,
    diagnoses: question.diagnosis ? [question.diagnosis] : [],
    rates: question.rates,
  });
  if ('reason' in price) {
    return undefined;
  }
  const times = price.perClaim ? { numerator: 1n, denominator: 1n } : quantity;
  return money(
    rounded({
      numerator: price.unit.numerator * times.numerator,
      denominator: price.unit.denominator * times.denominator,
    }),
    scheme.currency,
  );
}

function networkOf({ question, scheme }: Frame): SchemeAnswer['network'] {
  if (!question.facility) {
    return 'unknown';
  }
  // Whether she may go there as a rule; an emergency is treated anywhere.
  return outOfNetwork({ ...claimOf(question, scheme), visit: 'other' }, scheme, question.facility)
    ? 'outside'
    : 'inside';
}

function needsOf(benefit: Benefit): ('referral' | 'preauthorisation')[] {
  return [
    ...(benefit.referralNeeded ? (['referral'] as const) : []),
    ...(benefit.preauthorisation ? (['preauthorisation'] as const) : []),
  ];
}

function waitingUntil({ question, covered, child }: Frame, benefit: Placed<Benefit> | undefined): Day | undefined {
  const months = benefit?.is.waitingMonths?.[child ? 'child' : 'adult'] ?? 0;
  const over = addMonths(covered.continuousSince, months);
  return months > 0 && question.on < over ? over : undefined;
}

/** Months that count, of this scheme and of the certificates: as a claim of the day would find them. */
function qualifyingOf(
  { question, scheme, policies }: Frame,
  benefit: Placed<Benefit> | undefined,
): SchemeAnswer['qualifying'] {
  const of = { memberId: question.member!.memberId, day: question.on };
  const found = qualifyingMonths(scheme, benefit, policies, of);
  return (
    found && {
      months: found.months,
      needed: found.needed,
      within: found.within,
      monthsAbroad: found.monthsAbroad,
    }
  );
}

function remainsOf(frame: Frame, benefit: Placed<Benefit> | undefined): SchemeAnswer['remains'] {
  const { scheme, totals, child } = frame;
  const split = (name: 'deductible' | 'ceiling'): Split => ({
    inPatient: leftOf(frame, name, 'in-patient'),
    outPatient: leftOf(frame, name, 'out-patient'),
  });
  const maximum = benefit?.is.maximumQuantity?.[child ? 'child' : 'adult'] ?? undefined;
  const nights = [...totals.nights.values()].reduce((sum, each) => sum + each, 0);
  return {
    deductible: split('deductible'),
    ceiling: split('ceiling'),
    quantity: maximum === undefined ? undefined : quantityLeft(frame, maximum),
    inPatientDays:
      scheme.maximumInPatientDays === undefined ? undefined : Math.max(0, scheme.maximumInPatientDays - nights),
  };
}

function leftOf(
  { scheme, totals, policy, question }: Frame,
  name: 'deductible' | 'ceiling',
  setting: CareSetting,
): Money | undefined {
  const members = policy.members.filter((each) => each.from <= question.on && question.on <= each.to).length;
  const budget = budgetOf({ accumulator: scheme[name], name, currency: scheme.currency, setting, members, totals });
  return budget && money(budget.leftMinor, scheme.currency);
}

/** Decimal text; quantities have at most a few digits after the point. */
function quantityLeft({ history, question, policy }: Frame, maximum: number): string {
  const scale = 1_000_000n;
  let left = BigInt(maximum) * scale;
  for (const line of history) {
    const used =
      line.memberId === question.member!.memberId && line.code === question.code && line.policyId === policy.policyId;
    const quantity = used ? parseRatio(line.quantity) : undefined;
    left -= quantity ? (quantity.numerator * scale) / quantity.denominator : 0n;
  }
  left = left < 0n ? 0n : left;
  const fraction = (left % scale).toString().padStart(6, '0').replace(/0+$/, '');
  return `${left / scale}${fraction && `.${fraction}`}`;
}

function pick({ id, version, kind, title, country, currency }: Scheme): SchemeAnswer['scheme'] {
  return { id, version, kind, title, country, currency };
}

function earlier(a: Day, b: Day): Day {
  return a < b ? a : b;
}

function laterOf(a: Day, b: Day | undefined): Day {
  return b !== undefined && b > a ? b : a;
}
