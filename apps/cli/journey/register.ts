import { randomUUID } from 'node:crypto';
import type { Bundle, Composition, Questionnaire } from '@medplum/fhirtypes';
import type { RecordedAssessment } from '@serai/domains/care/api.ts';
import type { IssuedCard } from '@serai/domains/exchange/api.ts';
import type { LikelyDuplicates, RegisterPerson } from '@serai/domains/registry/api.ts';
import { respond } from '../http/answers.ts';
import { assessmentOn } from './assessment.ts';
import { type Caller, type Corridor, call, mustBe, raw, signedIn, step, today } from './steps.ts';

/** Someone registered at home, with a card in her hand. */
export interface Registered {
  readonly id: string;
  readonly name: string;
  readonly card: IssuedCard;
  readonly nurse: Caller;
}

type Person = Omit<RegisterPerson, 'requestId' | 'consents'>;

/** At home: registered, assessed, her summary read, her card issued. */
export async function register({ home }: Corridor): Promise<Registered> {
  const nurse = await step('Myanmar: the nurse signs in', async () => ({
    node: home,
    token: await signedIn(home, 'nurse'),
  }));
  const name = `ဒေါ်အေးအေး ${Date.now().toString(36)}`;
  const person: Person = {
    // A name nobody else in the demonstration has, so that the journey can be made again and again.
    name: { text: name },
    birth: { kind: 'estimated-age', years: 34, on: today },
    sex: 'female',
    language: 'my',
  };
  const id = await registerOnce(nurse, person);
  await assess(nurse, id);
  const card = await step(
    'issues the card',
    () =>
      call<IssuedCard>(nurse, 'POST', `/api/persons/${id}/cards`, {
        requestId: randomUUID(),
        include: ['name', 'birthYear', 'employment'],
        employment: 'Garment work',
      }),
    (issued) =>
      `printed QR version ${issued.printed.qrVersion}, ${issued.printed.bytes} characters; SD-JWT ${issued.sdJwt.length} bytes`,
  );
  mustBe(card.printed.qrVersion <= 20, 'the printed code must be readable at card size');
  return { id, name, card, nurse };
}

async function registerOnce(nurse: Caller, person: Person): Promise<string> {
  const { language: _, ...traits } = person;
  const alike = () => call<LikelyDuplicates>(nurse, 'POST', '/api/persons/duplicates', traits);
  await step('looks for likely duplicates first', alike, (found) => `${found.candidates.length} shown`);
  const registration = {
    ...person,
    requestId: randomUUID(),
    consents: [
      { purpose: 'TREAT', decision: 'permit' },
      { purpose: 'COC', decision: 'permit' },
      { purpose: 'HRESCH', decision: 'deny' },
    ],
  };
  const { id } = await step('registers a person by a name in Burmese and an estimated age', async () => {
    const { candidates } = await alike();
    return call<{ id: string }>(nurse, 'POST', '/api/persons', {
      ...registration,
      notDuplicatesOf: candidates.map((each) => each.person.id),
    });
  });
  await step('sends the same registration again: nothing happens twice', async () => {
    const again = await call<{ id: string }>(nurse, 'POST', '/api/persons', registration);
    mustBe(again.id === id, 'a repeat made another person');
  });
  await step('a nationality is refused', async () => {
    const response = await raw(nurse, 'POST', '/api/persons', { ...registration, nationality: 'MM' });
    mustBe(response.status === 400, `answered ${response.status}`);
  });
  return id;
}

async function assess(nurse: Caller, id: string): Promise<void> {
  const form = await step('gets the assessment form', () => call<Questionnaire>(nurse, 'GET', '/api/assessment-form'));
  const assessed = await step(
    'records the health assessment',
    () =>
      call<RecordedAssessment>(nurse, 'POST', `/api/persons/${id}/assessments`, {
        requestId: randomUUID(),
        response: respond(form, `Patient/${id}`, assessmentOn(today)),
      }),
    (recorded) =>
      `${Object.values(recorded.created).reduce((sum, each) => sum + each, 0)} resources; TB screening ${recorded.screening.result}`,
  );
  mustBe(assessed.screening.result === 'positive', 'three weeks of cough and a suggestive X-ray must screen positive');
  const summary = await step(
    'reads the summary in Burmese',
    () => call<Bundle>(nurse, 'GET', `/fhir/R4/Patient/${id}/$summary?language=my`),
    (bundle) =>
      `${bundle.entry?.length} entries, ${(bundle.entry?.[0]?.resource as Composition | undefined)?.section?.length} sections`,
  );
  mustBe(summary.type === 'document', 'a summary is a document');
}
