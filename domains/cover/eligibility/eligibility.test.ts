import { addDays } from '@serai/kernel/base/days.ts';
import { money } from '@serai/kernel/base/money.ts';
import { describe, expect, test } from 'vitest';
import type { PassedLine } from '../claims/adjudication.ts';
import type { Instalment } from '../cover.ts';
import type { EligibilityQuestion } from './eligibility.ts';
import {
  abroad,
  ask,
  clinic,
  farHospital,
  member,
  migrant,
  on,
  owed,
  type PolicyInFull,
  policy,
  security,
  text,
} from './testing/questions.ts';

describe('cover as such', () => {
  test('in force and in the network: yes, until when, and what is left', () => {
    const answer = ask();
    expect(answer).toMatchObject({ covered: true, basis: 'insurance', payer: { kind: 'scheme', id: migrant } });
    expect(answer.scheme).toMatchObject({
      reason: 0,
      network: 'inside',
      policy: { standing: 'active', from: '2026-01-10', until: '2027-01-09' },
      remains: { inPatientDays: 180, quantity: undefined },
    });
    expect(text(answer.scheme!.remains.ceiling.inPatient)).toBe('300000.00 THB');
    expect(text(answer.scheme!.remains.deductible.outPatient)).toBe('30.00 THB');
    expect(answer.scheme!.remains.deductible.inPatient).toBeUndefined();
  });

  test.each([
    ['over', { expiresOn: '2026-06-14' }, 3, 'expired'],
    ['on its last day', { expiresOn: '2026-06-15' }, 0, 'active'],
    ['not begun', { startsOn: '2026-06-16' }, 3, 'ready'],
    ['begun today', { startsOn: '2026-06-15' }, 0, 'active'],
    ['never paid', { effectiveOn: undefined }, 3, 'idle'],
    ['ended today', { endedOn: '2026-06-15' }, 3, 'ended'],
    ['ended tomorrow', { endedOn: '2026-06-16' }, 0, 'active'],
    ['in arrears past grace', { instalments: [owed('2026-06-14')] }, 107, 'suspended'],
    ['in arrears within grace', { instalments: [owed('2026-06-15')] }, 0, 'active'],
  ] as const)('%s', (_, more, reason, standing) => {
    const answer = ask({ policies: [policy(migrant, more as Partial<PolicyInFull>)] });
    expect(answer.covered).toBe(reason === 0);
    expect(answer.scheme).toMatchObject({ reason, policy: { standing } });
    expect(answer.basis).toBe(reason === 0 ? 'insurance' : 'self-pay');
  });

  test('nobody known, no policy: no cover, and nothing said of why', () => {
    for (const answer of [ask({ member: undefined }), ask({ policies: [] })]) {
      expect(answer).toEqual({
        on,
        covered: false,
        emergency: false,
        basis: 'self-pay',
        payer: { kind: 'person' },
        steps: [{ basis: 'self-pay', pays: true }],
        scheme: undefined,
      });
    }
  });

  test('a facility outside the network is not gone to, but in an emergency it is', () => {
    const inSecurity = { policies: [policy(security)], facility: farHospital };
    expect(ask(inSecurity)).toMatchObject({ covered: false, scheme: { reason: 104, network: 'outside' } });
    expect(ask({ ...inSecurity, visit: 'emergency' })).toMatchObject({
      covered: true,
      payer: { kind: 'scheme', id: security },
      scheme: { reason: 0, network: 'outside' },
    });
  });
});

describe('one service: what she pays', () => {
  const line = (more: Partial<EligibilityQuestion>) => {
    const { scheme, covered } = ask(more);
    return [covered, scheme!.reason, text(scheme!.price), text(scheme!.schemePays), text(scheme!.memberPays)];
  };
  test.each([
    // 80 baht, the first 30 of a visit are hers.
    [{ code: 'CON-GENERAL' }, [true, 0, '80.00 THB', '50.00 THB', '30.00 THB']],
    [{ code: 'CON-GENERAL', quantity: '2' }, [true, 0, '160.00 THB', '130.00 THB', '30.00 THB']],
    // Tuberculosis is outside deductible and ceiling.
    [{ code: 'LAB-TB-XPERT' }, [true, 0, '800.00 THB', '800.00 THB', '0.00 THB']],
    // A specialist without referral is half hers, of what is left after the 30; with one none but the 30.
    [{ code: 'CON-SPECIALIST' }, [true, 0, '250.00 THB', '110.00 THB', '140.00 THB']],
    [{ code: 'CON-SPECIALIST', visit: 'referral' }, [true, 0, '250.00 THB', '220.00 THB', '30.00 THB']],
    [{ code: 'DELIVERY-CAESAREAN' }, [true, 0, '12000.00 THB', '12000.00 THB', '0.00 THB']],
    [{ code: 'INTERPRETER-HOUR', facility: clinic }, [true, 0, '150.00 THB', '150.00 THB', '0.00 THB']],
    // Not among the benefits: all of the listed price is hers.
    [{ code: 'DIALYSIS-SESSION' }, [false, 3, '1500.00 THB', '0.00 THB', '1500.00 THB']],
    // Excluded by what it is for.
    [{ code: 'CON-GENERAL', diagnosis: 'F20.0' }, [false, 100, '80.00 THB', '0.00 THB', '80.00 THB']],
    [{ code: 'SURGERY-APPENDIX', facility: clinic }, [false, 2, undefined, undefined, undefined]],
    [{ code: 'NO-SUCH' }, [false, 1, undefined, undefined, undefined]],
    [{ code: 'CON-GENERAL', quantity: '0' }, [false, 1, '0.00 THB', '0.00 THB', '0.00 THB']],
    [{ code: 'CON-GENERAL', quantity: 'many' }, [false, 1, undefined, undefined, undefined]],
    // By diagnosis group: base rate 7,800 times 1.6.
    [{ code: 'HOSPITAL-STAY', diagnosis: 'K35.8' }, [true, 0, '12480.00 THB', '12480.00 THB', '0.00 THB']],
    [{ code: 'HOSPITAL-STAY' }, [true, 0, undefined, undefined, undefined]],
  ] as const)('%j', (question, expected) => {
    expect(line(question)).toEqual(expected);
  });

  test('a man is not told he may give birth', () => {
    expect(ask({ code: 'DELIVERY-NORMAL', member: { ...member, sex: 'male' } }).scheme).toMatchObject({ reason: 4 });
  });

  test('what must be arranged before is told, but never in an emergency', () => {
    const cataract = {
      code: 'SURGERY-CATARACT',
      facility: { ...farHospital },
      policies: [policy(migrant, { startsOn: '2025-06-16', expiresOn: '2026-06-15' })],
    };
    expect(ask(cataract).scheme).toMatchObject({ reason: 0, needs: ['referral', 'preauthorisation'] });
    expect(ask({ ...cataract, visit: 'emergency' }).scheme).toMatchObject({ needs: [] });
  });

  test('a waiting period says when it is over; the day before it counts still', () => {
    const since = (startsOn: string) =>
      ask({ code: 'SURGERY-CATARACT', facility: farHospital, policies: [policy(migrant, { startsOn })] }).scheme;
    expect(since('2025-12-16')).toMatchObject({ reason: 17, waitingUntil: '2026-06-16' });
    expect(since('2025-12-15')).toMatchObject({ reason: 0, waitingUntil: undefined });
  });
});

describe('what remains after care', () => {
  const passed = (more: Partial<PassedLine>): PassedLine => ({
    claimId: 'c1',
    line: 1,
    kind: 'service',
    code: 'CON-GENERAL',
    category: 'consultation',
    memberId: 'm1',
    policyId: `p-${migrant}`,
    care: 'out-patient',
    from: '2026-05-01',
    to: '2026-05-01',
    quantity: '1',
    deductedMinor: 0n,
    paidMinor: 0n,
    ...more,
  });

  test('the ceiling is what was paid less, in its own setting', () => {
    const { scheme } = ask({
      history: [passed({ paidMinor: 29_990_00n }), passed({ claimId: 'c2', paidMinor: 1_00n, code: 'ARV-MONTH' })],
    });
    expect(text(scheme!.remains.ceiling.outPatient)).toBe('10.00 THB');
    expect(text(scheme!.remains.ceiling.inPatient)).toBe('300000.00 THB');
  });

  test('a visit that passes the ceiling is paid up to it; when it is full, all is hers', () => {
    const at = (paidMinor: bigint) => ask({ code: 'CON-GENERAL', history: [passed({ paidMinor })] }).scheme!;
    expect([text(at(29_990_00n).schemePays), at(29_990_00n).reason]).toEqual(['10.00 THB', 0]);
    expect(at(30_000_00n).pays).toBe(false);
    expect(text(at(30_000_00n).memberPays)).toBe('80.00 THB');
  });

  test('quantities and in-patient days count down', () => {
    const history = [
      passed({ code: 'HOSPITAL-DAY', care: 'in-patient', from: '2026-03-01', to: '2026-03-11', quantity: '10' }),
    ];
    const { remains } = ask({ code: 'HOSPITAL-DAY', history }).scheme!;
    expect(remains).toMatchObject({ quantity: '170', inPatientDays: 170 });
    const halves = [passed({ code: 'INTERPRETER-HOUR', quantity: '2.5' })];
    expect(ask({ code: 'INTERPRETER-HOUR', history: halves }).scheme!.remains.quantity).toBe('17.5');
  });

  test('one delivery a policy', () => {
    const history = [passed({ code: 'DELIVERY-NORMAL', category: 'delivery', from: '2026-01-15', to: '2026-01-15' })];
    expect(ask({ code: 'DELIVERY-NORMAL', history }).scheme).toMatchObject({ reason: 16, remains: { quantity: '0' } });
  });

  test('what others of the family used counts for what is of the policy, and not for what is hers', () => {
    const others = [passed({ memberId: 'm2', code: 'DELIVERY-NORMAL', paidMinor: 1000_00n })];
    expect(ask({ code: 'DELIVERY-NORMAL', history: others }).scheme).toMatchObject({
      reason: 0,
      remains: { quantity: '1' },
    });
  });
});

describe('qualifying periods, also from abroad', () => {
  const begun = (startsOn: string) => ({
    code: 'CON-GENERAL',
    policies: [policy(security, { startsOn, expiresOn: '2027-03-31', instalments: paidMonths(startsOn) })],
  });
  /** A payroll's contribution for each month from a day on until May, but for those named. */
  const paidMonths = (startsOn: string, unpaid: readonly string[] = []): Instalment[] =>
    ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05']
      .filter((month) => month >= startsOn.slice(0, 7))
      .map((month, i) => ({
        ...owed(addDays(`${month}-28`, 200)),
        instalmentId: month,
        number: i + 1,
        coversFrom: `${month}-01`,
        coversTo: `${month}-28`,
        paid: money(unpaid.includes(month) ? 0 : 100, 'THB'),
      }));

  test('months that went by without a contribution do not count', () => {
    const months = (instalments: readonly Instalment[]) =>
      ask({
        code: 'CON-GENERAL',
        policies: [policy(security, { startsOn: '2026-01-01', expiresOn: '2027-03-31', instalments })],
      }).scheme;
    expect(months(paidMonths('2026-01-01', ['2026-02', '2026-03', '2026-05']))).toMatchObject({
      reason: 110,
      qualifying: { months: 2 },
    });
    expect(months(paidMonths('2026-01-01', ['2026-02', '2026-05']))).toMatchObject({
      reason: 0,
      qualifying: { months: 3 },
    });
    // Five months of employment, and no payroll ever came.
    expect(months([])).toMatchObject({ reason: 110, qualifying: { months: 0 } });
  });

  test('two months of contributions are not three', () => {
    expect(ask(begun('2026-04-01')).scheme).toMatchObject({
      reason: 110,
      qualifying: { months: 2, needed: 3, within: 15, monthsAbroad: 0 },
    });
    expect(ask(begun('2026-03-01')).scheme).toMatchObject({ reason: 0, qualifying: { months: 3 } });
  });

  test('a month certified from abroad makes them three; the same month does not count twice', () => {
    const certificate = (from: string, to: string) => [{ country: 'MM', schemeId: abroad, from, to }];
    const with_ = (from: string, to: string) =>
      ask({ ...begun('2026-04-01'), periodsAbroad: certificate(from, to) }).scheme;
    expect(with_('2025-11-03', '2025-11-20')).toMatchObject({ reason: 0, qualifying: { months: 3, monthsAbroad: 1 } });
    expect(with_('2026-04-01', '2026-05-31')).toMatchObject({
      reason: 110,
      qualifying: { months: 2, monthsAbroad: 0 },
    });
    // Before the fifteen months, this month, and the wrong way about: nothing.
    expect(with_('2025-01-01', '2025-02-28')).toMatchObject({ reason: 110 });
    expect(with_('2026-06-01', '2026-06-30')).toMatchObject({ reason: 110 });
    expect(with_('2026-02-01', '2026-01-01')).toMatchObject({ reason: 110 });
  });

  test('periods abroad are no cover', () => {
    const periodsAbroad = [{ country: 'MM', schemeId: abroad, from: '2025-01-01', to: '2027-01-01' }];
    expect(ask({ policies: [policy(security, { expiresOn: '2026-05-31' })], periodsAbroad }).scheme).toMatchObject({
      reason: 3,
    });
  });

  test('maternity needs five months where sickness needs three', () => {
    expect(ask({ ...begun('2026-03-01'), code: 'ANC-VISIT' }).scheme).toMatchObject({
      reason: 110,
      qualifying: { months: 3, needed: 5 },
    });
    expect(ask({ ...begun('2026-01-01'), code: 'ANC-VISIT' }).scheme).toMatchObject({ reason: 0 });
  });
});
