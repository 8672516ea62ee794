import { randomUUID } from 'node:crypto';
import type { Bundle } from '@medplum/fhirtypes';
import type { Disclosures, ReceivedRecord, VerifiedCard } from '@serai/domains/exchange/api.ts';
import type { OutboxView } from '@serai/domains/governance/api.ts';
import type { PersonPage } from '@serai/domains/registry/api.ts';
import { clientToken } from '../http/sign-in.ts';
import type { Registered } from './register.ts';
import {
  type Caller,
  type Corridor,
  call,
  type DemoNode,
  eventually,
  mustBe,
  raw,
  refused,
  signedIn,
  step,
} from './steps.ts';

interface Crossing {
  readonly requestId: string;
  readonly [field: string]: string;
}

/** Abroad: the card is scanned, the record crosses under a clause; what she then sees, and what she can stop. */
export async function cross(corridor: Corridor, person: Registered): Promise<void> {
  const { home, abroad } = corridor;
  const doctor = await step('Thailand: the doctor signs in', async () => ({
    node: abroad,
    token: await signedIn(abroad, 'doctor'),
  }));
  const crossing = await scanAndAsk(doctor, person);
  await refuseEnforcement(home, person.id);
  await step(
    'the person’s page lists who saw what, when, why, under which clause',
    () => call<Disclosures>(person.nurse, 'GET', `/api/persons/${person.id}/disclosures`),
    ({ disclosures, counters }) =>
      `${disclosures.filter((each) => each.direction === 'abroad' && each.outcome === 'permitted').length} abroad, ` +
      `${counters.disclosed.enforcement} to enforcement, ${disclosures.filter((each) => each.recipientClass === 'enforcement').length} refused attempts by it`,
  );
  const operator = { node: abroad, token: await signedIn(abroad, 'operator') };
  await stop(person, doctor, operator, crossing);
  await step(
    'the receipt reaches Myanmar through the outbox',
    () =>
      eventually(async () => {
        const { messages } = await call<OutboxView>(operator, 'GET', '/api/operator/outbox');
        const receipt = messages.find((message) => message.id.endsWith(crossing.requestId));
        return receipt?.state === 'delivered' ? receipt : undefined;
      }, 'it was not delivered within ten seconds'),
    (receipt) => `delivered at attempt ${receipt.attempts}`,
  );
  await readLongRecord(home);
}

async function scanAndAsk(doctor: Caller, { card }: Registered): Promise<Crossing> {
  const verified = await step(
    'scans the printed card; verified here, offline',
    () => call<VerifiedCard>(doctor, 'POST', '/api/cards/verify', { text: card.printed.text }),
    (result) =>
      `issued by ${result.issuerCountry}, revocation list ${result.statusAgeSeconds} s old, ${result.clauses.length} clauses apply`,
  );
  const clause = verified.clauses.find((each) => each.purposes.includes('TREAT'));
  mustBe(clause, 'no clause lets the doctor ask for treatment');
  const crossing = {
    requestId: randomUUID(),
    card: card.printed.text,
    purpose: 'TREAT',
    clause: clause.clause,
    language: 'th',
  };
  const received = await step(
    'asks Myanmar for the record, and reads it',
    () => call<ReceivedRecord>(doctor, 'POST', '/api/crossings', crossing),
    (record) =>
      `${record.document.entry?.length} entries under ${record.clause}; signed by ${record.provenance.signedBy}`,
  );
  mustBe(!JSON.stringify(received.document).includes('86406008'), 'a withheld label crossed');
  await step('asks again with the same request id: one disclosure, not two', async () => {
    const again = await call<ReceivedRecord>(doctor, 'POST', '/api/crossings', crossing);
    mustBe(again.id === received.id, 'a repeat made another record');
  });
  return crossing;
}

async function refuseEnforcement(home: DemoNode, id: string): Promise<void> {
  await step('enforcement tries to read the same person, and finds nothing', async () => {
    const { clientId, clientSecret } = home.clients.find((client) => client.role === 'enforcement')!;
    const police = { node: home, token: await clientToken(home.tokenUrl, clientId, clientSecret) };
    for (const path of [`/fhir/R4/Patient/${id}`, `/fhir/R4/Patient/${id}/$summary`, `/api/persons/${id}`]) {
      const response = await raw(police, 'GET', path);
      mustBe(response.status === 404, `${path} answered ${response.status}`);
    }
  });
}

async function stop(person: Registered, doctor: Caller, operator: Caller, crossing: Crossing): Promise<void> {
  const { id, nurse, card } = person;
  await step('withdraws consent to sharing; the next request is refused, and says why', async () => {
    const withdrawal = { requestId: randomUUID(), purpose: 'COC', decision: 'deny' };
    await call(nurse, 'POST', `/api/persons/${id}/consents`, withdrawal);
    const asked = { ...crossing, requestId: randomUUID() };
    await refused(doctor, '/api/crossings', asked, 'crossing.consent-withdrawn');
    const page = await call<PersonPage>(nurse, 'GET', `/api/persons/${id}`);
    mustBe(
      page.consents.some((consent) => consent.purpose === 'COC' && consent.decision === 'deny'),
      'the consent is not there',
    );
  });
  await step('revokes the card; it is refused abroad once the list is fetched', async () => {
    const revocation = { requestId: randomUUID(), cardId: card.cardId, reason: 'person-asked' };
    await call(nurse, 'POST', '/api/cards/revoke', revocation);
    await call(operator, 'POST', '/api/operator/partners/refresh', {});
    await refused(doctor, '/api/cards/verify', { text: card.printed.text }, 'card.revoked');
  });
}

async function readLongRecord(home: DemoNode): Promise<void> {
  await step(
    'reads the summary of a Synthea person with a long record',
    async () => {
      const { clientId, clientSecret } = home.clients.find((client) => client.role === 'care')!;
      const system = { node: home, token: await clientToken(home.tokenUrl, clientId, clientSecret) };
      const richest = await longestRecord(system);
      const bundle = await call<Bundle>(system, 'GET', `/fhir/R4/Patient/${richest.id}/$summary?language=en`);
      return { resources: richest.resources, entries: bundle.entry?.length ?? 0 };
    },
    ({ resources, entries }) => `${resources} observations and encounters on record, ${entries} entries in the summary`,
  );
}

/** The Synthea person with the most observations, by counts alone. */
async function longestRecord(system: Caller): Promise<{ id: string; resources: number }> {
  const patients = await call<Bundle>(system, 'GET', '/fhir/R4/Patient?_tag=synthea-5-2019&_count=60');
  mustBe(patients.entry && patients.entry.length > 0, 'the example records are not loaded yet');
  let best = { id: '', resources: -1 };
  for (const entry of patients.entry) {
    const counts = await Promise.all(
      ['Observation', 'Encounter'].map((type) =>
        call<Bundle>(system, 'GET', `/fhir/R4/${type}?patient=${entry.resource!.id}&_summary=count`),
      ),
    );
    const resources = counts.reduce((sum, count) => sum + (count.total ?? 0), 0);
    if (resources > best.resources) {
      best = { id: entry.resource!.id!, resources };
    }
  }
  return best;
}
