import { addMonths, daysBetween, daysInMonth, isDay, yearsBetween } from '@serai/kernel/base/days.ts';
import { parseRatio, type Ratio } from '@serai/kernel/base/money.ts';
import type { CareSetting, Claim, ClaimLine, CoveredMember, Member } from '../cover.ts';
import { standing } from '../enrolment/policy.ts';
import type { Benefit, CatalogueEntry, ClaimCategory, Scheme } from '../schemes/scheme.ts';
import type { AdjudicationInput, PassedLine } from './adjudication.ts';
import { exclusionOf, isUnder, nightsOf, type Placed } from './categories.ts';
import type { Totals } from './limits.ts';
import { type Price, plus } from './pricing.ts';
import { qualifyingMonths } from './qualifying.ts';
import { categoryReasons } from './reasons.ts';

/** Why a claim or a line falls: a number of `reasons.ts`, and the rule. */
export interface Fall {
  readonly reason: number;
  readonly rule: string | undefined;
}

type AnyPolicy = AdjudicationInput['policies'][number];

/** What the checks of a line look at: the claim, what is known of it, and the line. */
export interface LineCase {
  readonly claim: Claim;
  readonly scheme: Scheme;
  readonly member: Member;
  readonly facility: NonNullable<AdjudicationInput['facility']>;
  readonly setting: CareSetting;
  readonly child: boolean;
  /** Everything passed before, of this member, but for this claim. */
  readonly ownHistory: readonly PassedLine[];
  readonly cover: CoverFound | Fall;
  readonly policies: readonly AnyPolicy[];
  readonly line: ClaimLine;
  readonly quantity: Ratio | undefined;
  readonly entry: Placed<CatalogueEntry> | undefined;
  readonly benefit: Placed<Benefit> | undefined;
  readonly price: Price | Fall;
  /** Of the same code, in lines of this claim that passed already. */
  readonly quantityHere: Ratio;
}

export interface CoverFound {
  readonly policy: AnyPolicy;
  readonly covered: CoveredMember;
}

type Check = (at: LineCase) => Fall | undefined;

// ---- The whole claim ------------------------------------------------------------------------------------------------

/** Reason 9: care has days that exist, ends no earlier than it begins, and was claimed no earlier than it began. */
export function badDates(claim: Claim): Fall | undefined {
  const { from, to, claimedOn } = claim;
  const sane = isDay(from) && isDay(to) && isDay(claimedOn) && from <= to && from <= claimedOn;
  return sane ? undefined : { reason: 9, rule: 'claim.from' };
}

/** Reason 103. */
export function submittedLate(claim: Claim, scheme: Scheme): Fall | undefined {
  return daysBetween(claim.to, claim.claimedOn) > scheme.submitWithinDays
    ? { reason: 103, rule: 'submitWithinDays' }
    : undefined;
}

/** Reason 104. An emergency at home is paid for wherever it was treated (DOMAIN E.5: emergency comes first). */
export function outOfNetwork(claim: Claim, scheme: Scheme, facility: AdjudicationInput['facility']): Fall | undefined {
  const country = facility?.country ?? claim.provider.slice(0, 2);
  const emergencyAtHome = claim.visit === 'emergency' && country === scheme.country;
  const id = facility?.id.replace(/^[A-Z]{2}:/, '');
  const inside =
    id !== undefined &&
    scheme.network.some(
      (each) => each.country === country && (each.facilities.includes('any') || each.facilities.includes(id)),
    );
  return inside || emergencyAtHome ? undefined : { reason: 104, rule: 'network' };
}

/** Reasons 100 and 8, by the main diagnosis: a claim for something else is not lost because of what else one has. */
export function diagnosisFalls(claim: Claim, scheme: Scheme): Fall | undefined {
  const main = claim.diagnoses[0] ?? '';
  const excluded = exclusionOf(scheme, main);
  if (excluded) {
    return { reason: 100, rule: excluded.path };
  }
  return scheme.onlyDiagnoses && !scheme.onlyDiagnoses.some((prefix) => isUnder(main, prefix))
    ? { reason: 8, rule: 'onlyDiagnoses' }
    : undefined;
}

/** The policy that covers the member on the day, or why none does: 107 where one would, were it not suspended; else 3. */
export function coverOn(policies: readonly AnyPolicy[], memberId: string, day: string): CoverFound | Fall {
  let fall: Fall = { reason: 3, rule: 'policies' };
  const inOrder = [...policies].sort((a, b) => (a.policyId < b.policyId ? -1 : 1));
  for (const policy of inOrder) {
    const covered = policy.members.find((each) => each.memberId === memberId && each.from <= day && day <= each.to);
    const stands = covered && standing(policy, policy.instalments, day);
    if (covered && stands === 'active') {
      return { policy, covered };
    }
    if (stands === 'suspended') {
      fall = { reason: 107, rule: 'contribution.grace.paymentDays' };
    }
  }
  return fall;
}

/** Reasons 11–15 and 19: with this claim there are more of its category than the scheme pays for. */
export function tooMany(scheme: Scheme, category: ClaimCategory, totals: Totals): Fall | undefined {
  const maximum = scheme.categories[category]?.maximumNumber;
  const before = totals.categoryClaims.get(category)?.size ?? 0;
  return maximum !== undefined && before + 1 > maximum
    ? { reason: categoryReasons[category], rule: `categories.${category}.maximumNumber` }
    : undefined;
}

/** Reason 109: nights of the policy, with those of this claim. */
export function tooManyDays(scheme: Scheme, claim: Claim, totals: Totals): Fall | undefined {
  if (scheme.maximumInPatientDays === undefined || nightsOf(claim) === 0) {
    return undefined;
  }
  let nights = nightsOf(claim);
  for (const each of totals.nights.values()) {
    nights += each;
  }
  return nights > scheme.maximumInPatientDays ? { reason: 109, rule: 'maximumInPatientDays' } : undefined;
}

// ---- A line ---------------------------------------------------------------------------------------------------------

/** Reason 1: the catalogue has it on the day, as what it is claimed as, and the quantity and price are ones. */
const inRegister: Check = ({ claim, entry, line, quantity }) => {
  if (!entry || entry.is.kind !== line.kind) {
    return { reason: 1, rule: entry ? `${entry.path}.kind` : 'catalogue' };
  }
  if (entry.is.validFrom !== undefined && claim.from < entry.is.validFrom) {
    return { reason: 1, rule: `${entry.path}.validFrom` };
  }
  if (entry.is.validTo !== undefined && entry.is.validTo < claim.from) {
    return { reason: 1, rule: `${entry.path}.validTo` };
  }
  const usable =
    quantity && quantity.numerator > 0n && line.unitPrice.minor >= 0n && line.unitPrice.currency === claim.currency;
  return usable ? undefined : { reason: 1, rule: 'claim.lines' };
};

/** Reason 2. */
const inPriceList: Check = ({ price }) => ('reason' in price ? price : undefined);

/** Reason 10: as the entry and the facility allow, and by the nights. */
const careSetting: Check = ({ entry, facility, setting }) => {
  const needs = entry!.is.care;
  const allowed = needs === 'both' || (needs === setting && facility.care.includes(needs));
  return allowed ? undefined : { reason: 10, rule: `${entry!.path}.care` };
};

/** Reason 4. A doubt about sex or day of birth is the patient's: only what cannot be is refused. */
const forPatient: Check = ({ claim, entry, member }) => {
  const patients = entry!.is.patients;
  if (!patients) {
    return undefined;
  }
  if ((member.sex === 'female' || member.sex === 'male') && !patients.sexes.includes(member.sex)) {
    return { reason: 4, rule: `${entry!.path}.patients.sexes` };
  }
  const { youngest, oldest } = possibleAges(member, claim.from);
  const fits = !patients.ages || (oldest >= patients.ages.from && youngest < patients.ages.below);
  return fits ? undefined : { reason: 4, rule: `${entry!.path}.patients.ages` };
};

function possibleAges(member: Member, day: string): { readonly youngest: number; readonly oldest: number } {
  const [year, month] = member.birthDate.split('-');
  const first =
    member.birthPrecision === 'day'
      ? member.birthDate
      : member.birthPrecision === 'month'
        ? `${year}-${month}-01`
        : `${year}-01-01`;
  const last =
    member.birthPrecision === 'day'
      ? member.birthDate
      : member.birthPrecision === 'month'
        ? `${year}-${month}-${daysInMonth(Number(year), Number(month))}`
        : `${year}-12-31`;
  return { youngest: yearsBetween(last, day), oldest: yearsBetween(first, day) };
}

/**
 * Reason 5: so many days must lie between two of it, whichever came first. Lines of one claim are one occasion.
 * openIMIS refuses on the last of these days too: with 30 days, the 31st day after is the first that passes.
 */
const farEnough: Check = ({ claim, entry, ownHistory }) => {
  const days = entry!.is.frequencyDays;
  if (!days) {
    return undefined;
  }
  const near = ownHistory.some(
    (each) =>
      each.code === entry!.is.code &&
      daysBetween(each.to, claim.from) <= days &&
      daysBetween(claim.to, each.from) <= days,
  );
  return near ? { reason: 5, rule: `${entry!.path}.frequencyDays` } : undefined;
};

/** Reasons 3 and 107. */
const covered: Check = ({ cover, benefit }) => {
  if ('reason' in cover) {
    return cover;
  }
  return benefit ? undefined : { reason: 3, rule: 'benefits' };
};

/** Reasons 106 and 105. */
const whereGiven: Check = ({ scheme, facility, benefit }) => {
  const { abroad, levels } = benefit!.is;
  if (facility.country !== scheme.country && !abroad?.includes(facility.country)) {
    return { reason: 106, rule: `${benefit!.path}.abroad` };
  }
  return levels && !levels.includes(facility.level) ? { reason: 105, rule: `${benefit!.path}.levels` } : undefined;
};

/** Reasons 101 and 102; an emergency needs neither. */
const arranged: Check = ({ claim, benefit }) => {
  if (claim.visit === 'emergency') {
    return undefined;
  }
  if (benefit!.is.referralNeeded && !claim.referralFrom) {
    return { reason: 101, rule: `${benefit!.path}.referralNeeded` };
  }
  return benefit!.is.preauthorisation && !claim.preauthorisation
    ? { reason: 102, rule: `${benefit!.path}.preauthorisation` }
    : undefined;
};

/** Reason 110. */
const qualified: Check = ({ claim, scheme, benefit, policies }) => {
  const of = { memberId: claim.memberId, day: claim.from };
  const found = qualifyingMonths(scheme, benefit, policies, of);
  return found && found.months < found.needed ? { reason: 110, rule: found.rule } : undefined;
};

/** Reason 17: months since the member has been covered without a gap. */
const waited: Check = ({ claim, benefit, child, cover }) => {
  const age = child ? 'child' : 'adult';
  const months = benefit!.is.waitingMonths?.[age] ?? 0;
  return months > 0 && claim.from < addMonths((cover as CoverFound).covered.continuousSince, months)
    ? { reason: 17, rule: `${benefit!.path}.waitingMonths.${age}` }
    : undefined;
};

/** Reason 16: of one code, under one policy, with what this claim has already. */
const notTooMuch: Check = ({ benefit, child, cover, entry, ownHistory, quantity, quantityHere }) => {
  const age = child ? 'child' : 'adult';
  const maximum = benefit!.is.maximumQuantity?.[age] ?? null;
  if (maximum === null) {
    return undefined;
  }
  const policyId = (cover as CoverFound).policy.policyId;
  let sum = plus(quantity!, quantityHere);
  for (const each of ownHistory) {
    const before = each.code === entry!.is.code && each.policyId === policyId ? parseRatio(each.quantity) : undefined;
    sum = before ? plus(sum, before) : sum;
  }
  return sum.numerator > BigInt(maximum) * sum.denominator
    ? { reason: 16, rule: `${benefit!.path}.maximumQuantity.${age}` }
    : undefined;
};

const ofTheProduct: readonly Check[] = [covered, whereGiven, arranged, qualified, waited, notTooMuch];

/** In openIMIS's order (DOMAIN F.4): items by patient and then frequency, services the other way about. */
const checks: Readonly<Record<ClaimLine['kind'], readonly Check[]>> = {
  item: [inRegister, inPriceList, careSetting, forPatient, farEnough, ...ofTheProduct],
  service: [inRegister, inPriceList, careSetting, farEnough, forPatient, ...ofTheProduct],
};

/** The first check that a line does not pass. */
export function checkLine(at: LineCase): Fall | undefined {
  for (const check of checks[at.line.kind]) {
    const fall = check(at);
    if (fall) {
      return fall;
    }
  }
  return undefined;
}
