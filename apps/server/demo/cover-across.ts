import { readFileSync } from 'node:fs';
import { sendClaims } from '@serai/domains/cover/settlement/enter-claim.store.ts';
import { decideAsProposed } from '@serai/domains/cover/settlement/moves.store.ts';
import { projectedUpTo, type RegistryDatabase, setProjectedUpTo } from '@serai/domains/registry/persons.store.ts';
import type { RunningNode } from '../node.ts';
import { call, idOf, patience as long, type Patience, sign, waitFor } from './caller.ts';
import { readPlan } from './cover-year.ts';
import {
  accidentOf,
  askAboutThem,
  careOf,
  currencyHere,
  insuredWithRecord,
  type Meeting,
  pricesOf,
} from './patients-across.ts';
import type { DemoFile, DemoNode } from './prepare.ts';

const accidents = 2;

/**
 * Care of today for members of the partner's fund, claimed and sent over HTTP as a hospital does it, and for people without
 * cover. Half of what the partner sends is answered as adjudication proposes; the rest waits for the claims officer.
 */
export async function meetAcrossTheBorder(
  node: RunningNode,
  country: string,
  demoFile: string,
  patience: Patience = long,
): Promise<void> {
  const database = node.database as unknown as RegistryDatabase;
  const people = readPlan(country)?.fromAbroad.openQuarter ?? 0;
  for (const { here, there } of meetings(demoFile, country)) {
    const marker = `demonstration-cover-across-${there.country}`;
    const known = await projectedUpTo(database, marker);
    const day = known?.startsWith('since ') ? known.slice(6) : today(node);
    if (known === undefined || known.startsWith('since ')) {
      // Kept when it begins: cut off and begun again on another day, it is the same care.
      await setProjectedUpTo(database, marker, `since ${day}`);
      const insured = await insuredWithRecord(there, people, patience);
      const treated = await treat(node, { here, there, occasion: day }, insured);
      const partner = there.country.toUpperCase();
      await node.ownStore().transaction((tx) => sendClaims(node.cover.options, tx, partner));
      await answerHalf(node, partner, day, patience);
      await setProjectedUpTo(database, marker, String(treated));
    }
  }
}

/** This node with each other of the demonstration. */
export function meetings(demoFile: string, country: string): { here: DemoNode; there: DemoNode }[] {
  const { nodes } = JSON.parse(readFileSync(demoFile, 'utf8')) as DemoFile;
  const here = nodes.find((each) => each.country === country.toLowerCase());
  return here ? nodes.filter((each) => each !== here).map((there) => ({ here, there })) : [];
}

function today(node: RunningNode): string {
  return node.cover.options.clock().toISOString().slice(0, 10);
}

async function treat(node: RunningNode, meeting: Meeting, insured: readonly string[]): Promise<number> {
  const { here, there, occasion: day } = meeting;
  const [prices, currency] = [pricesOf(node), currencyHere(node)];
  const patients = await askAboutThem(meeting, insured, () => day);
  const partner = there.country.toUpperCase();
  const claims = [
    ...patients.map((patient) => careOf(patient, currency, prices)),
    ...Array.from({ length: insured.length > 0 ? accidents : 0 }, () => accidentOf(partner, day, currency, prices)),
  ];
  const own = { ...(await sign(here)), purpose: 'HPAYMT' };
  for (const [n, claim] of claims.entries()) {
    const requestId = idOf('claim', here.country, day, n);
    const claimNumber = `X-${day.slice(2).replaceAll('-', '')}-${String(n + 1).padStart(2, '0')}`;
    await call(own, 'POST', '/api/cover/settlement/claims', { requestId, claimNumber, ...claim });
  }
  return claims.length;
}

/** Waits for the partner's claims, for a while, and answers the first half. */
async function answerHalf(node: RunningNode, partner: string, day: string, patience: Patience): Promise<void> {
  const claims = await waitFor(async () => {
    const found = await node.database
      .selectFrom('settlement_claim')
      .select('claim_id')
      .where('side', '=', 'debtor')
      .where('partner', '=', partner)
      .where('sent_on', '>=', day)
      .orderBy('claim_number')
      .execute();
    return found.length > 0 ? found : undefined;
  }, patience);
  const claimIds = (claims ?? []).slice(0, Math.ceil((claims ?? []).length / 2)).map((row) => row.claim_id);
  if (claimIds.length > 0) {
    const requestId = idOf('answered', partner, day);
    await decideAsProposed(node.cover.options, node.ownStore(), { requestId, partner, claimIds });
  }
}
