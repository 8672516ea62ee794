import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { EligibilityAbroad } from '@serai/domains/cover/settlement/api.ts';
import { sendClaims } from '@serai/domains/cover/settlement/enter-claim.store.ts';
import { decideAsProposed } from '@serai/domains/cover/settlement/moves.store.ts';
import type { IssuedCard } from '@serai/domains/exchange/api.ts';
import { projectedUpTo, type RegistryDatabase, setProjectedUpTo } from '@serai/domains/registry/persons.store.ts';
import { createPrng } from '@serai/kernel/base/prng.ts';
import type { RunningNode } from '../node.ts';
import type { DemoFile, DemoNode } from './prepare.ts';

/**
 * Members of the partner's fund who fell ill here: their cards are shown, their fund is asked, their care is claimed and sent,
 * over HTTP as a hospital does it. Half of what the partner sends is answered as adjudication proposes; the rest waits for the
 * claims officer. No statement: it can be drawn up once the quarter is over.
 */
export async function meetAcrossTheBorder(node: RunningNode, country: string, demoFile: string): Promise<void> {
  const database = node.database as unknown as RegistryDatabase;
  const demo = JSON.parse(readFileSync(demoFile, 'utf8')) as DemoFile;
  const here = demo.nodes.find((each) => each.country === country.toLowerCase());
  for (const there of demo.nodes.filter((each) => each !== here)) {
    const marker = `demonstration-cover-across-${there.country}`;
    if (here && !(await projectedUpTo(database, marker))) {
      const insured = await insuredWithRecord(there);
      const treated = await treat(here, there, { insured, prices: pricesOf(node, country.toUpperCase()) });
      await node.ownStore().transaction((tx) => sendClaims(node.cover.options, tx, there.country.toUpperCase()));
      await answerHalf(node, there.country.toUpperCase());
      await setProjectedUpTo(database, marker, String(treated));
    }
  }
}

const people = 24;
const secondsToWait = 600;

/** People of the partner with cover in their record: there once its own year is loaded, which may take minutes. */
async function insuredWithRecord(there: DemoNode): Promise<string[]> {
  for (let waited = 0; waited < secondsToWait; waited += 5) {
    const found = await sign(there)
      .then((by) =>
        call<{ entry?: readonly { resource: { beneficiary?: { reference?: string } } }[] }>(
          { ...by, purpose: 'COVERAGE' },
          'GET',
          `/fhir/R4/Coverage?status=active&_count=${people}`,
        ),
      )
      .catch(() => undefined);
    const ids = (found?.entry ?? []).flatMap(({ resource }) => resource.beneficiary?.reference?.split('/')[1] ?? []);
    if (ids.length >= people) {
      return [...new Set(ids)];
    }
    await new Promise((done) => setTimeout(done, 5000));
  }
  return [];
}

/** What is treated across a border, by the services the agreement prices on both sides. */
const illnesses = [
  { diagnosis: 'B54', lines: ['OPD-VISIT', 'MALARIA-RDT'] },
  { diagnosis: 'J18.9', lines: ['OPD-VISIT', 'CHEST-XRAY', 'AMOXICILLIN-500'] },
  { diagnosis: 'S82.2', lines: ['EMERGENCY-VISIT', 'FRACTURE-CAST'] },
  { diagnosis: 'J06.9', lines: ['OPD-VISIT'] },
] as const;

/** What the agreements' lists say of care here, by service. */
function pricesOf(node: RunningNode, country: string): ReadonlyMap<string, string> {
  const lists = node.cover.options.agreements.flatMap((agreement) => agreement.schedules ?? []);
  const ours = lists.filter((list) => list.country === country);
  return new Map(ours.flatMap((list) => list.services.map(({ code, price }) => [code, price] as const)));
}

async function treat(
  here: DemoNode,
  there: DemoNode,
  { insured, prices }: { readonly insured: readonly string[]; readonly prices: ReadonlyMap<string, string> },
): Promise<number> {
  const [own, home] = await Promise.all([sign(here), sign(there)]);
  const prng = createPrng(insured.length);
  const currency = here.country === 'th' ? 'THB' : 'MMK';
  let treated = 0;
  for (const personId of insured) {
    const { diagnosis, lines } = illnesses[Math.floor(prng.uniform() * illnesses.length)]!;
    const visit = lines[0] === 'EMERGENCY-VISIT' ? 'emergency' : 'other';
    const today = new Date().toISOString().slice(0, 10);
    const card = await call<IssuedCard>(home, 'POST', `/api/persons/${personId}/cards`, {
      ...{ requestId: randomUUID(), include: ['name', 'birthYear', 'cover'] },
    });
    const asked = await call<EligibilityAbroad>(
      { ...own, purpose: 'COVERAGE' },
      'POST',
      '/api/cover/settlement/eligibility',
      { requestId: randomUUID(), card: card.printed.text, visit },
    );
    if (asked.covered) {
      treated += 1;
      await call({ ...own, purpose: 'HPAYMT' }, 'POST', '/api/cover/settlement/claims', {
        ...{ requestId: randomUUID(), eligibility: asked.requestId, visit, care: 'out-patient', currency },
        ...{ claimNumber: `X-${randomUUID().slice(0, 8)}`, from: today, to: today, diagnoses: [diagnosis] },
        lines: lines.map((code) => ({
          ...{ code, quantity: code === 'AMOXICILLIN-500' ? '20' : '1' },
          unitPrice: prices.get(code) ?? '0.00',
        })),
      });
    }
  }
  return treated;
}

/** Waits for the partner's claims, for a while, and answers the first half. */
async function answerHalf(node: RunningNode, partner: string): Promise<void> {
  for (let waited = 0; waited < secondsToWait; waited += 5) {
    const claims = await node.database
      .selectFrom('settlement_claim')
      .select('claim_id')
      .where('side', '=', 'debtor')
      .where('partner', '=', partner)
      .orderBy('claim_id')
      .execute();
    if (claims.length > 0) {
      const claimIds = claims.slice(0, Math.ceil(claims.length / 2)).map((row) => row.claim_id);
      await decideAsProposed(node.cover.options, node.ownStore(), { requestId: randomUUID(), partner, claimIds });
      return;
    }
    await new Promise((done) => setTimeout(done, 5000));
  }
}

interface Caller {
  readonly baseUrl: string;
  readonly token: string;
  readonly purpose?: string;
}

async function sign({ baseUrl, tokenUrl, clients }: DemoNode): Promise<Caller> {
  const client = clients.find((each) => each.role === 'care')!;
  const secret = [client.clientId, client.clientSecret].map(encodeURIComponent).join(':');
  const response = await fetch(tokenUrl, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: `Basic ${Buffer.from(secret).toString('base64')}`,
    },
    body: 'grant_type=client_credentials',
  });
  const { access_token: token } = (await response.json()) as { access_token?: string };
  if (!token) {
    throw new Error(`${baseUrl} gives its clinical system no token: ${response.status}`);
  }
  return { baseUrl, token };
}

/** @throws Error with the status where it is not an answer. */
async function call<T>({ baseUrl, token, purpose }: Caller, method: string, path: string, body?: object): Promise<T> {
  const response = await fetch(`${baseUrl}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(purpose && { 'x-purpose-of-use': purpose }),
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok) {
    throw new Error(`${method} ${path} answers ${response.status}`);
  }
  return (await response.json()) as T;
}
