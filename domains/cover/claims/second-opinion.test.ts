import fc from 'fast-check';
import { expect, test } from 'vitest';
import { secondOpinion } from '../../../tests/conformance/claims/oracle.ts';
import { type World, worlds } from '../../../tests/conformance/claims/worlds.ts';
import { adjudicate } from './adjudicate.ts';
import type { Adjudication, AdjudicationInput, PassedLine } from './adjudication.ts';
import { PassedHistory } from './passed.ts';
import { reasons } from './reasons.ts';

/** What decides claims, held against a second implementation of the rules that shares nothing with it. */

const opinionOf = ({ status, reason, category, policyId, lines }: Adjudication) => ({
  status,
  reason,
  category,
  policyId,
  lines: lines.map((each) => ({
    line: each.line,
    reason: each.reason,
    claimed: each.claimedMinor,
    allowed: each.allowedMinor,
    adjusted: each.adjustedMinor,
    deducted: each.deductedMinor,
    paid: each.paidMinor,
    member: each.memberPaysMinor,
  })),
});

/** Judges a world's claims one after the other, each by what passed before it. */
function judged(world: World): { readonly given: AdjudicationInput; readonly decided: Adjudication }[] {
  const passed = new PassedHistory(world.history);
  return world.claims.map((each) => {
    const earlier = [...world.history, ...passed.before('', world.policies)];
    const history = [...new Map(earlier.map((of) => [`${of.claimId} ${of.line}`, of])).values()];
    const given = { ...each, schemes: world.schemes, policies: world.policies, history };
    const decided = adjudicate(given);
    passed.add(each.claim, decided);
    return { given, decided };
  });
}

const bytes = (value: unknown) =>
  JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? each.toString() : each));

function shuffled<T>(list: readonly T[], numbers: Iterator<number>): T[] {
  return list
    .map((each) => [numbers.next().value as number, each] as const)
    .sort(([a], [b]) => a - b)
    .map(([, each]) => each);
}

test('every claim is decided as the second implementation decides it, in every amount and for every reason', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      for (const { given, decided } of judged(world)) {
        expect(opinionOf(decided)).toEqual(secondOpinion(given));
      }
    }),
    { numRuns: 1500 },
  );
});

test('and these claims are of every kind: each reason falls among them', () => {
  const reached = new Map<number, number>();
  fc.assert(
    fc.property(worlds, (world) => {
      for (const { decided } of judged(world)) {
        for (const each of decided.lines) {
          reached.set(each.reason, (reached.get(each.reason) ?? 0) + 1);
        }
      }
    }),
    // Drawn from one seed, so that what is reached is always the same.
    { numRuns: 1500, seed: 20_261_122 },
  );
  const few = reasons.filter(({ number }) => (reached.get(number) ?? 0) < 5).map(({ number }) => number);
  expect(few).toEqual([]);
});

test('judged again, with its history in another order, a claim has the same bytes', () => {
  fc.assert(
    fc.property(worlds, fc.infiniteStream(fc.nat()), (world, numbers) => {
      for (const { given, decided } of judged(world)) {
        const other: AdjudicationInput = {
          ...structuredClone(given),
          history: shuffled<PassedLine>(given.history, numbers),
          policies: shuffled(given.policies, numbers),
          claim: { ...given.claim, lines: shuffled(given.claim.lines, numbers) },
        };
        expect(bytes(adjudicate(other))).toBe(bytes(decided));
      }
    }),
    { numRuns: 300 },
  );
});
