import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { daysBetween } from '@serai/kernel/base/days.ts';
import { createPrng } from '@serai/kernel/base/prng.ts';
import { enrolmentToFirstClaim } from '@serai/kernel/models/actuarial/adverse-selection.ts';
import { empirical } from '@serai/kernel/models/actuarial/splicing.ts';
import { parseAgreements } from '@serai/policy/agreement.ts';
import { describe, expect, it } from 'vitest';
import { parseSchemes } from '../schemes/scheme-files.ts';
import { earnedUpTo, monthsBetween, monthsOf } from './experience.ts';
import { assessGaps, pairGaps, purchaseOptions } from './gaps.ts';
import { layersOf, simulateWays } from './pooling.ts';
import { poolRow, requiredPools, smallestPool } from './poolsize.ts';
import { regionalSchema } from './regional.ts';
import { estimateReserve, isUsable, runOff } from './reserve.ts';
import { courseOf, type RunwayTerms, requiredCapital, scenarios, simulateRunway, summariseRunway } from './runway.ts';
import { segmentRows } from './segments.ts';
import { findingOf } from './selection.ts';
import { incomeWith, worstShock } from './solvency.study.ts';
import { studyInput } from './study-fields.ts';

/** DOMAIN F.6: λ = 2.1, m = 310, s = 620. */
const risk = { claimsPerMember: 2.1, severityMean: 310, severitySd: 620 };
const terms = { loading: 0.05, level: 0.995, costOfCapital: 0.06 };

describe('a donor’s part of the income', () => {
  const scheme = { premiumPerMember: 1600, subsidyShare: 0.25, expenseShare: 0.1 } as Parameters<typeof incomeWith>[0];

  it('is what leaves with the donor; expenses stay those of the contributions', () => {
    // By hand: 1,600 of which 400 is subsidised, and a gift of 400: 800 of 2,000; expenses 160 of 2,000.
    expect(incomeWith(scheme, 400)).toEqual({ premiumPerMember: 2000, subsidyShare: 0.4, expenseShare: 0.08 });
    expect(incomeWith(scheme, 0)).toEqual({ premiumPerMember: 1600, subsidyShare: 0.25, expenseShare: 0.1 });
  });
});

describe('required pool size', () => {
  it.each([
    [100, 0.1543],
    [1000, 0.0488],
    [5000, 0.0218],
    [20_000, 0.0109],
  ])('%i members: a coefficient of variation of %f', (members, cv) => {
    expect(poolRow(risk, members, terms).cv).toBeCloseTo(cv, 4);
  });

  it('5,000 members: expected 3,255,000, sd 71,029.9, VaR 99.5 % 3,437,961', () => {
    const row = poolRow(risk, 5000, terms);
    expect(row.expected).toBeCloseTo(3_255_000, 6);
    expect(row.sd).toBeCloseTo(71_029.9, 1);
    expect(row.expected + row.capitalPerMember * 5000).toBeCloseTo(3_437_961, 0);
    expect(row.purePremium).toBeCloseTo(651, 9);
  });

  it('finds the pool that just meets each target, and the one before it does not', () => {
    const found = requiredPools(risk, terms, { cv: 0.0488, ruin: 0.05, capitalPerMember: 50 });
    expect(poolRow(risk, found.cv!, terms).cv).toBeLessThanOrEqual(0.0488);
    expect(poolRow(risk, found.cv! - 1, terms).cv).toBeGreaterThan(0.0488);
    expect(poolRow(risk, found.ruin!, terms).ruin).toBeLessThanOrEqual(0.05);
    expect(poolRow(risk, found.ruin! - 1, terms).ruin).toBeGreaterThan(0.05);
    expect(poolRow(risk, found.capitalPerMember! - 1, terms).capitalPerMember).toBeGreaterThan(50);
  });

  it('is out of reach where a common shock alone is worse', () => {
    const shocked = { ...risk, commonShockSd: 0.1 };
    const found = requiredPools(shocked, terms, { cv: 0.05, ruin: 0.05, capitalPerMember: 50 });
    expect(found).toEqual({ cv: undefined, ruin: undefined, capitalPerMember: undefined });
    expect(poolRow(shocked, 1_000_000, terms).cv).toBeGreaterThan(0.1);
  });

  it('gives the first number, and none where there is none', () => {
    expect(smallestPool((n) => n >= 17)).toBe(17);
    expect(smallestPool(() => false)).toBeUndefined();
  });
});

describe('earned by the day', () => {
  const policy = { from: '2026-01-15', to: '2027-01-14', held: '2027-01-14', premiumMinor: 160_001n, policies: 1 };

  it('adds up to the contribution, whatever the months', () => {
    const ends = ['2026-01-31', '2026-02-28', '2026-06-30', '2026-12-31', '2027-01-31'];
    const earned = ends.map((day) => earnedUpTo(policy, day, daysBetween));
    expect(earned[0]).toBe((160_001n * 17n * 2n + 365n) / 730n);
    expect(earned.at(-1)).toBe(160_001n);
    expect([...earned].sort((a, b) => Number(a - b))).toEqual(earned);
  });

  it('is nothing before the first day and stops where cover stopped', () => {
    expect(earnedUpTo(policy, '2026-01-14', daysBetween)).toBe(0n);
    const ended = { ...policy, held: '2026-03-31' };
    expect(earnedUpTo(ended, '2027-01-31', daysBetween)).toBe(earnedUpTo(policy, '2026-03-31', daysBetween));
  });

  it('counts months across years', () => {
    expect(monthsOf({ from: '2025-11', to: '2026-02' })).toEqual(['2025-11', '2025-12', '2026-01', '2026-02']);
    expect(monthsBetween('2025-11', '2026-02')).toBe(3);
  });
});

describe('the triangle', () => {
  const span = { from: '2026-01', to: '2026-04' };
  /** The small triangle of DOMAIN F.6 as claims by month of care and of report. */
  const cumulative = [[1000, 1500, 1650, 1700], [1100, 1700, 1850], [1200, 1750], [1300]];
  const rows = cumulative.flatMap((row, i) =>
    row.map((amount, j) => ({
      care: `2026-0${i + 1}`,
      reported: `2026-0${i + 1 + j}`,
      claims: 1,
      amount: amount - (row[j - 1] ?? 0),
      squares: (amount - (row[j - 1] ?? 0)) ** 2,
      settled: 0,
      enteredAmount: 0,
    })),
  );

  it('comes to the published factors and reserves', () => {
    const triangle = runOff(rows, span, 'incurred', 'month', { allowedShare: 1 });
    expect(triangle.cells).toEqual(cumulative);
    const reserve = estimateReserve(triangle, [2000, 2000, 2000, 2000], 499, createPrng(1));
    expect(reserve.factor[0]).toBeCloseTo(1.5, 12);
    expect(reserve.factor[1]).toBeCloseTo(1.09375, 12);
    expect(reserve.factor[2]).toBeCloseTo(1.030303, 6);
    expect(reserve.rows.map(({ ibnr }) => Math.round(ibnr * 100) / 100)).toEqual([0, 56.06, 222.06, 897.44]);
    expect(reserve.total.ibnr).toBeCloseTo(1175.57, 2);
    expect(reserve.total.low).toBeLessThan(reserve.total.ibnr);
    expect(reserve.total.high).toBeGreaterThan(reserve.total.ibnr);
  });

  it('widens its intervals to what single claims say, and leaves its estimate where it is', () => {
    const triangle = runOff(rows, span, 'incurred', 'month', { allowedShare: 1 });
    const of = (dispersion?: number) => estimateReserve(triangle, [1, 1, 1, 1], 999, createPrng(1), dispersion);
    const [own, wide] = [of(), of(500)];
    expect(own.widened).toBe(1);
    expect(of(0.001)).toEqual(own);
    expect(wide.widened).toBeGreaterThan(2);
    expect(wide.total.ibnr).toBe(own.total.ibnr);
    const span95 = ({ total }: typeof own) => Math.log(total.high / total.low);
    expect(span95(wide) / span95(own)).toBeCloseTo(wide.widened, 6);
    expect(wide.total.high).toBeGreaterThan(own.total.high);
    expect(wide.total.low).toBeLessThan(own.total.low);
  });

  it('says the same again with the same seed', () => {
    const of = () =>
      estimateReserve(runOff(rows, span, 'incurred', 'month', { allowedShare: 1 }), [1, 1, 1, 1], 99, createPrng(5));
    expect(of()).toEqual(of());
  });

  it('takes what is known and unpaid off the reserve by payments', () => {
    const paid = rows.map((row) => ({ ...row, paid: row.reported, settled: row.amount, amount: row.amount }));
    const unpaid = { ...rows.at(-1)!, amount: 100, settled: 0 };
    const of = (all: typeof paid) =>
      estimateReserve(runOff(all, span, 'paid', 'month', { allowedShare: 1 }), [1, 1, 1, 1], 99, createPrng(1)).total
        .ibnr;
    expect(of([...paid, unpaid as (typeof paid)[number]])).toBeCloseTo(of(paid) - 100, 6);
  });

  it('is not used where a month has nothing', () => {
    expect(isUsable(runOff(rows.slice(1), span, 'incurred', 'month', { allowedShare: 1 }))).toBe(false);
    expect(isUsable(runOff([], span, 'incurred', 'month', { allowedShare: 1 }))).toBe(false);
  });

  it('values claims not yet judged like those that were', () => {
    const entered = { ...rows.at(-1)!, amount: 0, enteredAmount: 400 };
    const triangle = runOff([...rows, entered], span, 'incurred', 'month', { allowedShare: 0.5 });
    expect(triangle.cells[3]).toEqual([1500]);
  });
});

describe('credibility by segment', () => {
  it('is the worked example of Bühlmann (DOMAIN F.6)', () => {
    const groups = [
      ['a', [520, 480, 610, 590]],
      ['b', [700, 760, 640, 740]],
      ['c', [430, 390, 460, 480]],
    ] as const;
    const span = { from: '2026-01', to: '2026-04' };
    const cells = groups.flatMap(([industry, amounts]) =>
      amounts.map((amount, t) => ({
        industry,
        amount,
        month: `2026-0${t + 1}`,
        age: 'x',
        sex: 'x',
        joined: 'alone' as const,
      })),
    );
    const rows = segmentRows(
      cells.map(({ amount: _, ...of }) => ({ ...of, memberDays: 365.25 })),
      cells.map((of) => ({
        ...of,
        claims: 1,
        asked: of.amount,
        entered: 0,
        enteredAmount: 0,
        squares: of.amount ** 2,
      })),
      'industry',
      span,
      1,
    );
    expect(rows.map(({ credibility }) => Math.round(credibility * 1e6) / 1e6)).toEqual([0.963834, 0.963834, 0.963834]);
    expect(rows.map(({ credibleCost }) => Math.round(credibleCost * 1000) / 1000)).toEqual([550.603, 704.816, 444.581]);
  });
});

describe('the selection alarm', () => {
  const edges = [0, 60, 366];
  const fit = (early: number, late: number) =>
    enrolmentToFirstClaim(
      [
        ...Array.from({ length: early }, (_, i) => ({ day: 1 + (i % 59), claimed: true })),
        ...Array.from({ length: late }, (_, i) => ({ day: 61 + (i % 300), claimed: true })),
        ...Array.from({ length: 400 }, () => ({ day: 365, claimed: false })),
      ],
      { from: [0], rate: [0.001] },
      edges,
      60,
    );

  it('rings when those who join alone claim early, and more so than those an employer enrols', () => {
    expect(findingOf(fit(200, 150), fit(40, 200)).id).toBe('selection.alarm');
  });
  it('is silent when both claim early alike', () => {
    expect(findingOf(fit(200, 150), fit(200, 150)).id).toBe('selection.none-beside');
  });
  it('says so when there is nobody to compare with, or too little', () => {
    expect(findingOf(fit(200, 150), undefined).id).toBe('selection.alarm-alone');
    expect(findingOf(undefined, fit(10, 10)).id).toBe('selection.thin');
  });
});

describe('pooling and ceding', () => {
  const severity = empirical(Float64Array.from({ length: 4000 }, (_, i) => 50 + 4000 * (i / 4000) ** 6));
  const ceding = {
    poolRetention: 3000,
    quotaShare: 0.5,
    claimRetention: 1500,
    stopLossAt: 1.1,
    reinsurerLoading: 0.25,
    poolLoading: 0.05,
  };
  const layers = layersOf({ claimsPerMember: 2.1, severity }, ceding);
  const simulate = (members: number, commonShockSd: number) =>
    Object.fromEntries(
      simulateWays(
        members,
        layers,
        { ...ceding, commonShockSd, costOfCapital: 0.06, expenseShare: 0.15, draws: 20_000 },
        { members: 1_000_000, costPerMember: 2.1 * severity.mean },
        createPrng(3),
      ).map((row) => [row.way, row]),
    );

  it('gives away what it does not keep', () => {
    const whole = 2.1 * severity.mean;
    for (const way of ['alone', 'quota-share', 'excess-of-loss', 'high-risk-pool'] as const) {
      expect(layers[way].keptMean + layers[way].cededMean).toBeCloseTo(whole, 6);
      expect(layers[way].keptVariance).toBeLessThanOrEqual(layers.alone.keptVariance + 1e-9);
    }
    expect(layers['quota-share'].keptVariance).toBeCloseTo(layers.alone.keptVariance / 4, 6);
    // By hand: the second moment of min(X, 1500) over the amounts themselves.
    const cut = Array.from({ length: 4000 }, (_, i) => Math.min(1500, 50 + 4000 * (i / 4000) ** 6));
    const second = cut.reduce((sum, x) => sum + x * x, 0) / 4000;
    expect(layers['excess-of-loss'].keptVariance / (2.1 * second)).toBeCloseTo(1, 3);
  });

  it('needs less capital in every way than alone', () => {
    const result = simulate(2000, 0.08);
    for (const way of ['quota-share', 'excess-of-loss', 'high-risk-pool', 'stop-loss', 'merged']) {
      expect(result[way]!.varCapital).toBeLessThan(result.alone!.varCapital);
    }
  });

  it.each([1, 2, 3, 4, 5, 6])('never needs more for a member in a larger pool (seed %i)', (seed) => {
    const capital = [500, 2000, 5000, 20_000, 100_000].map(
      (members, i) =>
        simulateWays(
          members,
          layers,
          { ...ceding, commonShockSd: 0.08, costOfCapital: 0.06, expenseShare: 0.15, draws: 20_000 },
          { members: 1_000_000, costPerMember: 2.1 * severity.mean },
          createPrng(seed * 1009 + i),
        ).find(({ way }) => way === 'alone')!.varCapital,
    );
    for (const [i, next] of capital.slice(1).entries()) {
      expect(next / capital[i]!).toBeLessThan(1.005);
    }
  });

  it('loses chance by size, and keeps the common shock', () => {
    const [small, large] = [simulate(1000, 0.1).alone!, simulate(100_000, 0.1).alone!];
    expect(small.varChance / large.varChance).toBeCloseTo(10, 0);
    const shock = 2.1 * severity.mean * 0.1;
    expect(large.varCapital).toBeGreaterThan(2.2 * shock);
    expect(simulate(1000, 0).alone!.varCapital).toBeCloseTo(simulate(1000, 0).alone!.varChance, 9);
  });
});

describe('the runway', () => {
  const start = {
    members: 5000,
    claimsPerMember: 2.1,
    severityMean: 310,
    severitySd: 620,
    premiumPerMember: 750,
    subsidyShare: 0.2,
    expenseShare: 0.12,
    capital: 300_000,
    cash: 800_000,
  };
  const terms: RunwayTerms = {
    months: 24,
    paths: 400,
    commonShockSd: 0,
    shockAt: 3,
    outbreakFactor: 2.5,
    outbreakMonths: 3,
    foreignShare: 0.35,
    currencyFall: 0.3,
    healthyLeave: 0.04,
    sickFactor: 3,
  };

  it('takes its middle from the arithmetic of the scheme', () => {
    const course = courseOf('base', start, terms);
    const yearly = 5000 * 750 * (1 - 0.12) - 5000 * 651;
    expect(course[0]!.income * 12 - course[0]!.expected * 12 * 310).toBeCloseTo(yearly, 6);
    const summary = summariseRunway(
      simulateRunway('base', start, terms, createPrng(1)),
      terms,
      requiredCapital(start, 0),
    );
    expect(summary.bands[11]!.median).toBeGreaterThan(start.capital + yearly - 30_000);
    expect(summary.bands[11]!.median).toBeLessThan(start.capital + yearly + 30_000);
  });

  it('calls a shock the worst, never nothing happening, also where none ruins', () => {
    const rich = { ...start, capital: 1e9, cash: 1e9 };
    const of = (from: typeof start) =>
      worstShock(
        scenarios.map((each) =>
          summariseRunway(simulateRunway(each, from, terms, createPrng(1)), terms, requiredCapital(from, 0)),
        ),
      );
    expect(of(rich).ruined).toBe(0);
    expect(['outbreak', 'currency', 'sick-only', 'donor-leaves']).toContain(of(rich).scenario);
    expect(['outbreak', 'currency', 'sick-only', 'donor-leaves']).toContain(of(start).scenario);
  });

  it('requires the capital of DOMAIN F.6', () => {
    expect(requiredCapital(start, 0)).toBeCloseTo(3_437_961 - 3_255_000, 0);
  });

  it.each(['outbreak', 'currency', 'sick-only', 'donor-leaves'] as const)(
    '%s leaves less than nothing happening',
    (scenario) => {
      const of = (each: typeof scenario | 'base' | 'all') =>
        summariseRunway(simulateRunway(each, start, terms, createPrng(1)), terms, requiredCapital(start, 0)).bands.at(
          -1,
        )!.median;
      expect(of(scenario)).toBeLessThan(of('base'));
      expect(of('all')).toBeLessThan(of(scenario));
    },
  );

  it('names the month a threshold is passed, or none', () => {
    const poor = summariseRunway(simulateRunway('all', start, terms, createPrng(1)), terms, requiredCapital(start, 0));
    expect(poor.empty).toBeGreaterThan(3);
    const rich = { ...start, capital: 1e9, cash: 1e9 };
    const fine = summariseRunway(simulateRunway('all', rich, terms, createPrng(1)), terms, requiredCapital(rich, 0));
    expect([fine.belowStop, fine.empty, fine.illiquid, fine.ruined]).toEqual([null, null, null, 0]);
  });
});

describe('gaps between countries', () => {
  const countries = join(import.meta.dirname, '../../../countries');
  const json = (path: string) => JSON.parse(readFileSync(join(countries, path), 'utf8'));
  const schemes = parseSchemes(
    ['la', 'mm', 'th'].flatMap((code) =>
      readdirSync(join(countries, code, 'schemes')).map((name) => ({ name, json: json(`${code}/schemes/${name}`) })),
    ),
  );
  const latest = [...new Map(schemes.map((scheme) => [scheme.id, scheme])).values()];
  const agreements = parseAgreements(
    readdirSync(join(countries, 'agreements')).map((name) => ({ name, json: json(`agreements/${name}`) })),
  );
  const publicFree = Object.fromEntries(
    ['la', 'mm', 'th'].map((code) => [code.toUpperCase(), json(`${code}/public-free.json`).codes]),
  );
  const cells = assessGaps({
    countries: ['LA', 'MM', 'TH'],
    schemes: latest,
    agreements,
    publicFree,
    day: '2026-11-01',
  });
  const cell = (home: string, host: string, category: string, service: string) =>
    cells.find(
      (each) => each.home === home && each.host === host && each.category === category && each.service === service,
    )!;

  it('has a cell for every pair, person and service', () => {
    expect(cells).toHaveLength(6 * 6 * 8);
  });

  it('tells the regimes apart', () => {
    // A scheme in Thailand and an agreement with Myanmar; the same person from Laos has the scheme alone.
    expect(cell('MM', 'TH', 'informal-worker', 'emergency')).toMatchObject({ regime: 'I', by: 'host-scheme' });
    expect(cell('LA', 'TH', 'informal-worker', 'emergency')).toMatchObject({ regime: 'II', by: 'host-scheme' });
    // Laos has no scheme for informal workers and no agreement: what everyone gets, or nothing.
    expect(cell('MM', 'LA', 'informal-worker', 'vaccination')).toMatchObject({ regime: 'III', by: 'public' });
    expect(cell('MM', 'LA', 'informal-worker', 'hospital')).toMatchObject({ regime: 'IV', by: 'none' });
  });

  it('says of every cell what says so, and what is missing of each way that does not hold', () => {
    for (const each of cells) {
      expect(each.source).toMatch(each.by === 'public' ? /undated$/ : / v\d+, \d{4}-\d\d-\d\d/);
      expect(each.by === 'host-scheme').toBe(each.missingHost === undefined);
      expect(each.regime === 'I').toBe(each.missingAgreement === undefined);
      if (each.by === 'none') {
        expect(each.missingHome).toBeDefined();
      }
    }
    expect(cell('MM', 'TH', 'informal-worker', 'emergency').source).toBe('sch:th:mae-sot-pilot v1, 2025-01-01');
    expect(cell('MM', 'LA', 'informal-worker', 'hospital')).toMatchObject({
      missingAgreement: 'missing.no-agreement',
      source: expect.stringContaining('sch:la:'),
    });
    const early = assessGaps({ countries: ['MM', 'TH'], schemes: latest, agreements, publicFree, day: '2026-01-01' });
    expect(new Set(early.map((each) => each.missingAgreement))).toEqual(new Set(['missing.not-in-force']));
  });

  it('reads Laos from its schemes, though it has no node', () => {
    const there = cells.filter(({ host, by }) => host === 'LA' && by === 'host-scheme');
    expect(there.length).toBeGreaterThan(0);
    expect(there.every(({ source }) => source.startsWith('sch:la:'))).toBe(true);
  });

  it('has no regime I where the agreement is not in force', () => {
    const before = assessGaps({ countries: ['MM', 'TH'], schemes: latest, agreements, publicFree, day: '2026-01-01' });
    expect(before.some(({ regime }) => regime === 'I')).toBe(false);
  });

  it('puts the pair with most people without cover first and prices what could be bought', () => {
    const regional = regionalSchema.parse(json('regional.json'));
    const pairs = pairGaps(cells, regional);
    expect(pairs.find(({ home, host }) => home === 'MM' && host === 'TH')!.people).toBe(1_858_735);
    for (const pair of pairs) {
      expect(pair.I + pair.II + pair.III + pair.IV).toBe(48);
    }
    const options = purchaseOptions(
      pairs.map((pair) => ({ ...pair, open: 1 })),
      latest,
      regional,
    );
    expect(options.find(({ home, through }) => home === 'MM' && through === 'th-universal-coverage')).toMatchObject({
      costPerPerson: 3800,
      total: 3800 * 1_858_735,
    });
  });
});

describe('the form of a study', () => {
  const of = { schemeId: 'sch:th:a', from: '2026-01', to: '2026-12', seed: '3' };
  it('leaves out what is empty and makes figures of figures', () => {
    expect(studyInput('premium', of, { coPayment: '0.2', ceiling: ' ' })).toEqual({ ...of, seed: 3, coPayment: 0.2 });
    expect(studyInput('gaps', of, { home: 'mm' })).toEqual({ seed: 3, home: 'MM' });
    expect(studyInput('premium', of, { excludedDiagnoses: ' O80, 12 ' }).excludedDiagnoses).toBe('O80, 12');
  });
  it('hands on what is no figure, to be refused', () => {
    expect(studyInput('premium', of, { coPayment: 'much' }).coPayment).toBe('much');
  });
});
