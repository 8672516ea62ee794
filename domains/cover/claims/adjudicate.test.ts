import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { moneyRows } from '../../../tests/conformance/claims/amounts.ts';
import {
  benefits,
  catalogueWith,
  claim,
  covered,
  decide,
  input,
  line,
  member,
  passed,
  pays,
  paysAtMost,
  policy,
  scheme,
  thb,
} from '../../../tests/conformance/claims/case.ts';
import { reasonRows } from '../../../tests/conformance/claims/reasons.ts';
import type { Claim } from '../cover.ts';
import { adjudicate } from './adjudicate.ts';
import type { Adjudication, AdjudicationInput, PassedLine } from './adjudication.ts';
import { reasonOf, reasons } from './reasons.ts';

const bytes = (value: unknown) =>
  JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? each.toString() : each));

describe('a claim nothing speaks against', () => {
  test('is paid in full, by the list', () => {
    expect(decide()).toEqual({
      claimId: 'claim-1',
      status: 'valuated',
      schemeVersion: 1,
      policyId: 'policy-1',
      category: 'visit',
      reason: 0,
      rule: undefined,
      claimedMinor: 10000n,
      allowedMinor: 10000n,
      adjustedMinor: 10000n,
      paidMinor: 10000n,
      currency: 'THB',
      lines: [
        {
          line: 1,
          code: 'visit',
          claimedMinor: 10000n,
          allowedMinor: 10000n,
          adjustedMinor: 10000n,
          paidMinor: 10000n,
          deductedMinor: 0n,
          memberPaysMinor: 0n,
          quantity: '1',
          reason: 0,
          rule: 'tariffs[0].prices.visit',
          relative: false,
        },
      ],
    });
  });
});

describe('reasons', () => {
  test.each(reasonRows.map((row) => [row.reason, row.what, row] as const))('%i: %s', (_, __, row) => {
    const decided = decide(row.change);
    expect(decided.lines.map((each) => each.reason)).toEqual(row.lines);
    expect(decided.reason).toBe(row.claimReason);
    expect(decided.status === 'rejected').toBe(row.claimReason !== 0);
    if (row.rule !== undefined) {
      expect(decided.lines.find((each) => each.reason !== 0)?.rule).toBe(row.rule);
    }
  });

  test('each has a row that reaches it and one that does not', () => {
    for (const { number } of reasons.filter((each) => each.number !== 0)) {
      const own = reasonRows.filter((row) => row.reason === number);
      expect([number, own.some((row) => row.lines.includes(number))]).toEqual([number, true]);
      expect([number, own.some((row) => row.lines.every((each) => each !== number))]).toEqual([number, true]);
      // Just not reached: what is asked for is there, and nothing else stands in the way either.
      const accepted = own.some((row) => row.lines.every((each) => each === 0));
      expect([number, accepted || own.some((row) => row.lines.includes(0))]).toEqual([number, true]);
    }
  });

  test('6 and 18 are unused; numbers and names are used once', () => {
    expect([reasonOf(6), reasonOf(18)]).toEqual([undefined, undefined]);
    expect(new Set(reasons.map((each) => each.number)).size).toBe(reasons.length);
    expect(new Set(reasons.map((each) => each.name)).size).toBe(reasons.length);
  });
});

describe('amounts', () => {
  test.each(moneyRows.map((row) => [row.what, row] as const))('%s', (_, row) => {
    expect(
      decide(row.change).lines.map((each) =>
        [each.allowedMinor, each.deductedMinor, each.paidMinor, each.memberPaysMinor].map(Number),
      ),
    ).toEqual(row.lines);
  });
});

describe('which rules hold', () => {
  const cheap = scheme({
    version: 1,
    validTo: '2026-03-31',
    benefits: benefits({ limits: { other: { adult: pays(50), child: pays(50) } } }),
  });
  const dear = scheme({ version: 2, validFrom: '2026-04-01' });

  test.each([
    ['2026-03-31', 1, 5000n],
    ['2026-04-01', 2, 10000n],
  ])('care that begins on %s goes by version %i', (from, version, paidMinor) => {
    const decided = adjudicate({ ...input(), schemes: [cheap, dear], claim: claim({ from, claimedOn: '2026-05-01' }) });
    expect(decided).toMatchObject({ schemeVersion: version, paidMinor });
  });

  test('a stay over the change goes by the version of its first day', () => {
    const over = claim({ from: '2026-03-31', to: '2026-04-02', claimedOn: '2026-05-01' });
    expect(adjudicate({ ...input(), schemes: [cheap, dear], claim: over })).toMatchObject({ schemeVersion: 1 });
  });
});

describe('the category of a claim', () => {
  test.each([
    [['surgery', 'delivery', 'antenatal', 'bed', 'consultation', 'visit'], false, 'surgery'],
    [['delivery', 'antenatal', 'bed', 'consultation', 'visit'], false, 'delivery'],
    [['antenatal', 'bed', 'consultation', 'visit'], false, 'antenatal'],
    [['bed', 'consultation', 'visit'], false, 'hospitalisation'],
    [['consultation', 'visit'], false, 'consultation'],
    [['visit'], false, 'visit'],
    [['consultation'], true, 'hospitalisation'],
    [['antenatal'], true, 'antenatal'],
    [[], false, 'visit'],
  ] as const)('%j, with a night: %s → %s', (codes, night, category) => {
    const lines = codes.map((code, i) => line({ line: i + 1, code }));
    const drug = line({ line: 9, kind: 'item', code: 'drug' });
    const dates = night ? { to: '2026-03-11', claimedOn: '2026-03-11' } : {};
    expect(decide({ claim: { lines: [...lines, drug], ...dates } }).category).toBe(category);
  });

  test('an item makes no category', () => {
    const scheme = { catalogue: catalogueWith('drug', { category: 'surgery' }) };
    expect(decide({ scheme, claim: { lines: [line({ kind: 'item', code: 'drug' })] } }).category).toBe('visit');
  });
});

describe('status', () => {
  const relative = {
    benefits: [...benefits({ covers: ['drug'], price: 'relative' }), { ...benefits({})[0]!, id: 'rest' }],
    relative: { period: 'month' as const, sharePercent: 80 },
  };

  test('a relative price makes it wait for the index', () => {
    const lines = [line(), line({ line: 2, kind: 'item', code: 'drug' })];
    const decided = decide({ scheme: relative, claim: { lines } });
    expect(decided.status).toBe('processed');
    expect(decided.lines.map((each) => each.relative)).toEqual([false, true]);
  });

  test('a relative price that fell does not', () => {
    const lines = [line(), line({ line: 2, kind: 'item', code: 'drug' })];
    expect(decide({ scheme: relative, claim: { lines }, review: [{ line: 2, rejected: true }] }).status).toBe(
      'valuated',
    );
  });
});

// ---- What always holds ----------------------------------------------------------------------------------------------

const codes = ['visit', 'consultation', 'surgery', 'bed'] as const;
const amount = fc.integer({ min: 0, max: 60000 }).map((minor) => (minor / 100).toFixed(2));
const per = fc.constantFrom('treatment' as const, 'person' as const, 'policy' as const);
const split = fc.oneof(
  fc.record({ all: amount }),
  fc.record({ inPatient: amount, outPatient: amount }),
  fc.record({ inPatient: amount }),
  fc.record({ outPatient: amount }),
);
const accumulator = fc.record({ per, amount: split });
const limit = fc.oneof(
  fc.integer({ min: 0, max: 1000 }).map((tenths) => pays(tenths / 10)),
  amount.map(paysAtMost),
);

const schemes = fc
  .record({
    price: fc.constantFrom('list' as const, 'claimed' as const, 'fixed' as const),
    limit,
    outsideCeiling: fc.constantFrom('none' as const, 'in-patient' as const, 'out-patient' as const),
    deductible: fc.option(accumulator, { nil: undefined }),
    ceiling: fc.option(accumulator, { nil: undefined }),
    surgery: fc.option(amount, { nil: undefined }),
    quantity: fc.option(fc.integer({ min: 0, max: 20 })),
  })
  .map((each) =>
    scheme({
      benefits: benefits({
        price: each.price,
        fixedPrice: '77.77',
        limits: { other: { adult: each.limit, child: each.limit } },
        outsideCeiling: each.outsideCeiling,
        maximumQuantity: { adult: each.quantity, child: each.quantity },
      }),
      ...(each.deductible && { deductible: each.deductible }),
      ...(each.ceiling && { ceiling: each.ceiling }),
      categories: each.surgery === undefined ? {} : { surgery: { ceiling: each.surgery } },
    }),
  );

const claimLine = fc.record({
  code: fc.constantFrom(...codes),
  quantity: fc.integer({ min: 1, max: 4000 }).map((thousandths) => String(thousandths / 1000)),
  minor: fc.integer({ min: 0, max: 30000 }),
});

const claims = fc
  .array(
    fc.record({
      day: fc.integer({ min: 1, max: 28 }),
      nights: fc.integer({ min: 0, max: 2 }),
      memberId: fc.constantFrom('ma', 'child'),
      lines: fc.array(claimLine, { minLength: 1, maxLength: 4 }),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((list) =>
    list.map((each, i) =>
      claim({
        claimId: `c${i}`,
        memberId: each.memberId,
        from: `2026-03-${String(each.day).padStart(2, '0')}`,
        to: `2026-03-${String(each.day + each.nights).padStart(2, '0')}`,
        claimedOn: '2026-04-01',
        lines: each.lines.map(({ code, quantity, minor }, n) =>
          line({ line: n + 1, code, quantity, unitPrice: thb((minor / 100).toFixed(2)) }),
        ),
      }),
    ),
  );

const people = { ma: member, child: { ...member, memberId: 'child', birthDate: '2015-01-01' } };
const family = policy({ members: [covered(), covered({ memberId: 'child', relation: 'child' })] });

function passedOf(of: Claim, decided: Adjudication): PassedLine[] {
  return decided.lines
    .filter((each) => each.reason === 0)
    .map((each) => ({
      ...passed({
        claimId: of.claimId,
        line: each.line,
        code: each.code,
        category: decided.category,
        memberId: of.memberId,
      }),
      from: of.from,
      to: of.to,
      quantity: each.quantity,
      deductedMinor: each.deductedMinor,
      paidMinor: each.paidMinor,
    }));
}

/** Judges claims one after the other, each by what passed before. */
function judgeAll(rules: ReturnType<typeof scheme>, list: readonly Claim[]) {
  const history: PassedLine[] = [];
  return list.map((each) => {
    const given: AdjudicationInput = {
      ...input(),
      schemes: [rules],
      claim: each,
      member: people[each.memberId as 'ma' | 'child'],
      policies: [family],
      history: [...history],
    };
    const decided = adjudicate(given);
    history.push(...passedOf(each, decided));
    return { given, decided };
  });
}

describe('what always holds', () => {
  test('paid + deducted + member pays = adjusted ≤ allowed, and a claim is the sum of its lines', () => {
    fc.assert(
      fc.property(schemes, claims, (rules, list) => {
        for (const { decided } of judgeAll(rules, list)) {
          for (const each of decided.lines) {
            expect(each.paidMinor + each.deductedMinor + each.memberPaysMinor).toBe(each.adjustedMinor);
            expect(each.adjustedMinor <= each.allowedMinor).toBe(true);
            expect([each.paidMinor, each.deductedMinor, each.memberPaysMinor].every((part) => part >= 0n)).toBe(true);
            expect(rules.benefits[0]!.price === 'fixed' || each.allowedMinor <= each.claimedMinor).toBe(true);
          }
          const sum = (of: 'claimedMinor' | 'allowedMinor' | 'adjustedMinor' | 'paidMinor') =>
            decided.lines.reduce((total, each) => total + each[of], 0n);
          expect(decided.claimedMinor).toBe(sum('claimedMinor'));
          expect(decided.allowedMinor).toBe(sum('allowedMinor'));
          expect(decided.adjustedMinor).toBe(sum('adjustedMinor'));
          expect(decided.paidMinor).toBe(sum('paidMinor'));
        }
      }),
    );
  });

  test('no person and no policy is ever paid more than its ceiling, nor deducted more than its deductible', () => {
    fc.assert(
      fc.property(
        schemes.filter((rules) => rules.benefits[0]!.outsideCeiling === 'none'),
        claims,
        (rules, list) => {
          const all = judgeAll(rules, list);
          for (const name of ['ceiling', 'deductible'] as const) {
            const rule = rules[name];
            if (!rule) {
              continue;
            }
            const totals = new Map<string, bigint>();
            for (const { given, decided } of all) {
              const setting = given.claim.to > given.claim.from ? 'inPatient' : 'outPatient';
              const key = 'all' in rule.amount ? 'all' : setting;
              const most = (rule.amount as Record<string, string | undefined>)[key];
              if (most === undefined) {
                continue;
              }
              const whose = { treatment: decided.claimId, person: given.claim.memberId, policy: 'policy' }[rule.per];
              const of = name === 'ceiling' ? 'paidMinor' : 'deductedMinor';
              const total = decided.lines.reduce((sum, each) => sum + each[of], totals.get(`${whose} ${key}`) ?? 0n);
              totals.set(`${whose} ${key}`, total);
              expect(total <= thb(most).minor).toBe(true);
            }
          }
        },
      ),
    );
  });

  test('a higher ceiling never pays less', () => {
    fc.assert(
      fc.property(
        claims,
        per,
        fc.integer({ min: 0, max: 50000 }),
        fc.integer({ min: 0, max: 50000 }),
        (list, which, a, b) => {
          const [low, high] = [Math.min(a, b), Math.max(a, b)].map((minor) =>
            scheme({ ceiling: { per: which, amount: { all: (minor / 100).toFixed(2) } } }),
          );
          const paid = (rules: ReturnType<typeof scheme>) =>
            adjudicate({
              ...input(),
              schemes: [rules],
              claim: list[0]!,
              policies: [family],
              member: people[list[0]!.memberId as 'ma'],
            }).paidMinor;
          expect(paid(low!) <= paid(high!)).toBe(true);
        },
      ),
    );
  });

  test('the order of history, and what is others’, change nothing', () => {
    fc.assert(
      fc.property(schemes, claims, fc.infiniteStream(fc.nat()), (rules, list, numbers) => {
        const { given, decided } = judgeAll(rules, list).at(-1)!;
        const strangers = given.history.map((each) => ({
          ...each,
          memberId: 'stranger',
          policyId: 'other',
          claimId: `s-${each.claimId}`,
        }));
        const shuffled = [...given.history, ...strangers]
          .map((each) => [numbers.next().value, each] as const)
          .sort(([a], [b]) => a - b)
          .map(([, each]) => each);
        expect(bytes(adjudicate({ ...given, history: shuffled }))).toBe(bytes(decided));
      }),
    );
  });

  test('judged again, also by what it itself left behind, it is the same bytes', () => {
    fc.assert(
      fc.property(schemes, claims, (rules, list) => {
        for (const { given, decided } of judgeAll(rules, list)) {
          expect(bytes(adjudicate(structuredClone(given)))).toBe(bytes(decided));
          const after = [...given.history, ...passedOf(given.claim, decided)];
          expect(bytes(adjudicate({ ...given, history: after }))).toBe(bytes(decided));
          const reversed = { ...given.claim, lines: given.claim.lines.toReversed() };
          expect(bytes(adjudicate({ ...given, claim: reversed }))).toBe(bytes(decided));
        }
      }),
    );
  });
});
