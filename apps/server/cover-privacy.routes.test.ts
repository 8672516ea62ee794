import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Called, type Corridor, openCorridor, type TestNode } from '../../tests/corridor.ts';
import { dayBefore } from '../../tests/cover-claims.ts';

/**
 * What is said of a person stays where it belongs: a year's acts of cover with names, telephones and numbers nobody else has,
 * and then a search for them in everything the nodes wrote that is not the record: logs, jobs, evidence, messages that wait to
 * leave, entries of the ledger, answers that refuse, and addresses.
 */

const scheme = 'sch:th:migrant-health-insurance';
const security = 'sch:th:social-security-33';
let corridor: Corridor;
let th: TestNode;
const tokens = new Map<string, string>();
/** Every answer that refused something, and every address that was asked. */
const refusals: string[] = [];
const addresses: string[] = [];

/** Marks: whatever holds one of these says something of somebody. */
const marks = {
  name: 'Zqmarkel Vwostenfra',
  childName: 'Zqlittlon Vwostenfra',
  rosterName: 'Zqfactrim Blunvost',
  thaiName: 'สมฤทัยวรา จำปีทิพย์',
  phone: '0867530923',
  birth: '1951-07-19',
  reference: 'WZQ7719',
  wage: '13579.11',
  diagnosis: 'B20.7',
  words: 'zqfreely said by somebody',
};
const others = new Set<string>();

async function send(who: string, method: string, path: string, body?: unknown, purpose = 'HPAYMT'): Promise<Called> {
  tokens.set(who, tokens.get(who) ?? (await th.token(who)));
  const type: Record<string, string> = typeof body === 'string' ? { 'content-type': 'text/csv' } : {};
  addresses.push(path);
  const answer = await th.call(tokens.get(who), method, path, body, { 'x-purpose-of-use': purpose, ...type });
  if (answer.status >= 400) {
    refusals.push(`${method} ${path} ${answer.status} ${answer.text}`);
  }
  return answer;
}
const act = async (who: string, path: string, body: object, purpose?: string): Promise<Called> => {
  const answer = await send(who, 'POST', `/api/cover${path}`, { requestId: randomUUID(), ...body }, purpose);
  expect([path, answer.status, answer.status < 300 ? '' : answer.text]).toEqual([path, expect.any(Number), '']);
  return answer;
};

beforeAll(async () => {
  corridor = await openCorridor();
  th = corridor.th;
  await sql`insert into cover_group (group_id, kind, name, country, industry, created)
    values ('employer-demo', 'employer', 'Employer of the test', 'TH', null, now())`.execute(th.node.database);
}, 120_000);
afterAll(() => corridor?.close());

const newMember = (name: string, birth: string) => ({
  ...{ name, birth: { kind: 'date', date: birth }, sex: 'female', entitlement: 'contract-worker', residence: 'TH' },
  phone: marks.phone,
});

const claimFor = (memberNumber: string, changes: object = {}) => ({
  ...{ memberNumber, schemeId: scheme, visit: 'other', care: 'out-patient', from: dayBefore(0), to: dayBefore(0) },
  diagnoses: [marks.diagnosis],
  explanation: marks.words,
  lines: [{ kind: 'service', code: 'CON-GENERAL', quantity: '1', unitPrice: '70.00' }],
  ...changes,
});

/** Enrols, pays, asks, treats, claims, judges, complains, pays out; by everyone whose work it is. */
async function theYear(): Promise<void> {
  const enrolled = await act(
    'enrolment-officer',
    '/enrolment/policies',
    {
      schemeId: scheme,
      on: dayBefore(40),
      members: [{ relation: 'holder', newMember: newMember(marks.name, marks.birth) }],
    },
    'COVERAGE',
  );
  const [memberId] = enrolled.json.memberIds as string[];
  const { json: member } = await send(
    'enrolment-officer',
    'GET',
    `/api/cover/enrolment/members/${memberId}`,
    undefined,
    'COVERAGE',
  );
  const memberNumber = (member.memberNumber ?? member.member.memberNumber) as string;
  others.add(memberNumber);
  const owed = member.policies[0].owed as { amount: string; currency: string };
  await act(
    'enrolment-officer',
    '/enrolment/payments',
    {
      ...{ policyId: enrolled.json.policyId, channel: 'cash', reference: `slip of ${marks.name}`, amount: owed },
    },
    'COVERAGE',
  );
  await roster();
  for (const text of [marks.name, marks.phone, memberNumber]) {
    await act('enrolment-officer', '/enrolment/members/find', { text, requestId: undefined }, 'COVERAGE');
  }
  await act('nurse', '/eligibility', { memberNumber, requestId: undefined }, 'COVERAGE');
  const claim = await act('nurse', '/claims', claimFor(memberNumber));
  const { claimId } = claim.json as { claimId: string };
  await act('claims-officer', '/claims/bulk', { act: 'select', claimIds: [claimId], reason: marks.words });
  const { json: held } = await send('claims-officer', 'GET', `/api/cover/claims/${claimId}`);
  await act('claims-officer', `/claims/${claimId}/review`, {
    lines: held.lines.map((line: { line: number }) => ({ line: line.line, decision: 'rejected', reason: marks.words })),
  });
  await act('nurse', `/claims/${claimId}/appeals`, { reason: marks.words });
  const csv = `claim_number,member_number,care,from,to,diagnoses,kind,code,quantity,unit_price\nC-ZQ1,${memberNumber},out-patient,${dayBefore(1)},${dayBefore(1)},${marks.diagnosis},service,CON-GENERAL,1,70.00\nC-ZQ2,${marks.name},out-patient,${dayBefore(1)},${dayBefore(1)},${marks.diagnosis},service,CON-GENERAL,1,70.00\n`;
  await act('nurse', '/claims/import', { csv });
  await act('claims-officer', '/claims/batch', { schemeId: scheme });
  await th.node.work();
  const paid = await act('nurse', '/claims', claimFor(memberNumber, { diagnoses: ['J06.9'] }));
  expect(paid.json.status).toBe('valuated');
  await act('fund-manager', '/payment-runs', { schemeId: scheme, upTo: dayBefore(0) });
  await act('actuary', '/actuary/studies', { kind: 'gaps', input: {} });
  await vouchers();
  await th.node.work();
  // A year on: reminders, lapses, what waits.
  for (const days of [30, 200, 400]) {
    th.clockOffsetSeconds = days * 86_400;
    tokens.clear();
    await corridor.renewTrust();
    await th.node.work();
  }
  th.clockOffsetSeconds = 0;
  tokens.clear();
}

async function roster(): Promise<void> {
  const list =
    'Works number,Name,Birth,Sex,Phone,Wage\n' +
    `${marks.reference},${marks.rosterName},${marks.birth},F,${marks.phone},${marks.wage}\n` +
    `W2,${marks.thaiName},2533-02-01,หญิง,${marks.phone},${marks.wage}\n` +
    `${marks.reference},${marks.rosterName},never,Q,${marks.words},much\n`;
  const query = (more: Record<string, string> = {}) =>
    new URLSearchParams({ groupId: 'employer-demo', schemeId: scheme, ...more });
  const preview = await send('employer', 'POST', `/api/cover/enrolment/rosters/preview?${query()}`, list, 'COVERAGE');
  expect(preview.status, preview.text).toBe(200);
  const more = { requestId: randomUUID(), digest: preview.json.digest, goodLinesOnly: 'true' };
  const taken = await send('employer', 'POST', `/api/cover/enrolment/rosters?${query(more)}`, list, 'COVERAGE');
  expect(taken.json).toMatchObject({ applied: true, counts: { added: 2, refused: 1 } });
  for (const { memberNumber } of taken.json.lines) {
    if (memberNumber) {
      others.add(memberNumber);
    }
  }
  const broken = `Name,Birth\n"${marks.rosterName},1990\n${marks.words}`;
  await send('employer', 'POST', `/api/cover/enrolment/rosters/preview?${query()}`, broken, 'COVERAGE');
  const payroll = new URLSearchParams({
    groupId: 'employer-demo',
    schemeId: security,
    month: dayBefore(0).slice(0, 7),
  });
  await send('employer', 'POST', `/api/cover/enrolment/payrolls/preview?${payroll}`, list, 'COVERAGE');
}

/** A child's vouchers across the border, by text to her mother's telephone. */
async function vouchers(): Promise<void> {
  const { mm } = corridor;
  const officer = await mm.token('voucher-officer');
  const voucher = async (path: string, body: object) => {
    const sent = { requestId: randomUUID(), programmeId: 'vp:mm:kadon-kani', ...body };
    const answer = await mm.call(officer, 'POST', `/api/cover/vouchers${path}`, sent, {
      'x-purpose-of-use': 'COVERAGE',
    });
    expect([path, answer.status, answer.text.slice(0, 300)]).toEqual([path, 200, expect.any(String)]);
    return answer.json;
  };
  const line = { group: 'under-five', name: marks.childName, village: 'kk-01', language: 'my', phone: marks.phone };
  const { holderId } = (await voucher('/holders', { lines: [line] })).lines[0];
  await voucher('/booklets', { holderIds: [holderId], channel: 'sms', activate: true });
  await mm.node.work();
}

/** Every route of cover that is sent something, with marks wherever a person could have typed them. */
async function everythingWrong(): Promise<void> {
  const { json } = await th.call(undefined, 'GET', '/api/docs');
  const paths = Object.entries(json.paths as Record<string, object>).flatMap(([path, methods]) =>
    path.startsWith('/api/cover/') && 'post' in methods ? [path.replace(/\{\w+\}|:\w+/g, 'none')] : [],
  );
  expect(paths.length).toBeGreaterThan(75);
  const typed = Object.fromEntries(
    Object.entries({
      ...{
        memberNumber: 'name',
        name: 'name',
        text: 'words',
        search: 'name',
        phone: 'name',
        reason: 'words',
        because: 'words',
      },
      ...{
        card: 'words',
        voucher: 'words',
        from: 'birth',
        to: 'name',
        on: 'name',
        claimNumber: 'name',
        provider: 'name',
      },
      ...{
        schemeId: 'name',
        groupId: 'name',
        programmeId: 'name',
        reference: 'name',
        note: 'words',
        month: 'birth',
        csv: 'words',
      },
    }).map(([field, mark]) => [field, marks[mark as keyof typeof marks]]),
  );
  const person = { ...newMember(marks.name, 'never'), nationality: marks.words, relation: marks.name };
  const bodies = [
    { requestId: randomUUID(), ...typed },
    { requestId: marks.name, ...typed, lines: [{ code: marks.name, quantity: marks.words }], diagnoses: [marks.words] },
    { requestId: randomUUID(), members: [{ relation: marks.name, newMember: person }], newMember: person, ...typed },
    { requestId: randomUUID(), memberNumbers: [marks.name], claimIds: [marks.name], ids: [marks.name] },
    { requestId: randomUUID(), kind: marks.name, act: marks.words, what: marks.words, input: { [marks.name]: 1 } },
    `{"name":"${marks.name}", broken`,
  ];
  const desks = [
    'enrolment-officer',
    'nurse',
    'claims-officer',
    'fund-manager',
    'voucher-officer',
    'employer',
    'actuary',
  ];
  for (const path of paths) {
    for (const [i, body] of bodies.entries()) {
      await send(desks[(i + path.length) % desks.length]!, 'POST', path, body, i % 2 ? 'HPAYMT' : 'COVERAGE');
    }
  }
}

/** Marks that a text holds, whatever letters and escapes it is written in. */
function marked(text: string): string[] {
  const plain = decodeURIComponent(text.replace(/%(?![0-9A-Fa-f]{2})/g, '%25')).toLowerCase();
  const sought = [...Object.values(marks), ...others].flatMap((mark) => [mark, ...mark.split(' ')]);
  return sought.filter((mark) => mark.length > 4 && plain.includes(mark.toLowerCase()) && mark !== 'somebody');
}

const found = (where: string, texts: readonly string[]) =>
  texts.flatMap((text) => marked(text).map((mark) => `${where}: ${mark}: ${text.slice(0, 300)}`));

const rowsOf = async (node: TestNode, table: string): Promise<string[]> => {
  const { rows } = await sql<{ row: string }>`select to_jsonb(t)::text as row from ${sql.table(table)} t`.execute(
    node.node.database,
  );
  return rows.map(({ row }) => row);
};

describe('a year of cover', () => {
  test('is written into the record, and into nothing beside it', async () => {
    await theYear();
    const record = await rowsOf(th, 'cover_member');
    // What is looked for is there to be found: else this test would find nothing wherever it looked.
    expect(found('record', record).length).toBeGreaterThan(5);
    const beside: string[] = [];
    for (const node of [corridor.th, corridor.mm]) {
      // Texts that left are forgotten; none waits any more.
      const { rows } = await sql<{ n: number }>`select count(*)::int as n from outbox
        where topic = 'sms' and state = 'delivered'`.execute(node.node.database);
      expect(rows[0]!.n).toBeGreaterThan(0);
      beside.push(...found(`${node.country} log`, node.log));
      for (const table of [
        'job',
        'outbox',
        'evidence_entry',
        'cover_roster',
        'cover_policy_event',
        'cover_claim_event',
      ]) {
        beside.push(...found(`${node.country} ${table}`, await rowsOf(node, table)));
      }
    }
    expect(beside).toEqual([]);
    expect(found('address', addresses)).toEqual([]);
    expect(th.log.length).toBeGreaterThan(20);
    expect((await rowsOf(th, 'job')).length).toBeGreaterThan(3);
  }, 240_000);

  test('refusals say what to do, and repeat nothing of what was typed', async () => {
    await everythingWrong();
    expect(refusals.length).toBeGreaterThan(300);
    expect(found('refusal', refusals)).toEqual([]);
    expect(found('log', th.log)).toEqual([]);
  }, 240_000);

  test('no address of cover takes a name, a number, a telephone or a diagnosis', async () => {
    const { json } = await th.call(undefined, 'GET', '/api/docs');
    const taken = Object.entries(
      json.paths as Record<string, Record<string, { parameters?: { name: string; in: string }[] }>>,
    )
      .filter(([path]) => path.startsWith('/api/cover/'))
      .flatMap(([path, methods]) =>
        Object.values(methods).flatMap(({ parameters = [] }) => parameters.map(({ name }) => [path, name] as const)),
      );
    const telling = /name|phone|number|birth|diagnos|text|search|query|^q$|card|reference|address|person(?!Id)/i;
    expect(taken.filter(([, name]) => telling.test(name))).toEqual([]);
    expect(taken.length).toBeGreaterThan(20);
  });
});
