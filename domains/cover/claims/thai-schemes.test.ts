import { describe, expect, test } from 'vitest';
import { covered, instalment, line, member, policy, thb } from '../../../tests/conformance/claims/case.ts';
import type { Claim, ClaimLine } from '../cover.ts';
import { theSchemes } from '../schemes/scheme.testing.ts';
import { adjudicate } from './adjudicate.ts';
import type { AdjudicationInput, PassedLine } from './adjudication.ts';

/** What the Thai migrant scheme and social security pay for and what they do not (DOMAIN F.1, F.2), by the schemes themselves. */

const migrant = 'sch:th:migrant-health-insurance';
const security = 'sch:th:social-security';
const hospital = {
  id: 'mae-sot-hospital',
  country: 'TH',
  level: 'general',
  care: ['in-patient', 'out-patient'],
} as const;

interface Asked {
  readonly schemeId?: string;
  readonly from?: string;
  readonly to?: string;
  readonly diagnosis?: string;
  readonly lines?: readonly Partial<ClaimLine>[];
  readonly visit?: Claim['visit'];
  readonly since?: string;
  readonly instalments?: AdjudicationInput['policies'][number]['instalments'];
  readonly history?: readonly PassedLine[];
}

function judge(asked: Asked) {
  const { schemeId = migrant, from = '2026-03-10', to = from, since = '2025-01-01' } = asked;
  const schemes = theSchemes(schemeId);
  const lines = (asked.lines ?? [{ code: 'CON-GENERAL' }]).map((each, i) => {
    const entry = schemes.at(-1)!.catalogue.find(({ code }) => code === each.code)!;
    return line({ line: i + 1, kind: entry.kind, unitPrice: thb('100.00'), ...each });
  });
  return adjudicate({
    schemes,
    claim: {
      ...{ claimId: 'c', claimNumber: 'C', schemeId, provider: 'TH:mae-sot-hospital', providerLevel: 'general' },
      ...{ memberId: member.memberId, visit: asked.visit ?? 'referral', from, to, claimedOn: to, currency: 'THB' },
      care: to > from ? 'in-patient' : 'out-patient',
      diagnoses: [asked.diagnosis ?? 'J06.9'],
      referralFrom: 'TH:mae-sot-clinic',
      lines,
    },
    member: { ...member, birthDate: '1990-05-05' },
    policies: [
      policy({
        ...{ schemeId, startsOn: since, effectiveOn: since, expiresOn: '2026-12-31' },
        members: [covered({ from: since, to: '2026-12-31', continuousSince: since })],
        instalments: asked.instalments ?? [],
      }),
    ],
    history: asked.history ?? [],
    facility: hospital,
  });
}
const reasons = (asked: Asked) => judge(asked).lines.map(({ reason }) => reason);

describe('the migrant scheme', () => {
  test.each([
    ['psychosis', 'F20.0'],
    ['addiction treatment', 'F11.2'],
    ['infertility', 'N97.9'],
    ['cosmetic care', 'Z41.1'],
    ['sex change', 'F64.0'],
    ['experimental care', 'Z00.6'],
    ['chronic dialysis', 'Z49.1'],
    ['transplants', 'Z94.0'],
    ['prostheses', 'Z44.1'],
    ['a road accident, which another pays for', 'V03.1'],
    ['an injury at work, which the compensation fund pays for', 'Y96'],
  ])('does not pay for %s (%s)', (_, diagnosis) => {
    expect(reasons({ diagnosis })).toEqual([100]);
    // Nor in any of its versions.
    expect(reasons({ diagnosis, from: '2014-09-01', since: '2014-07-01' })).toEqual([100]);
    expect(reasons({ diagnosis, from: '2016-09-01', since: '2016-01-01' })).toEqual([100]);
  });

  test.each([
    ['out-patient care', 'J06.9', 'CON-GENERAL'],
    ['a chronic disease', 'E11.9', 'CON-GENERAL'],
    ['a depression, which is no psychosis', 'F32.1', 'CON-GENERAL'],
    ['HIV', 'B20.7', 'LAB-VIRAL-LOAD'],
    ['antiretrovirals', 'B20.7', 'ARV-MONTH'],
    ['tuberculosis', 'A15.0', 'LAB-TB-XPERT'],
    ['surgery', 'K35.8', 'SURGERY-MINOR'],
    ['antenatal care', 'Z34.0', 'ANC-VISIT'],
    ['vaccination', 'Z27.8', 'VAC-TETANUS'],
  ])('pays for %s (%s)', (_, diagnosis, code) => {
    const decided = judge({ diagnosis, lines: [{ code }] });
    expect(decided.lines.map(({ reason }) => reason)).toEqual([0]);
  });

  test('pays for 180 nights in hospital under a policy, and not for the 181st', () => {
    const before = (nights: number): PassedLine => ({
      ...{ claimId: 'before', line: 1, kind: 'service', code: 'HOSPITAL-DAY', category: 'hospitalisation' },
      ...{ memberId: member.memberId, policyId: 'policy-1', care: 'in-patient', quantity: '1' },
      ...{ from: '2025-02-01', to: new Date(Date.UTC(2025, 1, 1 + nights)).toISOString().slice(0, 10) },
      ...{ deductedMinor: 0n, paidMinor: 0n },
    });
    const stay = { from: '2026-03-10', to: '2026-03-11', lines: [{ code: 'HOSPITAL-DAY' }] };
    expect(reasons({ ...stay, history: [before(179)] })).toEqual([0]);
    expect(reasons({ ...stay, history: [before(180)] })).toEqual([109]);
  });

  test('is for those of whatever papers, and for dependants under nineteen', () => {
    for (const version of theSchemes(migrant)) {
      expect(version.who.entitlements).toEqual(
        expect.arrayContaining(['informal-worker', 'seasonal-worker', 'family']),
      );
      expect(version.who.dependants).toMatchObject({ relations: ['spouse', 'child'], childBelowYears: 19 });
    }
  });
});

describe('social security', () => {
  const paidMonths = (...months: string[]) =>
    months.map((month) =>
      instalment({ instalmentId: month, coversFrom: `${month}-01`, coversTo: `${month}-28`, due: `${month}-28` }),
    );
  const since = '2025-01-01';
  const sick = { schemeId: security, since };

  test.each([
    ['three months in fifteen', ['2025-01', '2025-06', '2026-02'], [0]],
    ['two', ['2025-06', '2026-02'], [110]],
    ['three, one of them before the fifteen', ['2024-11', '2025-06', '2026-02'], [110]],
  ])('sickness: %s', (_, months, expected) => {
    // The fifteen months before March 2026 begin with December 2024.
    const instalments = paidMonths(...months);
    expect(reasons({ ...sick, since: '2024-11-01', instalments })).toEqual(expected);
  });

  test.each([
    ['five months in fifteen', 5, [0]],
    ['four', 4, [110]],
  ])('maternity: %s', (_, count, expected) => {
    const instalments = paidMonths('2025-03', '2025-04', '2025-05', '2025-06', '2025-07').slice(0, count as number);
    expect(reasons({ ...sick, diagnosis: 'O80', lines: [{ code: 'DELIVERY-NORMAL' }], instalments })).toEqual(expected);
    // For sickness four are enough.
    expect(reasons({ ...sick, instalments })).toEqual([0]);
  });

  test('goes on for six months after leaving, for workers of 15 to 60', () => {
    for (const version of theSchemes(security)) {
      expect(version.period).toMatchObject({ runOffMonths: 6, qualifying: { months: 3, within: 15 } });
      expect(version.who.ages).toEqual({ from: 15, below: 61 });
    }
  });

  test('takes 5 %, 5 % and 2.75 % of wages from 1,650 to 15,000, to 17,500 from 2026', () => {
    const payroll = theSchemes(security).map(({ validFrom, contribution }) => [
      validFrom.slice(0, 4),
      contribution.payroll,
    ]);
    const shares = { employeePercent: 5, employerPercent: 5, statePercent: 2.75, wageFloor: '1650.00' };
    expect(payroll.map(([, terms]) => terms)).toEqual([
      { ...shares, wageCeiling: '15000.00' },
      { ...shares, wageCeiling: '17500.00' },
    ]);
    expect(payroll.at(-1)![0]).toBe('2026');
  });
});
