import { createPrng } from '@serai/kernel/base/prng.ts';
import { describe, expect, it } from 'vitest';
import { generatedYear } from '../../../tests/generated-year.ts';
import { passedLinesOf } from '../claims/difference.ts';
import { lastDay } from '../enrolment/policy.ts';
import type { Scheme } from '../schemes/scheme.ts';
import { type ClaimOutcome, type RejudgeCase, rejudge } from './rejudge.ts';
import { changedSchemes, type RuleChange } from './rule-change.ts';
import {
  addSimulated,
  type Household,
  interval,
  neededPremium,
  type PriceTerms,
  pricesOf,
  replicatePrices,
  simulate,
  takeUp,
} from './simulator.ts';

const nothing: RuleChange = {
  coPayment: 0,
  deductible: 0,
  ceiling: 0,
  waitingMonths: 0,
  excludedDiagnoses: [],
  excludedBenefits: [],
};

const year = generatedYear({ scheme: 'sch:th:mae-sot-pilot', members: 700 });
const judged = year.claims.filter((each) => each.adjudication !== undefined);
const cases = judged.map(
  ({ input, adjudication }): RejudgeCase => ({ ...input!, bookedMinor: adjudication!.paidMinor }),
);

function under(change: Partial<RuleChange>, of: readonly RejudgeCase[] = cases): ClaimOutcome[] {
  const changed = changedSchemes(year.schemes, { ...nothing, ...change });
  return [...rejudge(of, { today: year.schemes, changed })];
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const paid = (outcomes: readonly ClaimOutcome[]) => ({
  today: sum(outcomes.map(({ today }) => today.paidMinor)),
  changed: sum(outcomes.map(({ changed }) => changed.paidMinor)),
});

describe('claims judged again', () => {
  it('come to what they came to, claim by claim, when nothing changes', () => {
    expect(cases.length).toBeGreaterThan(800);
    const outcomes = under({});
    expect(outcomes.every(({ asBooked }) => asBooked)).toBe(true);
    expect(outcomes.map(({ changed }) => changed)).toEqual(outcomes.map(({ today }) => today));
    expect(outcomes.every(({ rules }) => rules.length === 0)).toBe(true);
  });

  it('say when a booked amount is another', () => {
    const other = cases.map((each, i) => (i === 5 ? { ...each, bookedMinor: each.bookedMinor + 1n } : each));
    expect(under({}, other).filter(({ asBooked }) => !asBooked)).toHaveLength(1);
  });

  it('leave the rest of an accepted line to the insured, whatever the rules', () => {
    for (const change of [{ coPayment: 0.2 }, { ceiling: 500 }, { excludedDiagnoses: ['J06'] }, { deductible: 100 }]) {
      for (const { today, changed } of under(change)) {
        expect(changed.paidMinor + changed.ownMinor).toBe(today.paidMinor + today.ownMinor);
        expect(changed.ownMinor).toBeGreaterThanOrEqual(0);
      }
    }
  });

  it('take a co-payment of a fifth off every line, to the satang', () => {
    // No ceiling or deductible comes between: what each line paid, less a fifth, rounded once.
    const free = year.schemes.map(
      ({ ceiling: _, deductible: __, ...scheme }) => ({ ...scheme, categories: {} }) as Scheme,
    );
    const changed = changedSchemes(free, { ...nothing, coPayment: 0.2 });
    const outcomes = [...rejudge(cases, { today: free, changed })];
    for (const { today, changed: after, rules } of outcomes) {
      const lines = sum(rules.map((rule) => rule.lines));
      expect(Math.abs(after.paidMinor - 0.8 * today.paidMinor)).toBeLessThanOrEqual(0.9 * lines);
    }
    expect(paid(outcomes).changed / paid(outcomes).today).toBeCloseTo(0.8, 4);
  });

  it('stop at a ceiling for each person and policy, and not before', () => {
    const ceiling = 800;
    const changed = changedSchemes(year.schemes, { ...nothing, ceiling });
    const outcomes = [...rejudge(cases, { today: year.schemes, changed })];
    const spent = new Map<string, number>();
    for (const [i, outcome] of outcomes.entries()) {
      const { claim, policies } = cases[i]!;
      const policy = policies.find((each) => each.effectiveOn! <= claim.from && claim.from <= lastDay(each));
      const emergency = claim.lines.some(({ code }) =>
        year.scheme.benefits.some((benefit) => benefit.outsideCeiling !== 'none' && benefit.covers.includes(code)),
      );
      if (policy && !emergency) {
        const key = `${policy.policyId} ${claim.memberId}`;
        spent.set(key, (spent.get(key) ?? 0) + outcome.changed.paidMinor);
      }
    }
    expect(Math.max(...spent.values())).toBe(ceiling * 100);
    expect(paid(outcomes).changed).toBeLessThan(paid(outcomes).today);
  });

  it('pay nothing for what is excluded, and everything else as before', () => {
    const diagnosis = cases[0]!.claim.diagnoses[0]!;
    const outcomes = under({ excludedDiagnoses: [diagnosis] });
    for (const [i, { today, changed }] of outcomes.entries()) {
      if (cases[i]!.claim.diagnoses[0] === diagnosis) {
        expect(changed.paidMinor).toBe(0);
      } else {
        expect(changed.paidMinor).toBeGreaterThanOrEqual(today.paidMinor);
      }
    }
    expect(paid(outcomes).changed).toBeLessThan(paid(outcomes).today);
  });

  it('pay nothing for a benefit taken out, by name', () => {
    const outcomes = under({ excludedBenefits: ['medicines'] });
    const rules = new Set(outcomes.flatMap(({ rules: all }) => all.map(({ rule }) => rule)));
    expect([...rules].filter((rule) => rule.startsWith('benefits.medicines.')).length).toBeGreaterThan(0);
    expect([...rules].every((rule) => rule.startsWith('benefits.medicines.') || rule.startsWith('ceiling.'))).toBe(
      true,
    );
    expect(paid(outcomes).changed).toBeLessThan(paid(outcomes).today);
  });

  it('pay less in the first months of who waits, and a longer wait never pays more', () => {
    const [one, six] = [paid(under({ waitingMonths: 1 })), paid(under({ waitingMonths: 6 }))];
    expect(one.changed).toBeLessThan(one.today);
    expect(six.changed).toBeLessThan(one.changed);
  });

  it('see what passed before the first of them', () => {
    const half = Math.floor(judged.length / 2);
    const earlier = judged.slice(0, half).flatMap(({ claim, adjudication }) => passedLinesOf(claim, adjudication!));
    const outcomes = [...rejudge(cases.slice(half), { today: year.schemes, changed: year.schemes }, earlier)];
    expect(outcomes.every(({ asBooked }) => asBooked)).toBe(true);
  });
});

describe('the price of other rules', () => {
  const household = (paidMinor: number): Household => ({
    holderDays: 365.25,
    dependantDays: 0,
    earnedMinor: 80_000,
    paidToday: [paidMinor, 0],
    ownToday: [paidMinor / 9, 0],
    paidChanged: [paidMinor / 2, 0],
    ownChanged: [paidMinor / 9 + paidMinor / 2, 0],
  });
  const terms: PriceTerms = {
    unit: 100,
    toCome: 1,
    loading: 0.05,
    expenseShare: 0.15,
    contributionFactor: 1,
    demandElasticity: 0,
  };

  it('is the gross premium of DOMAIN F.6: 651 with 5 % margin and 15 % loads is 804.18', () => {
    expect(neededPremium(651, terms)).toBeCloseTo(804.18, 2);
    const { today } = pricesOf(
      simulate([household(65_100)], { dependants: 1, replicates: 0 }, createPrng(1)).sums,
      terms,
    );
    expect(today.needed).toBeCloseTo(804.18, 2);
    expect(today.lossRatio).toBeCloseTo(651 / 800, 12);
    expect(today.ownShare).toBeCloseTo(0.1, 12);
    expect(today.margin).toBeCloseTo(800 - 804.176, 2);
  });

  it('counts claims still to come, another contribution, and less care for what is borne', () => {
    const { sums } = simulate([household(65_100)], { dependants: 1, replicates: 0 }, createPrng(1));
    const { changed } = pricesOf(sums, { ...terms, toCome: 1.1, contributionFactor: 1.25, demandElasticity: 0.5 });
    expect(changed.ownShare).toBeCloseTo(0.55, 12);
    expect(changed.cost).toBeCloseTo(325.5 * 1.1 * (1 - 0.5 * 0.45), 9);
    expect(changed.contribution).toBeCloseTo(1000, 9);
  });

  it('weighs dependants of the changed side alone', () => {
    const family: Household = {
      ...household(0),
      dependantDays: 365.25,
      paidToday: [100, 300],
      paidChanged: [100, 300],
    };
    const { sums } = simulate([family], { dependants: 2, replicates: 0 }, createPrng(1));
    expect([sums.paid, sums.changedPaid, sums.days, sums.changedDays]).toEqual([400, 700, 730.5, 3 * 365.25]);
  });

  it('adds up part by part', () => {
    const all = [10_000, 0, 90_000, 3000].map(household);
    const parts = [all.slice(0, 1), all.slice(1)].map((some, i) =>
      simulate(some, { dependants: 1, replicates: 3 }, createPrng(i)),
    );
    const whole = addSimulated(parts[0]!, parts[1]!);
    expect(whole.sums).toEqual(simulate(all, { dependants: 1, replicates: 0 }, createPrng(1)).sums);
    expect(whole.replicates).toHaveLength(21);
  });

  it('has an interval as wide as the standard error says', () => {
    const prng = createPrng(4);
    const costs = Array.from({ length: 2000 }, () => (prng.uniform() < 0.3 ? 100_000 * prng.uniform() : 0));
    const simulated = simulate(costs.map(household), { dependants: 1, replicates: 1000 }, createPrng(5));
    const { low, high } = interval(replicatePrices(simulated, terms).map(({ today }) => today.cost));
    const mean = sum(costs) / costs.length;
    const error = Math.sqrt(sum(costs.map((x) => (x - mean) ** 2)) / costs.length / costs.length) / 100;
    expect((high - low) / (2 * 1.96 * error)).toBeGreaterThan(0.9);
    expect((high - low) / (2 * 1.96 * error)).toBeLessThan(1.1);
    expect(low).toBeLessThan(mean / 100);
    expect(high).toBeGreaterThan(mean / 100);
  });

  it('loses members to a higher contribution', () => {
    expect(takeUp(1, 0.4)).toBe(1);
    expect(takeUp(1.5, 0.4)).toBeCloseTo(1.5 ** -0.4, 12);
  });
});
