import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Called, type Corridor, openCorridor, type TestNode } from '../../../tests/corridor.ts';
import { claimBody, dayBefore, expectReconciled, insured, payment, scheme } from '../../../tests/cover-claims.ts';

/** Every two acts on one claim at the same moment: both answered, the ledger as the claims have it, nothing paid twice. */

let corridor: Corridor;
let th: TestNode;
const tokens: Record<string, string> = {};

beforeAll(async () => {
  corridor = await openCorridor();
  th = corridor.th;
  for (const name of ['nurse', 'claims-officer', 'second-claims-officer', 'fund-manager', 'second-fund-manager']) {
    tokens[name] = await th.token(name);
  }
}, 120_000);
afterAll(() => corridor?.close());

const post = (who: string, path: string, body: object = {}): Promise<Called> =>
  th.call(tokens[who], 'POST', `/api/cover/${path}`, { requestId: randomUUID(), ...body }, payment);
const one = 'claims-officer';
const other = 'second-claims-officer';
const bulk = (who: string, act: string, claimId: string) =>
  post(who, 'claims/bulk', { act, claimIds: [claimId], reason: 'a reason' });
const question = { schemeId: scheme, upTo: dayBefore(0) };
const step = (who: string, id: string, name: string) => post(who, `payment-runs/${id}/${name}`);

interface OneClaim {
  readonly claimId: string;
  readonly runId: string;
  readonly appealId: string;
}
const starts = ['in review', 'appealed', 'in an approved run', 'paid'] as const;
type Start = (typeof starts)[number];

async function made(start: Start, lines?: object[]): Promise<OneClaim> {
  const { memberNumber } = await insured(th);
  const entered = await post('nurse', 'claims', claimBody(memberNumber, lines && { lines }));
  expect(entered.status, entered.text).toBe(200);
  const { claimId } = entered.json;
  await bulk(one, 'bypass', claimId);
  if (start === 'in review') {
    await bulk(one, 'select', claimId);
  }
  const appeal =
    start === 'appealed' ? await post('nurse', `claims/${claimId}/appeals`, { reason: 'It was needed.' }) : undefined;
  const run =
    start === 'in an approved run' || start === 'paid'
      ? await post('fund-manager', 'payment-runs', question)
      : undefined;
  const runId = run?.json.runId ?? 'none';
  if (run) {
    await step('second-fund-manager', runId, 'approve');
  }
  if (start === 'paid') {
    await step('fund-manager', runId, 'pay');
  }
  return { claimId, runId, appealId: appeal?.json.appealId ?? 'none' };
}

const review = (who: string, claimId: string, decision: object) =>
  post(who, `claims/${claimId}/review`, { lines: [{ line: 1, reason: 'as found', ...decision }] });
const decide = (appealId: string, grant: boolean) =>
  post(other, `appeals/${appealId}/decide`, { grant, text: 'As found.' });
const acts: Record<string, (of: OneClaim) => Promise<Called>> = {
  accept: ({ claimId }) => review(one, claimId, { decision: 'accepted' }),
  adjust: ({ claimId }) => review(other, claimId, { decision: 'adjusted', amount: '20.00' }),
  bypass: ({ claimId }) => bulk(one, 'bypass', claimId),
  reject: ({ claimId }) => bulk(other, 'reject', claimId),
  select: ({ claimId }) => bulk(one, 'select', claimId),
  'take back': ({ claimId }) => post(other, `claims/${claimId}/reverse`, { reason: 'a mistake' }),
  appeal: ({ claimId }) => post('nurse', `claims/${claimId}/appeals`, { reason: 'It was needed.' }),
  grant: ({ appealId }) => decide(appealId, true),
  uphold: ({ appealId }) => decide(appealId, false),
  propose: () => post('fund-manager', 'payment-runs', question),
  pay: ({ runId }) => step('fund-manager', runId, 'pay'),
  'take the run back': ({ runId }) => step('second-fund-manager', runId, 'reverse'),
};
const names = Object.keys(acts);

/** What any two acts must leave. */
async function expectWhole(about: string): Promise<void> {
  await expectReconciled(th);
  const { rows } = await sql<{ odd: string[] | null; cash: string; settled: string; held: string }>`
    select (select array_agg(status || '/' || review) from cover_claim where (status = 'checked') <> (review = 'selected')
        and status <> 'entered') as odd,
      (select coalesce(sum(credits_posted - debits_posted), 0) from ledger_balance where account_id like 'fund:%:cash:THB')::text as cash,
      (select sum(settled_minor) from cover_claim)::text as settled,
      (select count(*) from (select claim_id from cover_payment_line join cover_payment_run using (run_id)
        where state in ('proposed', 'approved') group by claim_id having count(*) > 1) twice)::text as held`.execute(
    th.node.database as never,
  );
  expect({ odd: rows[0]!.odd, held: rows[0]!.held }, about).toEqual({ odd: null, held: '0' });
  expect(rows[0]!.cash, about).toBe(rows[0]!.settled);
}

/** Runs left open by one pair would hold the claims of the next. */
async function discardOpenRuns(): Promise<void> {
  const { rows } = await sql<{
    run_id: string;
  }>`select run_id from cover_payment_run where state in ('proposed', 'approved')`.execute(th.node.database as never);
  for (const { run_id: id } of rows) {
    expect((await step('fund-manager', id, 'reverse')).status).toBe(200);
  }
}

describe.each(starts)('a claim that is %s', (start) => {
  test('keeps its books, whatever two do to it at once', async () => {
    for (const [i, a] of names.entries()) {
      for (const b of names.slice(i)) {
        const of = await made(start);
        const both = await Promise.all([acts[a]!(of), acts[b]!(of)]);
        for (const answer of both) {
          expect(answer.status, `${a} beside ${b}: ${answer.text}`).toBeLessThan(500);
        }
        await expectWhole(`${start}: ${a} beside ${b} (${both.map((each) => each.code ?? each.status)})`);
        await discardOpenRuns();
      }
    }
  });
});

describe('an appeal', () => {
  test('is not decided past a reviewer, nor of a claim that was taken back', async () => {
    const back = await made('appealed');
    await acts['take back']!(back);
    expect((await acts.grant!(back)).code).toBe('claims.wrong-status');
    expect((await acts.uphold!(back)).status).toBe(200);
    const reviewed = await made('appealed');
    await acts.select!(reviewed);
    expect((await acts.grant!(reviewed)).code).toBe('claims.wrong-status');
    await expectWhole('an appeal beside a review');
  });

  test('is of lines the claim has, and of no more than was claimed', async () => {
    const { appealId } = await made('appealed');
    const lines = (line: object) =>
      post(other, `appeals/${appealId}/decide`, { grant: true, text: 'As found.', lines: [line] });
    expect((await lines({ line: 99, decision: 'accepted', reason: 'none such' })).code).toBe('claims.unknown-line');
    expect((await lines({ line: 1, decision: 'adjusted', amount: '70.01', reason: 'more' })).code).toBe(
      'claims.above-claimed',
    );
  });

  test('is decided by nobody who decided a line before, also not where another did so since', async () => {
    const { claimId } = await made('in review');
    const adjust = (who: string, line: number) =>
      post(who, `claims/${claimId}/review`, {
        lines: [{ line, decision: 'adjusted', amount: '5.00', reason: 'as found' }],
      });
    expect((await adjust(other, 1)).status).toBe(200);
    await bulk(one, 'select', claimId);
    expect((await adjust(one, 2)).status).toBe(200);
    const { appealId } = (await post('nurse', `claims/${claimId}/appeals`, { reason: 'It was needed.' })).json;
    expect((await decide(appealId, true)).code).toBe('claims.four-eyes');
    expect((await post(one, `appeals/${appealId}/decide`, { grant: true, text: 'As found.' })).code).toBe(
      'claims.four-eyes',
    );
    expect((await post('fund-manager', `appeals/${appealId}/decide`, { grant: true, text: 'As found.' })).status).toBe(
      200,
    );
  });
});
