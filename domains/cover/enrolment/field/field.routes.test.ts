import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Called, type Corridor, openCorridor, type TestNode } from '../../../../tests/corridor.ts';
import { type EnrolForm, emptyForm, emptyPerson, enrolBody } from '../console/enrol-form.ts';
import { type FieldKit, type FieldScheme, openedAtMost, seal, sealedAtMost, unseal } from './field.ts';
import { fieldPrice } from './price.ts';

/** Enrolling where there is no network: what is sealed on the device, who may open it, and that it says the node's own price. */

const coverage = { 'x-purpose-of-use': 'COVERAGE' };
const day = (count: number) => new Date(Date.now() + count * 86_400_000).toISOString().slice(0, 10);
let corridor: Corridor;
let th: TestNode;
const tokens: Record<string, string> = {};

beforeAll(async () => {
  corridor = await openCorridor();
  th = corridor.th;
  for (const name of ['volunteer', 'enrolment-officer', 'nurse', 'employer', 'claims-officer', 'enforcement']) {
    tokens[name] = await th.token(name);
  }
});
afterAll(() => corridor?.close());

const call = (who: string, method: string, path: string, body?: unknown): Promise<Called> =>
  th.call(tokens[who], method, `/api/cover/enrolment${path}`, body, coverage);
const setUp = async (who = 'volunteer'): Promise<FieldKit> =>
  (await call(who, 'POST', '/field/kits', { requestId: randomUUID() })).json;
const schemesOf = async (): Promise<FieldScheme[]> => (await call('volunteer', 'GET', '/field/schemes')).json.schemes;
const open = (who: string, kitId: string, sealed: readonly string[]) =>
  call(who, 'POST', '/field/open', { kitId, sealed });

function family(schemeId: string, name: string): EnrolForm {
  const holder = { ...emptyPerson('holder', 'TH'), name, birth: '31', entitlement: 'informal-worker' };
  return { ...emptyForm('TH'), schemeId, people: [holder] };
}

describe('a family enrolled without a network', () => {
  test('is sealed on the device, opened for who set it up, and enrolled once as of its day', async () => {
    const kit = await setUp();
    const [scheme] = await schemesOf();
    const entered = { on: day(-1), form: family(scheme!.form.schemeId, 'Marnik Oldreva') };
    const sealed = await seal(kit, entered);
    expect(JSON.stringify(kit)).not.toContain('"d"');
    expect(Buffer.from(sealed.split('.')[3]!, 'base64url').toString('latin1')).not.toContain('Marnik');

    const opened = await open('volunteer', kit.kitId, [sealed]);
    expect(opened.json).toEqual({ opened: [entered] });
    const body = { requestId: randomUUID(), on: entered.on, ...enrolBody(entered.form, scheme!.form, entered.on, []) };
    const first = await call('volunteer', 'POST', '/policies', body);
    expect(first.status).toBe(201);
    // The answer was lost on the way: the same again is the same policy.
    expect((await call('volunteer', 'POST', '/policies', body)).json).toEqual(first.json);
    const { enrolled_on } = await th.node.database
      .selectFrom('cover_policy')
      .select('enrolled_on')
      .where('policy_id', '=', first.json.policyId)
      .executeTakeFirstOrThrow();
    expect(enrolled_on).toBe(entered.on);
  });

  test('opens for no other account, with no other kit, and not once it was changed', async () => {
    const [kit, other] = [await setUp(), await setUp('enrolment-officer')];
    const sealed = await seal(kit, { on: day(0), form: family('sch:th:migrant-health-insurance', 'Pelmar Istrovi') });
    for (const [who, kitId] of [
      ['enrolment-officer', kit.kitId],
      ['volunteer', other.kitId],
      ['volunteer', 'not-a-kit'],
    ] as const) {
      const answer = await open(who, kitId, [sealed]);
      expect(answer.status).toBe(404);
      expect(JSON.stringify(answer.json)).toContain('enrolment.unknown-device');
    }
    const parts = sealed.split('.');
    const flipped = [...parts.slice(0, 3), `${parts[3]!.startsWith('A') ? 'B' : 'A'}${parts[3]!.slice(1)}`, parts[4]];
    const mine = await open('volunteer', kit.kitId, [flipped.join('.'), 'rubbish', sealed]);
    expect(mine.json.opened.map((each: unknown) => each === null)).toEqual([true, true, false]);
    const sealedToOther = await seal(other, { on: day(0), form: emptyForm('TH') });
    expect((await open('volunteer', kit.kitId, [sealedToOther])).json).toEqual({ opened: [null] });
  });

  test('is for those who enrol; too much, or nothing, is refused by its field', async () => {
    for (const who of ['nurse', 'employer', 'claims-officer', 'enforcement']) {
      expect((await call(who, 'POST', '/field/kits', { requestId: randomUUID() })).status).toBe(404);
      expect((await call(who, 'GET', '/field/schemes')).status).toBe(404);
      expect((await open(who, 'any', ['any'])).status).toBe(404);
    }
    const { kitId } = await setUp();
    for (const sealed of [[], ['x'.repeat(sealedAtMost + 1)], Array(openedAtMost + 1).fill('x'), 'x', [1]]) {
      const answer = await call('volunteer', 'POST', '/field/open', { kitId, sealed });
      expect(answer.status).toBe(400);
      expect(JSON.stringify(answer.json)).toContain('sealed');
    }
    expect((await call('volunteer', 'POST', '/field/kits', {})).status).toBe(400);
  });

  test('another algorithm, and a key of somebody’s own, open nothing', async () => {
    const { publicKey, privateKey } = await generateKeyPair('ECDH-ES', { extractable: true });
    const kit = { kitId: 'k', owner: 'o', publicJwk: await exportJWK(publicKey) };
    const entered = { on: '2026-03-01', form: emptyForm('TH') };
    expect(await unseal(await exportJWK(privateKey), await seal(kit, entered))).toEqual(entered);
    const { privateKey: another } = await generateKeyPair('ECDH-ES', { extractable: true });
    expect(await unseal(await exportJWK(another), await seal(kit, entered))).toBe(undefined);
  });
});

test('the price reckoned on the device is the node’s, for every scheme and family; so is every refusal', async () => {
  const schemes = await schemesOf();
  expect(schemes.length).toBeGreaterThan(1);
  const answers: string[] = [];
  for (const scheme of schemes) {
    const { schemeId, months, entitlements, relations, basis } = scheme.form;
    const holder = {
      ...emptyPerson('holder', 'TH'),
      name: 'Tarvin Ulemka',
      entitlement: entitlements[0] === 'any' ? 'informal-worker' : entitlements[0]!,
      ...(basis === 'payroll' && { wage: '9800.00' }),
    };
    const births = [
      ['age', '31'],
      ['year', '1961'],
      ['date', '2001-02-28'],
      ['date', day(3)],
    ] as const;
    const families = [[], ...relations.map((relation) => [relation]), Array(12).fill(relations[0] ?? 'child')];
    for (const [n, dependants] of families.entries()) {
      const [birthKind, birth] = births[n % births.length]!;
      const form: EnrolForm = {
        ...emptyForm('TH'),
        schemeId,
        months: String(months[n % months.length]),
        instalments: String(1 + (n % 3)),
        people: [
          { ...holder, birthKind, birth },
          ...dependants.map((relation) => ({
            ...emptyPerson(relation as 'child', 'TH'),
            name: 'Olin Ulemka',
            birth: relation === 'child' ? '4' : '30',
          })),
        ],
      };
      const told = await call('volunteer', 'POST', '/quote', {
        on: day(0),
        ...enrolBody(form, scheme.form, day(0), []),
      });
      const reckoned = fieldPrice(scheme, form, day(0));
      if (reckoned.ok) {
        expect(told.json).toEqual(reckoned.value);
      } else {
        expect(JSON.stringify(told.json)).toContain(reckoned.code);
      }
      answers.push(reckoned.ok ? reckoned.value.owed.amount : reckoned.code);
    }
  }
  // Some are refused and some are not, and they do not all cost the same: else this would show nothing.
  expect(answers.some((each) => each.includes('.') && /[a-z]/.test(each))).toBe(true);
  expect(new Set(answers.filter((each) => /^\d/.test(each))).size).toBeGreaterThan(2);
});
