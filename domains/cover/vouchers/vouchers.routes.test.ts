import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { addDays } from '@serai/kernel/base/days.ts';
import { generateSigningKey, type SigningKey, signBytes } from '@serai/kernel/trust/jws.ts';
import { type RedemptionStatement, signStatement, statementDigest } from '@serai/kernel/trust/voucher-statement.ts';
import { accountBalances, trialBalance } from '@serai/store/ledger/ledger.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Corridor, openCorridor, type TestNode } from '../../../tests/corridor.ts';
import type { SheetView } from './api.ts';

/** The voucher desk on real PostgreSQL, in two nodes. */

const base = '/api/cover/vouchers';
const programmeId = 'vp:mm:kadon-kani';
const cover = { 'x-purpose-of-use': 'COVERAGE' };
const pays = { 'x-purpose-of-use': 'HPAYMT' };
const day = new Date().toISOString().slice(0, 10);

let corridor: Corridor;
let mm: TestNode;
let officer: string;
let nurse: string;
let fund: string;

beforeAll(async () => {
  corridor = await openCorridor();
  mm = corridor.mm;
  officer = await mm.token('voucher-officer');
  nurse = await mm.token('nurse');
  fund = await mm.token('fund-manager');
});
afterAll(() => corridor?.close());

const post = (token: string, path: string, body: object, headers: Record<string, string> = cover, node = mm) =>
  node.call(token, 'POST', base + path, body, headers);
const act = (token: string, path: string, body: object, headers: Record<string, string> = cover, node = mm) =>
  post(token, path, { requestId: randomUUID(), ...body }, headers, node);

let people = 0;
async function booklet(group = 'pregnant', more: { channel?: string; activate?: boolean; phone?: string } = {}) {
  people++;
  const registered = await act(officer, '/holders', {
    programmeId,
    lines: [
      { group, name: `Ma Aye ${people}`, village: 'kk-01', language: 'my', ...(more.phone && { phone: more.phone }) },
    ],
  });
  const holderId = registered.json.lines[0].holderId as string;
  const issued = await act(officer, '/booklets', {
    programmeId,
    holderIds: [holderId],
    channel: more.channel ?? 'print',
    activate: more.activate ?? true,
  });
  expect(issued.json.booklets[0].refused).toBe(undefined);
  const bookletId = issued.json.booklets[0].booklet.bookletId as string;
  const sheet = await post(officer, '/sheet', { programmeId, bookletIds: [bookletId] });
  const printed = (sheet.json as SheetView).booklets[0]!;
  const slip = (service: string, number = 1) =>
    printed.vouchers.find((each) => each.service === service && each.number === number)!;
  return { holderId, bookletId, printed, slip };
}

const redeem = (voucher: string, bookletCode: string, more: object = {}, token = nurse, headers = cover, node = mm) =>
  act(token, '/redemptions', { voucher, bookletCode, on: day, ...more }, headers, node);

async function balances(): Promise<Record<string, bigint>> {
  const rows = await accountBalances(mm.node.database, { prefix: '' });
  return Object.fromEntries(
    rows
      .filter((row) => row.account.includes('maternal-voucher'))
      .map((row) => [
        row.account.split(':').find((part) => part.startsWith('voucher-')) ?? 'cash',
        row.creditsPosted - row.debitsPosted,
      ]),
  );
}

describe('handing out', () => {
  it('registers each line for itself, and says beforehand what would come of it', async () => {
    const lines = [
      { group: 'under-five', name: 'Mg Ko', village: 'kk-02', language: 'my', birthDate: '2025-01-01' },
      { group: 'under-five', name: 'Mg Too Old', village: 'kk-02', language: 'my', birthDate: '2015-01-01' },
      { group: 'under-five', name: 'Mg Elsewhere', village: 'bangkok', language: 'my' },
      { group: 'under-five', name: 'mg  KO', village: 'kk-02', language: 'my' },
    ];
    const expected = [undefined, 'vouchers.not-eligible', 'vouchers.unknown-village', 'vouchers.already-registered'];
    const preview = await post(officer, '/holders/preview', { programmeId, lines });
    expect(preview.json.lines.map((each: { refused?: string }) => each.refused)).toEqual(expected);
    const done = await act(officer, '/holders', { programmeId, lines });
    expect(done.json.lines.map((each: { refused?: string }) => each.refused)).toEqual(expected);
    const found = await post(officer, '/holders/find', { programmeId, name: 'mg ko' });
    expect(found.json.holders).toHaveLength(1);
  });

  it('asks for no document, and takes none', async () => {
    const answer = await act(officer, '/holders', {
      programmeId,
      lines: [{ group: 'pregnant', name: 'Ma', village: 'kk-01', language: 'my', passport: 'X1' }],
    });
    expect(answer.status).toBe(400);
  });

  it('owes the holder what was issued, and nothing once it is made void', async () => {
    const before = await balances();
    const made = await booklet();
    const issued = await balances();
    // 4000 + 3 × 3000 + 8000 + 25000 + 2 × 3000 kyat.
    expect((issued['voucher-liability'] ?? 0n) - (before['voucher-liability'] ?? 0n)).toBe(5_200_000n);
    const again = await act(officer, '/booklets', {
      programmeId,
      holderIds: [made.holderId],
      channel: 'print',
      activate: true,
    });
    expect(again.json.booklets[0].refused).toBe('vouchers.has-booklet');
    const undone = await act(officer, `/booklets/${made.bookletId}/act`, { programmeId, act: 'void' });
    expect(undone.json.moved).toBe(8);
    expect((await balances())['voucher-liability'] ?? 0n).toBe(before['voucher-liability'] ?? 0n);
    expect((await redeem(made.slip('anc').text, made.printed.code)).code).toBe('vouchers.void');
  });

  it('replaces what is left of a lost booklet', async () => {
    const made = await booklet();
    expect((await redeem(made.slip('anc').shortCode, made.printed.code)).status).toBe(200);
    const replaced = await act(officer, `/booklets/${made.bookletId}/act`, { programmeId, act: 'replace' });
    expect(replaced.json.vouchers).toBe(7);
    expect((await redeem(made.slip('anc', 2).text, made.printed.code)).code).toBe('vouchers.lost-replaced');
    const sheet = await post(officer, '/sheet', { programmeId, bookletIds: [replaced.json.bookletId] });
    const fresh = (sheet.json as SheetView).booklets[0]!;
    const second = fresh.vouchers.find((each) => each.service === 'anc' && each.number === 2)!;
    expect((await redeem(second.text, fresh.code)).code).toBe('vouchers.too-soon');
  });

  it('sends the codes as a text through the outbox, into a file', async () => {
    const none = await act(officer, '/holders', {
      programmeId,
      lines: [{ group: 'pregnant', name: 'Ma No Phone', village: 'kk-05', language: 'my' }],
    });
    const refused = await act(officer, '/booklets', {
      programmeId,
      holderIds: [none.json.lines[0].holderId],
      channel: 'sms',
      activate: true,
    });
    expect(refused.json.booklets[0].refused).toBe('vouchers.no-phone');
    const made = await booklet('pregnant', { channel: 'sms', phone: '+95 9 123 456' });
    const text = await smsTo('+95 9 123 456');
    expect(text).toContain(made.slip('delivery').shortCode);
    expect(mm.log.join('\n')).not.toContain('123 456');
  });

  it('a booklet that was only sent as a text is redeemed by what the text says: no paper, no square', async () => {
    const before = await balances();
    const registered = await act(officer, '/holders', {
      programmeId,
      lines: [{ group: 'pregnant', name: 'Ma Phyu', village: 'kk-06', language: 'en', phone: '+95 9 777 001' }],
    });
    const issued = await act(officer, '/booklets', {
      ...{ programmeId, holderIds: [registered.json.lines[0].holderId], channel: 'sms', activate: true },
    });
    expect(issued.json.booklets[0].booklet.vouchers).toBe(8);
    const text = await smsTo('+95 9 777 001');
    expect(text).not.toContain('Ma Phyu');
    // Whoever holds the telephone reads two codes out: the booklet's, and the first visit's.
    const [, bookletCode] = /code ([0-9A-Z-]+)/i.exec(text) ?? [];
    const [, shortCode] = /^Care before birth 1: ([0-9A-Z-]+)$/m.exec(text) ?? [];
    const asked = await post(nurse, '/check', { voucher: shortCode!, bookletCode });
    expect(asked.json).toMatchObject({ service: 'anc', number: 1, state: 'activated', holder: 'Ma Phyu' });
    expect((await redeem(shortCode!, '00000000')).code).toBe('vouchers.wrong-booklet');
    const taken = await redeem(shortCode!.toLowerCase(), bookletCode!, { service: 'anc' });
    expect(taken.json).toMatchObject({ outcome: 'accepted', service: 'anc', number: 1 });
    expect((await redeem(shortCode!, bookletCode!)).code).toBe('vouchers.already-redeemed');
    expect((await balances())['voucher-payable']! - (before['voucher-payable'] ?? 0n)).toBe(400_000n);
  });

  /** The one text that was sent to a number, as the modem's folder holds it. */
  async function smsTo(number: string): Promise<string> {
    await mm.node.work();
    const folder = `${mm.home}/sms/MM`;
    const texts = readdirSync(folder).map((name) => readFileSync(`${folder}/${name}`, 'utf8'));
    const mine = texts.filter((each) => each.startsWith(`To: ${number}\n`));
    expect(mine).toHaveLength(1);
    return mine[0]!;
  }
});

describe('redeeming with a network', () => {
  it('fifty at once pay once', async () => {
    const before = await balances();
    const made = await booklet('under-five');
    const slip = made.slip('child-visit');
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => redeem(slip.text, made.printed.code, { service: 'child-visit' })),
    );
    expect(answers.filter((each) => each.status === 200)).toHaveLength(1);
    expect(new Set(answers.filter((each) => each.status !== 200).map((each) => each.code))).toEqual(
      new Set(['vouchers.already-redeemed']),
    );
    expect((await balances())['voucher-payable']! - (before['voucher-payable'] ?? 0n)).toBe(250_000n);
  });

  it('one request sent again is answered as before', async () => {
    const made = await booklet('under-five');
    const body = {
      requestId: randomUUID(),
      voucher: made.slip('child-visit').shortCode.toLowerCase(),
      bookletCode: made.printed.code,
      on: day,
    };
    const first = await post(nurse, '/redemptions', body);
    expect(first.json).toMatchObject({ outcome: 'accepted', service: 'child-visit', number: 1 });
    expect((await post(nurse, '/redemptions', body)).json).toEqual(first.json);
  });

  it.each<[string, (made: Awaited<ReturnType<typeof booklet>>) => [string, string, object], string]>([
    ['another booklet’s code', (made) => [made.slip('anc').text, '00000000', {}], 'vouchers.wrong-booklet'],
    [
      'another service',
      (made) => [made.slip('anc').text, made.printed.code, { service: 'pnc' }],
      'vouchers.wrong-service',
    ],
    ['out of order', (made) => [made.slip('anc', 3).text, made.printed.code, {}], 'vouchers.out-of-order'],
    ['before the birth', (made) => [made.slip('pnc').text, made.printed.code, {}], 'vouchers.birth-first'],
    ['tomorrow', (made) => [made.slip('anc').text, made.printed.code, { on: '2999-01-01' }], 'vouchers.future-service'],
    ['a code that is none', (made) => ['ABCDEFGHJK', made.printed.code, {}], 'vouchers.unknown'],
    [
      'a square that was changed',
      (made) => [`${made.slip('anc').text.slice(0, -2)}00`, made.printed.code, {}],
      'voucher.tampered',
    ],
  ])('%s is refused', async (_, given, code) => {
    const made = await booklet();
    const [voucher, bookletCode, more] = given(made);
    expect((await redeem(voucher, bookletCode, more)).code).toBe(code);
  });

  it('a booklet not yet activated is worth nothing', async () => {
    const made = await booklet('pregnant', { activate: false });
    expect((await redeem(made.slip('anc').text, made.printed.code)).code).toBe('vouchers.not-activated');
    await act(officer, `/booklets/${made.bookletId}/act`, { programmeId, act: 'activate' });
    expect((await redeem(made.slip('anc').text, made.printed.code)).status).toBe(200);
  });

  it('writes the visit into the record of carers who treat, and of nobody else', async () => {
    const person = await mm.call(nurse, 'POST', '/api/persons', {
      requestId: randomUUID(),
      name: { text: 'Ma Hla' },
      birth: { kind: 'year', year: 1996 },
      sex: 'female',
      language: 'my',
      consents: [{ purpose: 'TREAT', decision: 'permit' }],
    });
    const personId = person.json.id as string;
    const visits = async () =>
      (await mm.call(nurse, 'GET', `/fhir/R4/Encounter?subject=Patient/${personId}`)).json.entry?.length ?? 0;
    const one = await booklet();
    expect((await redeem(one.slip('anc').text, one.printed.code, { personId })).status).toBe(200);
    expect(await visits()).toBe(0);
    const two = await booklet();
    const treat = { 'x-purpose-of-use': 'TREAT' };
    expect((await redeem(two.slip('anc').text, two.printed.code, { personId }, nurse, treat)).status).toBe(200);
    expect(await visits()).toBe(1);
  });

  it('is not for those who hand out, nor the other way round', async () => {
    const made = await booklet();
    expect((await redeem(made.slip('anc').text, made.printed.code, {}, officer)).status).toBe(404);
    expect((await post(nurse, '/sheet', { programmeId, bookletIds: [made.bookletId] })).status).toBe(404);
    expect((await act(officer, '/batches', { programmeId, upTo: day })).status).toBe(404);
    const enforcement = await mm.token('enforcement');
    expect((await redeem(made.slip('anc').text, made.printed.code, {}, enforcement)).status).toBe(404);
  });
});

interface Device {
  readonly id: string;
  readonly key: SigningKey;
  counter: number;
  previous: string;
}

async function device(): Promise<Device> {
  const key = await generateSigningKey();
  const made = await act(nurse, '/devices', { label: 'tablet', publicJwk: key.publicJwk });
  expect(made.status).toBe(200);
  const kit = await act(nurse, `/devices/${made.json.deviceId}/kit`, {});
  expect(kit.json.kit.split('.')).toHaveLength(3);
  return { id: made.json.deviceId, key, counter: 0, previous: '-' };
}

async function take(by: Device, voucher: string, code: string, more: Partial<RedemptionStatement> = {}) {
  const statement: RedemptionStatement = {
    id: randomUUID(),
    device: by.id,
    counter: by.counter + 1,
    previous: by.previous,
    at: Math.floor(Date.now() / 1000),
    on: day,
    voucher,
    code,
    ...more,
  };
  const text = await signStatement(statement, {
    kid: by.key.kid,
    sign: (bytes) => signBytes(bytes, by.key.privateJwk),
  });
  by.counter = statement.counter;
  by.previous = await statementDigest(text);
  return text;
}

const sync = (by: Device, statements: string[]) => act(nurse, `/devices/${by.id}/sync`, { statements });

describe('redeeming without a network', () => {
  it('of two devices that took one voucher, the first in time is paid and the other disputed, whoever syncs first', async () => {
    const made = await booklet('under-five');
    const [a, b] = [await device(), await device()];
    const now = Math.floor(Date.now() / 1000);
    const slip = made.slip('child-visit').text;
    const late = await take(b, slip, made.printed.code, { at: now + 60 });
    const early = await take(a, slip, made.printed.code, { at: now });
    const first = await sync(b, [late]);
    expect(first.json.results).toMatchObject([{ outcome: 'accepted' }]);
    const second = await sync(a, [early]);
    expect(second.json.results).toMatchObject([{ outcome: 'accepted' }]);
    expect((await sync(b, [late])).json.results).toMatchObject([{ outcome: 'disputed' }]);
    const listed = await mm.call(officer, 'GET', `${base}/disputes?programme=${programmeId}`, undefined, cover);
    const dispute = listed.json.disputes.find((each: { because: string }) => each.because === 'came-first');
    expect(dispute.takings.map((each: { role: string; statement: string }) => [each.role, each.statement])).toEqual([
      ['accepted', early],
      ['other', late],
    ]);
    const queue = await mm.call(officer, 'GET', `${base}/queue?programme=${programmeId}`, undefined, cover);
    const mine = queue.json.queue.find((each: { disputed: boolean }) => each.disputed);
    const blocked = await act(officer, '/validate', { programmeId, voucherIds: [mine.voucherId] });
    expect(blocked.json.vouchers[0].refused).toBe('vouchers.dispute-open');
    const decided = await act(officer, `/disputes/${dispute.disputeId}/decide`, {
      programmeId,
      decision: 'stands',
      note: 'The register of the clinic shows the first visit.',
    });
    expect(decided.json.decision).toBe('stands');
    const twice = await act(officer, `/disputes/${dispute.disputeId}/decide`, {
      programmeId,
      decision: 'neither',
      note: 'once more',
    });
    expect(twice.code).toBe('vouchers.dispute-closed');
  });

  it('a repeat changes nothing; a gap, a number used twice and a broken chain are seen', async () => {
    const made = await booklet('under-five');
    const by = await device();
    const one = await take(by, made.slip('child-visit').text, made.printed.code);
    const two = await take(by, made.slip('child-visit', 2).text, made.printed.code);
    expect((await sync(by, [two])).json).toMatchObject({ stopped: 'vouchers.counter-gap', counter: 0 });
    const both = await sync(by, [one, two]);
    // The second visit is too soon after the first: kept, refused, and its number counted.
    expect(both.json.results).toMatchObject([
      { outcome: 'accepted' },
      { outcome: 'refused', refused: 'vouchers.too-soon' },
    ]);
    expect((await sync(by, [one, two])).json.results).toEqual(
      both.json.results.map((each: object) => ({ ...each, voucherId: expect.any(String) })),
    );
    by.counter = 1;
    const other = await take(by, made.slip('child-visit', 3).text, made.printed.code);
    expect((await sync(by, [other])).json.stopped).toBe('vouchers.counter-reused');
    expect((await sync(by, [])).code).toBe('vouchers.counter-reused');
    const third = await device();
    third.previous = by.previous;
    expect(
      (await sync(third, [await take(third, made.slip('child-visit', 3).text, made.printed.code)])).json.stopped,
    ).toBe('vouchers.chain-broken');
  });

  it('a clock set back, a forged voucher and more than the device may are refused', async () => {
    const by = await device();
    const made = await booklet('under-five');
    const now = Math.floor(Date.now() / 1000);
    const back = await take(by, made.slip('child-visit').text, made.printed.code, { at: now - 86_400 });
    const forged = await take(by, `${made.slip('child-visit').text.slice(0, -2)}00`, made.printed.code, { at: now });
    expect((await sync(by, [back, forged])).json.results).toMatchObject([
      { refused: 'vouchers.clock' },
      { refused: 'voucher.tampered' },
    ]);
    const many: string[] = [];
    for (let i = 0; i < 13; i++) {
      const each = await booklet('under-five');
      many.push(await take(by, each.slip('child-visit').text, each.printed.code, { at: now }));
    }
    const outcomes = (await sync(by, many)).json.results.map((each: { refused?: string }) => each.refused);
    expect(outcomes.filter((each: string | undefined) => each === undefined)).toHaveLength(12);
    expect(outcomes.at(-1)).toBe('vouchers.cap-day');
  });
});

describe('from validation to payment', () => {
  it('validates, calls, pays by a second person, and the ledger is even', async () => {
    const listed = await mm.call(officer, 'GET', `${base}/queue?programme=${programmeId}`, undefined, cover);
    const queue = listed.json.queue as { voucherId: string; redemptionId: string; sampled: boolean; state: string }[];
    for (const each of queue) {
      if (each.state === 'fraud-hold') {
        const released = await act(officer, '/holds/decide', {
          ...{ programmeId, voucherId: each.voucherId, decision: 'release' },
          note: 'One test provider does the work of many.',
        });
        expect(released.status).toBe(200);
      }
      if (each.sampled) {
        const early = await act(officer, '/validate', { programmeId, voucherIds: [each.voucherId] });
        expect(early.json.vouchers[0].refused).toBe('vouchers.call-first');
        const called = await act(officer, '/calls', {
          ...{ programmeId, redemptionId: each.redemptionId, confirmed: true, satisfaction: 5 },
        });
        expect(called.status).toBe(200);
      }
    }
    const validated = await act(officer, '/validate', { programmeId, voucherIds: queue.map((each) => each.voucherId) });
    const refused = validated.json.vouchers.filter((each: { refused?: string }) => each.refused);
    expect(refused).toEqual([]);
    const before = await balances();
    const proposed = await act(fund, '/batches', { programmeId, upTo: day }, pays);
    expect(proposed.json.vouchers).toBe(queue.length);
    const { batchId } = proposed.json;
    expect((await act(fund, `/batches/${batchId}/decide`, { programmeId, decision: 'pay' }, pays)).code).toBe(
      'vouchers.own-batch',
    );
    const second = await mm.token('second-fund-manager');
    const paid = await act(second, `/batches/${batchId}/decide`, { programmeId, decision: 'pay' }, pays);
    expect(paid.json).toMatchObject({ state: 'paid', amount: proposed.json.amount });
    const after = await balances();
    expect(before['voucher-payable']).toBe(BigInt(proposed.json.amount.amount.replace('.', '')));
    expect(after['voucher-payable']).toBe(0n);
    for (const row of await trialBalance(mm.node.database)) {
      expect(row.debits).toBe(row.credits);
    }
    expect((await act(second, '/batches', { programmeId, upTo: day }, pays)).code).toBe('vouchers.nothing-to-pay');
  });

  it('writes off what was not used in time, and not a day before the time of grace is over', async () => {
    await booklet('under-five');
    await lastDay(21);
    await expire();
    expect(await inState('expired')).toBe(0);
    await lastDay(22);
    await expire();
    expect(await inState('activated')).toBe(0);
    expect(await inState('issued')).toBe(0);
    expect((await balances())['voucher-liability']).toBe(0n);
  });

  /** The last day of every voucher, so many days ago: no test waits for a year. */
  async function lastDay(daysAgo: number) {
    await sql`update voucher set expires_on = ${addDays(day, -daysAgo)}::date`.execute(mm.node.database);
  }

  async function expire() {
    const token = officer;
    const asked = await act(token, '/expire', { programmeId });
    await mm.node.work();
    const job = await mm.call(token, 'GET', `/api/cover/jobs/${asked.json.jobId}`, undefined, cover);
    expect(job.json.state).toBe('done');
  }

  async function inState(state: string): Promise<number> {
    const told = await mm.call(officer, 'GET', `${base}/indicators?programme=${programmeId}`, undefined, cover);
    expect(told.json.indicators.length).toBeGreaterThan(10);
    return told.json.states[state] ?? 0;
  }
});

describe('across the border', () => {
  it('a voucher of one node is taken in the other, and the issuer pays once', async () => {
    const { th } = corridor;
    const made = await booklet('under-five');
    const nurseAbroad = await th.token('nurse');
    const slip = made.slip('child-visit');
    const taken = await redeem(slip.text, made.printed.code, {}, nurseAbroad, cover, th);
    expect(taken.json).toMatchObject({ outcome: 'accepted', service: 'child-visit' });
    expect((await redeem(slip.text, made.printed.code, {}, nurseAbroad, cover, th)).code).toBe(
      'vouchers.already-redeemed',
    );
    await th.node.work();
    expect((await redeem(slip.text, made.printed.code)).code).toBe('vouchers.already-redeemed');
    const queue = await mm.call(officer, 'GET', `${base}/queue?programme=${programmeId}`, undefined, cover);
    expect(queue.json.queue.map((each: { provider: string }) => each.provider)).toContain('TH:mae-sot-clinic');
    // Used at home first: the issuer answers that it is disputed, and the facility abroad sees it.
    const next = await booklet('under-five');
    expect((await redeem(next.slip('child-visit').text, next.printed.code)).status).toBe(200);
    // Later by more than a second: of two takings in one second, neither is the first.
    th.clockOffsetSeconds = 3;
    const late = await redeem(next.slip('child-visit').text, next.printed.code, {}, nurseAbroad, cover, th);
    expect(late.status).toBe(200);
    await th.node.work();
    const own = await th.call(nurseAbroad, 'GET', `${base}/redemptions`, undefined, cover);
    expect(own.json.redemptions.map((each: { outcome: string }) => each.outcome)).toEqual(['disputed', 'accepted']);
    th.clockOffsetSeconds = 0;
  });
});

// Last: what is left in dispute here would wait in the queues of the tests above.
describe('taken twice within one second', () => {
  it('the lower number of its device came first, then the lesser id, whoever is heard first', async () => {
    const at = Math.floor(Date.now() / 1000);
    for (const heard of ['first', 'second'] as const) {
      // By number: one device took another voucher before, so that this is its second.
      const other = await booklet('under-five');
      const made = await booklet('under-five');
      const slip = made.slip('child-visit').text;
      const [one, two] = [await device(), await device()];
      const before = await take(two, other.slip('child-visit').text, other.printed.code, { at });
      const lower = [one, [await take(one, slip, made.printed.code, { at })]] as const;
      const higher = [two, [before, await take(two, slip, made.printed.code, { at })]] as const;
      const told = heard === 'first' ? [lower, higher] : [higher, lower];
      for (const [by, statements] of told) {
        expect((await sync(by, [...statements])).json.stopped).toBe(undefined);
      }
      expect((await sync(one, [...lower[1]])).json.results.at(-1)).toMatchObject({ outcome: 'accepted' });
      expect((await sync(two, [...higher[1]])).json.results.at(-1)).toMatchObject({ outcome: 'disputed' });

      // By id: the numbers are equal too.
      const next = await booklet('under-five');
      const text = next.slip('child-visit').text;
      const [a, b] = [await device(), await device()];
      const [lesser, greater] = [randomUUID(), randomUUID()].sort();
      const first = await take(a, text, next.printed.code, { at, id: lesser! });
      const second = await take(b, text, next.printed.code, { at, id: greater! });
      for (const [by, statement] of heard === 'first'
        ? ([
            [a, first],
            [b, second],
          ] as const)
        : ([
            [b, second],
            [a, first],
          ] as const)) {
        await sync(by, [statement]);
      }
      expect((await sync(a, [first])).json.results).toMatchObject([{ outcome: 'accepted' }]);
      expect((await sync(b, [second])).json.results).toMatchObject([{ outcome: 'disputed' }]);
    }
  });
});
