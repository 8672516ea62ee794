import { randomUUID } from 'node:crypto';
import type { IssuedCard } from '@serai/domains/exchange/api.ts';
import type { LikelyDuplicates } from '@serai/domains/registry/api.ts';
import { expect } from 'vitest';
import type { Corridor } from '../corridor.ts';

/** Someone registered at home who carries a card. */
export interface Given {
  readonly personId: string;
  readonly name: string;
  readonly card: IssuedCard;
}

/** Registers a person with an allergy and consents by the API, and gives a card. */
export async function givePerson(corridor: Corridor): Promise<Given> {
  const nurse = await corridor.mm.token('nurse');
  const traits = {
    name: { text: `မအေးအေး ${randomUUID().slice(0, 8)}` },
    birth: { kind: 'year', year: 1991 },
    sex: 'female',
  };
  // Those given here are alike; whoever registers them has looked and says that they are others.
  const alike = await corridor.mm.call(nurse, 'POST', '/api/persons/duplicates', traits);
  const person = await corridor.mm.call(nurse, 'POST', '/api/persons', {
    ...traits,
    requestId: randomUUID(),
    language: 'my',
    consents: [
      { purpose: 'TREAT', decision: 'permit' },
      { purpose: 'COC', decision: 'permit' },
    ],
    notDuplicatesOf: (alike.json as LikelyDuplicates).candidates.map((candidate) => candidate.person.id),
  });
  expect(person.status).toBe(201);
  const personId = person.json.id as string;
  const allergy = await corridor.mm.call(nurse, 'POST', '/fhir/R4/AllergyIntolerance', {
    resourceType: 'AllergyIntolerance',
    patient: { reference: `Patient/${personId}` },
    clinicalStatus: {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' }],
    },
    code: { coding: [{ system: 'http://snomed.info/sct', code: '764146007', display: 'Penicillin' }] },
  });
  expect(allergy.status).toBe(201);
  return { personId, name: traits.name.text, card: await giveCard(corridor, personId) };
}

export async function giveCard(
  corridor: Corridor,
  personId: string,
  include: readonly string[] = ['name', 'birthYear'],
): Promise<IssuedCard> {
  const issued = await corridor.mm.call(await corridor.mm.token('nurse'), 'POST', `/api/persons/${personId}/cards`, {
    requestId: randomUUID(),
    include,
  });
  expect(issued.status).toBe(201);
  return issued.json as IssuedCard;
}
