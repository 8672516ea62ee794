import type { Rate } from '@serai/kernel/ledger/exchange.ts';
import fc from 'fast-check';
import type { AdjudicationInput, PassedLine } from '../../../domains/cover/claims/adjudication.ts';
import type { Claim, ClaimLine, Member } from '../../../domains/cover/cover.ts';
import type { Scheme } from '../../../domains/cover/schemes/scheme.ts';
import { covered, instalment, line, member, passed, perBaht, policy, thb } from './case.ts';
import { day, dayAfter, mostly, present, rarely, schemes, some } from './worlds-of-rules.ts';

/**
 * Worlds of claims at random: a scheme with every kind of rule in two versions, a family and its policies, what was passed
 * before, and claims one after the other, many of them wrong. Most rules are absent from most worlds, so that each is met
 * alone and together with others.
 */
export interface World {
  readonly schemes: readonly Scheme[];
  readonly policies: AdjudicationInput['policies'];
  readonly history: readonly PassedLine[];
  readonly claims: readonly Pick<AdjudicationInput, 'claim' | 'member' | 'facility' | 'rates' | 'review'>[];
}

// ---- The family and what it has had -------------------------------------------------------------------------------------

const people: readonly Member[] = [
  member,
  { ...member, memberId: 'child', birthDate: '2008-04-15', sex: 'male' },
  { ...member, memberId: 'spouse', birthDate: '1990-03-01', birthPrecision: 'month', sex: 'male' },
  { ...member, memberId: 'other', birthDate: '2021-01-01', birthPrecision: 'year', sex: 'unknown' },
];
const memberId = fc.constantFrom('ma', 'ma', 'child', 'spouse', 'other');

const spell = fc.record({
  from: mostly('2026-01-01', '2026-02-15', '2025-11-30'),
  to: mostly('2026-12-31', '2026-04-30', '2026-03-10'),
});
const owed = fc
  .record({
    due: day,
    grace: fc.constantFrom(0, 15, 200),
    paid: mostly('1600.00', '1599.99', '0.00'),
    waived: some(fc.constantFrom('0.01', '1600.00'), 2),
    month: some(fc.integer({ min: 0, max: 5 }), 2),
  })
  .map(({ due, grace, paid, waived, month }) =>
    instalment({
      due,
      graceUntil: dayAfter(due, grace),
      paid: thb(paid),
      ...(waived && { waived: thb(waived), writtenOff: thb(waived) }),
      ...(month !== undefined && { coversFrom: `2026-0${month + 1}-01`, coversTo: `2026-0${month + 1}-28` }),
    }),
  );

const onePolicy = (policyId: string, schemeVersion = 1) =>
  fc
    .record({
      effectiveOn: mostly('2026-01-01', '2025-12-01', '2026-03-20', undefined),
      expiresOn: mostly('2026-12-31', '2026-05-31'),
      endedOn: rarely(day),
      instalments: fc.array(owed, { maxLength: 2 }),
      members: fc.uniqueArray(
        fc.record({ memberId, spell, since: fc.constantFrom('2024-01-31', '2025-12-31', '2026-02-15') }),
        {
          selector: (each) => each.memberId,
          minLength: 3,
          maxLength: 4,
        },
      ),
    })
    .map(({ members, ...rest }) =>
      policy({
        ...(present(rest) as object),
        ...(rest.effectiveOn === undefined && { effectiveOn: undefined as never }),
        policyId,
        schemeVersion,
        members: members.map((each) =>
          covered({ memberId: each.memberId, ...each.spell, continuousSince: each.since }),
        ),
      }),
    );

/** A period insured in another country, as a certificate states it. */
const abroad = onePolicy('abroad-0', 0).map((each) => ({ ...each, expiresOn: '2026-01-31', instalments: [] }));

const policies = fc
  .tuple(onePolicy('policy-1'), rarely(onePolicy('policy-2'), 2), rarely(onePolicy('policy-0'), 4), rarely(abroad, 4))
  .map((all) => all.filter((each) => each !== undefined));

const quantity = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 4000 }).map((thousandths) => String(thousandths / 1000)) },
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 3 }).map(String) },
  { weight: 1, arbitrary: fc.constantFrom('0', '-1', '1000000000', '0.000001') },
);
const codes = ['drug', 'visit', 'consultation', 'surgery', 'delivery', 'antenatal', 'bed'] as const;
const code = fc.constantFrom(...codes);

const before = fc
  .record({
    ...{ from: day, nights: fc.constantFrom(0, 0, 0, 2), code, memberId, quantity },
    policyId: fc.constantFrom('policy-1', 'policy-1', 'policy-2', 'elsewhere'),
    category: fc.constantFrom('visit' as const, 'surgery' as const, 'hospitalisation' as const, undefined),
    deducted: fc.integer({ min: 0, max: 5000 }),
    paid: fc.integer({ min: 0, max: 9000 }),
  })
  .map(({ nights, deducted, paid, ...rest }) =>
    passed({
      ...rest,
      kind: rest.code === 'drug' ? 'item' : 'service',
      to: dayAfter(rest.from, nights),
      deductedMinor: BigInt(deducted),
      paidMinor: BigInt(paid),
    }),
  );
const history = fc
  .array(before, { maxLength: 5 })
  .map((all) => all.map((each, i) => ({ ...each, claimId: `before-${Math.floor(i / 2)}` })))
  // Lines of one claim are of one stay, one member and one policy.
  .map((all) =>
    all.map((each) => {
      const { from, to, memberId: of, policyId, category: as } = all.find((other) => other.claimId === each.claimId)!;
      return { ...each, line: all.indexOf(each) + 1, from, to, memberId: of, policyId, category: as };
    }),
  );

// ---- The claims ---------------------------------------------------------------------------------------------------------

const claimLine = fc.record({
  code: fc.oneof({ weight: 20, arbitrary: code }, { weight: 1, arbitrary: fc.constant('unknown' as const) }),
  quantity,
  minor: fc.oneof(
    { weight: 20, arbitrary: fc.integer({ min: 0, max: 30_000 }) },
    { weight: 1, arbitrary: fc.constant(-1) },
  ),
  wrongKind: rarely(fc.constant(true), 25),
  review: rarely(
    fc
      .record({
        rejected: some(fc.boolean(), 2),
        quantity: some(quantity, 2),
        amount: some(fc.integer({ min: 0, max: 20_000 }), 2),
      })
      .map(present),
    4,
  ),
});

const rates = fc.constantFrom<Record<string, Rate>[]>(
  {
    MMK: perBaht('MMK', '62.5'),
    JPY: { from: 'JPY', to: 'THB', value: '0.2198', source: 'central-bank-mid', at: '2026-03-01T00:00:00Z' },
  },
  { MMK: perBaht('MMK', '3'), LAK: perBaht('LAK', '610.123456') },
);

const aClaim = fc.record({
  ...{ memberId, from: day, rates, lines: fc.array(claimLine, { minLength: 1, maxLength: 4 }) },
  nights: fc.constantFrom(0, 0, 0, 1, 2, 5),
  waited: mostly(0, 1, 4, 40, 366),
  wrong: rarely(fc.constantFrom('dates' as const, 'nobody' as const, 'somebody-else' as const), 15),
  visit: fc.constantFrom('other' as const, 'other' as const, 'referral' as const, 'emergency' as const),
  where: mostly<keyof typeof facilities>('clinic', 'hospital', 'out-only', 'abroad', 'abroad', 'unknown'),
  currency: mostly('THB', 'MMK', 'MMK', 'JPY'),
  otherCurrency: rarely(fc.constant(true), 40),
  main: mostly('J06.9', 'J069', 'N97.9', 'A15.0'),
  referralFrom: some(fc.constant('TH:post'), 2),
  preauthorisation: some(fc.constant('pa-1'), 2),
});

const facilities = {
  clinic: { id: 'clinic', country: 'TH', level: 'clinic', care: ['in-patient', 'out-patient'] },
  hospital: { id: 'hospital', country: 'TH', level: 'hospital', care: ['in-patient', 'out-patient'] },
  'out-only': { id: 'clinic', country: 'TH', level: 'clinic', care: ['out-patient'] },
  abroad: { id: 'post', country: 'MM', level: 'clinic', care: ['in-patient', 'out-patient'] },
  unknown: undefined,
} as const;

type AnyClaim = typeof aClaim extends fc.Arbitrary<infer T> ? T : never;

function claimOf(each: AnyClaim, i: number): World['claims'][number] {
  const { currency, wrong } = each;
  const to = dayAfter(each.from, wrong === 'dates' ? -1 : each.nights);
  const lines = each.lines.map(
    (of, n): ClaimLine =>
      line({
        ...{ line: n + 1, code: of.code, quantity: of.quantity },
        kind: (of.code === 'drug') === (of.wrongKind === undefined) ? 'item' : 'service',
        unitPrice: { minor: BigInt(of.minor), currency: each.otherCurrency && n === 0 ? 'USD' : currency },
      }),
  );
  const claim: Claim = {
    ...{ claimId: `claim-${i}`, claimNumber: `C${i}`, schemeId: 'sch:th:test', memberId: each.memberId },
    ...{
      provider: `${each.where === 'abroad' ? 'MM' : 'TH'}:${each.where}`,
      providerLevel: 'clinic',
      visit: each.visit,
    },
    ...{ care: each.nights > 0 ? 'in-patient' : 'out-patient', from: each.from, to, currency, lines },
    claimedOn: dayAfter(to, each.waited),
    diagnoses: [each.main, 'N97'],
    ...(each.referralFrom && { referralFrom: each.referralFrom }),
    ...(each.preauthorisation && { preauthorisation: each.preauthorisation }),
  };
  const review = each.lines.flatMap(({ review: of }, n) =>
    of
      ? [
          {
            line: n + 1,
            ...(of.rejected !== undefined && { rejected: of.rejected }),
            ...(of.quantity !== undefined && { quantity: of.quantity }),
            ...(of.amount !== undefined && { amountMinor: BigInt(of.amount) }),
          },
        ]
      : [],
  );
  const asked = people.find((one) => one.memberId === each.memberId)!;
  return {
    claim,
    member: wrong === 'nobody' ? undefined : wrong === 'somebody-else' ? { ...asked, memberId: 'stranger' } : asked,
    facility: facilities[each.where] as AdjudicationInput['facility'],
    rates: each.rates,
    ...(review.length > 0 && { review }),
  };
}

export const worlds: fc.Arbitrary<World> = fc
  .record({ schemes, policies, history, claims: fc.array(aClaim, { minLength: 1, maxLength: 6 }) })
  .map(({ claims, ...rest }) => ({ ...rest, claims: claims.map(claimOf) }));
