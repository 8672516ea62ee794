import { randomUUID } from 'node:crypto';
import type { CoverDatabase } from '@serai/domains/cover/cover.tables.ts';
import { accountOf } from '@serai/domains/cover/fund/accounts.ts';
import { accountBalances, trialBalance } from '@serai/store/ledger/ledger.ts';
import { sql } from 'kysely';
import { expect } from 'vitest';
import type { TestNode } from './corridor.ts';

/** What tests of claims share: an insured person, a claim, and the proof that sub-ledger and ledger agree. */

export const scheme = 'sch:th:migrant-health-insurance';

export function dayBefore(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}

/** A member covered for a year that began a while ago, everything paid. */
export async function insured(
  node: TestNode,
  of: {
    readonly personId?: string;
    readonly since?: string;
    readonly sex?: 'female' | 'male';
    readonly policyId?: string;
    readonly schemeId?: string;
  } = {},
): Promise<{ memberId: string; memberNumber: string; policyId: string }> {
  const db = node.node.database as unknown as CoverDatabase;
  const memberId = randomUUID();
  const memberNumber = `M-${memberId.slice(0, 8)}`;
  const since = of.since ?? dayBefore(200);
  const until = new Date(Date.parse(since) + 364 * 86_400_000).toISOString().slice(0, 10);
  await db
    .insertInto('cover_member')
    .values({
      member_id: memberId,
      member_number: memberNumber,
      person_id: of.personId ?? null,
      name: 'Aye Aye',
      name_key: 'aye aye',
      group_id: null,
      group_reference: null,
      birth_date: '1990-05-05',
      birth_precision: 'day',
      sex: of.sex ?? 'female',
      entitlement: 'migrant-worker',
      residence: 'TH',
      phone: null,
      wage_minor: null,
      enrolled_by: null,
      created: new Date(),
    } as never)
    .execute();
  const policyId = of.policyId ?? randomUUID();
  if (!of.policyId) {
    await sql`insert into cover_policy (policy_id, policy_number, scheme_id, scheme_version, stage, enrolled_on, starts_on,
      effective_on, expires_on, premium_minor, currency, channel, created)
      values (${policyId}, ${`P-${policyId.slice(0, 8)}`}, ${of.schemeId ?? scheme}, ${of.schemeId ? 1 : 3}, 'new', ${since}, ${since}, ${since}, ${until},
      160000, 'THB', 'desk', now())`.execute(db);
  }
  await sql`insert into cover_policy_member (policy_id, member_id, scheme_id, relation, covered_from, covered_to, continuous_since)
    values (${policyId}, ${memberId}, ${of.schemeId ?? scheme}, 'holder', ${since}, ${until}, ${since})`.execute(db);
  return { memberId, memberNumber, policyId };
}

export interface ClaimBody {
  requestId: string;
  [field: string]: unknown;
}

/** A claim for one consultation and a medicine, of today. */
export function claimBody(memberNumber: string, changes: Record<string, unknown> = {}): ClaimBody {
  return {
    requestId: randomUUID(),
    memberNumber,
    claimNumber: `C-${randomUUID().slice(0, 8)}`,
    care: 'out-patient',
    from: dayBefore(3),
    to: dayBefore(3),
    diagnoses: ['J06.9'],
    lines: [
      { kind: 'service', code: 'CON-GENERAL', quantity: '1', unitPrice: '70.00' },
      { kind: 'item', code: 'MED-PARACETAMOL', quantity: '2', unitPrice: '10.00' },
    ],
    ...changes,
  };
}

export const payment = { 'x-purpose-of-use': 'HPAYMT' };
export const cover = { 'x-purpose-of-use': 'COVERAGE' };

/** The sub-ledger of claims is the ledger's outstanding and payable, to the minor unit; and the books balance. */
export async function expectReconciled(node: TestNode): Promise<void> {
  const db = node.node.database as unknown as CoverDatabase;
  const sums = await db
    .selectFrom('cover_claim')
    .select((of) => [
      'scheme_id',
      'pays_currency',
      of.fn.sum<string>('outstanding_minor').as('outstanding'),
      sql<string>`sum(payable_minor - settled_minor)`.as('payable'),
    ])
    .groupBy(['scheme_id', 'pays_currency'])
    .execute();
  const balances = await accountBalances(db, { prefix: 'fund:' });
  const balance = (schemeId: string, code: string, currency: string) => {
    const id = accountOf({
      schemeId,
      code: code as 'claims-payable',
      currency,
      partner: undefined,
      restrictedTo: undefined,
    }).id;
    const found = balances.find((each) => each.account === id);
    return found ? found.creditsPosted - found.debitsPosted : 0n;
  };
  for (const sum of sums) {
    expect([sum.scheme_id, BigInt(sum.outstanding), BigInt(sum.payable)]).toEqual([
      sum.scheme_id,
      balance(sum.scheme_id, 'outstanding-claims', sum.pays_currency),
      balance(sum.scheme_id, 'claims-payable', sum.pays_currency),
    ]);
  }
  for (const row of await trialBalance(db)) {
    expect(row.difference).toBe(0n);
  }
}
