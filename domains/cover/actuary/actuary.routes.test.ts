import { randomUUID } from 'node:crypto';
import { addDays, addMonths, firstOfMonth } from '@serai/kernel/base/days.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Called, type Corridor, openCorridor, type TestNode } from '../../../tests/corridor.ts';
import { loadSmallYear } from '../../../tests/cover-year.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import type { DeskView, StudyView } from './api.ts';
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
  // What the day itself does, such as lapsing what is long past grace, is done before anything is compared.
  await th.node.work();
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

async function transfers(): Promise<{ id: string; kind: string; debit: string; credit: string; minor: string }[]> {
  const { rows } = await sql<{ id: string; kind: string; debit: string; credit: string; minor: string }>`
    select transfer_id as id, kind, debit, credit, amount_minor as minor from ledger_transfer
    where transfer_id like 'proposal:%' order by transfer_id`.execute(database());
  return rows;
}

describe('a proposed reserve', () => {
  const ask = { schemeId: scheme, ...span, basis: 'incurred', unit: 'month', seed: 1, level: 'best' };

  it('is one pending entry and nothing else, moves nothing, and is not proposed again', async () => {
    const all = async () =>
      Number((await sql<{ n: string }>`select count(*) as n from ledger_transfer`.execute(database())).rows[0]!.n);
    const before = await all();
    const requestId = randomUUID();
    const proposed = await post('actuary', '/api/cover/actuary/reserve/propose', { requestId, ...ask });
    expect(proposed.status, proposed.text).toBe(200);
    expect(proposed.json.event).toBe('ibnr-raised');
    expect(await all()).toBe(before + 1);
    const [row] = await transfers();
    expect(row).toMatchObject({ id: `proposal:${requestId}`, kind: 'pending' });
    expect([row!.debit, row!.credit].map((id) => id.split(':').at(-2))).toEqual(['claims-expense-ibnr', 'ibnr']);

    const { json: view } = (await get('actuary', deskPath())) as { json: DeskView };
    expect(view.reserve!.booked.amount).toBe('0.00');
    expect(view.reserve!.pending).toEqual(view.reserve!.best);
    expect(proposed.json.amount).toEqual(view.reserve!.best);

    // The same request is answered as before; another finds nothing to propose.
    const again = await post('actuary', '/api/cover/actuary/reserve/propose', { requestId, ...ask });
    expect(again.json).toEqual(proposed.json);
    const other = await post('actuary', '/api/cover/actuary/reserve/propose', { requestId: randomUUID(), ...ask });
    expect([other.status, other.code]).toEqual([409, 'actuary.reserve-as-booked']);
    expect(await transfers()).toHaveLength(1);
  });

  it('is not found by anyone but the actuary', async () => {
    for (const who of ['claims-officer', 'fund-manager', 'enrolment-officer', 'nurse', 'employer', 'enforcement']) {
      const refused = await post(who, '/api/cover/actuary/reserve/propose', { requestId: randomUUID(), ...ask });
      expect([who, refused.status]).toEqual([who, 404]);
    }
    expect(await transfers()).toHaveLength(1);
  });
});

describe('who sees the desk', () => {
  it('the actuary and those who keep the accounts, nobody else', async () => {
    const seen = async (who: string) => [who, (await get(who, deskPath())).status];
    expect(await seen('actuary')).toEqual(['actuary', 200]);
    for (const who of ['claims-officer', 'enrolment-officer', 'nurse', 'employer', 'enforcement']) {
      expect(await seen(who)).toEqual([who, 404]);
      expect((await get(who, '/api/cover/actuary/studies')).status).toBe(404);
    }
  });
});

describe('what makes no sense', () => {
  const now = new Date().toISOString().slice(0, 7);
  it.each([
    ['a scheme there is not', `scheme=sch:th:none&from=${span.from}&to=${span.to}`, 422, 'actuary.scheme-unknown'],
    ['months the wrong way round', `scheme=${scheme}&from=${span.to}&to=${span.from}`, 422, 'actuary.months-reversed'],
    ['a month that is not over', `scheme=${scheme}&from=${span.from}&to=${now}`, 422, 'actuary.month-not-over'],
    ['a thousand months', `scheme=${scheme}&from=1900-01&to=${span.to}`, 422, 'actuary.span-too-long'],
    ['a month that is none', `scheme=${scheme}&from=2026-13`, 400, undefined],
    ['a seed below nothing', `scheme=${scheme}&seed=-1`, 400, undefined],
    ['a seed that is no number', `scheme=${scheme}&seed=NaN`, 400, undefined],
  ])('%s', async (_, query, status, code) => {
    const answer = await get('actuary', `/api/cover/actuary/desk?${query}`);
    expect([answer.status, status === 422 ? answer.code : undefined]).toEqual([status, code]);
  });

  const of = { schemeId: scheme, ...span };
  it.each([
    ['pooling', { quotaShare: 1.5 }],
    ['pooling', { commonShockSd: -0.1 }],
    ['solvency', { paths: 1e9 }],
    ['solvency', { capital: 'NaN' }],
    ['solvency', { months: 7.5 }],
    ['pool-size', { pilotMembers: -1 }],
    ['premium', { contributionFactor: 0 }],
    ['premium', { unheard: 1 }],
    ['premium', { ceiling: -1 }],
    ['premium', { coPayment: 1.2 }],
    ['premium', { excludedDiagnoses: 'everything' }],
    ['premium', { excludedDiagnoses: 7 }],
  ])('a %s study of %j', async (kind, input) => {
    const answer = await post('actuary', '/api/cover/actuary/studies', {
      requestId: randomUUID(),
      kind,
      input: { ...of, ...input },
    });
    expect(answer.status).toBe(400);
  });
});

describe('a study', () => {
  async function made(kind: string, input: Record<string, unknown>): Promise<StudyView> {
    const asked = await post('actuary', '/api/cover/actuary/studies', { requestId: randomUUID(), kind, input });
    expect(asked.status, asked.text).toBe(200);
    await th.node.work();
    const { json } = await get('actuary', `/api/cover/jobs/${asked.json.jobId}`);
    expect([json.state, json.sentence]).toEqual(['done', undefined]);
    return (await get('actuary', `/api/cover/actuary/studies/${asked.json.studyId}`)).json;
  }
  const of = { schemeId: scheme, ...span, seed: 7 };
  const tables = (view: StudyView) => view.report!.tables.map(({ id }) => id);

  it.each([
    ['pooling', of, ['pooling.ways', 'pooling.sizes']],
    ['pool-size', of, ['pool.needed', 'pool.sizes']],
    ['gaps', { seed: 7 }, ['gaps.pairs', 'gaps.list', 'gaps.matrix', 'gaps.options', 'gaps.sources']],
  ])('%s is made, says what it rests on, and says the same when made again', async (kind, input, expected) => {
    const first = await made(kind, input);
    expect(tables(first)).toEqual(expected);
    expect(first.seed).toBe(7);
    expect(first.report!.methods.length).toBeGreaterThan(0);
    expect(first.report!.limits.length).toBeGreaterThan(0);
    const second = await made(kind, input);
    expect(second.report!.tables).toEqual(first.report!.tables);
    expect(second.studyId).not.toBe(first.studyId);
  });

  it('premium judges the fund’s own claims again, claim by claim', async () => {
    const asked = { ...of, coPayment: 0.2, excludedDiagnoses: 'J06' };
    const view = await made('premium', asked);
    expect(tables(view)).toEqual([
      'premium.compare',
      'premium.ratios',
      'premium.amounts',
      'premium.claims',
      'premium.rules',
    ]);
    const row = (id: string, measure: string) => {
      const table = view.report!.tables.find((each) => each.id === id)!;
      const found = table.rows.find(([name]) => name === measure)!;
      return Object.fromEntries(table.columns.map((each, at) => [each.id, found[at]]));
    };
    const { rows } = await sql<Record<string, string>>`
      select count(*) as claims, sum(outstanding_minor + payable_minor) as paid,
        count(*) filter (where outstanding_minor + payable_minor > 0) as paying
      from cover_claim where scheme_id = ${scheme} and status not in ('entered', 'reversed')
        and care_from between ${`${span.from}-01`}::date and ${until}::date and claimed_on <= ${until}::date`.execute(
      database(),
    );
    const stored = rows[0]!;
    // Judged again by today's rules, every claim comes to what is booked.
    expect(row('premium.claims', 'measure.claims').today).toBe(Number(stored.claims));
    expect(row('premium.claims', 'measure.claims-as-booked').today).toBe(Number(stored.claims));
    expect(row('premium.claims', 'measure.claims-paid').today).toBe(Number(stored.paying));
    expect(row('premium.amounts', 'measure.paid').today).toBeCloseTo(Number(stored.paid) / 100, 6);
    const [paid, own] = [row('premium.amounts', 'measure.paid'), row('premium.amounts', 'measure.own-total')];
    expect(Number(paid.changed)).toBeLessThan(0.8 * Number(paid.today));
    expect(Number(paid.changed) + Number(own.changed)).toBeCloseTo(Number(paid.today) + Number(own.today), 6);
    // The same member-years and contributions as the desk has.
    const { json: desk } = (await get('actuary', deskPath())) as { json: DeskView };
    const months = tableOf(desk, 'months');
    const years = view.report!.assumptions.find(({ id }) => id === 'memberYears')!;
    expect(Number(years.value)).toBeCloseTo(sum(column(months, 'memberMonths')) / 12, 1);
    const contribution = row('premium.compare', 'measure.contribution');
    expect(Number(contribution.today) / (sum(column(months, 'earned')) / Number(years.value))).toBeCloseTo(1, 2);
    expect(Number(contribution.todayLow)).toBeLessThan(Number(contribution.today));
    expect(Number(contribution.todayHigh)).toBeGreaterThan(Number(contribution.today));
    const again = await made('premium', asked);
    expect(again.report!.tables).toEqual(view.report!.tables);
  });

  it('premium without a change says the same on both sides', async () => {
    const view = await made('premium', of);
    for (const [, today, , , changed] of view.report!.tables[0]!.rows) {
      expect(changed).toBe(today);
    }
  });

  it('premium of a benefit there is not is refused', async () => {
    const answer = await post('actuary', '/api/cover/actuary/studies', {
      requestId: randomUUID(),
      kind: 'premium',
      input: { ...of, excludedBenefits: 'flying' },
    });
    expect([answer.status, answer.code]).toEqual([422, 'actuary.benefit-unknown']);
  });

  it('solvency takes capital and cash from the ledger, and a shock never helps', async () => {
    const view = await made('solvency', { ...of, paths: 200, months: 12 });
    const capital = view.report!.assumptions.find(({ id }) => id === 'capital')!;
    expect(capital.from).toBe('ledger');
    const months = view.report!.tables.find(({ id }) => id === 'solvency.months')!;
    const ruined = Object.fromEntries(months.rows.map((row) => [row[0], Number(row.at(-1))]));
    expect(ruined.all).toBeGreaterThanOrEqual(ruined.base!);
  });

  it('of months without members says so', async () => {
    const asked = await post('actuary', '/api/cover/actuary/studies', {
      requestId: randomUUID(),
      kind: 'pooling',
      input: { ...of, from: '2001-01', to: '2001-12' },
    });
    await th.node.work();
    const { json } = await get('actuary', `/api/cover/jobs/${asked.json.jobId}`);
    expect(json.state).toBe('failed');
    expect(json.sentence).toMatch(/nothing to study/);
  });
});
