import { addDays, addMonths } from '@serai/kernel/base/days.ts';
import { money } from '@serai/kernel/base/money.ts';
import { type Agreement, agreementSchema } from '@serai/policy/agreement.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { adjudicate } from '../claims/adjudicate.ts';
import { theSchemes } from '../schemes/scheme.testing.ts';
import type { EligibilityQuestion } from './eligibility.ts';
import {
  abroad,
  ask,
  clinic,
  farHospital,
  hospital,
  member,
  migrant,
  myawaddy,
  on,
  type PolicyInFull,
  pilot,
  policy,
} from './testing/questions.ts';

describe('who pays: the order of ways', () => {
  const both = [policy(pilot), policy(migrant)];
  test('insurance before package, package before the public list, then nobody', () => {
    const code = 'LAB-TB-XPERT';
    const publicFree = [code];
    const way = (policies: PolicyInFull[], more = {}) => ask({ policies, code, publicFree, ...more }).basis;
    expect(way(both)).toBe('insurance');
    expect(way([policy(pilot)])).toBe('package');
    expect(way([])).toBe('public');
    expect(way([], { publicFree: [] })).toBe('self-pay');
    expect(way([policy(migrant, { expiresOn: '2026-06-01' }), policy(pilot)])).toBe('package');
  });

  test('each way that was tried is told, in order', () => {
    const { steps } = ask({ policies: both, code: 'DIALYSIS-SESSION' });
    expect(steps).toEqual([
      { basis: 'insurance', pays: false, payer: { kind: 'scheme', id: migrant }, reason: 3 },
      { basis: 'package', pays: false, payer: { kind: 'scheme', id: pilot }, reason: 1 },
      { basis: 'self-pay', pays: true },
    ]);
  });

  const agreed = (more: object = {}): Agreement =>
    agreementSchema.parse({
      id: 'agr:MM-TH:test',
      version: 1,
      type: 'reciprocal-health',
      title: { en: 'Test' },
      parties: [
        { country: 'MM', authority: 'a', role: 'both' },
        { country: 'TH', authority: 'b', role: 'both' },
      ],
      status: 'in-force',
      signed: '2025-01-01',
      inForce: '2025-02-01',
      expires: '2030-01-31',
      renewal: 'none',
      persons: [{ category: 'any', includeDependants: true, evidence: ['none'] }],
      clauses: ['care', 'money'].map((id) => ({
        id,
        ref: id,
        title: { en: id },
        purposes: ['COVERAGE', 'HPAYMT'],
        recipientClasses: ['payer'],
        facilities: ['any'],
        dataCategories: ['cover'],
        legalBasis: 'agreement',
        mode: 'on-request',
        retentionDays: 30,
      })),
      facilityGroups: {},
      prohibitedPurposes: [],
      dataProtection: {
        controllerModel: 'separate',
        transferBasis: 'treaty',
        onwardTransfer: 'prohibited',
        firewall: true,
        breachHours: 72,
        subjectRights: ['access'],
      },
      termination: { noticeMonths: 6, protectsOngoingCare: true },
      benefits: [
        {
          id: 'all',
          clause: 'care',
          title: { en: 'All' },
          covers: ['*'],
          visits: ['other', 'referral', 'emergency'],
          priorAuthorisation: false,
          tariff: { method: 'waiver' },
          facilities: ['any'],
        },
      ],
      settlement: {
        clause: 'money',
        currency: 'USD',
        fx: { source: 'test', on: 'period-end' },
        period: 'quarter',
        claimDeadlineMonths: 12,
        payDeadlineMonths: 6,
        netting: true,
        interestPct: null,
        dispute: { body: 'joint-commission', settleMonths: 6 },
        funds: { TH: pilot, MM: abroad },
      },
      emergencyUninsured: { clause: 'money', ref: 'Art 9', owes: 'host' },
      ...more,
    });

  test('abroad the home scheme pays under the clause of the treaty', () => {
    const sixty = { from: 'THB', to: 'MMK', value: '60', source: 'test', at: '2026-01-01T00:00:00Z' };
    const question = { policies: [policy(pilot)], facility: myawaddy, code: 'LAB-TB-XPERT', rates: { MMK: sixty } };
    expect(ask({ ...question, agreements: [agreed()] })).toMatchObject({
      covered: true,
      basis: 'treaty',
      payer: { kind: 'scheme', id: pilot, clause: 'care' },
    });
    // Without a treaty the scheme's own network abroad still stands.
    expect(ask(question)).toMatchObject({ covered: true, basis: 'package' });
    expect(ask({ ...question, agreements: [agreed({ status: 'suspended' })] }).basis).toBe('package');
    expect(ask({ ...question, rates: {} })).toMatchObject({ covered: false, scheme: { reason: 112 } });
  });

  test('an agreement about a disease comes before any insurance', () => {
    const tb = agreed({ type: 'disease-specific' });
    const answer = ask({ member: { ...member, residence: 'MM' }, code: 'LAB-TB-XPERT', agreements: [tb] });
    expect(answer).toMatchObject({
      basis: 'disease-specific',
      payer: { kind: 'agreement', id: tb.id, clause: 'care' },
    });
    expect(answer.steps.map(({ basis }) => basis)).toEqual(['disease-specific', 'insurance', 'self-pay']);
    expect(ask({ code: 'LAB-TB-XPERT', agreements: [tb] }).basis).toBe('insurance');
  });

  describe('an emergency is always covered', () => {
    const here = { visit: 'emergency' as const, code: 'EMERGENCY-VISIT' };
    test.each([
      ['by the scheme', {}, { kind: 'scheme', id: migrant }],
      ['by the country of care where nobody else does', { policies: [] }, { kind: 'country', id: 'TH' }],
      ['where nobody knows her', { policies: [], member: undefined }, { kind: 'country', id: 'TH' }],
      [
        'where cover is over',
        { policies: [policy(migrant, { expiresOn: '2026-01-31' })] },
        { kind: 'country', id: 'TH' },
      ],
      [
        'by the clause for the uninsured: the host',
        { policies: [], member: { ...member, residence: 'MM' }, agreements: [agreed()] },
        { kind: 'country', id: 'TH', clause: 'money' },
      ],
    ])('%s', (_, more, payer) => {
      expect(ask({ ...here, ...more } as Partial<EligibilityQuestion>)).toMatchObject({
        covered: true,
        emergency: true,
        payer,
      });
    });

    test('by the clause for the uninsured: the fund at home', () => {
      const owes = agreed({ emergencyUninsured: { clause: 'money', ref: 'Art 9', owes: 'home-fund' } });
      expect(ask({ ...here, policies: [], member: { ...member, residence: 'MM' }, agreements: [owes] })).toMatchObject({
        covered: true,
        payer: { kind: 'agreement', id: owes.id, clause: 'money' },
      });
    });
  });
});

test('what is answered is what a claim of today is given', () => {
  const codes = theSchemes(migrant)
    .at(-1)!
    .catalogue.map(({ code }) => code);
  const facility = fc.constantFrom(hospital, clinic, farHospital);
  fc.assert(
    fc.property(
      fc.constantFrom(...codes),
      facility,
      fc.integer({ min: 0, max: 14 }),
      fc.constantFrom('other' as const, 'referral' as const, 'emergency' as const),
      fc.integer({ min: 0, max: 80 }),
      (code, at, months, visit, age) => {
        const schemes = theSchemes();
        const held = policy(migrant, { startsOn: addMonths(on, -months), expiresOn: addMonths(on, 12 - months) });
        const who = { ...member, birthDate: addMonths(on, -12 * age - 1) };
        const answer = ask({ code, facility: at, visit, member: who, policies: [held] }).scheme!;
        const entry = schemes.find(({ id }) => id === migrant)!.catalogue.find((each) => each.code === code)!;
        const result = adjudicate({
          claim: {
            claimId: 'c9',
            claimNumber: 'C-9',
            schemeId: migrant,
            provider: `TH:${at.id}`,
            providerLevel: at.level,
            memberId: 'm1',
            visit,
            care: entry.care === 'in-patient' ? 'in-patient' : 'out-patient',
            from: on,
            to: entry.care === 'in-patient' ? addDays(on, 1) : on,
            claimedOn: addDays(on, 20),
            diagnoses: ['A09'],
            currency: 'THB',
            lines: [
              { line: 1, kind: entry.kind, code, quantity: '1', unitPrice: answer.price ?? money(500_00, 'THB') },
            ],
            referralFrom: 'somebody',
            preauthorisation: 'somewhere',
          },
          schemes,
          member: who,
          policies: [held],
          history: [],
          facility: at,
        });
        expect([code, answer.reason]).toEqual([code, result.lines[0]!.reason]);
        if (answer.pays && answer.price) {
          expect(answer.schemePays!.minor).toBe(result.paidMinor);
          expect(answer.schemePays!.minor + answer.memberPays!.minor).toBe(answer.price.minor);
        }
      },
    ),
    { numRuns: 400 },
  );
});
