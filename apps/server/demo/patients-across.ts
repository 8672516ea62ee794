import type { EligibilityAbroad } from '@serai/domains/cover/settlement/api.ts';
import type { IssuedCard } from '@serai/domains/exchange/api.ts';
import { createPrng } from '@serai/kernel/base/prng.ts';
import type { RunningNode } from '../node.ts';
import { call, idOf, type Patience, sign, waitFor } from './caller.ts';
import type { DemoNode } from './prepare.ts';

/** Members of the partner's fund who fall ill here: their cards are shown and their fund is asked, over HTTP as a hospital does it. */

/** Two nodes and why they meet: names the requests. */
export interface Meeting {
  readonly here: DemoNode;
  readonly there: DemoNode;
  readonly occasion: string;
}

export interface Patient {
  readonly eligibility: string;
  readonly careOn: string;
  readonly visit: 'emergency' | 'other';
  readonly diagnosis: string;
  readonly lines: readonly string[];
}

/** People of the partner with cover in their record: there once its own year is loaded, which may take minutes. */
export async function insuredWithRecord(there: DemoNode, people: number, patience: Patience): Promise<string[]> {
  const found = await waitFor(async () => {
    const answer = await sign(there)
      .then((by) =>
        call<{ entry?: readonly { resource: { beneficiary?: { reference?: string } } }[] }>(
          { ...by, purpose: 'COVERAGE' },
          'GET',
          `/fhir/R4/Coverage?status=active&_count=${people}`,
        ),
      )
      .catch(() => undefined);
    const ids = (answer?.entry ?? []).flatMap(({ resource }) => resource.beneficiary?.reference?.split('/')[1] ?? []);
    return ids.length >= people ? [...new Set(ids)] : undefined;
  }, patience);
  return found ?? [];
}

/** What is treated across a border, by the services the agreement prices on both sides. */
const illnesses = [
  { diagnosis: 'B54', lines: ['OPD-VISIT', 'MALARIA-RDT'] },
  { diagnosis: 'J18.9', lines: ['OPD-VISIT', 'CHEST-XRAY', 'AMOXICILLIN-500'] },
  { diagnosis: 'S82.2', lines: ['EMERGENCY-VISIT', 'FRACTURE-CAST'] },
  { diagnosis: 'J06.9', lines: ['OPD-VISIT'] },
] as const;

/** Those whom their fund covers on the day they fall ill. */
export async function askAboutThem(
  { here, there, occasion }: Meeting,
  insured: readonly string[],
  dayOf: (n: number) => string,
): Promise<Patient[]> {
  const [own, home] = await Promise.all([sign(here), sign(there)]);
  const prng = createPrng(insured.length);
  const patients: Patient[] = [];
  for (const [n, personId] of insured.entries()) {
    const { diagnosis, lines } = illnesses[Math.floor(prng.uniform() * illnesses.length)]!;
    const visit = lines[0] === 'EMERGENCY-VISIT' ? 'emergency' : 'other';
    const requestId = idOf(occasion, here.country, n, personId, 'asked');
    const card = await call<IssuedCard>(home, 'POST', `/api/persons/${personId}/cards`, {
      ...{ requestId: idOf(occasion, here.country, n, personId, 'card'), include: ['name', 'birthYear', 'cover'] },
    });
    const asked = await call<EligibilityAbroad>(
      { ...own, purpose: 'COVERAGE' },
      'POST',
      '/api/cover/settlement/eligibility',
      { requestId, card: card.printed.text, visit, careOn: dayOf(n) },
    );
    if (asked.covered) {
      patients.push({ eligibility: requestId, careOn: asked.careOn, visit, diagnosis, lines });
    }
  }
  return patients;
}

/** What the hospital claims for a patient, but for its request's id and number. */
export function careOf(patient: Patient, currency: string, prices: ReadonlyMap<string, string>) {
  const { eligibility, careOn, visit, diagnosis, lines } = patient;
  return { eligibility, ...care({ careOn, visit, diagnosis, lines }, currency, prices) };
}

/** An accident of someone without cover, whom nobody asks why. */
export function accidentOf(country: string, careOn: string, currency: string, prices: ReadonlyMap<string, string>) {
  const accident = { careOn, visit: 'emergency', diagnosis: 'S82.2', lines: ['EMERGENCY-VISIT', 'FRACTURE-CAST'] };
  return { uninsured: { country }, ...care(accident, currency, prices) };
}

function care(
  { careOn, visit, diagnosis, lines }: Omit<Patient, 'eligibility' | 'visit'> & { readonly visit: string },
  currency: string,
  prices: ReadonlyMap<string, string>,
) {
  return {
    ...{ visit, care: 'out-patient', currency, from: careOn, to: careOn, diagnoses: [diagnosis] },
    lines: lines.map((code) => ({
      ...{ code, quantity: code === 'AMOXICILLIN-500' ? '20' : '1' },
      unitPrice: prices.get(code) ?? '0.00',
    })),
  };
}

/** What the agreements' lists say of care here, by service. */
export function pricesOf(node: RunningNode): ReadonlyMap<string, string> {
  const { agreements, country } = node.cover.options;
  const ours = agreements.flatMap((agreement) => agreement.schedules ?? []).filter((list) => list.country === country);
  return new Map(ours.flatMap((list) => list.services.map(({ code, price }) => [code, price] as const)));
}

export function currencyHere(node: RunningNode): string {
  return node.cover.options.schemes[0]?.currency ?? 'USD';
}
