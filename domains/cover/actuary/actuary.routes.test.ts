import { randomUUID } from 'node:crypto';
import { addDays, addMonths, firstOfMonth } from '@serai/kernel/base/days.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Called, type Corridor, openCorridor, type TestNode } from '../../../tests/corridor.ts';
import { loadSmallYear } from '../../../tests/cover-year.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import type { DeskView } from './api.ts';
import type { FigureTable } from './figures.ts';

let corridor: Corridor;
let th: TestNode;
const tokens: Record<string, string> = {};
const scheme = 'sch:th:migrant-health-insurance';
/** Last day of the month before this one: the year ends on a day that is over. */
const until = addDays(firstOfMonth(new Date().toISOString().slice(0, 10)), -1);
const span = { from: addMonths(firstOfMonth(until), -11).slice(0, 7), to: until.slice(0, 7) };

beforeAll(async () => {
  corridor = await openCorridor();
  th = corridor.th;
  await loadSmallYear(th, { scheme, members: 800, until });
  for (const name of [
    'nurse',
    'claims-officer',
    'fund-manager',
    'enrolment-officer',
    'actuary',
    'employer',
    'enforcement',
  ]) {
    tokens[name] = await th.token(name);
  }
}, 180_000);
afterAll(() => corridor?.close());

const payment = { 'x-purpose-of-use': 'HPAYMT' };
const post = (who: string, path: string, body: unknown): Promise<Called> =>
  th.call(tokens[who], 'POST', path, body, who === 'nurse' || who === 'actuary' ? payment : {});
const get = (who: string, path: string): Promise<Called> => th.call(tokens[who], 'GET', path);
const database = () => th.node.database as unknown as CoverDatabase;
const deskPath = (more = '') => `/api/cover/actuary/desk?scheme=${scheme}&from=${span.from}&to=${span.to}${more}`;
const tableOf = (view: DeskView, id: string): FigureTable => view.tables.find((table) => table.id === id)!;
const column = (table: FigureTable, id: string) => {
  const at = table.columns.findIndex((each) => each.id === id);
  return table.rows.map((row) => row[at]);
};
const sum = (values: readonly unknown[]) => values.reduce<number>((total, x) => total + Number(x), 0);

describe('the desk', () => {
  it('says what the tables say, summed another way', async () => {
    const { json: view } = (await get('actuary', deskPath())) as { json: DeskView };
    const months = tableOf(view, 'months');
    const first = `${span.from}-01`;
    const { rows } = await sql<Record<string, string>>`
      with days as (
        select d::date as day from generate_series(${first}::date, ${until}::date, interval '1 day') d
      )
      select
        (select count(*) from days join cover_policy p on days.day >= p.effective_on and days.day <= p.expires_on
            and (p.ended_on is null or days.day < p.ended_on)
          join cover_policy_member pm on pm.policy_id = p.policy_id and days.day between pm.covered_from and pm.covered_to
          where p.scheme_id = ${scheme} and to_char(days.day, 'YYYY-MM') = ${span.to}) as last_month_days,
        (select sum(premium_minor) from cover_policy where scheme_id = ${scheme}
          and effective_on between ${first}::date and ${until}::date) as written,
        (select sum(outstanding_minor + payable_minor) from cover_claim where scheme_id = ${scheme} and status <> 'entered'
          and status not in ('rejected', 'reversed') and care_from between ${first}::date and ${until}::date
          and claimed_on <= ${until}::date) as incurred,
        (select sum(settled_minor) from cover_claim where scheme_id = ${scheme} and status = 'paid'
          and care_from between ${first}::date and ${until}::date) as paid,
        (select count(*) from cover_claim where scheme_id = ${scheme} and status not in ('rejected', 'reversed')
          and care_from between ${first}::date and ${until}::date and claimed_on <= ${until}::date) as claims`.execute(
      database(),
    );
    const expected = rows[0]!;
    const daysOfLast = Number(until.slice(8));
    expect(column(months, 'memberMonths').at(-1)).toBeCloseTo(Number(expected.last_month_days) / daysOfLast, 9);
    expect(sum(column(months, 'written'))).toBeCloseTo(Number(expected.written) / 100, 6);
    expect(sum(column(months, 'claims'))).toBe(Number(expected.claims));
    expect(sum(column(months, 'paid'))).toBeCloseTo(Number(expected.paid) / 100, 6);
    expect(Number(expected.claims)).toBeGreaterThan(500);
    // Every claim is in one segment of every dimension.
    for (const by of ['age', 'sex', 'industry', 'joined']) {
      expect(sum(column(tableOf(view, `segment.${by}`), 'claims'))).toBe(Number(expected.claims));
    }
    expect(view.provenance.rows.cover_claim).toBeGreaterThanOrEqual(Number(expected.claims));
  });
});

describe('a proposed reserve', () => {
  it('is a pending entry and nothing else, and what is proposed already is not proposed again', async () => {
    const before = await sql<{ n: string }>`select count(*) as n from ledger_transfer`.execute(database());
    const ask = { schemeId: scheme, ...span, basis: 'incurred', unit: 'month', seed: 1, level: 'best' };
    const proposed = await post('actuary', '/api/cover/actuary/reserve/propose', { requestId: randomUUID(), ...ask });
    expect(proposed.status, proposed.text).toBe(200);
    const after = await sql<{ n: string }>`select count(*) as n from ledger_transfer`.execute(database());
    expect(Number(after.rows[0]!.n) - Number(before.rows[0]!.n)).toBe(1);
  });
});
