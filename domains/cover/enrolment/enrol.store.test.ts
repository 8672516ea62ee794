import { randomUUID } from 'node:crypto';
import { money } from '@serai/kernel/base/money.ts';
import type { Result } from '@serai/kernel/base/refusal.ts';
import { accountBalances } from '@serai/store/ledger/ledger.ts';
import type { Transaction } from '@serai/store/types.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Corridor, openCorridor } from '../../../tests/corridor.ts';
import type { CoverOptions } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { theSchemes } from '../schemes/scheme.testing.ts';
import { applyCredit } from './credit.store.ts';
import { endPolicy, lapsePolicies } from './ending.store.ts';
import { type EnrolInput, enrolMembers, undoing } from './enrol.store.ts';
import { joinMember, leaveMember } from './family.store.ts';
import { readPolicies } from './members.store.ts';
import { refundCredit, reversePayment } from './money-back.store.ts';
import type { NewMember } from './new-member.store.ts';
import { takePayment } from './payments.store.ts';
import { periodsOf } from './periods.store.ts';
import { renewPolicy } from './renewal.store.ts';
import { transferPolicy } from './transfer.store.ts';

/** Enrolment on a real PostgreSQL, with the schemes of the country files, by the node's own hand. */

const scheme = 'sch:th:migrant-health-insurance';
const baht = (amount: number) => money(BigInt(Math.round(amount * 100)), 'THB');
let corridor: Corridor;
let options: CoverOptions;
let db: CoverDatabase;
let today = '2026-03-01';

beforeAll(async () => {
  corridor = await openCorridor();
  const { node } = corridor.th;
  db = node.database as unknown as CoverDatabase;
  const schemes = theSchemes().filter((each) => each.country === 'TH');
  options = {
    country: 'TH',
    self: corridor.th.url,
    database: db,
    schemes,
    ownStore: node.ownStore,
    clock: () => new Date(`${today}T05:00:00Z`),
    newId: randomUUID,
  } as unknown as CoverOptions;
});
afterAll(() => corridor.close());

const act = <T>(work: (tx: Transaction) => Promise<Result<T>>) =>
  undoing(corridor.th.node.ownStore().transaction(work));

let count = 0;
/** Nobody: a name and a birth that no other test uses, so that nobody is taken for somebody else. */
function someone(birth?: string): NewMember {
  count += 1;
  const syllables = ['Zor', 'Wimp', 'Kel', 'Dru', 'Fas', 'Gob', 'Hix', 'Jun', 'Lom', 'Pyq', 'Ruv', 'Tad'];
  const word = (n: number) => `${syllables[n % 12]}${syllables[(n * 5 + 3) % 12]!.toLowerCase()}`;
  const month = String((count % 12) + 1).padStart(2, '0');
  const day = String(((count * 11) % 27) + 2).padStart(2, '0');
  return {
    name: `${word(count)} ${word(count * 7 + 2)}`,
    birth: { kind: 'date', date: birth ?? `${1960 + ((count * 3) % 40)}-${month}-${day}` },
    sex: 'female',
    entitlement: 'contract-worker',
    residence: 'TH',
  };
}

const enrol = (over: Partial<EnrolInput> = {}) =>
  act((tx) =>
    enrolMembers(tx, options, {
      schemeId: scheme,
      on: today,
      members: [{ relation: 'holder', newMember: someone() }],
      channel: 'desk',
      by: 'Practitioner/test',
      ...over,
    }),
  );

async function enrolled(over: Partial<EnrolInput> = {}) {
  const made = await enrol(over);
  expect(made).toMatchObject({ ok: true });
  return (made as Extract<typeof made, { ok: true }>).value;
}

const pay = (policyId: string, amount: number, reference: string = randomUUID(), channel = 'cash' as const) =>
  act((tx) =>
    takePayment(tx, options, {
      channel,
      reference,
      amount: baht(amount),
      receivedOn: today,
      policyId,
      payer: 'member',
      by: 'Practitioner/test',
    }),
  );

async function policyOf(memberId: string, policyId: string) {
  const policies = await readPolicies(db, [memberId]);
  return policies.find((each) => each.policyId === policyId)!;
}

/** Balance of an account of the scheme, on its own side, in baht. */
async function balance(code: string): Promise<number> {
  const rows = await accountBalances(db, { prefix: `fund:${scheme}:${code}:` });
  return rows.reduce((sum, row) => sum + Number(row.debitsPosted - row.creditsPosted) / 100, 0);
}

async function trialBalance(): Promise<string[]> {
  const { rows } = await sql<{ currency: string }>`
    select currency from ledger_balance group by currency having sum(debits_posted) <> sum(credits_posted)`.execute(db);
  return rows.map((row) => row.currency);
}

describe('enrolment', () => {
  test('a worker without any document is enrolled, owes, pays and is covered', async () => {
    const before = { cash: await balance('cash'), owed: await balance('contributions-receivable') };
    const { policyId, memberIds } = await enrolled();
    const idle = await policyOf(memberIds[0]!, policyId);
    expect(idle.effectiveOn).toBeUndefined();
    const owed = Number(idle.premium.minor) / 100;
    expect(owed).toBeGreaterThan(0);
    expect(await balance('contributions-receivable')).toBeCloseTo(before.owed + owed, 2);
    const paid = await pay(policyId, owed);
    expect(paid).toMatchObject({ ok: true, value: { credit: { minor: 0n }, activated: [policyId] } });
    const active = await policyOf(memberIds[0]!, policyId);
    expect(active.effectiveOn).toBe(today);
    expect(active.members[0]!.continuousSince).toBe(today);
    expect(await balance('cash')).toBeCloseTo(before.cash + owed, 2);
    expect(await balance('contributions-receivable')).toBeCloseTo(before.owed, 2);
    expect(await trialBalance()).toEqual([]);
  });

  test('the same member is not covered twice on one day, by two at once either', async () => {
    const { memberIds } = await enrolled();
    const members = [{ relation: 'holder' as const, memberId: memberIds[0]! }];
    expect(await enrol({ members })).toMatchObject({ ok: false, code: 'enrolment.overlap' });
    const owed = await balance('contributions-receivable');
    const other = await enrolled();
    await act((tx) =>
      endPolicy(tx, options, { policyId: other.policyId, lastDay: '2026-02-28', because: 'mistake', by: 'x' }),
    );
    const again = [{ relation: 'holder' as const, memberId: other.memberIds[0]! }];
    const two = await Promise.all([enrol({ members: again }), enrol({ members: again })]);
    expect(two.filter((each) => each.ok)).toHaveLength(1);
    expect(two.find((each) => !each.ok)).toMatchObject({ code: 'enrolment.overlap' });
    expect(await balance('contributions-receivable')).toBeGreaterThan(owed);
    expect(await trialBalance()).toEqual([]);
  });

  test('someone very like a member is not made a second time unseen', async () => {
    const person = someone();
    const first = await enrolled({ members: [{ relation: 'holder', newMember: person }] });
    const again = await enrol({ members: [{ relation: 'holder', newMember: person }] });
    expect(again).toMatchObject({ ok: false, code: 'enrolment.duplicate-unseen', details: { candidates: 1 } });
    const seen = await enrol({
      members: [{ relation: 'holder', newMember: { ...person, notDuplicatesOf: [first.memberIds[0]!] } }],
    });
    expect(seen).toMatchObject({ ok: true });
  });

  test.each([
    ['a day to come', { on: '2026-04-01' }, 'enrolment.day-invalid'],
    [
      'a birth to come',
      { members: [{ relation: 'holder', newMember: someone('2027-01-01') }] },
      'enrolment.birth-invalid',
    ],
    [
      'a birth in 1850',
      { members: [{ relation: 'holder', newMember: someone('1850-01-01') }] },
      'enrolment.birth-invalid',
    ],
    ['no holder', { members: [{ relation: 'child', newMember: someone('2020-01-01') }] }, 'schemes.no-holder'],
    ['a scheme there is not', { schemeId: 'sch:th:none' }, 'schemes.unknown'],
    ['a group there is not', { groupId: 'none' }, 'enrolment.unknown-group'],
    ['a start before', { startsOn: '2026-02-01' }, 'policy.starts-before-enrolment'],
    [
      'a payment in kyat',
      { payment: { channel: 'cash', reference: 'k', amount: money(1n, 'MMK') } },
      'enrolment.wrong-currency',
    ],
    [
      'a payment below zero',
      { payment: { channel: 'cash', reference: 'n', amount: baht(-5) } },
      'enrolment.amount-invalid',
    ],
    [
      'a person there is not',
      { members: [{ relation: 'holder', newMember: { ...someone(), personId: 'nobody' } }] },
      'enrolment.unknown-person',
    ],
  ] as [string, Partial<EnrolInput>, string][])('%s is refused, and nothing is posted', async (_, over, code) => {
    const before = await counts();
    expect(await enrol(over)).toMatchObject({ ok: false, code });
    expect(await counts()).toEqual(before);
  });

  async function counts() {
    const { rows } = await sql<Record<string, string>>`
      select (select count(*) from cover_member) as members, (select count(*) from cover_policy) as policies,
             (select count(*) from cover_payment) as payments, (select count(*) from ledger_transfer) as transfers`.execute(
      db,
    );
    return rows[0];
  }
});

describe('payments', () => {
  test('the same channel and reference is taken once, in part, and over', async () => {
    const { policyId, memberIds } = await enrolled();
    const owed = Number((await policyOf(memberIds[0]!, policyId)).premium.minor) / 100;
    const reference = randomUUID();
    expect(await pay(policyId, 100, reference)).toMatchObject({ ok: true, value: { activated: [] } });
    expect(await pay(policyId, 100, reference)).toMatchObject({ ok: false, code: 'enrolment.payment-taken' });
    const over = await pay(policyId, owed);
    expect(over).toMatchObject({ ok: true, value: { credit: { minor: 10_000n }, activated: [policyId] } });
    const paymentId = (over as { value: { paymentId: string } }).value.paymentId;
    const cash = await balance('cash');
    const refund = (amount: number) =>
      act((tx) => refundCredit(tx, options, { paymentId, amount: baht(amount), because: 'over', by: 'x' }));
    expect(await refund(100.01)).toMatchObject({ ok: false, code: 'enrolment.amount-invalid' });
    expect(await refund(100)).toMatchObject({ ok: true });
    expect(await refund(0.01)).toMatchObject({ ok: false, code: 'enrolment.amount-invalid' });
    expect(await balance('cash')).toBeCloseTo(cash - 100, 2);
    expect(await trialBalance()).toEqual([]);
  });

  test('a payment that bounced is reversed by its opposite, once', async () => {
    const receivable = await balance('contributions-receivable');
    const { policyId, memberIds } = await enrolled();
    const owed = Number((await policyOf(memberIds[0]!, policyId)).premium.minor) / 100;
    const paid = await pay(policyId, owed);
    const { paymentId } = (paid as { value: { paymentId: string } }).value;
    const reverse = () => act((tx) => reversePayment(tx, options, { paymentId, because: 'bounced', by: 'x' }));
    expect(await reverse()).toMatchObject({ ok: true });
    expect(await reverse()).toMatchObject({ ok: false, code: 'enrolment.already-reversed' });
    const policy = await policyOf(memberIds[0]!, policyId);
    expect(policy.instalments[0]!.paid.minor).toBe(0n);
    expect(await balance('contributions-receivable')).toBeCloseTo(receivable + owed, 2);
    expect(await trialBalance()).toEqual([]);
  });
});

describe('the life of a policy', () => {
  test('renewed early it follows on, keeps waiting periods, and is renewed once', async () => {
    today = '2026-03-01';
    const { policyId, memberIds } = await enrolled();
    const first = await policyOf(memberIds[0]!, policyId);
    await pay(policyId, Number(first.premium.minor) / 100);
    const renew = () => act((tx) => renewPolicy(tx, options, { policyId, on: today, by: 'x', channel: 'desk' }));
    expect(await renew()).toMatchObject({ ok: false, code: 'enrolment.not-renewable' });
    today = '2027-02-10';
    const renewed = await renew();
    expect(renewed).toMatchObject({ ok: true });
    const next = (renewed as { value: { policyId: string } }).value.policyId;
    expect(await renew()).toMatchObject({ ok: false, code: 'enrolment.already-renewed' });
    const second = await policyOf(memberIds[0]!, next);
    expect(second.startsOn).toBe('2027-03-01');
    expect(second.stage).toBe('renewal');
    await pay(next, Number(second.premium.minor) / 100);
    expect((await policyOf(memberIds[0]!, next)).members[0]!.continuousSince).toBe('2026-03-01');
    const periods = await periodsOf(db, memberIds[0]!);
    expect(periods.schemes).toEqual([
      { schemeId: scheme, from: '2026-03-01', to: '2028-02-29', days: 731, months: 24 },
    ]);
    today = '2026-03-01';
  });

  test('ended early, what was paid for the days after is given back; cover ends with its last day', async () => {
    today = '2026-03-01';
    const { policyId, memberIds } = await enrolled();
    const { premium } = await policyOf(memberIds[0]!, policyId);
    const paid = await pay(policyId, Number(premium.minor) / 100);
    const { paymentId } = (paid as { value: { paymentId: string } }).value;
    today = '2026-05-12';
    const ended = await act((tx) =>
      endPolicy(tx, options, { policyId, lastDay: '2026-05-12', because: 'asked', by: 'x' }),
    );
    // 73 of 365 days used; 292 are given back.
    const back = (premium.minor * 292n + 182n) / 365n;
    expect(ended).toMatchObject({ ok: true, value: { notOwed: { minor: back }, credit: { minor: back } } });
    expect(
      await act((tx) =>
        refundCredit(tx, options, { paymentId, amount: money(back, 'THB'), because: 'ended', by: 'x' }),
      ),
    ).toMatchObject({ ok: true });
    const policy = await policyOf(memberIds[0]!, policyId);
    expect(policy).toMatchObject({ endedOn: '2026-05-13', premium: { minor: premium.minor - back } });
    expect(policy.members[0]!.to).toBe('2026-05-12');
    expect(await trialBalance()).toEqual([]);
    today = '2026-03-01';
  });

  test('a newborn joins, a child leaves, the holder goes to another employer and keeps waiting periods', async () => {
    today = '2026-03-01';
    await db
      .insertInto('cover_group')
      .values([
        { group_id: 'g1', kind: 'employer', name: 'One', country: 'TH', industry: null, created: new Date() },
        { group_id: 'g2', kind: 'employer', name: 'Two', country: 'TH', industry: null, created: new Date() },
      ])
      .execute();
    const { policyId, memberIds } = await enrolled({ groupId: 'g1' });
    await pay(policyId, Number((await policyOf(memberIds[0]!, policyId)).premium.minor) / 100);
    today = '2026-04-02';
    const joined = await act((tx) =>
      joinMember(tx, options, {
        policyId,
        on: today,
        relation: 'child',
        newMember: someone('2026-04-01'),
        by: 'x',
      }),
    );
    expect(joined).toMatchObject({ ok: true });
    const child = (joined as { value: { memberId: string } }).value.memberId;
    expect((await policyOf(child, policyId)).members.find((each) => each.memberId === child)).toMatchObject({
      from: '2026-04-02',
      continuousSince: '2026-04-02',
    });
    expect(
      await act((tx) => leaveMember(tx, options, { policyId, memberId: child, lastDay: '2026-04-30', by: 'x' })),
    ).toMatchObject({ ok: true });
    today = '2026-06-01';
    const moved = await act((tx) =>
      transferPolicy(tx, options, { policyId, on: today, groupId: 'g2', by: 'x', channel: 'desk' }),
    );
    expect(moved).toMatchObject({ ok: true });
    const next = await policyOf(memberIds[0]!, (moved as { value: { policyId: string } }).value.policyId);
    expect(next).toMatchObject({ groupId: 'g2', startsOn: '2026-06-01' });
    expect(next.members).toHaveLength(1);
    expect(next.members[0]!.continuousSince).toBe('2026-03-01');
    expect((await policyOf(memberIds[0]!, policyId)).endedOn).toBe('2026-06-01');
    expect(await trialBalance()).toEqual([]);
    today = '2026-03-01';
  });

  test('one that is never paid lapses, and owes nothing', async () => {
    today = '2026-03-01';
    const { policyId, memberIds } = await enrolled();
    today = '2026-12-01';
    const lapsed: string[] = [];
    await act(async (tx) => {
      lapsed.push(...(await lapsePolicies(tx, options, [policyId], today, 'x')));
      return { ok: true, value: undefined };
    });
    expect(lapsed).toEqual([policyId]);
    const policy = await policyOf(memberIds[0]!, policyId);
    expect(policy).toMatchObject({ endedBecause: 'never-paid', premium: { minor: 0n } });
    today = '2026-03-01';
  });

  test('credit of one policy pays another of the same scheme', async () => {
    today = '2026-03-01';
    const a = await enrolled();
    const b = await enrolled();
    const owed = Number((await policyOf(a.memberIds[0]!, a.policyId)).premium.minor) / 100;
    const paid = await pay(a.policyId, owed * 2);
    const { paymentId } = (paid as { value: { paymentId: string } }).value;
    const used = await act((tx) => applyCredit(tx, options, { paymentId, policyId: b.policyId, by: 'x' }));
    expect(used).toMatchObject({ ok: true, value: { used: baht(owed) } });
    expect((await policyOf(b.memberIds[0]!, b.policyId)).effectiveOn).toBe('2026-03-01');
  });
});
