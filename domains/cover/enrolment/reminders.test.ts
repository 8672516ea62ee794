import { addDays } from '@serai/kernel/base/days.ts';
import { money } from '@serai/kernel/base/money.ts';
import { languages } from '@serai/kernel/i18n/i18n.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { theSchemes } from '../schemes/scheme.testing.ts';
import type { PolicyInFull } from './members.store.ts';
import { reminderMessages } from './reminder.messages.ts';
import { textOf } from './reminders.store.ts';
import { reminderKinds, reminderOf } from './reminders.ts';

/** What is said when, and that nothing else is said. */

const scheme = theSchemes().findLast((each) => each.id === 'sch:th:migrant-health-insurance')!;
const baht = (amount: number) => money(BigInt(amount) * 100n, 'THB');
const policy = (over: Partial<PolicyInFull> = {}, paid = 100): PolicyInFull => ({
  policyId: 'p',
  policyNumber: 'P-0000001-8',
  schemeId: scheme.id,
  schemeVersion: scheme.version,
  stage: 'new',
  enrolledOn: '2026-03-01',
  startsOn: '2026-03-01',
  effectiveOn: '2026-03-01',
  expiresOn: '2027-02-28',
  premium: baht(100),
  members: [],
  instalments: [
    {
      instalmentId: 'p.1',
      number: 1,
      due: '2026-03-01',
      graceUntil: '2026-03-31',
      amount: baht(100),
      paid: baht(paid),
      writtenOff: baht(0),
    },
  ],
  ...over,
});
const at = (on: string, of = policy(), renewed = false) => reminderOf(of, scheme, on, renewed);

describe('a policy that is paid', () => {
  test.each([
    ['2026-03-02', undefined],
    ['2027-01-28', undefined],
    ['2027-01-29', 'renewal-soon'],
    ['2027-02-20', 'renewal-soon'],
    ['2027-02-21', 'renewal-last'],
    ['2027-02-28', 'renewal-last'],
    ['2027-03-01', 'renewal-grace'],
    ['2027-03-30', 'renewal-grace'],
    ['2027-03-31', undefined],
  ])('on %s: %s', (on, kind) => {
    expect(at(on)?.kind).toBe(kind);
    expect(at(on, policy(), true)).toBeUndefined();
    expect(at(on, policy({ endedOn: '2026-04-01', endedBecause: 'asked' }))).toBeUndefined();
  });
});

describe('a policy that is owed for', () => {
  test.each([
    ['2026-03-01', undefined],
    ['2026-03-02', 'grace'],
    ['2026-03-27', 'grace'],
    ['2026-03-28', 'grace-last'],
    ['2026-03-31', 'grace-last'],
    ['2026-04-01', 'suspended'],
    ['2027-02-28', 'suspended'],
  ])('on %s: %s', (on, kind) => {
    const reminder = at(on, policy({}, 40));
    expect(reminder?.kind).toBe(kind);
    if (kind) {
      expect(reminder).toMatchObject({ stage: `${kind}:p.1`, day: '2026-03-31', owed: baht(60) });
    }
  });

  test('written off, nothing is said of it', () => {
    const [one] = policy({}, 40).instalments;
    expect(at('2026-04-01', policy({ instalments: [{ ...one!, writtenOff: baht(60) }] }))).toBeUndefined();
  });

  test('never in effect and over, nobody is asked to renew it', () => {
    const { effectiveOn: _, ...idle } = policy({}, 0);
    expect(at('2027-03-05', idle)).toBeUndefined();
  });
});

test('day after day, no stage comes back once another was told', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100 }), (paid) => {
      const stages: string[] = [];
      for (let on = '2026-03-01'; on < '2027-06-01'; on = addDays(on, 1)) {
        const stage = at(on, policy({}, paid))?.stage;
        if (stage !== undefined && stages.at(-1) !== stage) {
          stages.push(stage);
        }
      }
      expect(new Set(stages).size).toBe(stages.length);
      expect(stages.length).toBeLessThanOrEqual(4);
    }),
  );
});

/** Words that would tell whoever reads over a shoulder about health, insurance, origin or status. */
const telling = [
  /health|hospital|clinic|insur|medic|sick|treat|cover|migra|foreign|alien|immig|visa|passport|permit|myanmar|thai/i,
  /สุขภาพ|โรงพยาบาล|คลินิก|ประกัน|แพทย์|ป่วย|รักษา|คุ้มครอง|ต่างด้าว|ต่างชาติ|แรงงาน|เข้าเมือง|วีซ่า|พม่า|เมียนมา/u,
  /ကျန်းမာ|ဆေးရုံ|ဆေးခန်း|အာမခံ|ဆရာဝန်|ဖျား|ကုသ|အကာအကွယ်|ရွှေ့ပြောင်း|နိုင်ငံခြား|အလုပ်သမား|လူဝင်မှု|ဗီဇာ|မြန်မာ|ထိုင်း/u,
];

test.each(languages)('no text in %s tells of health or where somebody is from; none is left unfilled', (language) => {
  for (const kind of reminderKinds) {
    const text = textOf(language, 'P-0000001-8', { kind, stage: kind, day: '2026-04-01', owed: baht(1600) });
    expect(text).toContain('P-0000001-8');
    expect(text).toMatch(/2026/);
    expect(text).not.toMatch(/[{}]|undefined/);
    for (const words of telling) {
      expect(text).not.toMatch(words);
    }
    expect(reminderMessages[kind][language]).not.toBe(language === 'en' ? '' : reminderMessages[kind].en);
  }
});

test('the check of telling words can fail', () => {
  expect('Your health insurance ends').toMatch(telling[0]!);
  expect('ประกันสุขภาพ').toMatch(telling[1]!);
  expect('ကျန်းမာရေးအာမခံ').toMatch(telling[2]!);
});
