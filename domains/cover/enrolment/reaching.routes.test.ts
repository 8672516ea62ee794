import { createHash, randomUUID } from 'node:crypto';
import { reconcile } from '@serai/domains/cover/fund/reconcile.store.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Called, type Corridor, openCorridor, type TestNode } from '../../../tests/corridor.ts';
import { personAccount } from '../../../tests/person-account.ts';

/** Whom no text reaches, and who works for two employers: what the office does with either, and what it may not. */

const health = 'sch:th:migrant-health-insurance';
const security = 'sch:th:social-security';
const coverage = { 'x-purpose-of-use': 'COVERAGE' };
const day = (count: number) => new Date(Date.now() + count * 86_400_000).toISOString().slice(0, 10);
const month = day(0).slice(0, 7);
let corridor: Corridor;
let th: TestNode;
const tokens: Record<string, string> = {};
type Works = 'one' | 'two' | 'three' | 'four';
const groups: Record<Works, string> = { one: '', two: '', three: '', four: '' };

beforeAll(async () => {
  corridor = await openCorridor();
  th = corridor.th;
  for (const name of ['enrolment-officer', 'volunteer', 'employer', 'claims-officer', 'nurse', 'enforcement']) {
    tokens[name] = await th.token(name);
  }
  for (const each of ['one', 'two', 'three', 'four'] as const) {
    const made = await call('enrolment-officer', 'POST', '/groups', {
      requestId: randomUUID(),
      name: `Works ${each}`,
      kind: 'employer',
    });
    groups[each] = made.json.groupId;
  }
});
afterAll(() => corridor.close());

const call = (who: string, method: string, path: string, body?: unknown): Promise<Called> =>
  th.call(tokens[who], method, `/api/cover/enrolment${path}`, body, coverage);
const digestOf = (text: string) => createHash('sha256').update(text).digest('hex');
async function send(path: string, file: string): Promise<Called['json']> {
  const answer = await fetch(`${th.url}/api/cover/enrolment${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tokens['enrolment-officer']}`, 'content-type': 'text/csv', ...coverage },
    body: file,
  });
  return (await answer.json()) as never;
}
const roster = (group: Works, schemeId: string, file: string, goodLinesOnly = false) => {
  const query = new URLSearchParams({ groupId: groups[group], schemeId, entitlement: 'contract-worker' });
  return send(
    `/rosters?${query}&digest=${digestOf(file)}&requestId=${randomUUID()}&goodLinesOnly=${goodLinesOnly}`,
    file,
  );
};
const payroll = (group: Works, file: string) => {
  const query = new URLSearchParams({ groupId: groups[group], schemeId: security, month });
  return send(`/payrolls?${query}&digest=${digestOf(file)}&requestId=${randomUUID()}`, file);
};

async function inBalance(): Promise<void> {
  const { database } = th.node;
  expect((await reconcile(database, new Date())).filter((each) => each.differenceMinor !== 0n)).toEqual([]);
}

describe('two employers who report one worker', () => {
  test('a flat price is due once: the second line says so, and what to do; nobody else’s namesake is held back', async () => {
    const first = 'Works number,Name,Birth\nA1,Zorvik Halmun,1990-04-12\nA2,Brenko Daltis,1991\n';
    expect(await roster('one', health, first)).toMatchObject({ applied: true, counts: { added: 2 } });
    const second = [
      'Works number,Name,Birth',
      'B1,Zorvik Halmun,1990-04-12',
      // A year alone is shared by many of one name; another day is another person.
      'B2,Brenko Daltis,1991',
      'B3,Zorvik Halmun,1990-04-13',
    ].join('\n');
    const seen = await roster('two', health, second);
    expect(seen).toMatchObject({ applied: false, counts: { refused: 1, added: 2 } });
    expect(seen.lines[0]).toMatchObject({ line: 2, outcome: 'refused', code: 'enrolment.covered-elsewhere' });
    // Not where, and not by whom.
    expect(JSON.stringify(seen)).not.toContain('Works one');
    const taken = await roster('two', health, second, true);
    expect(taken).toMatchObject({ applied: true, counts: { refused: 1, added: 2 } });
    expect(await roster('two', health, second, true)).toMatchObject({ counts: { refused: 1, unchanged: 2 } });
    // The first employer's own file is as it was.
    expect(await roster('one', health, first)).toMatchObject({ counts: { unchanged: 2 } });
    await inBalance();
  });

  test('wages: both owe for theirs, and the worker is given back what is above the ceiling, once', async () => {
    const people = (number: string) => `Works number,Name,Birth,Wage\n${number},Kelmot Hixdor,1985-06-07,15000\n`;
    expect(await roster('three', security, people('A9'))).toMatchObject({ counts: { added: 1 } });
    expect(await roster('four', security, people('B9'))).toMatchObject({ counts: { added: 1 } });
    expect(await payroll('three', 'Works number,Wage,Deducted\nA9,15000,750.00\n')).toMatchObject({
      counts: { raised: 1 },
    });
    const second = 'Works number,Wage,Deducted\nB9,10000,500.00\n';
    expect(await payroll('four', second)).toMatchObject({ counts: { raised: 1 } });
    const excesses = async () => (await call('enrolment-officer', 'GET', '/worker-excess')).json.rows;
    // Not while one of them owes.
    expect(await excesses()).toEqual([]);
    for (const [group, amount] of [
      ['three', '1500.00'],
      ['four', '1000.00'],
    ] as const) {
      const paid = await call('enrolment-officer', 'POST', '/payments', {
        requestId: randomUUID(),
        channel: 'bank',
        reference: `payroll ${group}`,
        amount: { amount, currency: 'THB' },
        groupId: groups[group],
        payer: 'employer',
      });
      expect(paid.status).toBe(201);
    }
    const [row, ...others] = await excesses();
    expect(others).toEqual([]);
    // 5 % of 25,000 is 1,250.00; of the ceiling of 17,500 it is 875.00.
    expect(row).toMatchObject({
      share: { amount: '1250.00' },
      most: { amount: '875.00' },
      excess: { amount: '375.00', currency: 'THB' },
      month: `${month}-01`,
      employers: expect.arrayContaining(['Works three', 'Works four']),
    });
    const back = (over: object = {}) =>
      call('enrolment-officer', 'POST', '/worker-excess', {
        requestId: randomUUID(),
        memberId: row.memberId,
        schemeId: security,
        month: row.month,
        ...over,
      });
    expect((await back({ month: '2026-13-01' })).status).toBe(400);
    expect((await back({ month: '2020-01-01' })).json.issue[0].details.coding[0].code).toBe('enrolment.no-excess');
    const [one, two] = await Promise.all([back(), back()]);
    expect([one.status, two.status].sort()).toEqual([200, 409]);
    const { rows } = await sql<{ minor: string }>`
      select amount_minor::text as minor from ledger_transfer where event = 'contribution-refunded'`.execute(
      th.node.database,
    );
    expect(rows).toEqual([{ minor: '37500' }]);
    expect(await excesses()).toEqual([]);
    // The files that come again still find what they raised.
    expect(await payroll('four', second)).toMatchObject({ counts: { raised: 0, unchanged: 1 } });
    await inBalance();
  });

  test.each(['volunteer', 'employer', 'claims-officer', 'nurse', 'enforcement'])(
    'is no business of %s',
    async (who) => {
      expect((await call(who, 'GET', '/worker-excess')).status).toBe(404);
      const body = { requestId: randomUUID(), memberId: 'x', schemeId: security, month: `${month}-01` };
      expect((await call(who, 'POST', '/worker-excess', body)).status).toBe(404);
    },
  );
});

describe('whom no text reaches', () => {
  async function owing(name: string, over: object = {}): Promise<{ policyId: string; memberId: string }> {
    const made = await call('enrolment-officer', 'POST', '/policies', {
      requestId: randomUUID(),
      schemeId: health,
      members: [
        {
          relation: 'holder',
          newMember: {
            name,
            birth: { kind: 'date', date: '1979-02-03' },
            sex: 'female',
            entitlement: 'contract-worker',
            residence: 'TH',
            ...over,
          },
        },
      ],
    });
    expect(made.status).toBe(201);
    await sql`update cover_instalment set due = due - 3 where policy_id = ${made.json.policyId}`.execute(
      th.node.database,
    );
    return { policyId: made.json.policyId, memberId: made.json.memberIds[0] };
  }
  const remind = (ids: string[]) =>
    call('enrolment-officer', 'POST', '/bulk', { requestId: randomUUID(), kind: 'remind', ids, because: 'asked' });
  const list = async (who = 'volunteer', question: object = {}) =>
    (await call(who, 'POST', '/queues/unreached', question)).json;
  const channel = async (policyId: string) => {
    const { rows } = await sql<{ channel: string }>`
      select channel from cover_reminder where policy_id = ${policyId}`.execute(th.node.database);
    return rows.map((row) => row.channel);
  };

  test('a telephone is written to, an account shows it on its page, who has neither is called or visited', async () => {
    const person = await th.call(tokens.nurse, 'POST', '/api/persons', {
      requestId: randomUUID(),
      name: { text: 'Pagina Solvex' },
      birth: { kind: 'date', date: '1979-02-03' },
      sex: 'female',
      language: 'my',
      consents: [],
    });
    await personAccount(th, { username: 'pagina', personId: person.json.id, secret: 'correct horse battery staple' });
    const called = await owing('Telefona Brask', { phone: '0000001234' });
    const reads = await owing('Pagina Solvex', { personId: person.json.id });
    const alone = await owing('Nemora Dulkit');
    await remind([called.policyId, reads.policyId, alone.policyId]);
    expect([await channel(called.policyId), await channel(reads.policyId), await channel(alone.policyId)]).toEqual([
      ['sms'],
      ['page'],
      ['none'],
    ]);
    const page = await th.call(await th.token('pagina'), 'GET', '/api/cover/mine');
    expect(page.json.policies[0].reminder).toMatchObject({ kind: 'grace', owed: { currency: 'THB' } });
    const { rows, total } = await list();
    expect(total).toBe(1);
    expect(rows[0]).toMatchObject({ policyId: alone.policyId, name: 'Nemora Dulkit', owed: { currency: 'THB' } });
    expect(await list('enrolment-officer', { search: 'nobody of this name' })).toMatchObject({ rows: [], total: 0 });

    const reached = (how: string, over: object = {}) =>
      call('volunteer', 'POST', '/reached', { requestId: randomUUID(), policyId: alone.policyId, how, ...over });
    expect((await reached('shouted')).status).toBe(400);
    expect((await reached('visit', { note: 'x'.repeat(501) })).status).toBe(400);
    expect((await reached('visit', { policyId: 'no-such-policy' })).json.issue[0].details.coding[0].code).toBe(
      'enrolment.no-reminder',
    );
    expect((await reached('visit', { note: 'Her sister was there too.' })).json).toEqual({
      policyId: alone.policyId,
      noted: 1,
    });
    expect((await reached('call')).status).toBe(409);
    expect(await list()).toMatchObject({ rows: [], total: 0 });
    const member = await call('enrolment-officer', 'GET', `/members/${alone.memberId}`);
    expect(member.json.events.map((each: { event: string }) => each.event)).toContain('reminded');
  });

  test('paid meanwhile, nobody needs to be told any more', async () => {
    const { policyId, memberId } = await owing('Paola Zindek');
    await remind([policyId]);
    expect((await list()).total).toBe(1);
    const { json } = await call('enrolment-officer', 'GET', `/members/${memberId}`);
    await sql`delete from cover_reminder where policy_id = ${policyId}`.execute(th.node.database);
    await sql`insert into cover_reminder (policy_id, stage, channel, language, told)
      values (${policyId}, 'grace:x', 'none', 'en', now())`.execute(th.node.database);
    expect((await list()).total).toBe(1);
    await call('enrolment-officer', 'POST', '/payments', {
      requestId: randomUUID(),
      channel: 'cash',
      reference: randomUUID(),
      amount: json.policies[0].owed,
      policyId,
    });
    expect((await list()).total).toBe(0);
  });

  test.each(['employer', 'claims-officer', 'nurse', 'enforcement'])('is no business of %s', async (who) => {
    expect((await call(who, 'POST', '/queues/unreached', {})).status).toBe(404);
    const body = { requestId: randomUUID(), policyId: 'x', how: 'visit' };
    expect((await call(who, 'POST', '/reached', body)).status).toBe(404);
  });
});
