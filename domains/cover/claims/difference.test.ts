import { describe, expect, test } from 'vitest';
import {
  benefits,
  catalogueWith,
  claim,
  input,
  line,
  member,
  pays,
  policy,
  scheme,
} from '../../../tests/conformance/claims/case.ts';
import { type DifferenceCase, differences, openDifference } from './difference.ts';

const { schemes: _schemes, history: _history, ...rest } = input();
const visit = (n: number, change: Parameters<typeof claim>[0] = {}): DifferenceCase => ({
  ...rest,
  claim: claim({ claimId: `c${n}`, from: `2026-03-${String(n).padStart(2, '0')}`, claimedOn: '2026-04-01', ...change }),
});

function compare(before: Parameters<typeof scheme>[0], after: Parameters<typeof scheme>[0], cases: DifferenceCase[]) {
  const found = [];
  const run = differences(cases, { before: [scheme(before)], after: [scheme(after)] });
  let step = run.next();
  for (; !step.done; step = run.next()) {
    found.push(step.value);
  }
  return { found, totals: step.value };
}

const half = benefits({ limits: { other: { adult: pays(50), child: pays(50) } } });

describe('the same rules', () => {
  test('make no difference, also written in another order', () => {
    const more = { ...benefits({})[0]!, id: 'none', covers: ['drug'] };
    const { found, totals } = compare({}, { benefits: [more, ...benefits({})] }, [visit(1), visit(2)]);
    expect(found).toEqual([]);
    expect(totals).toEqual({
      claims: 2,
      differing: 0,
      payMore: 0,
      payLess: 0,
      payTheSame: 0,
      onlyByHistory: 0,
      paidBeforeMinor: 20000n,
      paidAfterMinor: 20000n,
      currency: 'THB',
      causes: [],
    });
  });
});

describe('other rules', () => {
  test('a share of the member: how much less, and by which rule', () => {
    const { found, totals } = compare({}, { benefits: half }, [visit(1), visit(2)]);
    expect(found[0]).toEqual({
      claimId: 'c1',
      schemeId: 'sch:th:test',
      from: '2026-03-01',
      before: { status: 'valuated', reason: 0, schemeVersion: 1, paidMinor: 10000n },
      after: { status: 'valuated', reason: 0, schemeVersion: 1, paidMinor: 5000n },
      changeMinor: -5000n,
      because: 'rules',
      lines: [
        {
          line: 1,
          code: 'visit',
          before: { reason: 0, rule: 'tariffs[0].prices.visit', paidMinor: 10000n, memberPaysMinor: 0n },
          after: {
            reason: 0,
            rule: 'benefits[0].limits.other.adult.schemePaysPercent',
            paidMinor: 5000n,
            memberPaysMinor: 5000n,
          },
          changeMinor: -5000n,
        },
      ],
    });
    expect(totals).toMatchObject({
      claims: 2,
      differing: 2,
      payLess: 2,
      paidBeforeMinor: 20000n,
      paidAfterMinor: 10000n,
    });
    expect(totals.causes).toEqual([
      {
        reasonBefore: 0,
        reasonAfter: 0,
        rule: 'benefits[0].limits.other.adult.schemePaysPercent',
        lines: 2,
        changeMinor: -10000n,
      },
    ]);
  });

  test('a rule that is dropped: the reason it gave, and its rule', () => {
    const waiting = { benefits: benefits({ waitingMonths: { adult: 6, child: 0 } }) };
    const { totals } = compare(waiting, {}, [visit(1)]);
    expect(totals).toMatchObject({
      payMore: 1,
      causes: [{ reasonBefore: 17, reasonAfter: 0, rule: 'benefits[0].waitingMonths.adult', changeMinor: 10000n }],
    });
  });

  test('each side has its own history: what was refused before makes room later', () => {
    // Without the frequency the second visit passes; with it, the third does, because the second did not.
    const weekly = { catalogue: catalogueWith('visit', { frequencyDays: 7 }) };
    const { found, totals } = compare(weekly, {}, [visit(1), visit(5), visit(9)]);
    expect(found.map((each) => [each.claimId, each.changeMinor])).toEqual([['c5', 10000n]]);
    expect(totals).toMatchObject({ claims: 3, differing: 1 });
  });

  test('a claim that differs only because an earlier one did is told apart', () => {
    const low = { ceiling: { per: 'person' as const, amount: { all: '150.00' } } };
    const surgery = (percent: number) => ({
      ...low,
      benefits: [
        {
          ...benefits({})[0]!,
          id: 'surgery',
          covers: ['surgery'],
          limits: { other: { adult: pays(percent), child: pays(percent) } },
        },
        ...benefits({}),
      ],
    });
    const cases = [visit(1, { lines: [line({ code: 'surgery' })] }), visit(2)];
    const { found, totals } = compare(surgery(100), surgery(20), cases);
    expect(found.map((each) => [each.claimId, each.because, each.changeMinor])).toEqual([
      ['c1', 'rules', -8000n],
      ['c2', 'history', 5000n],
    ]);
    expect(totals).toMatchObject({ differing: 2, onlyByHistory: 1, payMore: 1, payLess: 1 });
  });

  test('of three, two differ by the rules and one by history; causes by their sums, then by their names', () => {
    const low = { ceiling: { per: 'person' as const, amount: { all: '250.00' } } };
    const share = (percent: number, code: string) => ({
      ...benefits({})[0]!,
      id: code,
      covers: [code],
      limits: { other: { adult: pays(percent), child: pays(percent) } },
    });
    const rules = (surgery: number, bed: number) => ({
      ...low,
      benefits: [share(surgery, 'surgery'), share(bed, 'bed'), ...benefits({})],
    });
    const of = (n: number, ...codes: string[]) =>
      visit(n, { lines: codes.map((code, i) => line({ line: i + 1, code })) });
    const { found, totals } = compare(rules(100, 100), rules(20, 90), [
      of(1, 'consultation', 'surgery'),
      of(2, 'bed'),
      of(3, 'visit'),
    ]);
    expect(
      found.map((each) => [each.claimId, each.because, each.changeMinor, each.lines.map(({ line: n }) => n)]),
    ).toEqual([
      ['c1', 'rules', -8000n, [2]],
      ['c2', 'rules', 4000n, [1]],
      ['c3', 'history', 4000n, [1]],
    ]);
    expect(totals).toMatchObject({ differing: 3, onlyByHistory: 1, payMore: 2, payLess: 1 });
    expect(totals.causes.map((cause) => [cause.rule, cause.reasonBefore, cause.changeMinor])).toEqual([
      ['benefits[0].limits.other.adult.schemePaysPercent', 0, -8000n],
      ['benefits[1].limits.other.adult.schemePaysPercent', 0, 4000n],
      ['ceiling.amount.all', 108, 4000n],
    ]);
  });

  test('paid the same for another reason is a difference of no money', () => {
    const late = { submitWithinDays: 1 };
    const { totals } = compare(
      { ...late, exclusions: [] },
      { exclusions: [{ id: 'colds', diagnoses: ['J'], title: {} }] },
      [visit(1)],
    );
    expect(totals).toMatchObject({
      differing: 1,
      payTheSame: 1,
      causes: [{ reasonBefore: 103, reasonAfter: 100, rule: 'exclusions[0]' }],
    });
  });
});

describe('feeding it', () => {
  test('what passed before the first claim counts on both sides', () => {
    const rules = { ceiling: { per: 'person' as const, amount: { all: '150.00' } } };
    const earlier = [{ ...passedVisit(), paidMinor: 10000n }];
    const report = openDifference({ before: [scheme(rules)], after: [scheme()] }, earlier);
    expect(report.add(visit(5))?.changeMinor).toBe(5000n);
  });

  test('others’ policies do not meet', () => {
    const rules = { ceiling: { per: 'policy' as const, amount: { all: '100.00' } } };
    const other = { ...member, memberId: 'other' };
    const theirs = policy({ policyId: 'policy-2', members: [{ ...policy().members[0]!, memberId: 'other' }] });
    const cases = [visit(1), { ...visit(2, { memberId: 'other' }), member: other, policies: [theirs] }];
    expect(compare(rules, {}, cases).totals).toMatchObject({ claims: 2, differing: 0, paidBeforeMinor: 20000n });
  });
});

function passedVisit() {
  return {
    claimId: 'c0',
    line: 1,
    kind: 'service' as const,
    code: 'visit',
    category: 'visit' as const,
    memberId: 'ma',
    policyId: 'policy-1',
    care: 'out-patient' as const,
    from: '2026-02-01',
    to: '2026-02-01',
    quantity: '1',
    deductedMinor: 0n,
    paidMinor: 0n,
  };
}
