import { createHash, randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Called, type Corridor, openCorridor, type TestNode } from '../../../tests/corridor.ts';
import { fileLimitBytes } from './files/table-file.store.ts';

/** Payroll files: what is raised, what is refused line by line, and that a file that comes again raises nothing. */

const scheme = 'sch:th:social-security';
const coverage = { 'x-purpose-of-use': 'COVERAGE' };
const day = (count: number) => new Date(Date.now() + count * 86_400_000).toISOString().slice(0, 10);
const thisMonth = day(0).slice(0, 7);
let corridor: Corridor;
let th: TestNode;
let token = '';
let groupId = '';

beforeAll(async () => {
  corridor = await openCorridor();
  th = corridor.th;
  token = await th.token('enrolment-officer');
  groupId = (await officer('POST', '/groups', { requestId: randomUUID(), name: 'Works', kind: 'employer' })).json
    .groupId;
  const roster = [
    'Works number,Name,Birth,Sex,Wage',
    'W1,Zorkel Drufas,1990,M,15000',
    'W2,Wimpas Gobruv,1985,F,9000',
    'W3,Kelmot Hixdor,1979,F,12000',
    'W4,Taqwen Lompyq,1992,M,20000',
  ].join('\n');
  const query = new URLSearchParams({ groupId, schemeId: scheme, entitlement: 'contract-worker' });
  const made = await send(`/rosters?${query}&digest=${digestOf(roster)}&requestId=${randomUUID()}`, roster);
  expect(made.json).toMatchObject({ applied: true, counts: { added: 4 } });
});
afterAll(() => corridor.close());

const officer = (method: string, path: string, body?: unknown): Promise<Called> =>
  th.call(token, method, `/api/cover/enrolment${path}`, body, coverage);
const digestOf = (text: string) => createHash('sha256').update(text).digest('hex');
const send = (path: string, file: string | Buffer) =>
  fetch(`${th.url}/api/cover/enrolment${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'text/csv', ...coverage },
    body: file as never,
  }).then(async (answer) => ({ status: answer.status, json: (await answer.json()) as never as Called['json'] }));
const query = (month: string) => new URLSearchParams({ groupId, schemeId: scheme, month }).toString();
const preview = (file: string, month = thisMonth) => send(`/payrolls/preview?${query(month)}`, file);
const take = (file: string, month = thisMonth, goodLinesOnly = false) =>
  send(
    `/payrolls?${query(month)}&digest=${digestOf(file)}&requestId=${randomUUID()}&goodLinesOnly=${goodLinesOnly}`,
    file,
  );

async function posted(): Promise<{ transfers: number; raised: number }> {
  const { rows } = await sql<{ transfers: number; raised: number }>`
    select (select count(*)::int from ledger_transfer) as transfers,
      (select count(*)::int from cover_instalment where covers_from is not null) as raised`.execute(th.node.database);
  return rows[0]!;
}

describe('a payroll file', () => {
  test.each([
    ['an unknown worker', 'W9,15000,750.00', 'unknown-member'],
    ['a negative wage', 'W1,-15000,750.00', 'wage-invalid'],
    ['a wage in another currency', 'W1,15000 USD,750.00', 'wage-currency'],
    ['a wage nobody earns', 'W1,1500000000,750.00', 'wage-large'],
    ['a wage below zero', 'W1,-15000,750.00', 'wage-invalid'],
    ['a wage below the floor of the scheme is reckoned from the floor', 'W1,100,5.00', 'deducted-under'],
    ['a wage that is a word', 'W1,much,750.00', 'wage-invalid'],
    ['no wage', 'W1,,750.00', 'wage-invalid'],
    ['more deducted than the share', 'W1,15000,750.01', 'deducted-over'],
    ['less deducted than the share', 'W1,15000,749.99', 'deducted-under'],
    ['deducted from above the ceiling', 'W4,40000,2000.00', 'deducted-over'],
    ['a negative deduction', 'W1,15000,-750.00', 'deducted-invalid'],
    ['a deduction in another currency', 'W1,15000,750 MMK', 'deducted-invalid'],
  ])('%s is refused, and nothing is posted', async (_, line, because) => {
    const before = await posted();
    const file = `Works number,Wage,Deducted\n${line}\nW2,9000,450.00\n`;
    const seen = await preview(file);
    expect(seen.json.lines).toEqual([
      expect.objectContaining({ line: 2, outcome: 'refused', because }),
      expect.objectContaining({ line: 3, outcome: 'raised', employee: { amount: '450.00', currency: 'THB' } }),
    ]);
    const taken = await take(file);
    expect(taken.json).toMatchObject({ applied: false });
    expect(await posted()).toEqual(before);
  });

  test('a worker named twice is refused the second time', async () => {
    const seen = await preview('Works number,Wage\nW1,15000\nW1,15000\n');
    expect(seen.json.lines[1]).toMatchObject({ outcome: 'refused', because: 'twice' });
  });

  test('taken once: shares to the last satang, one ledger entry; again, by the same or another file, nothing', async () => {
    const file = 'Works number,Wage,Deducted\nW1,15000,750.00\nW2,9000,450.00\nW3,12000,600\n';
    const before = await posted();
    const first = await take(file);
    expect(first.json).toMatchObject({
      applied: true,
      counts: { raised: 3, refused: 0 },
      employee: [{ amount: '1800.00', currency: 'THB' }],
      employer: [{ amount: '1800.00', currency: 'THB' }],
    });
    const after = await posted();
    expect(after).toEqual({ transfers: before.transfers + 1, raised: before.raised + 3 });
    const again = await take(file);
    expect(again.json).toMatchObject({ applied: true, counts: { raised: 0, unchanged: 3, refused: 0 } });
    const otherOrder = 'Works number,Wage\nW3,12000\nW1,15000\n';
    expect((await take(otherOrder)).json.counts).toMatchObject({ raised: 0, unchanged: 2 });
    // The same month with another wage is a question for somebody, never a second contribution.
    const changed = await take('Works number,Wage\nW1,14000\nW4,20000\n');
    expect(changed.json).toMatchObject({ applied: false, counts: { refused: 1, raised: 1 } });
    expect(changed.json.lines[0]).toMatchObject({ because: 'raised-otherwise' });
    expect(await posted()).toEqual(after);
    // The good lines alone, where that is asked for.
    expect((await take('Works number,Wage\nW1,14000\nW4,20000\n', thisMonth, true)).json).toMatchObject({
      applied: true,
    });
    expect((await posted()).raised).toBe(after.raised + 1);
  });

  test('a month nobody was covered in, a month that is none, a scheme without payroll, a file that changed', async () => {
    const file = 'Works number,Wage\nW1,15000\n';
    expect((await preview(file, '2019-01')).json.lines[0]).toMatchObject({ because: 'not-covered' });
    expect((await preview(file, '2026-13')).status).toBe(400);
    const other = new URLSearchParams({ groupId, schemeId: 'sch:th:migrant-health-insurance', month: thisMonth });
    expect((await send(`/payrolls/preview?${other}`, file)).status).toBe(404);
    const changed = await send(
      `/payrolls?${query(thisMonth)}&digest=${digestOf(`${file} `)}&requestId=${randomUUID()}`,
      file,
    );
    expect(changed.json.issue[0].details.coding[0].code).toBe('enrolment.file-changed');
    expect((await preview('Works number\nW1\n')).json.issue[0].details.coding[0].code).toBe(
      'enrolment.columns-missing',
    );
  });
});

describe('a file of 100 MB', () => {
  /** Sends so many bytes piece by piece, as a browser does; an answer that comes before is read. */
  function pour(path: string, bytes: number, length: boolean): Promise<{ status: number; text: string; sent: number }> {
    const line = Buffer.from('W1,Zorkel Drufas,1990,M,15000\n'.repeat(2000));
    return new Promise((done, failed) => {
      let sent = 0;
      let answered = false;
      const target = new URL(`${th.url}/api/cover/enrolment${path}`);
      const outgoing = httpRequest(target, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'text/csv',
          ...coverage,
          ...(length ? { 'content-length': String(bytes) } : { 'transfer-encoding': 'chunked' }),
        },
      });
      outgoing.on('response', (answer) => {
        answered = true;
        let text = '';
        answer.setEncoding('utf8').on('data', (piece: string) => {
          text += piece;
        });
        answer.on('end', () => {
          outgoing.destroy();
          done({ status: answer.statusCode ?? 0, text, sent });
        });
      });
      outgoing.on('error', (error) => !answered && failed(error));
      const more = () => {
        while (!answered && sent < bytes) {
          sent += line.length;
          if (!outgoing.write(line)) {
            outgoing.once('drain', more);
            return;
          }
        }
        if (!answered) {
          outgoing.end();
        }
      };
      more();
    });
  }

  test.each([
    ['with its length stated', true],
    ['in pieces, without a length', false],
  ])('%s is refused with the limit named, before it is in memory, and posts nothing', async (_, length) => {
    const before = await posted();
    const members = await sql<{ n: number }>`select count(*)::int as n from cover_member`.execute(th.node.database);
    const roster = new URLSearchParams({ groupId, schemeId: scheme });
    const held = () => process.memoryUsage().arrayBuffers;
    const memory = held();
    let most = 0;
    const watch = setInterval(() => {
      most = Math.max(most, held() - memory);
    }, 100);
    // As many whole lines as make more than 100 MB.
    const whole = 60_000 * 1750;
    for (const path of [
      `/rosters/preview?${roster}`,
      `/rosters?${roster}&digest=${'0'.repeat(64)}&requestId=${randomUUID()}`,
      `/payrolls/preview?${query(thisMonth)}`,
    ]) {
      const answer = await pour(path, whole, length);
      expect(answer.status).toBe(413);
      expect(JSON.parse(answer.text).issue[0].details).toMatchObject({
        coding: [{ code: 'enrolment.file-too-large' }],
        text: expect.stringContaining(`${fileLimitBytes / 1024 / 1024} MB`),
      });
    }
    clearInterval(watch);
    // More than 300 MB went by, in this very process by its sender and the line too: not even two files were held.
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThan(2 * whole);
    expect(await posted()).toEqual(before);
    const after = await sql<{ n: number }>`select count(*)::int as n from cover_member`.execute(th.node.database);
    expect(after.rows).toEqual(members.rows);
  });
});
