import { randomUUID } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import writeXlsx from 'write-excel-file/node';
import { type Called, type Corridor, openCorridor, type TestNode } from '../../../tests/corridor.ts';

/** Enrolment over HTTP on a real node: who may, who may not, twice, and hostile. */

const scheme = 'sch:th:migrant-health-insurance';
const coverage = { 'x-purpose-of-use': 'COVERAGE' };
let corridor: Corridor;
let th: TestNode;
const tokens: Record<string, string> = {};
let other = '';

beforeAll(async () => {
  corridor = await openCorridor();
  th = corridor.th;
  for (const name of [
    'enrolment-officer',
    'claims-officer',
    'volunteer',
    'employer',
    'nurse',
    'enforcement',
    'operator',
  ]) {
    tokens[name] = await th.token(name);
  }
  await th.node.database
    .insertInto('cover_group')
    .values({
      group_id: 'employer-demo',
      kind: 'employer',
      name: 'Employer of the test',
      country: 'TH',
      industry: null,
      created: new Date(),
    })
    .execute();
  const made = await officer('POST', '/groups', { requestId: randomUUID(), name: 'Another', kind: 'employer' });
  other = made.json.groupId;
});
afterAll(() => corridor.close());

const as = (who: string, method: string, path: string, body?: unknown): Promise<Called> =>
  th.call(tokens[who], method, `/api/cover/enrolment${path}`, body, coverage);
const officer = (method: string, path: string, body?: unknown) => as('enrolment-officer', method, path, body);

const send = (who: string, path: string, file: Buffer | string, type = 'text/csv') =>
  fetch(`${th.url}/api/cover/enrolment${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tokens[who]}`, 'content-type': type, ...coverage },
    body: file as never,
  }).then(async (answer) => ({ status: answer.status, json: (await answer.json()) as never as Called['json'] }));

const person = (name: string, year = 1991) => ({
  name,
  birth: { kind: 'year', year },
  sex: 'female',
  entitlement: 'contract-worker',
  residence: 'TH',
});
const enrolBody = (name: string, year?: number, over: object = {}) => ({
  requestId: randomUUID(),
  schemeId: scheme,
  members: [{ relation: 'holder', newMember: person(name, year) }],
  ...over,
});

describe('enrolling', () => {
  test('an officer previews, enrols, takes the money; the same request again is the same answer', async () => {
    const { requestId: _, ...question } = enrolBody('Kelvor Dasimp');
    const preview = await officer('POST', '/quote', question);
    expect(preview.status).toBe(200);
    const body = enrolBody('Kelvor Dasimp');
    const first = await officer('POST', '/policies', body);
    expect(first.status).toBe(201);
    const again = await officer('POST', '/policies', body);
    expect(again.json).toEqual(first.json);
    const paid = await officer('POST', '/payments', {
      requestId: randomUUID(),
      policyId: first.json.policyId,
      channel: 'cash',
      reference: 'slip-1',
      amount: preview.json.owed,
    });
    expect(paid).toMatchObject({ status: 201, json: { activated: [first.json.policyId] } });
    const receipt = await officer('GET', `/payments/${paid.json.paymentId}`);
    expect(receipt.json).toMatchObject({ amount: preview.json.owed, lines: [{ amount: preview.json.owed }] });
    const page = await officer('GET', `/members/${first.json.memberIds[0]}`);
    expect(page.json.policies[0]).toMatchObject({ standing: 'active', owed: { amount: '0.00', currency: 'THB' } });
    expect(page.json.events.map((each: { event: string }) => each.event).sort()).toEqual([
      'activated',
      'enrolled',
      'paid',
    ]);
    const found = await officer('POST', '/members/find', { text: 'kelvor' });
    expect(found.json.members).toHaveLength(1);
  });

  test('a volunteer enrols in the field, and takes no money', async () => {
    const made = await as('volunteer', 'POST', '/policies', enrolBody('Wimruv Pyqtad', 1985));
    expect(made.status).toBe(201);
    const page = await officer('GET', `/members/${made.json.memberIds[0]}`);
    expect(page.json.events[0].detail).toEqual({ channel: 'volunteer' });
    const money = { channel: 'cash', reference: 'v', amount: { amount: '1.00', currency: 'THB' } };
    expect((await as('volunteer', 'POST', '/policies', enrolBody('Gobhix Lom', 1970, { payment: money }))).status).toBe(
      404,
    );
  });

  test.each(['enforcement', 'nurse', 'claims-officer', 'employer', 'operator'])('%s may not enrol', async (who) => {
    expect((await as(who, 'POST', '/policies', enrolBody('Nobody Atall'))).status).toBe(404);
  });

  test.each([
    ['passport', { ...person('A B'), passport: 'X1' }],
    ['nationality', { ...person('A B'), nationality: 'MM' }],
    ['immigrationStatus', { ...person('A B'), immigrationStatus: 'none' }],
  ])('a body with %s is refused as such', async (_, newMember) => {
    const answer = await officer('POST', '/policies', {
      requestId: randomUUID(),
      schemeId: scheme,
      members: [{ relation: 'holder', newMember }],
    });
    expect(answer).toMatchObject({ status: 400, code: 'enrolment.forbidden-field' });
  });

  test('likely matches are shown before a second member is made', async () => {
    const described = { name: 'Junfas Drukel', birth: { kind: 'date', date: '1980-02-03' }, sex: 'male' };
    const newMember = { ...described, entitlement: 'contract-worker', residence: 'TH' };
    const one = await officer('POST', '/policies', { ...enrolBody('x'), members: [{ relation: 'holder', newMember }] });
    expect(one.status).toBe(201);
    const alike = await officer('POST', '/duplicates', described);
    expect(alike.json.candidates[0]).toMatchObject({ memberId: one.json.memberIds[0] });
    expect(
      await officer('POST', '/policies', { ...enrolBody('x'), members: [{ relation: 'holder', newMember }] }),
    ).toMatchObject({ status: 409, code: 'enrolment.duplicate-unseen' });
  });

  test('someone with a record here has a Coverage that follows the policy', async () => {
    const nurse = await th.token('nurse');
    const made = await th.call(nurse, 'POST', '/api/persons', {
      requestId: randomUUID(),
      name: { text: 'Torvek Ruvimp' },
      birth: { kind: 'date', date: '1979-11-21' },
      sex: 'male',
      language: 'my',
      consents: [],
    });
    const personId = made.json.id;
    const newMember = {
      name: 'Torvek Ruvimp',
      birth: { kind: 'date', date: '1979-11-21' },
      sex: 'male',
      entitlement: 'contract-worker',
      residence: 'TH',
      personId,
    };
    const stranger = await officer('POST', '/policies', {
      ...enrolBody('x'),
      members: [
        { relation: 'holder', newMember: { ...newMember, name: 'Somebody Else', birth: { kind: 'year', year: 1950 } } },
      ],
    });
    expect(stranger).toMatchObject({ status: 409, code: 'enrolment.person-differs' });
    const policy = await officer('POST', '/policies', {
      ...enrolBody('x'),
      members: [{ relation: 'holder', newMember }],
    });
    expect(policy.status).toBe(201);
    const read = async () =>
      (
        await th.call(tokens['enrolment-officer'], 'GET', `/fhir/R4/Coverage?beneficiary=Patient/${personId}`)
      ).json.entry.map((each: { resource: object }) => each.resource);
    expect(await read()).toMatchObject([{ status: 'draft', subscriberId: policy.json.policyNumber }]);
    const page = await officer('GET', `/members/${policy.json.memberIds[0]}`);
    await officer('POST', '/payments', {
      requestId: randomUUID(),
      policyId: policy.json.policyId,
      channel: 'agent',
      reference: 'a-1',
      amount: page.json.policies[0].owed,
    });
    expect(await read()).toMatchObject([{ status: 'active' }]);
    const today = new Date().toISOString().slice(0, 10);
    const ended = await officer('POST', `/policies/${policy.json.policyId}/end`, {
      requestId: randomUUID(),
      lastDay: today,
      because: 'asked',
    });
    expect(ended.status).toBe(200);
    expect(await read()).toMatchObject([{ status: 'active', period: { end: today } }]);
  });
});

describe('rosters', () => {
  const query = (group: string, over: Record<string, string> = {}) =>
    `?${new URLSearchParams({ groupId: group, schemeId: scheme, ...over })}`;
  const csv =
    'Works number;Name;Birth;Sex;Passport\r\n' +
    'W1;"Zorkel; Drufas";1990-04-05;F;X99\r\n' +
    'W2;สมหญิง ใจดีมาก;2533-05-06;หญิง;\r\n' +
    'W3;မမြင့်မြင့်;၁၉၈၅;မ;\r\n' +
    'W4;;1990;F;\r\n' +
    'W2;Hixlom Jungob;1977;M;\r\n' +
    'W6;=cmd|calc!A1;45000;M;\r\n';

  test('a preview says what each line would do, and writes nothing', async () => {
    const preview = await send('employer', `/rosters/preview${query('employer-demo')}`, csv);
    expect(preview).toMatchObject({
      status: 200,
      json: {
        applied: false,
        forbiddenColumns: ['Passport'],
        counts: { added: 4, refused: 2 },
      },
    });
    expect(preview.json.lines.find((each: { line: number }) => each.line === 5)).toMatchObject({
      outcome: 'refused',
      issues: [{ field: 'name', fault: 'name-missing' }],
    });
    const noted = preview.json.lines.filter((each: { notes?: unknown }) => each.notes);
    expect(noted).toMatchObject([
      { line: 3, outcome: 'added', notes: ['buddhist-year'], birth: '1990-05-06' },
      { line: 7, outcome: 'added', notes: ['sheet-number'], birth: '2023-03-15' },
    ]);
    expect((await officer('POST', '/members/find', { text: '', groupId: 'employer-demo' })).json.members).toEqual([]);
  });

  test('all or nothing, unless the good lines are asked for; a second time nothing changes', async () => {
    const preview = await send('employer', `/rosters/preview${query('employer-demo')}`, csv);
    const { digest } = preview.json;
    const take = (over: Record<string, string>) =>
      send('employer', `/rosters${query('employer-demo', { digest, requestId: randomUUID(), ...over })}`, csv);
    expect((await take({})).json).toMatchObject({ applied: false });
    const members = async () =>
      (await as('employer', 'POST', '/members/find', { text: '' })).json.members as { name: string }[];
    expect(await members()).toEqual([]);
    const taken = await take({ goodLinesOnly: 'true' });
    expect(taken.json).toMatchObject({ applied: true, counts: { added: 4, refused: 2 } });
    expect((await members()).map((each) => each.name).sort()).toEqual(
      ['Zorkel; Drufas', 'cmd|calc!A1', 'มมมม', 'မမြင့်မြင့်']
        .map((name) => (name === 'มมมม' ? 'สมหญิง ใจดีมาก' : name))
        .sort(),
    );
    const again = await take({ goodLinesOnly: 'true' });
    expect(again.json.counts).toEqual({ added: 0, covered: 0, unchanged: 4, changed: 0, refused: 2 });
    const fewer = 'Works number,Name,Birth,Sex,Phone\nW1,Zorkel; Drufas,1990-04-05,F,0812345678\n';
    const changed = await send('employer', `/rosters/preview${query('employer-demo')}`, fewer);
    expect(changed.json).toMatchObject({ counts: { changed: 1 } });
    expect(changed.json.leavers).toHaveLength(3);
    expect(changed.json.lines[0].changes).toEqual(['phone']);
  });

  test('a sheet is read as a file of text is; what is no sheet, or unpacks without end, is refused', async () => {
    const rows = [
      ['Name', 'Birth', 'Sex'].map((value) => ({ value })),
      [
        { value: 'Ladrof Timsel' },
        { value: new Date('1988-03-02T00:00:00Z'), type: Date, format: 'yyyy-mm-dd' },
        { value: 'M' },
      ],
    ];
    const sheet = await writeXlsx(rows as never).toBuffer();
    const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    const read = await send('enrolment-officer', `/rosters/preview${query(other)}`, sheet as Buffer, type);
    expect(read.json).toMatchObject({ counts: { added: 1 }, lines: [{ line: 2, name: 'Ladrof Timsel' }] });
    const bad = await send('enrolment-officer', `/rosters/preview${query(other)}`, bomb(), type);
    expect(bad.json.issue[0].details.coding[0].code).toBe('enrolment.file-unreadable');
    const text = await send('enrolment-officer', `/rosters/preview${query(other)}`, Buffer.from([0xc3, 0x28, 0x41]));
    expect(text.json.issue[0].details.coding[0].code).toBe('enrolment.file-unreadable');
  });

  test('5,000 lines are taken in one go, in one ledger entry; again, they change nothing', async () => {
    const made = await officer('POST', '/groups', { requestId: randomUUID(), name: 'Large', kind: 'employer' });
    const large = made.json.groupId as string;
    const lines = Array.from({ length: 5000 }, (_, i) => `L${i},Person ${i} ${(i * 7919) % 5003},${1960 + (i % 45)},F`);
    const file = `Works number,Name,Birth,Sex\n${lines.join('\n')}\n`;
    const preview = await send('enrolment-officer', `/rosters/preview${query(large)}`, file);
    expect(preview.json.counts).toMatchObject({ added: 5000, refused: 0 });
    const { digest } = preview.json;
    const take = () => send('enrolment-officer', `/rosters${query(large, { digest, requestId: randomUUID() })}`, file);
    expect((await take()).json).toMatchObject({ applied: true, counts: { added: 5000 } });
    expect((await take()).json.counts).toMatchObject({ added: 0, unchanged: 5000 });
    const { groups } = (await officer('GET', '/groups')).json;
    expect(groups.find((each: { groupId: string }) => each.groupId === large)).toMatchObject({ members: 5000 });
  });

  test('an employer reaches its own group alone, and nothing of money', async () => {
    expect((await send('employer', `/rosters/preview${query(other)}`, csv)).status).toBe(404);
    const elsewhere = await officer('POST', '/policies', enrolBody('Hidmor Velsak', 1966, { groupId: other }));
    expect((await as('employer', 'GET', `/members/${elsewhere.json.memberIds[0]}`)).status).toBe(404);
    expect((await as('employer', 'POST', '/members/find', { text: 'hidmor' })).json.members).toEqual([]);
    expect((await as('employer', 'GET', '/groups')).json.groups).toHaveLength(1);
    expect(
      (await as('employer', 'POST', '/bulk', { requestId: randomUUID(), kind: 'renew', ids: ['x'], because: 'y' }))
        .status,
    ).toBe(404);
    expect((await as('employer', 'GET', '/statement-lines')).status).toBe(404);
  });

  test.each(['enforcement', 'nurse', 'volunteer'])('%s sends no roster', async (who) => {
    expect((await send(who, `/rosters/preview${query(other)}`, csv)).status).toBe(404);
  });
});

describe('statements of payment channels', () => {
  test('lines are matched by number, the others wait for somebody; a line is taken once', async () => {
    const made = await officer('POST', '/policies', enrolBody('Paymol Strun', 1972));
    const page = await officer('GET', `/members/${made.json.memberIds[0]}`);
    const { amount } = page.json.policies[0].owed;
    const csv =
      'Transaction ID,Date,Amount,Message,Status\n' +
      `T1,${dmy()},"${amount}",for ${made.json.policyNumber.toLowerCase()},Completed\n` +
      `T2,${dmy()},50.00,rent,Completed\n` +
      `T3,${dmy()},50.00,${made.json.policyNumber},Failed\n` +
      `T4,31/02/2026x,50.00,x,Completed\n`;
    const take = () => send('enrolment-officer', `/statements?channel=mobile-money-th&requestId=${randomUUID()}`, csv);
    expect((await take()).json).toMatchObject({
      matched: 1,
      waiting: 1,
      known: 0,
      passedOver: 1,
      unreadable: [{ line: 5 }],
    });
    expect((await take()).json).toMatchObject({ matched: 0, waiting: 0, known: 2 });
    const after = await officer('GET', `/members/${made.json.memberIds[0]}`);
    expect(after.json.policies[0].standing).toBe('active');
    const { rows } = (await officer('GET', '/statement-lines')).json;
    expect(rows).toHaveLength(1);
    const settle = { statementId: rows[0].statementId, line: rows[0].line, because: 'said by telephone' };
    const settled = await officer('POST', '/statement-lines', {
      requestId: randomUUID(),
      ...settle,
      policyId: made.json.policyId,
    });
    expect(settled.json).toMatchObject({ credit: { amount: '50.00', currency: 'THB' } });
    expect(await officer('POST', '/statement-lines', { requestId: randomUUID(), ...settle })).toMatchObject({
      code: 'enrolment.line-settled',
    });
  });
});

describe('bulk acts and campaigns', () => {
  test('a write-off of many is previewed, done, and taken back as one', async () => {
    const made = await officer('POST', '/policies', enrolBody('Owing Brastel', 1969));
    const page = await officer('GET', `/members/${made.json.memberIds[0]}`);
    const ids = [page.json.policies[0].instalments[0].instalmentId];
    const preview = await officer('POST', '/bulk/preview', { kind: 'write-off', ids });
    expect(preview.json).toMatchObject({ done: 1, undoable: true });
    const owed = async () => (await officer('GET', `/members/${made.json.memberIds[0]}`)).json.policies[0].owed.amount;
    const before = await owed();
    const done = await officer('POST', '/bulk', { requestId: randomUUID(), kind: 'write-off', ids, because: 'gone' });
    expect(await owed()).toBe('0.00');
    await officer('POST', '/bulk/undo', { requestId: randomUUID(), kind: 'write-off', batchId: done.json.batchId });
    expect(await owed()).toBe(before);
  });

  test('a campaign takes its percent off, and its effect is measured against those it was not for', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const made = await officer('POST', '/campaigns', {
      requestId: randomUUID(),
      name: 'Ten percent',
      schemeId: scheme,
      begins: today,
      ends: '2099-01-01',
      incentivePercent: 10,
      targeted: ['employer-demo'],
      controls: [other],
    });
    expect(made.status).toBe(201);
    const { requestId: _, ...plain } = enrolBody('Camwil Porad', 1964);
    const full = await officer('POST', '/quote', plain);
    const less = await officer('POST', '/quote', { ...plain, groupId: 'employer-demo' });
    expect(Number(less.json.owed.amount)).toBeCloseTo(Number(full.json.owed.amount) * 0.9, 2);
    const effect = await officer('GET', `/campaigns/${made.json.campaignId}`);
    expect(effect.json).toMatchObject({ effect: { caution: 'no-interval', targeted: { employers: 1 } } });
    expect((await as('employer', 'GET', '/campaigns')).json.campaigns).toHaveLength(1);
    expect((await as('employer', 'GET', `/campaigns/${made.json.campaignId}`)).status).toBe(404);
  });
});

function dmy(): string {
  const [year, month, day] = new Date().toISOString().slice(0, 10).split('-');
  return `${day}/${month}/${year} 10:15`;
}

/** A ZIP file of a few kilobytes that says it holds little and unpacks to 200 MB. */
function bomb(): Buffer {
  const data = deflateRawSync(Buffer.alloc(200 * 1024 * 1024));
  const name = Buffer.from('xl/worksheets/sheet1.xml');
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(data.length, 18);
  local.writeUInt32LE(100, 22);
  local.writeUInt16LE(name.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(data.length, 20);
  central.writeUInt32LE(100, 24);
  central.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length + name.length, 12);
  end.writeUInt32LE(local.length + name.length + data.length, 16);
  return Buffer.concat([local, name, data, central, name, end]);
}

describe('the card of someone who is registered', () => {
  const name = 'Zanmira Holvek';
  let text = '';

  async function cardOf(node: TestNode): Promise<string> {
    const nurse = await node.token('nurse');
    const traits = { name: { text: name }, birth: { kind: 'year', year: 1991 }, sex: 'female' };
    const registered = await node.call(nurse, 'POST', '/api/persons', {
      ...traits,
      requestId: randomUUID(),
      language: 'en',
      consents: [{ purpose: 'COC', decision: 'permit' }],
    });
    const card = await node.call(nurse, 'POST', `/api/persons/${registered.json.id}/cards`, {
      requestId: randomUUID(),
      include: [],
    });
    return card.json.printed.text;
  }
  const enrolled = (card: string, over: object = {}) =>
    officer('POST', '/policies', {
      ...enrolBody(name),
      members: [{ relation: 'holder', newMember: { ...person(name), ...over, card } }],
    });

  beforeAll(async () => {
    text = await cardOf(th);
  });

  test('another’s card, a card of another country and no card at all are refused', async () => {
    const other = await enrolled(text, { name: 'Brudon Kasheq', birth: { kind: 'year', year: 1950 }, sex: 'male' });
    expect(other.code).toBe('enrolment.person-differs');
    expect((await enrolled(await cardOf(corridor.mm))).code).toBe('enrolment.unknown-person');
    expect((await enrolled('not a card')).code).toMatch(/^card\./);
  });

  test('her own links the member to her record, once', async () => {
    const { status, json } = await enrolled(text);
    expect(status).toBe(201);
    const page = await officer('GET', `/members/${json.memberIds[0]}`);
    expect(page.json.member.personId).toMatch(/^[0-9a-f-]{36}$/);
    expect(page.text).not.toContain(text);
    expect((await enrolled(text)).code).toBe('enrolment.person-enrolled');
  });
});
