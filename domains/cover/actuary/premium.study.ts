import { minorDigits } from '@serai/kernel/base/money.ts';
import { refuse } from '@serai/kernel/base/refusal.ts';
import { z } from 'zod';
import type { CoverOptions } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import type { Scheme } from '../schemes/scheme.ts';
import { list, ofScheme, quantity, share } from './inputs.ts';
import { premiumReport } from './premium.report.ts';
import { householdGroups, partOf, partStarts, readCases, readHouseholds, type WeighedGroup } from './rejudge.store.ts';
import { rejudge } from './rejudge.ts';
import { isRefusal, readRisk } from './risk.store.ts';
import type { Risk } from './risk.ts';
import { changedSchemes } from './rule-change.ts';
import { addSimulated, type PriceTerms, type Simulated, simulate } from './simulator.ts';
import { defineStudy } from './study.ts';
import { schemeCheck } from './study-parts.ts';

const input = z.strictObject({
  ...ofScheme,
  contributionFactor: quantity('The contribution', { above: 0, atMost: 10 }, 'Over today’s').default(1),
  coPayment: share('The co-payment', 'Further share the insured pay').default(0),
  deductible: quantity('The deductible', { atLeast: 0, atMost: 1e9 }, 'Of a person; 0 as today').default(0),
  ceiling: quantity('The ceiling', { atLeast: 0, atMost: 1e9 }, 'Of a person; 0 as today').default(0),
  waitingMonths: quantity('The waiting time', { atLeast: 0, atMost: 24, whole: true }, 'Months').default(0),
  excludedDiagnoses: list(/^[A-Z]\d{2}(\.\d{1,2})?$/, 'must be ICD-10 codes like "O80, I21.9"'),
  excludedBenefits: list(/^[A-Za-z0-9][A-Za-z0-9.:-]{0,63}$/, 'must be ids of benefits, like "dental, surgery"'),
  dependants: quantity('The dependants', { atLeast: 0, atMost: 10 }, 'For each one now').default(1),
  demandElasticity: quantity('The demand', { atLeast: 0, atMost: 2 }, 'Less care for each share paid').default(0),
  takeUpElasticity: quantity('The take-up', { atLeast: 0, atMost: 3 }, 'Answer to the contribution').default(0.4),
});

export type PremiumInput = z.output<typeof input>;

export interface PremiumFacts {
  readonly risk: Risk;
  readonly terms: Omit<PriceTerms, 'contributionFactor' | 'demandElasticity'>;
  /** First member of each part. */
  readonly starts: readonly string[];
}

/** What one part found: sums, and how many claims came to what. */
export interface PremiumPart {
  readonly simulated: Simulated;
  readonly households: number;
  readonly claims: number;
  /** Judged again by today's rules they come to what is booked. */
  readonly asBooked: number;
  readonly paidToday: number;
  readonly paidChanged: number;
  readonly payLess: number;
  readonly payMore: number;
  readonly nothingNow: number;
  /** Lines and minor units by the rule that decides otherwise. */
  readonly rules: Readonly<Record<string, readonly [number, number]>>;
}

const replicates = 200;
/** Claims judged twice in a step: a fraction of a second, so that requests get their turn. */
const claimsAPart = 400;

/**
 * What another contribution, co-payment, deductible, ceiling, waiting time, exclusion or number of dependants would do to the
 * price: every claim of the span judged again by the fund's own adjudication, once by each set of rules.
 */
export const premiumStudy = defineStudy<PremiumInput, PremiumFacts, PremiumPart>({
  kind: 'premium',
  input,
  check: (options, asked) => schemeCheck(options, asked) ?? benefitCheck(options.schemes, asked),
  read: async (options, db, asked) => {
    const found = await readRisk(options, db, asked);
    if (isRefusal(found)) {
      return found;
    }
    const { risk, provenance } = found;
    const groups = await householdGroups(db, asked);
    return {
      provenance: { ...provenance, rows: { ...provenance.rows, households: groups.length } },
      facts: {
        risk,
        starts: partStarts(groups, claimsAPart),
        terms: {
          unit: 10 ** minorDigits(risk.currency),
          toCome: (risk.claimsPerMember * risk.memberYears) / risk.judged,
          loading: risk.marginShare,
          expenseShare: risk.expenseShare,
        },
      },
    };
  },
  parts: (_, { starts }) => starts.length,
  work: async ({ studyId, input: asked, facts, part, prng, options, db }) => {
    const groups = partOf(await groupsOf(studyId, db, asked, part, facts), facts.starts, part);
    const today = options.schemes.filter((scheme) => scheme.id === asked.schemeId);
    const changed = changedSchemes(today, asked);
    const { cases, earlier } = await readCases(db, options, asked, groups.flat());
    const outcomes = [...rejudge(cases, { today, changed }, earlier)];
    const households = await readHouseholds(db, asked, groups, outcomes);
    const count = (is: (outcome: (typeof outcomes)[number]) => boolean) => outcomes.filter(is).length;
    return {
      simulated: simulate(households, { dependants: asked.dependants, replicates }, prng),
      households: households.length,
      claims: outcomes.length,
      asBooked: count((of) => of.asBooked),
      paidToday: count((of) => of.today.paidMinor > 0),
      paidChanged: count((of) => of.changed.paidMinor > 0),
      payLess: count((of) => of.changed.paidMinor < of.today.paidMinor),
      payMore: count((of) => of.changed.paidMinor > of.today.paidMinor),
      nothingNow: count((of) => of.today.paidMinor > 0 && of.changed.paidMinor === 0),
      rules: rulesOf(outcomes.flatMap((of) => of.rules).map((of) => [of.rule, of.lines, of.changeMinor])),
    };
  },
  fold: (a, b) => ({
    simulated: addSimulated(a.simulated, b.simulated),
    households: a.households + b.households,
    claims: a.claims + b.claims,
    asBooked: a.asBooked + b.asBooked,
    paidToday: a.paidToday + b.paidToday,
    paidChanged: a.paidChanged + b.paidChanged,
    payLess: a.payLess + b.payLess,
    payMore: a.payMore + b.payMore,
    nothingNow: a.nothingNow + b.nothingNow,
    rules: rulesOf([a, b].flatMap(({ rules }) => Object.entries(rules).map(([rule, [n, sum]]) => [rule, n, sum]))),
  }),
  report: (asked, facts, [sum]) => premiumReport(asked, facts, sum!, replicates),
});

function rulesOf(effects: readonly (readonly [string, number, number])[]): Record<string, [number, number]> {
  const rules: Record<string, [number, number]> = {};
  for (const [rule, lines, minor] of effects) {
    const known = rules[rule] ?? [0, 0];
    rules[rule] = [known[0] + lines, known[1] + minor];
  }
  return rules;
}

/** A benefit that no version of the scheme has is a slip of the pen. */
function benefitCheck(schemes: CoverOptions['schemes'], { schemeId, excludedBenefits }: PremiumInput) {
  const known = new Set(
    schemes.filter(({ id }) => id === schemeId).flatMap(({ benefits }: Scheme) => benefits.map(({ id }) => id)),
  );
  return excludedBenefits.every((id) => known.has(id))
    ? undefined
    : refuse('actuary.benefit-unknown', { benefits: [...known].join(', ') }, 'excludedBenefits');
}

/** Households of the studies under way in this process: read once, and again by a process that takes over. */
const underWay = new Map<string, readonly WeighedGroup[]>();

async function groupsOf(
  studyId: string,
  db: CoverDatabase,
  asked: PremiumInput,
  part: number,
  { starts }: PremiumFacts,
): Promise<readonly WeighedGroup[]> {
  const groups = underWay.get(studyId) ?? (await householdGroups(db, asked));
  if (part + 1 === starts.length) {
    underWay.delete(studyId);
  } else {
    // A study that was stopped leaves its households behind: only the last few are kept.
    underWay.set(studyId, groups);
    for (const other of [...underWay.keys()].slice(0, -4)) {
      underWay.delete(other);
    }
  }
  return groups;
}
