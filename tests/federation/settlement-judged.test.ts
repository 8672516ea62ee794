import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { ask, claim, corridor, day, exchange, get, insured, openWorld, post, tables } from './settlement.world.ts';

openWorld();

/** Asks, claims, sends; answers the claim as the home fund sees it. */
async function claimed(person: Awaited<ReturnType<typeof insured>>, over: Record<string, unknown>) {
  const visit = (over.visit ?? 'other') as string;
  const { json } = await ask(corridor.th, person, { visit, ...(over.from !== undefined && { careOn: over.from }) });
  expect(json).toMatchObject({ covered: true });
  const entered = await claim(corridor.th, json.requestId, { visit, ...over });
  expect(entered.status).toBe(201);
  await post(corridor.th, 'claims-officer', '/send', { partner: 'MM' });
  await exchange();
  return entered.json.claimId as string;
}

const seen = async (node: typeof corridor.th, claimId: string) =>
  (await get(node, 'claims-officer', `/claims/${claimId}`)).json;

async function decided(claimId: string): Promise<void> {
  const done = await post(corridor.mm, 'claims-officer', '/decide', { partner: 'TH', claimIds: [claimId] });
  expect(done.status).toBe(200);
  await exchange();
}

const nights = (from: string, to: string, quantity: string) => ({
  ...{ care: 'in-patient', from, to },
  lines: [{ code: 'WARD-DAY', quantity, unitPrice: '1200.00' }],
});

describe('the fund at home judges by its own scheme', () => {
  test('an exclusion falls, with its number and rule, and the country of care is told', async () => {
    const person = await insured(corridor.mm);
    const claimId = await claimed(person, { diagnoses: ['F10.2'] });
    await decided(claimId);
    for (const node of [corridor.mm, corridor.th]) {
      const { lines, providerName } = await seen(node, claimId);
      expect(lines[0]).toMatchObject({
        state: 'disputed',
        reason: 'scheme',
        judged: {
          ...{ reason: 100, allowed: { amount: '300.00' }, adjusted: { amount: '270.00' }, paid: { amount: '0.00' } },
          rule: expect.stringMatching(/^exclusions\[\d+\]/),
        },
      });
      // The facility is named by its country; its code alone says nothing to the fund abroad.
      expect(providerName).toMatch(/Mae Sot/);
    }
  });

  test('a waiting period of the scheme, though the agreement has none', async () => {
    const person = await insured(corridor.mm);
    await tables(corridor.mm)
      .updateTable('cover_policy_member')
      .set({ continuous_since: '2026-05-01' })
      .where('member_id', '=', person.memberId)
      .execute();
    const claimId = await claimed(person, {
      visit: 'emergency',
      care: 'in-patient',
      ...{ from: '2026-05-09', to: '2026-05-10', diagnoses: ['O80'] },
      lines: [{ code: 'DELIVERY', quantity: '1', unitPrice: '4500.00' }],
    });
    await decided(claimId);
    expect((await seen(corridor.th, claimId)).lines[0].judged).toMatchObject({
      reason: 17,
      rule: expect.stringMatching(/waitingMonths\.adult$/),
    });
  });

  test('a waiting period goes on counting from cover in the other country, once it is certified', async () => {
    const there = await insured(corridor.th);
    const person = await insured(corridor.mm);
    await tables(corridor.mm)
      .updateTable('cover_policy_member')
      .set({ continuous_since: '2026-05-01' })
      .where('member_id', '=', person.memberId)
      .execute();
    const began = '2025-07-01';
    await tables(corridor.th)
      .updateTable('cover_policy_member')
      .set({ covered_from: began, continuous_since: began })
      .where('member_id', '=', there.memberId)
      .execute();
    await tables(corridor.th)
      .updateTable('cover_policy')
      .set({ enrolled_on: began, starts_on: began, effective_on: began })
      .where('policy_id', 'in', (of) =>
        of.selectFrom('cover_policy_member').select('policy_id').where('member_id', '=', there.memberId),
      )
      .execute();
    const birth = {
      ...{ visit: 'emergency', care: 'in-patient', from: '2026-05-09', to: '2026-05-10', diagnoses: ['O80'] },
      lines: [{ code: 'DELIVERY', quantity: '1', unitPrice: '4500.00' }],
    };
    const before = await claimed(person, birth);
    await decided(before);
    expect((await seen(corridor.th, before)).lines[0].judged).toMatchObject({ reason: 17 });

    const certified = await post(corridor.th, 'enrolment-officer', '/certificates', {
      ...{ memberId: there.memberId, partner: 'MM' },
    });
    const recorded = await post(corridor.mm, 'enrolment-officer', '/certificates/record', {
      ...{ memberId: person.memberId, card: there.card, ...certified.json },
    });
    expect(recorded.status).toBe(200);
    const after = await claimed(person, birth);
    const [line] = (await seen(corridor.mm, after)).lines;
    expect(line.proposed.state).not.toBe('disputed');
    expect(line.judged.reason).toBe(0);
  });

  test('a ceiling is one, wherever the care is given: abroad, at home, and abroad again', async () => {
    const person = await insured(corridor.mm);
    // 6,000,000 kyat a person for in-patient care, of which 5,500,000 were paid at home.
    await paidAtHome(person.memberId, 5_500_000_00n);
    const first = await claimed(person, nights('2026-05-05', '2026-05-10', '5'));
    await decided(first);
    // 5 × 1,200 THB are 359,095 kyat, less the 20,000 deductible, of which 80 of a hundred are 271,276: still below.
    const [within] = (await seen(corridor.th, first)).lines;
    expect(within).toMatchObject({ state: 'adjusted', judged: { reason: 0 } });
    expect(Number(within.amount.amount)).toBeCloseTo(4532.67, 0);

    await day('2026-05-20');
    const second = await claimed(person, nights('2026-05-15', '2026-05-20', '5'));
    await decided(second);
    // 228,724 kyat are left of the ceiling: no more is paid, and the rule says why.
    const [reaching] = (await seen(corridor.th, second)).lines;
    expect(reaching).toMatchObject({
      state: 'adjusted',
      judged: { reason: 0, rule: expect.stringContaining('ceiling') },
    });
    expect(Number(reaching.amount.amount)).toBeCloseTo(3821.65, 0);

    await day('2026-05-30');
    const third = await claimed(person, nights('2026-05-25', '2026-05-30', '5'));
    await decided(third);
    const [beyond] = (await seen(corridor.th, third)).lines;
    expect(beyond).toMatchObject({ state: 'adjusted', amount: { amount: '0.00' }, judged: { reason: 108 } });

    // And the other way: at home nothing is left of it either.
    expect(await leftAtHome(person.memberId)).toBe('0.00');
    // A line that is withdrawn after all gives back what it had used.
    const { rows } = await sql<{ paid: string }>`
      select sum(paid_minor)::text as paid from (
        select distinct on (claim_id, line) * from settlement_usage where member_id = ${person.memberId}
        order by claim_id, line, turn desc) last where counts`.execute(tables(corridor.mm));
    expect(BigInt(rows[0]!.paid)).toBe(500_000_00n);
  });

  test('without a rate nothing is judged, and nothing refused: it waits until one is known', async () => {
    await day('2026-06-10');
    const person = await insured(corridor.mm);
    const kept = await tables(corridor.mm).selectFrom('settlement_rate').selectAll().execute();
    await tables(corridor.mm).deleteFrom('settlement_rate').execute();
    const claimId = await claimed(person, {});
    expect((await seen(corridor.mm, claimId)).lines.every((line: any) => !line.proposed)).toBe(true);
    const done = await post(corridor.mm, 'claims-officer', '/decide', { partner: 'TH', claimIds: [claimId] });
    expect(done.json).toEqual({ moved: 0 });
    await tables(corridor.mm).insertInto('settlement_rate').values(kept).execute();
    await decided(claimId);
    expect((await seen(corridor.th, claimId)).lines.map((line: any) => line.state)).toEqual(Array(3).fill('adjusted'));
  });
});

/** Care at home that was judged and passed: as a claim of the fund's own country leaves it. */
async function paidAtHome(memberId: string, paidMinor: bigint): Promise<void> {
  const db = tables(corridor.mm);
  const { policy_id: policyId } = await db
    .selectFrom('cover_policy_member')
    .select('policy_id')
    .where('member_id', '=', memberId)
    .executeTakeFirstOrThrow();
  const claimId = randomUUID();
  await sql`insert into cover_claim (claim_id, claim_number, scheme_id, provider, provider_level, member_id, policy_id, visit, care,
      care_from, care_to, claimed_on, diagnoses, status, currency, pays_currency, claimed_minor, entered_by, source, entered)
    values (${claimId}, ${claimId}, 'sch:mm:workers-abroad', 'MM:myawaddy-hospital', 'district', ${memberId}, ${policyId}, 'other',
      'in-patient', '2026-04-01', '2026-04-10', '2026-04-10', '{S72}', 'valuated', 'MMK', 'MMK', ${paidMinor.toString()}::bigint,
      'test', 'console', now())`.execute(db);
  await sql`insert into cover_claim_line (claim_id, line, kind, code, quantity, unit_price_minor, claimed_minor)
    values (${claimId}, 1, 'service', 'HOSPITAL-DAY', '9', 1, ${paidMinor.toString()}::bigint)`.execute(db);
  const result = {
    ...{ policyId, category: 'hospitalisation', reason: 0 },
    lines: [{ line: 1, reason: 0, quantity: '9', deductedMinor: '0', paidMinor: paidMinor.toString() }],
  };
  await sql`insert into cover_adjudication (claim_id, run, at, input_digest, result)
    values (${claimId}, 1, now(), 'test', ${JSON.stringify(result)})`.execute(db);
}

/** What a desk at home is told is left of the ceiling for in-patient care. */
async function leftAtHome(memberId: string): Promise<string> {
  const asked = await corridor.mm.call(
    await corridor.mm.token('claims-officer'),
    'POST',
    '/api/cover/eligibility',
    { memberNumber: `M-${memberId.slice(0, 8)}` },
    { 'x-purpose-of-use': 'COVERAGE' },
  );
  return asked.json.scheme.remains.ceiling.inPatient.amount;
}
