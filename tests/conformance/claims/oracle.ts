import type { AdjudicationInput, PassedLine } from '../../../domains/cover/claims/adjudication.ts';
import type { Claim, ClaimLine } from '../../../domains/cover/cover.ts';
import type { Benefit, CatalogueEntry, Scheme } from '../../../domains/cover/schemes/scheme.ts';
import { atMost, type Fraction, fraction, half, isAbove, minorOf, product, sum } from './oracle-numbers.ts';
import { age, days, monthsLater, qualifyingMonths } from './oracle-time.ts';

/**
 * A second opinion on every claim, written from the text of the rules (openIMIS's order of checks and product model, DOMAIN
 * F.3 and F.4, and the words of a scheme), not from the code that decides claims: slow, plain, one rule after the other,
 * in exact fractions. Nothing of `domains/cover/claims` is called here.
 */
export interface Opinion {
  readonly status: 'rejected' | 'processed' | 'valuated';
  readonly reason: number;
  readonly category: string | undefined;
  readonly policyId: string | undefined;
  readonly lines: readonly LineOpinion[];
}

export interface LineOpinion {
  readonly line: number;
  readonly reason: number;
  readonly claimed: bigint;
  readonly allowed: bigint;
  readonly adjusted: bigint;
  readonly deducted: bigint;
  readonly paid: bigint;
  readonly member: bigint;
}

export function secondOpinion(input: AdjudicationInput): Opinion {
  const { claim } = input;
  const lines = [...claim.lines].sort((a, b) => a.line - b.line);
  const scheme = input.schemes
    .filter((each) => each.id === claim.schemeId && each.validFrom <= claim.from)
    .filter((each) => each.validTo === undefined || claim.from <= each.validTo)
    .sort((a, b) => b.version - a.version)[0];
  const rate = scheme && rateBetween(input, claim.currency, scheme);
  const whole = claimFalls(input, scheme, rate);
  if (whole !== 0) {
    return {
      status: 'rejected',
      reason: whole,
      category: scheme && categoryOfClaim(scheme, claim),
      policyId: undefined,
      lines: lines.map((line) => fallenLine(line, whole, rate && scheme ? rate : fraction(1n))),
    };
  }
  return new Judge(input, scheme!, rate!).decide(lines);
}

// ---- The claim as a whole: dates (9), who (7), then what a scheme says of all care -----------------------------------

function claimFalls(input: AdjudicationInput, scheme: Scheme | undefined, rate: Fraction | undefined): number {
  const { claim, member, facility } = input;
  if (!(claim.from <= claim.to && claim.from <= claim.claimedOn)) {
    return 9;
  }
  if (member === undefined || member.memberId !== claim.memberId) {
    return 7;
  }
  if (scheme === undefined) {
    return 111;
  }
  if (rate === undefined) {
    return 112;
  }
  if (days(claim.claimedOn) > days(claim.to) + scheme.submitWithinDays) {
    return 103;
  }
  const country = facility ? facility.country : claim.provider.slice(0, 2);
  const named = scheme.network.some(
    (part) => facility && part.country === country && part.facilities.some((id) => id === 'any' || id === facility.id),
  );
  if (!named && !(claim.visit === 'emergency' && country === scheme.country)) {
    return 104;
  }
  const main = claim.diagnoses[0] ?? '';
  if (scheme.exclusions.some((each) => each.diagnoses.some((prefix) => isOf(main, prefix)))) {
    return 100;
  }
  return scheme.onlyDiagnoses === undefined || scheme.onlyDiagnoses.some((prefix) => isOf(main, prefix)) ? 0 : 8;
}

/** ICD-10 with or without its point. */
function isOf(diagnosis: string, prefix: string): boolean {
  return diagnosis.replace('.', '').startsWith(prefix.replace('.', '')) || diagnosis.startsWith(prefix);
}

/** surgery → delivery → antenatal → hospitalisation → consultation → visit, by the services of the claim. */
function categoryOfClaim(scheme: Scheme, claim: Claim): string {
  const has = (category: string) =>
    claim.lines.some(
      (line) =>
        line.kind === 'service' && scheme.catalogue.some((e) => e.code === line.code && e.category === category),
    );
  if (has('surgery')) {
    return 'surgery';
  }
  if (has('delivery')) {
    return 'delivery';
  }
  if (has('antenatal')) {
    return 'antenatal';
  }
  if (has('hospitalisation') || claim.to > claim.from) {
    return 'hospitalisation';
  }
  return has('consultation') ? 'consultation' : 'visit';
}

function fallenLine(line: ClaimLine, reason: number, rate: Fraction): LineOpinion {
  const nothing = { allowed: 0n, adjusted: 0n, deducted: 0n, paid: 0n, member: 0n };
  return { line: line.line, reason, claimed: claimedOf(line, rate), ...nothing };
}

function claimedOf(line: ClaimLine, rate: Fraction): bigint {
  return half(product(quantityOf(line.quantity) ?? fraction(0n), product(fraction(line.unitPrice.minor), rate)));
}

function quantityOf(text: string): Fraction | undefined {
  return /^-?\d+(\.\d+)?$/.test(text) ? fraction(text) : undefined;
}

/** What one minor unit of a currency is in the scheme's; a rate may be quoted either way round. */
function rateBetween(input: AdjudicationInput, currency: string, scheme: Scheme): Fraction | undefined {
  if (currency === scheme.currency) {
    return fraction(1n);
  }
  const known = input.rates?.[currency];
  if (!known) {
    return undefined;
  }
  const value = fraction(known.value);
  const units = known.from === currency ? value : { over: value.under, under: value.over };
  return product(units, { over: minorOf('1', scheme.currency), under: minorOf('1', currency) });
}

// ---- The lines --------------------------------------------------------------------------------------------------------

interface Worth {
  readonly unit: Fraction;
  readonly wholeCase: boolean;
}

interface Judged {
  readonly line: ClaimLine;
  reason: number;
  readonly quantity: Fraction;
  readonly worth: Worth | number;
}

class Judge {
  private readonly input: AdjudicationInput;
  private readonly scheme: Scheme;
  private readonly rate: Fraction;
  private readonly claim: Claim;
  private readonly country: string;
  private readonly level: string;
  private readonly overnight: boolean;
  private readonly age: 'adult' | 'child';
  private readonly policy: AdjudicationInput['policies'][number] | undefined;
  private readonly suspended: boolean;
  /** What passed before, of other claims, under the same policy; the member's own of it. */
  private readonly underPolicy: readonly PassedLine[];
  private readonly ownUnderPolicy: readonly PassedLine[];

  constructor(input: AdjudicationInput, scheme: Scheme, rate: Fraction) {
    const { claim, facility } = input;
    this.input = input;
    this.scheme = scheme;
    this.rate = rate;
    this.claim = claim;
    this.country = facility ? facility.country : claim.provider.slice(0, 2);
    this.level = facility ? facility.level : claim.providerLevel;
    this.overnight = claim.to !== claim.from;
    this.age = age(input.member!.birthDate, claim.from) < scheme.who.childBelowYears ? 'child' : 'adult';
    const covering = input.policies
      .filter((policy) => policy.members.some((each) => each.memberId === claim.memberId && isOn(each, claim.from)))
      .filter((policy) => policy.effectiveOn !== undefined && policy.effectiveOn <= claim.from)
      .filter((policy) => claim.from <= policy.expiresOn)
      .filter((policy) => policy.endedOn === undefined || claim.from < policy.endedOn);
    const owes = (policy: (typeof covering)[number]) =>
      policy.instalments.some(
        (each) => each.graceUntil < claim.from && each.paid.minor + (each.waived?.minor ?? 0n) < each.amount.minor,
      );
    const paidUp = covering.filter((policy) => !owes(policy)).sort((a, b) => (a.policyId < b.policyId ? -1 : 1));
    this.policy = paidUp[0];
    this.suspended = this.policy === undefined && covering.length > 0;
    this.underPolicy = input.history.filter(
      (each) => each.claimId !== claim.claimId && each.policyId === this.policy?.policyId,
    );
    this.ownUnderPolicy = this.underPolicy.filter((each) => each.memberId === claim.memberId);
  }

  decide(lines: readonly ClaimLine[]): Opinion {
    const judged: Judged[] = [];
    for (const line of lines) {
      judged.push(this.check(line, judged));
    }
    const category = categoryOfClaim(this.scheme, this.claim);
    const tooMuch = judged.some((each) => each.reason === 0) ? this.exceeded(category) : 0;
    if (tooMuch !== 0) {
      for (const each of judged) {
        each.reason = tooMuch;
      }
    }
    const shared = this.share(judged, category);
    const accepted = shared.filter((each) => each.reason === 0);
    const waits = accepted.some((each) => {
      const of = judged.find((one) => one.line.line === each.line)!;
      return this.benefitFor(this.scheme, of.line.code)?.price === 'relative';
    });
    return {
      status: accepted.length === 0 ? 'rejected' : waits ? 'processed' : 'valuated',
      reason: accepted.length === 0 ? 1 : 0,
      category,
      policyId: this.policy?.policyId,
      lines: shared,
    };
  }

  private check(line: ClaimLine, before: readonly Judged[]): Judged {
    const review = this.input.review?.find((each) => each.line === line.line);
    const claimed = quantityOf(line.quantity);
    const reviewed = review?.quantity === undefined ? undefined : quantityOf(review.quantity);
    // A medical officer lowers a quantity and never raises it.
    const quantity = claimed && reviewed && isAbove(claimed, reviewed) ? reviewed : claimed;
    const worth = this.worthOf(line);
    const reason = review?.rejected ? -1 : this.reasonOf(line, quantity, worth, before);
    return { line, reason, quantity: quantity ?? fraction(0n), worth };
  }

  private reasonOf(
    line: ClaimLine,
    quantity: Fraction | undefined,
    worth: Worth | number,
    before: readonly Judged[],
  ): number {
    const { claim } = this;
    const entry = this.scheme.catalogue.find((each) => each.code === line.code);
    const listed =
      entry !== undefined &&
      entry.kind === line.kind &&
      (entry.validFrom ?? claim.from) <= claim.from &&
      claim.from <= (entry.validTo ?? claim.from);
    const sane =
      quantity !== undefined &&
      isAbove(quantity, fraction(0n)) &&
      line.unitPrice.minor >= 0n &&
      line.unitPrice.currency === claim.currency;
    if (!listed || !sane) {
      return 1;
    }
    if (typeof worth === 'number') {
      return worth;
    }
    if (this.wrongSetting(entry)) {
      return 10;
    }
    const [patient, often] = [this.wrongPatient(entry), this.tooSoon(entry)];
    if (line.kind === 'item' ? patient : often) {
      return line.kind === 'item' ? 4 : 5;
    }
    if (patient || often) {
      return patient ? 4 : 5;
    }
    return this.productSays(entry, quantity, before);
  }

  /** I in a facility with in-patients and not out on the day it began; O the reverse. */
  private wrongSetting(entry: CatalogueEntry): boolean {
    const takes = (care: 'in-patient' | 'out-patient') => this.input.facility?.care.includes(care) ?? true;
    return (
      (entry.care === 'in-patient' && !(this.overnight && takes('in-patient'))) ||
      (entry.care === 'out-patient' && (this.overnight || !takes('out-patient')))
    );
  }

  /** Only what cannot be is refused: a day of birth not known to the day may be any day of its month or year. */
  private wrongPatient(entry: CatalogueEntry): boolean {
    const { sex, birthDate, birthPrecision } = this.input.member!;
    const of = entry.patients;
    if (of === undefined) {
      return false;
    }
    if (sex === 'male' || sex === 'female') {
      if (!of.sexes.includes(sex)) {
        return true;
      }
    }
    if (of.ages === undefined) {
      return false;
    }
    const known = { day: 10, month: 7, year: 4, estimated: 4 }[birthPrecision];
    for (let month = 1; month <= 12; month++) {
      for (let day = 1; day <= 31; day++) {
        const birth = `${birthDate.slice(0, 4)}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
        const exists = !Number.isNaN(Date.parse(birth)) && new Date(birth).toISOString().startsWith(birth);
        const years = age(birth, this.claim.from);
        if (exists && birth.startsWith(birthDate.slice(0, known)) && years >= of.ages.from && years < of.ages.below) {
          return false;
        }
      }
    }
    return true;
  }

  private tooSoon(entry: CatalogueEntry): boolean {
    const apart = entry.frequencyDays ?? 0;
    return (
      apart > 0 &&
      this.input.history.some(
        (each) =>
          each.memberId === this.claim.memberId &&
          each.claimId !== this.claim.claimId &&
          each.code === entry.code &&
          days(each.to) + apart >= days(this.claim.from) &&
          days(this.claim.to) + apart >= days(each.from),
      )
    );
  }

  private productSays(entry: CatalogueEntry, quantity: Fraction, before: readonly Judged[]): number {
    const { claim, scheme } = this;
    if (this.policy === undefined) {
      return this.suspended ? 107 : 3;
    }
    const benefit = this.benefitFor(scheme, entry.code);
    if (benefit === undefined) {
      return 3;
    }
    if (this.country !== scheme.country && !(benefit.abroad ?? []).includes(this.country)) {
      return 106;
    }
    if (benefit.levels && !benefit.levels.includes(this.level)) {
      return 105;
    }
    if (claim.visit !== 'emergency' && benefit.referralNeeded && !claim.referralFrom) {
      return 101;
    }
    if (claim.visit !== 'emergency' && benefit.preauthorisation && !claim.preauthorisation) {
      return 102;
    }
    const asked = benefit.qualifying ?? scheme.period.qualifying;
    if (asked && qualifyingMonths(this.input, scheme, asked.within) < asked.months) {
      return 110;
    }
    const covered = this.policy.members.find((each) => each.memberId === claim.memberId && isOn(each, claim.from))!;
    const waiting = benefit.waitingMonths?.[this.age] ?? 0;
    if (waiting > 0 && claim.from < monthsLater(covered.continuousSince, waiting)) {
      return 17;
    }
    const maximum = benefit.maximumQuantity?.[this.age] ?? null;
    if (maximum !== null) {
      const here = before.filter((each) => each.line.code === entry.code && each.reason === 0);
      const had = this.ownUnderPolicy.filter((each) => each.code === entry.code);
      const all = sum([quantity, ...here.map((each) => each.quantity), ...had.map((each) => fraction(each.quantity))]);
      if (isAbove(all, fraction(BigInt(maximum)))) {
        return 16;
      }
    }
    return 0;
  }

  /** The number of claims of a category, and nights, under the policy: all lines fall where there are too many. */
  private exceeded(category: string): number {
    const nights = new Map(this.ownUnderPolicy.map((each) => [each.claimId, days(each.to) - days(each.from)]));
    const now = days(this.claim.to) - days(this.claim.from);
    const slept = [...nights.values()].reduce((all, each) => all + each, now);
    if (now > 0 && this.scheme.maximumInPatientDays !== undefined && slept > this.scheme.maximumInPatientDays) {
      return 109;
    }
    const most = this.scheme.categories[category as keyof Scheme['categories']]?.maximumNumber;
    const had = new Set(
      this.ownUnderPolicy.filter((each) => (each.category ?? 'visit') === category).map((each) => each.claimId),
    );
    const reasons: Record<string, number> = {
      ...{ hospitalisation: 11, visit: 12, consultation: 13, surgery: 14, delivery: 15, antenatal: 19 },
    };
    return most !== undefined && had.size >= most ? reasons[category]! : 0;
  }

  /** The benefit that names the code, else its category, else everything; the first of each. */
  private benefitFor(scheme: Scheme, code: string): Benefit | undefined {
    const entry = scheme.catalogue.find((each) => each.code === code);
    const naming = (name: string) => scheme.benefits.find((benefit) => benefit.covers.includes(name));
    return entry && (naming(code) ?? naming(`category:${entry.category}`) ?? naming('*'));
  }

  // ---- What it is worth ------------------------------------------------------------------------------------------------

  private worthOf(line: ClaimLine): Worth | number {
    const benefit = this.benefitFor(this.scheme, line.code);
    const asClaimed = product(fraction(line.unitPrice.minor), this.rate);
    const lists = [...this.scheme.tariffs]
      .reverse()
      .filter((each) => each.country === this.country && (each.levels ?? [this.level]).includes(this.level))
      .filter((each) => each.validFrom <= this.claim.from && this.claim.from <= (each.validTo ?? this.claim.from));
    switch (benefit?.price) {
      case 'claimed':
        return { unit: asClaimed, wholeCase: false };
      case 'fixed':
        return { unit: fraction(minorOf(benefit.fixedPrice!, this.scheme.currency)), wholeCase: false };
      case 'capitation':
        return { unit: fraction(0n), wholeCase: false };
      case 'drg':
        return this.caseWorth(lists);
      default: {
        const list = lists.find((each) => Object.keys(each.prices).includes(line.code));
        if (!list) {
          return 2;
        }
        const rate = rateBetween(this.input, list.currency, this.scheme);
        const price = fraction(minorOf(list.prices[line.code]!, list.currency));
        return rate ? { unit: atMost(product(price, rate), asClaimed), wholeCase: false } : 112;
      }
    }
  }

  private caseWorth(lists: Scheme['tariffs']): Worth | number {
    const main = this.claim.diagnoses[0] ?? '';
    for (const { drg, currency } of lists) {
      const prefix = Object.keys(drg?.weights ?? {})
        .filter((each) => isOf(main, each))
        .sort((a, b) => b.length - a.length)[0];
      if (drg && prefix !== undefined) {
        const rate = rateBetween(this.input, currency, this.scheme);
        const price = product(fraction(minorOf(drg.baseRate, currency)), fraction(String(drg.weights[prefix])));
        return rate ? { unit: product(price, rate), wholeCase: true } : 112;
      }
    }
    return 2;
  }

  // ---- Who pays which part ------------------------------------------------------------------------------------------------

  private share(judged: readonly Judged[], category: string): LineOpinion[] {
    let deductible = this.leftOf('deductible');
    let ceiling = this.leftOf('ceiling');
    const cap = this.scheme.categories[category as keyof Scheme['categories']]?.ceiling;
    const had = this.ownUnderPolicy.filter((each) => (each.category ?? 'visit') === category);
    let categoryLeft = cap === undefined ? undefined : most0(minorOf(cap, this.scheme.currency) - paidIn(had));
    let casePaid = false;
    return judged.map(({ line, reason, quantity, worth }) => {
      if (reason !== 0 || typeof worth === 'number') {
        return fallenLine(line, reason, this.rate);
      }
      const benefit = this.benefitFor(this.scheme, line.code)!;
      const times = worth.wholeCase ? fraction(casePaid ? 0n : 1n) : undefined;
      const allowed = half(product(worth.unit, times ?? quantityOf(line.quantity)!));
      let adjusted = half(product(worth.unit, times ?? quantity));
      casePaid ||= worth.wholeCase;
      const approved = this.input.review?.find((each) => each.line === line.line)?.amountMinor;
      if (approved !== undefined && approved >= 0n) {
        const amount = half(product(fraction(approved), this.rate));
        adjusted = amount < adjusted ? amount : adjusted;
      }
      const limit = (benefit.limits[this.claim.visit] ?? benefit.limits.other)[this.age];
      let left = adjusted;
      if (limit.kind === 'fixed') {
        const units = worth.wholeCase ? fraction(1n) : quantity;
        const most = half(product(units, fraction(minorOf(limit.schemePaysAtMost, this.scheme.currency))));
        left = most < left ? most : left;
      }
      const inside = !outside(benefit, this.overnight);
      let deducted = 0n;
      if (inside && deductible !== undefined) {
        deducted = deductible < left ? deductible : left;
        deductible -= deducted;
        left -= deducted;
      }
      if (limit.kind === 'co-insurance') {
        left = half(product(fraction(left), product(fraction(String(limit.schemePaysPercent)), fraction('0.01'))));
      }
      const wanted = left;
      left = categoryLeft !== undefined && categoryLeft < left ? categoryLeft : left;
      left = inside && ceiling !== undefined && ceiling < left ? ceiling : left;
      categoryLeft = categoryLeft === undefined ? undefined : categoryLeft - left;
      ceiling = inside && ceiling !== undefined ? ceiling - left : ceiling;
      return {
        line: line.line,
        reason: wanted > 0n && left === 0n && deducted === 0n ? 108 : 0,
        claimed: claimedOf(line, this.rate),
        ...{ allowed, adjusted, deducted, paid: left, member: adjusted - deducted - left },
      };
    });
  }

  /** Left of the deductible or the ceiling: per treatment all of it, per person or policy what earlier claims left. */
  private leftOf(name: 'deductible' | 'ceiling'): bigint | undefined {
    const rule = this.scheme[name];
    const of = (split: NonNullable<typeof rule>['amount'] | undefined): bigint | undefined => {
      const text =
        split === undefined
          ? undefined
          : 'all' in split
            ? split.all
            : this.overnight
              ? split.inPatient
              : split.outPatient;
      return text === undefined ? undefined : minorOf(text, this.scheme.currency);
    };
    const base = of(rule?.amount);
    if (rule === undefined || base === undefined) {
      return undefined;
    }
    let amount = base;
    if (rule.per === 'policy') {
      const members = this.policy?.members.filter((each) => isOn(each, this.claim.from)).length ?? 0;
      amount += (of(rule.extraMember) ?? 0n) * BigInt(Math.max(0, members - 1));
      const maximum = of(rule.maximum);
      amount = maximum !== undefined && maximum < amount ? maximum : amount;
    }
    if (rule.per === 'treatment') {
      return amount;
    }
    const counted = (rule.per === 'person' ? this.ownUnderPolicy : this.underPolicy)
      .filter((each) => 'all' in rule.amount || (each.to !== each.from) === this.overnight)
      .filter((each) => {
        const then = this.input.schemes
          .filter((one) => one.validFrom <= each.from && each.from <= (one.validTo ?? each.from))
          .sort((a, b) => b.version - a.version)[0];
        const benefit = then && this.benefitFor(then, each.code);
        return !benefit || !outside(benefit, each.to !== each.from);
      });
    const used = counted.reduce((all, each) => all + (name === 'ceiling' ? each.paidMinor : each.deductedMinor), 0n);
    return most0(amount - used);
  }
}

const most0 = (value: bigint) => (value > 0n ? value : 0n);

const paidIn = (lines: readonly PassedLine[]) => lines.reduce((all, each) => all + each.paidMinor, 0n);

function isOn(each: { readonly from: string; readonly to: string }, day: string): boolean {
  return each.from <= day && day <= each.to;
}

function outside(benefit: Benefit, overnight: boolean): boolean {
  return benefit.outsideCeiling === 'both' || benefit.outsideCeiling === (overnight ? 'in-patient' : 'out-patient');
}
