import { randomUUID } from 'node:crypto';
import { money } from '@serai/kernel/base/money.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Called, type Corridor, openCorridor, type TestNode } from '../../../tests/corridor.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { JobRunner } from '../jobs/jobs.store.ts';
import type { ControlRow } from './api.ts';
import { earnJob } from './earning.store.ts';
import { type FundEvent, postEvents } from './postings.ts';

/** What nobody may do to the books: spend a purpose, unearn a month, post the wrong currency, hide a satang. */

const schemeId = 'sch:th:migrant-health-insurance';
const otherScheme = 'sch:th:social-security-33';
const today = new Date().toISOString().slice(0, 10);
let corridor: Corridor;
let th: TestNode;
let manager: string;
let actuary: string;
let db: CoverDatabase;

beforeAll(async () => {
  corridor = await openCorridor();
  th = corridor.th;
  manager = await th.token('fund-manager');
  actuary = await th.token('actuary');
  db = th.node.database as unknown as CoverDatabase;
});
afterAll(() => corridor.close());

const payment = { 'x-purpose-of-use': 'HPAYMT' };
const post = (path: string, body: object, token = manager): Promise<Called> =>
  th.call(token, 'POST', `/api/cover/fund/${path}`, { requestId: randomUUID(), ...body }, payment);
const get = (path: string): Promise<Called> => th.call(manager, 'GET', `/api/cover/fund/${path}`, undefined, payment);
const thb = (amount: string) => ({ amount, currency: 'THB' });
const postAll = (events: readonly FundEvent[]) =>
  th.node.ownStore().transaction((tx) => postEvents(tx, events, new Date()));

describe('money given for a purpose', () => {
  const entry = (debit: object, credit: object, amount = '10.00') =>
    post('entries', { schemeId, debit, credit, amount: thb(amount), day: today, reference: 'Paper 1' });
  const given = { code: 'cash', restrictedTo: 'tb' };

  test('is spent on it, and becomes nothing else', async () => {
    const subsidy = { by: 'donor', amount: thb('100.00'), restrictedTo: 'tb', day: today, reference: 'Grant' };
    expect((await post('subsidies', { schemeId, ...subsidy })).status).toBe(200);
    for (const code of [
      'cash',
      'capital',
      'solvency-reserve',
      'exchange',
      'subsidy-revenue',
      'contributions-receivable',
    ]) {
      expect((await entry({ code }, given)).code, code).toBe('ledger.fund-restricted');
    }
    expect((await entry({ code: 'cash', restrictedTo: 'mothers' }, given)).code).toBe('ledger.fund-restricted');
    expect((await entry({ code: 'administration' }, given)).status).toBe(200);
    expect((await entry({ code: 'claims-payable' }, given)).status).toBe(200);
    expect((await entry({ code: 'administration' }, given, '80.01')).code).toBe('ledger.limit');
    // The fund may add of its own.
    expect((await entry(given, { code: 'capital' }, '0.01')).status).toBe(200);
    expect((await entry({ code: 'administration' }, given, '80.01')).status).toBe(200);
  });
});

describe('a proposal', () => {
  test('is posted in its own currency, whatever the amount is called', async () => {
    const proposal = { schemeId, event: 'ibnr-raised', amount: thb('300.00'), day: today, reference: 'Reserve' };
    const { transferId } = (await post('proposals', proposal, actuary)).json;
    const decide = (amount: object) => post('proposals/decide', { transferId, decision: 'post', amount, day: today });
    expect((await decide({ amount: '250', currency: 'JPY' })).code).toBe('ledger.currency-mismatch');
    expect((await decide({ amount: '2.50', currency: 'USD' })).code).toBe('ledger.currency-mismatch');
    const all = await Promise.all([decide(thb('250.00')), decide(thb('250.00')), decide(thb('300.00'))]);
    expect(all.filter((each) => each.status === 200)).toHaveLength(1);
  });
});

async function policy(id: string, scheme: string, from: string, to: string, minor: bigint): Promise<void> {
  await sql`insert into cover_policy (policy_id, policy_number, scheme_id, scheme_version, stage, enrolled_on, starts_on,
    effective_on, expires_on, premium_minor, currency, channel, created)
    values (${id}, ${id}, ${scheme}, 1, 'new', ${from}, ${from}, ${from}, ${to}, ${minor.toString()}::bigint, 'THB', 'desk', now())`.execute(
    db,
  );
  await postAll([
    {
      ...{ event: 'policy-issued', id, schemeId: scheme, amount: money(minor, 'THB'), day: from },
      reference: `Policy/${id}`,
    },
  ]);
}

describe('earning', () => {
  const revenueOf = async (month: string): Promise<bigint> => {
    const { rows } = await sql<{ minor: string }>`
      select coalesce(sum(case event when 'contribution-earned' then amount_minor else - amount_minor end), 0)::text as minor
      from ledger_transfer where event in ('contribution-earned', 'contribution-unearned')
        and to_char(value_day, 'YYYY-MM') = ${month}`.execute(db);
    return BigInt(rows[0]!.minor);
  };
  const earn = async (month: string) => {
    const { jobId } = (await post('earn', { month })).json;
    await th.node.work();
    return (await th.call(manager, 'GET', `/api/cover/jobs/${jobId}`, undefined, payment)).json;
  };

  test('an earlier month asked for again, or late, takes nothing from the later one', async () => {
    await policy('earn-1', schemeId, '2026-02-15', '2026-05-14', 8_900n);
    await earn('2026-02');
    await earn('2026-04');
    const earned = { feb: await revenueOf('2026-02'), apr: await revenueOf('2026-04') };
    expect(earned).toEqual({ feb: 1_400n, apr: 6_100n });
    expect(await earn('2026-02')).toMatchObject({ state: 'done', result: { transfers: 0 } });
    expect(await earn('2026-03')).toMatchObject({ state: 'done', result: { transfers: 0 } });
    expect({ feb: await revenueOf('2026-02'), apr: await revenueOf('2026-04') }).toEqual(earned);
    await earn('2026-05');
    expect(await revenueOf('2026-05')).toBe(1_400n);
  });

  test('two months asked for at once, done by two processes, are each earned for their own days', async () => {
    await policy('earn-2', schemeId, '2026-06-01', '2026-08-31', 9_200n);
    const runner = () => {
      const made = new JobRunner({
        ...{ database: db, ownStore: th.node.ownStore, clock: () => new Date(), newId: randomUUID },
      });
      made.register(earnJob({ clock: () => new Date() }) as never);
      return made;
    };
    const [asking, other] = [runner(), runner()];
    await th.node.ownStore().transaction(async (tx) => {
      for (const month of ['2026-06-30', '2026-07-31', '2026-08-31']) {
        await asking.enqueue(tx, 'fund.earn', { month }, 'node');
      }
    });
    for (let i = 0; i < 4; i += 1) {
      await Promise.all([asking.step(), other.step()]);
    }
    expect([await revenueOf('2026-06'), await revenueOf('2026-07'), await revenueOf('2026-08')]).toEqual([
      3_000n,
      3_100n,
      3_100n,
    ]);
  });
});

describe('the control totals', () => {
  type Row = Pick<ControlRow, 'control' | 'schemeId'> & { readonly difference: string };
  const differing = async (): Promise<Row[]> => {
    const { controls } = (await get('reconciliation')).json as { controls: ControlRow[] };
    return controls.map(({ control, schemeId, difference }) => ({
      control,
      ...(schemeId !== undefined && { schemeId }),
      difference: difference.amount,
    }));
  };
  const of = (rows: readonly Row[], control: string) => rows.filter((row) => row.control === control);

  /** One satang past the records, of each kind. */
  const planted: readonly (readonly [control: string, event: FundEvent['event'], more: Partial<FundEvent>])[] = [
    ['contributions-receivable', 'policy-issued', {}],
    ['outstanding-claims', 'claim-checked', {}],
    ['claims-payable', 'capitation-due', {}],
    ['authorisations-held', 'authorisation-held', { expiresAt: '2999-01-01T00:00:00.000Z' }],
    ['voucher-liability', 'voucher-issued', {}],
    ['voucher-payable', 'voucher-redeemed', {}],
    ['emergency-payable', 'emergency-borne', { restrictedTo: 'border-emergencies' }],
    ['due-from-partner', 'partner-recovery-due', { partner: 'MM' }],
    ['due-to-partner', 'partner-due', { partner: 'MM' }],
  ];

  test.each(planted)('%s: one satang is found', async (control, event, more) => {
    const before = of(await differing(), control).find((row) => row.schemeId === undefined)?.difference ?? '0.00';
    const one: FundEvent = {
      event,
      id: randomUUID(),
      schemeId,
      amount: money(1, 'THB'),
      day: today,
      reference: 'Planted',
    };
    await postAll([{ ...one, ...more }]);
    const after = of(await differing(), control).find((row) => row.schemeId === undefined)!.difference;
    expect(Math.round((Number(after) - Number(before)) * 100)).toBe(1);
  });

  test('a satang too much of one scheme and too little of another is found, though the sum is right', async () => {
    const control = 'outstanding-claims';
    const one = { amount: money(7, 'THB'), day: today, reference: 'Planted' };
    const before = of(await differing(), control);
    await postAll([
      { ...one, event: 'claim-checked', id: 'planted-1', schemeId },
      { ...one, event: 'claim-adjusted-down', id: 'planted-2', schemeId: otherScheme },
    ]);
    const after = of(await differing(), control);
    expect(after.find((row) => row.schemeId === undefined)).toEqual(before.find((row) => row.schemeId === undefined));
    expect(after).toContainEqual({ control, schemeId: otherScheme, difference: '-0.07' });
    expect((await get('overview')).json.alerts).toContainEqual(
      expect.objectContaining({ code: 'records-differ', values: { control, currency: 'THB' } }),
    );
  });
});
