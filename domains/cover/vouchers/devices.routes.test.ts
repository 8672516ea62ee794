import { randomUUID } from 'node:crypto';
import { addDays } from '@serai/kernel/base/days.ts';
import { generateSigningKey, type SigningKey, signBytes } from '@serai/kernel/trust/jws.ts';
import { type RedemptionStatement, signStatement, statementDigest } from '@serai/kernel/trust/voucher-statement.ts';
import { trialBalance } from '@serai/store/ledger/ledger.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Corridor, openCorridor, type TestNode } from '../../../tests/corridor.ts';
import type { DeviceView, SheetView } from './api.ts';

/** Devices that are lost, on real PostgreSQL: who may revoke one, and what becomes of what it sends later. */

const base = '/api/cover/vouchers';
const programmeId = 'vp:mm:kadon-kani';
const cover = { 'x-purpose-of-use': 'COVERAGE' };
const today = new Date().toISOString().slice(0, 10);
const yesterday = addDays(today, -1);
const second = () => Math.floor(Date.now() / 1000);

let corridor: Corridor;
let mm: TestNode;
let officer: string;
let nurse: string;

beforeAll(async () => {
  corridor = await openCorridor();
  mm = corridor.mm;
  officer = await mm.token('voucher-officer');
  nurse = await mm.token('nurse');
});
afterAll(() => corridor?.close());

const act = (token: string, path: string, body: object, node = mm) =>
  node.call(token, 'POST', base + path, { requestId: randomUUID(), ...body }, cover);
const listed = async (token: string): Promise<DeviceView[]> =>
  (await mm.call(token, 'GET', `${base}/devices`, undefined, cover)).json.devices;
const one = async (id: string) => (await listed(officer)).find((each) => each.deviceId === id)!;
const queueRow = async (voucherId: string) =>
  (await mm.call(officer, 'GET', `${base}/queue?programme=${programmeId}`, undefined, cover)).json.queue.find(
    (each: { voucherId: string }) => each.voucherId === voucherId,
  );

interface Slip {
  readonly text: string;
  readonly code: string;
}

let people = 0;
async function slip(): Promise<Slip> {
  people++;
  const lines = [{ group: 'under-five', name: `Mg Aung ${people}`, village: 'kk-01', language: 'my' }];
  const { holderId } = (await act(officer, '/holders', { programmeId, lines })).json.lines[0];
  const made = { programmeId, holderIds: [holderId], channel: 'print', activate: true };
  const { booklet } = (await act(officer, '/booklets', made)).json.booklets[0];
  const asked = { programmeId, bookletIds: [booklet.bookletId] };
  const sheet = await mm.call(officer, 'POST', `${base}/sheet`, asked, cover);
  const printed = (sheet.json as SheetView).booklets[0]!;
  return { text: printed.vouchers[0]!.text, code: printed.code };
}

interface Device {
  readonly id: string;
  readonly key: SigningKey;
  counter: number;
  previous: string;
}

/** A device set up a few days ago: its clock may tell of any of them. */
async function device(daysAgo = 3): Promise<Device> {
  const key = await generateSigningKey();
  const made = await act(nurse, '/devices', { label: 'Tablet of the front desk', publicJwk: key.publicJwk });
  await act(nurse, `/devices/${made.json.deviceId}/kit`, {});
  const back = daysAgo * 86_400;
  await sql`update voucher_device set kit_issued_at = kit_issued_at - ${back},
    registered = registered - make_interval(days => ${daysAgo}) where device_id = ${made.json.deviceId}`.execute(
    mm.node.database,
  );
  return { id: made.json.deviceId, key, counter: 0, previous: '-' };
}

async function take(by: Device, voucher: Slip, at: number): Promise<string> {
  const statement: RedemptionStatement = {
    ...{ id: randomUUID(), device: by.id, counter: by.counter + 1, previous: by.previous, at },
    on: today,
    voucher: voucher.text,
    code: voucher.code,
  };
  const sign = (bytes: Uint8Array<ArrayBuffer>) => signBytes(bytes, by.key.privateJwk);
  const text = await signStatement(statement, { kid: by.key.kid, sign });
  by.counter = statement.counter;
  by.previous = await statementDigest(text);
  return text;
}

const sync = (by: Device, statements: string[]) => act(nurse, `/devices/${by.id}/sync`, { statements });
const lost = { reason: 'Left behind on the boat to Myawaddy.', inHandUntil: today };

describe('the list of devices', () => {
  it('says who set each up, when it last sent, and the most it may still hold', async () => {
    const by = await device();
    expect(await one(by.id)).toMatchObject({
      label: 'Tablet of the front desk',
      state: 'in-use',
      setUpBy: expect.stringMatching(/\w/),
      sent: 0,
      // Four calendar days since its list, twelve a day, and never above forty between two syncs.
      mayHold: 40,
      waitsForPerson: 0,
    });
    expect((await one(by.id)).lastSync).toBe(undefined);
    await sync(by, [await take(by, await slip(), second())]);
    expect(await one(by.id)).toMatchObject({ sent: 1, mayHold: 39, lastSync: expect.any(String) });
  });

  it('is the officers’; a facility sees its own and no bound; nobody else sees any', async () => {
    const by = await device();
    const own = await mm.call(nurse, 'GET', `${base}/devices`, undefined, cover);
    expect(own.json.devices.some((each: DeviceView) => each.deviceId === by.id)).toBe(true);
    expect(own.json.bounds).toEqual([]);
    const all = await mm.call(officer, 'GET', `${base}/devices`, undefined, cover);
    expect(all.json.bounds).toMatchObject([{ programmeId, devices: expect.any(Number) }]);
    await sql`update voucher_device set facility = 'another-clinic' where device_id = ${by.id}`.execute(
      mm.node.database,
    );
    expect((await listed(nurse)).some((each) => each.deviceId === by.id)).toBe(false);
    expect((await act(nurse, `/devices/${by.id}/revoke`, lost)).code).toBe('vouchers.device-unknown');
    for (const stranger of ['volunteer', 'enrolment-officer', 'employer', 'enforcement', 'operator'] as const) {
      const token = await mm.token(stranger);
      expect([stranger, (await mm.call(token, 'GET', `${base}/devices`, undefined, cover)).status]).toEqual([
        stranger,
        404,
      ]);
      expect([stranger, (await act(token, `/devices/${by.id}/revoke`, lost)).status]).toEqual([stranger, 404]);
    }
  });
});

describe('a revoked device', () => {
  it('is given no list, and what it took while it was in hand waits for a person', async () => {
    const by = await device();
    const voucher = await slip();
    const text = await take(by, voucher, second());
    const before = (await mm.call(officer, 'GET', `${base}/devices`, undefined, cover)).json.bounds[0];
    expect((await act(officer, `/devices/${by.id}/revoke`, lost)).status).toBe(200);
    const after = (await mm.call(officer, 'GET', `${base}/devices`, undefined, cover)).json.bounds[0];
    // It may still take vouchers wherever it is: revoking makes the bound no smaller until its list has run out.
    expect(after.devices).toBe(before.devices);
    expect((await act(nurse, `/devices/${by.id}/kit`, {})).code).toBe('vouchers.device-revoked');
    const sent = await sync(by, [text]);
    expect(sent.json).toMatchObject({
      revoked: true,
      counter: 1,
      results: [{ outcome: 'accepted', held: ['device-revoked'] }],
    });
    const { voucherId } = sent.json.results[0];
    expect(await queueRow(voucherId)).toMatchObject({ state: 'fraud-hold', reasons: ['device-revoked'] });
    expect(await one(by.id)).toMatchObject({
      state: 'revoked',
      waitsForPerson: 1,
      revoked: { because: lost.reason, inHandUntil: today, by: expect.stringMatching(/\w/) },
    });
    const released = await act(officer, '/holds/decide', {
      ...{ programmeId, voucherId, decision: 'release' },
      note: 'The register of the clinic has the visit.',
    });
    expect(released.status).toBe(200);
    expect((await queueRow(voucherId)).state).toBe('redeemed');
    expect((await one(by.id)).waitsForPerson).toBe(0);
  });

  it('what it took after the last day in hand is refused, kept as said, and posts nothing', async () => {
    const by = await device();
    const late = await slip();
    const statements = [await take(by, late, second())];
    await act(nurse, `/devices/${by.id}/revoke`, { ...lost, inHandUntil: yesterday });
    const balance = await trialBalance(mm.node.database);
    const sent = await sync(by, statements);
    expect(sent.json.results).toMatchObject([{ outcome: 'refused', refused: 'vouchers.device-revoked' }]);
    expect(await trialBalance(mm.node.database)).toEqual(balance);
    // The voucher itself is still good, at the desk.
    const desk = { voucher: late.text, bookletCode: late.code, on: today };
    expect((await act(nurse, '/redemptions', desk)).json.outcome).toBe('accepted');
    expect((await sync(by, statements)).json.results).toMatchObject([{ outcome: 'refused' }]);
  });

  it('never takes the place of a redemption accepted before, however early it says it was', async () => {
    const by = await device();
    const voucher = await slip();
    const early = await take(by, voucher, second() - 60);
    const desk = { voucher: voucher.text, bookletCode: voucher.code, on: today };
    const taken = await act(nurse, '/redemptions', desk);
    expect(taken.json.outcome).toBe('accepted');
    await act(officer, `/devices/${by.id}/revoke`, lost);
    expect((await sync(by, [early])).json.results).toMatchObject([{ outcome: 'disputed' }]);
    const disputes = await mm.call(officer, 'GET', `${base}/disputes?programme=${programmeId}`, undefined, cover);
    const mine = disputes.json.disputes.find((each: { voucherId: string }) => each.voucherId === taken.json.voucherId);
    expect(mine).toMatchObject({ because: 'device-revoked', state: 'open' });
    expect(mine.takings[0]).toMatchObject({ role: 'accepted', redemptionId: taken.json.redemptionId });
  });

  it('is revoked once, with a reason and a day that can be, and by the same request the same answer', async () => {
    const by = await device(1);
    const path = `/devices/${by.id}/revoke`;
    for (const [wrong, status] of [
      [{ inHandUntil: today }, 400],
      [{ reason: 'x', inHandUntil: today }, 400],
      [{ reason: 'x'.repeat(301), inHandUntil: today }, 400],
      [{ ...lost, inHandUntil: 'yesterday' }, 400],
      [{ ...lost, more: 1 }, 400],
      [{ ...lost, inHandUntil: addDays(today, 1) }, 422],
      [{ ...lost, inHandUntil: addDays(today, -2) }, 422],
      [{ ...lost, requestId: 'one' }, 400],
    ] as const) {
      expect([wrong, (await act(officer, path, wrong)).status]).toEqual([wrong, status]);
    }
    expect((await act(officer, '/devices/none/revoke', lost)).code).toBe('vouchers.device-unknown');
    expect((await one(by.id)).state).toBe('in-use');
    const requestId = randomUUID();
    const first = await act(officer, path, { requestId, ...lost });
    expect(first.json).toEqual({ deviceId: by.id });
    expect((await act(officer, path, { requestId, ...lost })).json).toEqual(first.json);
    expect((await act(officer, path, lost)).code).toBe('vouchers.device-revoked');
    const kept = await sql<{ count: number }>`select count(*)::int as count from evidence_entry
      where public ->> 'action' = 'revoke-voucher-device'`.execute(mm.node.database);
    expect(kept.rows[0]!.count).toBeGreaterThan(0);
  });

  it('begins anew with a new key alone', async () => {
    const by = await device();
    await act(officer, `/devices/${by.id}/revoke`, lost);
    const again = await act(nurse, '/devices', { label: 'again', publicJwk: by.key.publicJwk });
    expect(again.code).toBe('vouchers.device-revoked');
    const anew = await device(0);
    expect((await sync(anew, [await take(anew, await slip(), second())])).json.results).toMatchObject([
      { outcome: 'accepted' },
    ]);
  });
});
