import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CoverDatabase } from '@serai/domains/cover/cover.tables.ts';
import { signingKey } from '@serai/kernel/trust/keys.ts';
import { signMessage } from '@serai/kernel/trust/messages.ts';
import { accountBalances } from '@serai/store/ledger/ledger.ts';
import { afterAll, afterEach, beforeAll, expect, vi } from 'vitest';
import { type Corridor, openCorridor, type TestNode } from '../corridor.ts';

/** Two funds, two databases, and what they owe each other, over months and a line that is cut for days. */
export let corridor: Corridor;

/** Moves every clock; what nodes know of each other is renewed, as it is while time passes. */
export async function day(text: string): Promise<void> {
  vi.setSystemTime(new Date(`${text}T08:00:00Z`));
  await corridor?.renewTrust();
}
export const agreement = 'agr:MM-TH:cover';
export const cover = { 'x-purpose-of-use': 'COVERAGE' };
export const payment = { 'x-purpose-of-use': 'HPAYMT' };

/** Someone with a card and a policy in force at home. */
export interface Insured {
  readonly personId: string;
  readonly memberId: string;
  readonly card: string;
}

export const tables = (node: TestNode) => node.node.database as unknown as CoverDatabase;

export async function insured(node: TestNode, covered = true): Promise<Insured> {
  const nurse = await node.token('nurse');
  const traits = {
    name: { text: `မအေးအေး ${randomUUID().slice(0, 8)}` },
    birth: { kind: 'year', year: 1991 },
    sex: 'female',
  };
  const alike = await node.call(nurse, 'POST', '/api/persons/duplicates', traits);
  const person = await node.call(nurse, 'POST', '/api/persons', {
    ...traits,
    requestId: randomUUID(),
    language: 'my',
    consents: [{ purpose: 'COC', decision: 'permit' }],
    notDuplicatesOf: alike.json.candidates.map((candidate: { person: { id: string } }) => candidate.person.id),
  });
  expect(person.status).toBe(201);
  const personId = person.json.id as string;
  const card = await node.call(nurse, 'POST', `/api/persons/${personId}/cards`, {
    requestId: randomUUID(),
    include: [],
  });
  expect(card.status).toBe(201);
  const memberId = randomUUID();
  if (covered) {
    await coveredBy(node, personId, memberId);
  }
  return { personId, memberId, card: card.json.printed.text };
}

export async function coveredBy(node: TestNode, personId: string, memberId: string): Promise<void> {
  const scheme = node.country === 'MM' ? 'sch:mm:workers-abroad' : 'sch:th:migrant-health-insurance';
  const created = new Date();
  const policyId = randomUUID();
  const db = tables(node);
  await db
    .insertInto('cover_member')
    .values({
      member_id: memberId,
      member_number: `M-${memberId.slice(0, 8)}`,
      person_id: personId,
      name: 'Aye Aye',
      name_key: 'aye aye',
      group_id: null,
      group_reference: null,
      birth_date: '1991-01-01',
      birth_precision: 'year',
      sex: 'female',
      entitlement: 'any',
      residence: node.country,
      phone: null,
      wage_minor: null,
      enrolled_by: null,
      created,
    })
    .execute();
  await db
    .insertInto('cover_policy')
    .values({
      policy_id: policyId,
      policy_number: `P-${policyId.slice(0, 8)}`,
      scheme_id: scheme,
      scheme_version: 1,
      group_id: null,
      stage: 'new',
      renewal_of: null,
      enrolled_on: '2026-01-01',
      starts_on: '2026-01-01',
      effective_on: '2026-01-01',
      expires_on: '2027-12-31',
      ended_on: null,
      ended_because: null,
      premium_minor: 0n,
      currency: node.country === 'MM' ? 'MMK' : 'THB',
      channel: 'desk',
      campaign: null,
      created,
    })
    .execute();
  await db
    .insertInto('cover_policy_member')
    .values({
      policy_id: policyId,
      member_id: memberId,
      scheme_id: scheme,
      relation: 'holder',
      covered_from: '2026-01-01',
      covered_to: '2027-12-31',
      continuous_since: '2026-01-01',
    })
    .execute();
}

export async function ask(at: TestNode, of: Insured, over: Record<string, unknown> = {}) {
  const body = { requestId: randomUUID(), card: of.card, visit: 'other', ...over };
  return at.call(await at.token('doctor'), 'POST', '/api/cover/settlement/eligibility', body, cover);
}

export async function claim(at: TestNode, eligibility: string | undefined, over: Record<string, unknown> = {}) {
  const body = {
    requestId: randomUUID(),
    ...(eligibility && { eligibility }),
    claimNumber: `C-${randomUUID().slice(0, 8)}`,
    visit: 'other',
    care: 'out-patient',
    from: new Date().toISOString().slice(0, 10),
    to: new Date().toISOString().slice(0, 10),
    diagnoses: ['B54'],
    currency: 'THB',
    lines: [
      { code: 'OPD-VISIT', quantity: '1', unitPrice: '350.00' },
      { code: 'MALARIA-RDT', quantity: '1', unitPrice: '60.00' },
      { code: 'AMOXICILLIN-500', quantity: '20', unitPrice: '2.00' },
    ],
    ...over,
  };
  return at.call(await at.token('doctor'), 'POST', '/api/cover/settlement/claims', body, payment);
}

export const post = async (node: TestNode, username: string, path: string, body: Record<string, unknown>) =>
  node.call(await node.token(username), 'POST', `/api/cover/settlement${path}`, { requestId: randomUUID(), ...body });
export const get = async (node: TestNode, username: string, path: string) =>
  node.call(await node.token(username), 'GET', `/api/cover/settlement${path}`);

/** Both nodes work until nothing more is on its way. */
export async function exchange(): Promise<void> {
  for (let i = 0; i < 4; i++) {
    await corridor.th.node.work();
    await corridor.mm.node.work();
  }
}

type Other = 'emergency-expense' | 'emergency-payable' | 'cash' | 'claims-recovered' | 'claims-abroad-expense';
const debitSide = new Set<string>(['due-from-partner', 'emergency-expense', 'cash', 'claims-abroad-expense']);

/** What stands on an account of the partner, on its normal side, by currency; zero balances left out. */
export async function balances(
  node: TestNode,
  code: 'due-from-partner' | 'due-to-partner' | Other,
): Promise<Record<string, bigint>> {
  const all = await accountBalances(node.node.database as never, { prefix: 'fund:' });
  const found: Record<string, bigint> = {};
  for (const each of all.filter((account) => account.code === code)) {
    const minor = each.debitsPosted - each.creditsPosted;
    const normal = debitSide.has(code) ? minor : -minor;
    if (normal !== 0n) {
      found[each.currency] = (found[each.currency] ?? 0n) + normal;
    }
  }
  return found;
}

export async function expectMirrored(): Promise<void> {
  expect(await balances(corridor.th, 'due-from-partner')).toEqual(await balances(corridor.mm, 'due-to-partner'));
  expect(await balances(corridor.mm, 'due-from-partner')).toEqual(await balances(corridor.th, 'due-to-partner'));
}

export async function enterRates(on: string, over: Record<string, string> = {}): Promise<void> {
  for (const node of [corridor.th, corridor.mm]) {
    for (const [from, value] of Object.entries({ THB: '0.0285', MMK: '0.00047619', ...over })) {
      const entered = await post(node, 'fund-manager', '/rates', {
        ...{ from, to: 'USD', day: on, source: 'central-bank-mid', value, at: `${on}T10:00:00Z` },
      });
      expect(entered.status).toBe(200);
    }
  }
}
/** Claims of someone insured in Myanmar, sent and answered; dated as the clock stands. */
export async function settledReady(
  lines: readonly { code: string; quantity: string; unitPrice: string }[],
): Promise<string> {
  const { json } = await ask(corridor.th, await insured(corridor.mm));
  expect(json).toMatchObject({ covered: true });
  const entered = await claim(corridor.th, json.requestId, { lines });
  expect(entered.status).toBe(201);
  await post(corridor.th, 'claims-officer', '/send', { partner: 'MM' });
  await exchange();
  await post(corridor.mm, 'claims-officer', '/decide', { partner: 'TH' });
  await exchange();
  return entered.json.claimId as string;
}

export const visit = { code: 'OPD-VISIT', quantity: '1', unitPrice: '300.00' };

/** Opens two nodes before the tests of a file, on a day of May 2026 that the tests then move, and closes them after. */
export function openWorld(): void {
  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime(new Date('2026-05-10T08:00:00Z'));
    corridor = await openCorridor();
    // Without a rate no claim in another currency can be judged.
    await enterRates('2026-04-30');
  });
  afterAll(async () => {
    await corridor?.close();
    vi.useRealTimers();
  });
  afterEach(() => {
    corridor.mm.fault = { kind: 'none' };
    corridor.th.fault = { kind: 'none' };
  });
}

/** Does something in another world, of two nodes with other agreements, and comes back to this one. */
export async function elsewhere(agreements: Record<string, string>, act: () => Promise<void>): Promise<void> {
  const before = corridor;
  corridor = await openCorridor({ agreements });
  try {
    await enterRates('2026-04-30');
    await act();
  } finally {
    await corridor.close();
    corridor = before;
  }
}

/** A copy of the shipped agreements, that of cover changed. */
export function agreementsWith(
  // biome-ignore lint/suspicious/noExplicitAny: a test changes what it likes of the file
  change: (agreement: any) => void,
): string {
  const folder = mkdtempSync(join(tmpdir(), 'serai-agreements-'));
  cpSync(join(import.meta.dirname, '../../countries/agreements'), folder, { recursive: true });
  const file = join(folder, 'mm-th-cover.json');
  const json = JSON.parse(readFileSync(file, 'utf8'));
  change(json);
  writeFileSync(file, JSON.stringify(json));
  return folder;
}

/** Signs a body as Thailand's fund would, and posts it to Myanmar. */
export async function sentAs(
  body: unknown,
  kind: 'settlement' | 'notice' = 'settlement',
  as: 'payer' | 'care' = 'payer',
) {
  const now = Math.floor(Date.now() / 1000);
  const key = signingKey(corridor.th.node.keySet(), 'message', now, as);
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
  const message = { kind, from: corridor.th.url, to: corridor.mm.url, body: body as object };
  const { text } = await signMessage(message, key, now, random);
  return corridor.mm.call(undefined, 'POST', '/exchange/settlement', text, { 'content-type': 'application/jose' });
}

/** The body of the last message of a kind from Thailand, as signed. */
export async function lastSigned(kind: string): Promise<string> {
  const row = await tables(corridor.th)
    .selectFrom('settlement_message')
    .select('body')
    .where('kind', '=', kind)
    .orderBy('created', 'desc')
    .executeTakeFirstOrThrow();
  return row.body;
}
