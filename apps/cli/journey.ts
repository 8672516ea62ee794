import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Bundle, Composition, Questionnaire } from '@medplum/fhirtypes';
import type { RecordedAssessment } from '@serai/domains/care/api.ts';
import type { Disclosures, IssuedCard, ReceivedRecord, VerifiedCard } from '@serai/domains/exchange/api.ts';
import type { OutboxView } from '@serai/domains/governance/api.ts';
import type { LikelyDuplicates, PersonPage, RegisterPerson } from '@serai/domains/registry/api.ts';
import { respond } from './http/answers.ts';
import { clientToken, signIn } from './http/sign-in.ts';

/**
 * `npm run journey`: the main job over HTTP alone, against what `npm start` brought up. A line a step with its
 * milliseconds; the first step that fails ends it with exit code 1.
 */
interface DemoNode {
  readonly country: string;
  readonly baseUrl: string;
  readonly fhirUrl: string;
  readonly tokenUrl: string;
  readonly clients: readonly { role: string; clientId: string; clientSecret: string }[];
  readonly users: readonly { role: string; username: string; password: string }[];
}

const demoFile = join(resolve(process.env.SERAI_HOME ?? '.serai'), 'demo.json');
if (!existsSync(demoFile)) {
  console.error(`There is no ${demoFile}: start the demonstration first with npm start.`);
  process.exit(2);
}
const { nodes } = JSON.parse(readFileSync(demoFile, 'utf8')) as { nodes: DemoNode[] };
const home = nodes.find((node) => node.country === 'mm')!;
const abroad = nodes.find((node) => node.country === 'th')!;

let steps = 0;
async function step<T>(what: string, work: () => Promise<T>, tell?: (value: T) => string): Promise<T> {
  const started = performance.now();
  steps++;
  try {
    const value = await work();
    const ms = (performance.now() - started).toFixed(0).padStart(6);
    console.log(`${String(steps).padStart(2)} ${ms} ms  ${what}${tell ? `: ${tell(value)}` : ''}`);
    return value;
  } catch (error) {
    const ms = (performance.now() - started).toFixed(0).padStart(6);
    console.error(`${String(steps).padStart(2)} ${ms} ms  ${what}: FAILED, ${(error as Error).message}`);
    process.exit(1);
  }
}

/** A call that must answer 2xx. @throws Error with what the node said. */
async function call<T>(
  node: DemoNode,
  token: string | undefined,
  method: string,
  path: string,
  body?: unknown,
): Promise<T> {
  const response = await raw(node, token, method, path, body);
  const text = await response.text();
  if (!response.ok) {
    const outcome = JSON.parse(text || '{}') as { issue?: { details?: { text?: string }; expression?: string[] }[] };
    const said = outcome.issue
      ?.map((issue) => `${issue.expression?.join() ?? ''} ${issue.details?.text ?? ''}`.trim())
      .join('; ');
    throw new Error(`${method} ${path} answered ${response.status}: ${said || text.slice(0, 200)}`);
  }
  return JSON.parse(text) as T;
}

function raw(
  node: DemoNode,
  token: string | undefined,
  method: string,
  path: string,
  body?: unknown,
): Promise<Response> {
  return fetch(`${node.baseUrl}${path}`, {
    method,
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      'accept-language': 'en',
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

function mustBe(condition: unknown, otherwise: string): asserts condition {
  if (!condition) {
    throw new Error(otherwise);
  }
}

const passwordOf = (node: DemoNode, role: string) => node.users.find((user) => user.role === role)!;
const today = new Date().toISOString().slice(0, 10);

const nurse = await step('Myanmar: the nurse signs in', () => {
  const { username, password } = passwordOf(home, 'nurse');
  return signIn(home.baseUrl, username, password);
});

const person: Omit<RegisterPerson, 'requestId' | 'consents'> = {
  // A name nobody else in the demonstration has, so that the journey can be made again and again.
  name: { text: `ဒေါ်အေးအေး ${Date.now().toString(36)}` },
  birth: { kind: 'estimated-age', years: 34, on: today },
  sex: 'female',
  language: 'my',
};
await step(
  'looks for likely duplicates first',
  () => {
    const { language: _, ...traits } = person;
    return call<LikelyDuplicates>(home, nurse, 'POST', '/api/persons/duplicates', traits);
  },
  (found) => `${found.candidates.length} shown`,
);
const registration = {
  ...person,
  requestId: randomUUID(),
  consents: [
    { purpose: 'TREAT', decision: 'permit' },
    { purpose: 'COC', decision: 'permit' },
    { purpose: 'HRESCH', decision: 'deny' },
  ],
};
const register = async () => {
  const { candidates } = await call<LikelyDuplicates>(home, nurse, 'POST', '/api/persons/duplicates', {
    name: person.name,
    birth: person.birth,
    sex: person.sex,
  });
  return call<{ id: string }>(home, nurse, 'POST', '/api/persons', {
    ...registration,
    notDuplicatesOf: candidates.map((each) => each.person.id),
  });
};
const { id } = await step('registers a person by a name in Burmese and an estimated age', register);
await step('sends the same registration again: nothing happens twice', async () => {
  const again = await call<{ id: string }>(home, nurse, 'POST', '/api/persons', registration);
  mustBe(again.id === id, 'a repeat made another person');
});
await step('a nationality is refused', async () => {
  const response = await raw(home, nurse, 'POST', '/api/persons', { ...registration, nationality: 'MM' });
  mustBe(response.status === 400, `answered ${response.status}`);
});

const form = await step('gets the assessment form', () =>
  call<Questionnaire>(home, nurse, 'GET', '/api/assessment-form'),
);
const assessed = await step(
  'records the health assessment',
  () =>
    call<RecordedAssessment>(home, nurse, 'POST', `/api/persons/${id}/assessments`, {
      requestId: randomUUID(),
      response: respond(form, `Patient/${id}`, {
        'identity.name-confirmed': true,
        'identity.sex': 'female',
        'identity.age-years': 34,
        'identity.age-estimated': true,
        'identity.language': 'my',
        'consent.explained': true,
        'consent.assessment': true,
        'consent.sharing': true,
        'consent.research': false,
        'consent.given-by': 'self',
        'triage.danger-signs': ['danger-none'],
        'triage.temperature': 37.9,
        'triage.heart-rate': 92,
        'triage.systolic': 112,
        'triage.diastolic': 70,
        'triage.category': 'priority',
        'history.chronic-any': '373066001',
        'history.chronic': [{ 'history.chronic-condition': '73211009', 'history.chronic-treated': true }],
        'history.tb-contact': '373066001',
        'history.tb-contact-kind': 'contact-household',
        'history.hiv-status': '260385009',
        'history.allergy-any': '373066001',
        'history.allergy': [
          {
            'history.allergy-substance': '764146007',
            'history.allergy-kind': 'medication',
            'history.allergy-severe': true,
          },
        ],
        'history.medicine-any': '373066001',
        'history.medicine': [{ 'history.medicine-name': 'A10BA02', 'history.medicine-dose': '500 mg, twice a day' }],
        'symptoms.cough': true,
        'symptoms.cough-weeks': 3,
        'symptoms.fever': true,
        'symptoms.haemoptysis': false,
        'symptoms.sputum': true,
        'symptoms.night-sweats': true,
        'symptoms.weight-loss': true,
        'symptoms.chest-pain': false,
        'symptoms.shortness-of-breath': false,
        'symptoms.fatigue': true,
        'symptoms.no-other-symptoms': true,
        'vaccination.given-any': '261665006',
        'examination.weight': 47,
        'examination.height': 154,
        'tests.chest-xray': 'xray-suggestive',
        'findings.any': '373066001',
        'findings.diagnosis': [
          { 'findings.diagnosis-what': '56717001', 'findings.diagnosis-certainty': 'provisional' },
        ],
        'referral.needed': true,
        'referral.to': [{ 'referral.service': 'refer-tb', 'referral.urgency': 'urgent' }],
        'closing.date': today,
        'closing.site': 'Myawaddy reception clinic',
        'closing.examiner': 'Nurse (demonstration)',
        'closing.signed': true,
      }),
    }),
  (recorded) =>
    `${Object.values(recorded.created).reduce((sum, each) => sum + each, 0)} resources; TB screening ${recorded.screening.result}`,
);
mustBe(assessed.screening.result === 'positive', 'three weeks of cough and a suggestive X-ray must screen positive');

const summary = await step(
  'reads the summary in Burmese',
  () => call<Bundle>(home, nurse, 'GET', `/fhir/R4/Patient/${id}/$summary?language=my`),
  (bundle) =>
    `${bundle.entry?.length} entries, ${(bundle.entry?.[0]?.resource as Composition | undefined)?.section?.length} sections`,
);
mustBe(summary.type === 'document', 'a summary is a document');

const card = await step(
  'issues the card',
  () =>
    call<IssuedCard>(home, nurse, 'POST', `/api/persons/${id}/cards`, {
      requestId: randomUUID(),
      include: ['name', 'birthYear', 'employment'],
      employment: 'Garment work',
    }),
  (issued) =>
    `printed QR version ${issued.printed.qrVersion}, ${issued.printed.bytes} characters; SD-JWT ${issued.sdJwt.length} bytes`,
);
mustBe(card.printed.qrVersion <= 20, 'the printed code must be readable at card size');

const doctor = await step('Thailand: the doctor signs in', () => {
  const { username, password } = passwordOf(abroad, 'doctor');
  return signIn(abroad.baseUrl, username, password);
});
const verified = await step(
  'scans the printed card; verified here, offline',
  () => call<VerifiedCard>(abroad, doctor, 'POST', '/api/cards/verify', { text: card.printed.text }),
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
  () => call<ReceivedRecord>(abroad, doctor, 'POST', '/api/crossings', crossing),
  (record) =>
    `${record.document.entry?.length} entries under ${record.clause}; signed by ${record.provenance.signedBy}`,
);
mustBe(!JSON.stringify(received.document).includes('86406008'), 'a withheld label crossed');
await step('asks again with the same request id: one disclosure, not two', async () => {
  const again = await call<ReceivedRecord>(abroad, doctor, 'POST', '/api/crossings', crossing);
  mustBe(again.id === received.id, 'a repeat made another record');
});

await step('enforcement tries to read the same person, and finds nothing', async () => {
  const { clientId, clientSecret } = home.clients.find((client) => client.role === 'enforcement')!;
  const police = await clientToken(home.tokenUrl, clientId, clientSecret);
  for (const path of [`/fhir/R4/Patient/${id}`, `/fhir/R4/Patient/${id}/$summary`, `/api/persons/${id}`]) {
    const response = await raw(home, police, 'GET', path);
    mustBe(response.status === 404, `${path} answered ${response.status}`);
  }
});

await step(
  'the person’s page lists who saw what, when, why, under which clause',
  () => call<Disclosures>(home, nurse, 'GET', `/api/persons/${id}/disclosures`),
  ({ disclosures, counters }) =>
    `${disclosures.filter((each) => each.direction === 'abroad' && each.outcome === 'permitted').length} abroad, ` +
    `${counters.disclosed.enforcement} to enforcement, ${disclosures.filter((each) => each.recipientClass === 'enforcement').length} refused attempts by it`,
);

await step('withdraws consent to sharing; the next request is refused, and says why', async () => {
  await call(home, nurse, 'POST', `/api/persons/${id}/consents`, {
    requestId: randomUUID(),
    purpose: 'COC',
    decision: 'deny',
  });
  const response = await raw(abroad, doctor, 'POST', '/api/crossings', { ...crossing, requestId: randomUUID() });
  const text = await response.text();
  mustBe(text.includes('crossing.consent-withdrawn'), `answered ${response.status}: ${text.slice(0, 160)}`);
  const page = await call<PersonPage>(home, nurse, 'GET', `/api/persons/${id}`);
  mustBe(
    page.consents.some((consent) => consent.purpose === 'COC' && consent.decision === 'deny'),
    'the consent is not there',
  );
});

await step('revokes the card; it is refused abroad once the list is fetched', async () => {
  await call(home, nurse, 'POST', '/api/cards/revoke', {
    requestId: randomUUID(),
    cardId: card.cardId,
    reason: 'person-asked',
  });
  const { username, password } = passwordOf(abroad, 'operator');
  const operator = await signIn(abroad.baseUrl, username, password);
  await call(abroad, operator, 'POST', '/api/operator/partners/refresh', {});
  const response = await raw(abroad, doctor, 'POST', '/api/cards/verify', { text: card.printed.text });
  mustBe((await response.text()).includes('card.revoked'), `answered ${response.status}`);
});

await step(
  'the receipt reaches Myanmar through the outbox',
  async () => {
    const { username, password } = passwordOf(abroad, 'operator');
    const operator = await signIn(abroad.baseUrl, username, password);
    for (let waited = 0; waited < 100; waited++) {
      const { messages } = await call<OutboxView>(abroad, operator, 'GET', '/api/operator/outbox');
      const receipt = messages.find((message) => message.id.endsWith(crossing.requestId));
      if (receipt?.state === 'delivered') {
        return receipt;
      }
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error('it was not delivered within ten seconds');
  },
  (receipt) => `delivered at attempt ${receipt.attempts}`,
);

await step(
  'reads the summary of a Synthea person with a long record',
  async () => {
    const { clientId, clientSecret } = home.clients.find((client) => client.role === 'care')!;
    const system = await clientToken(home.tokenUrl, clientId, clientSecret);
    const richest = await longestRecord(system);
    const bundle = await call<Bundle>(home, system, 'GET', `/fhir/R4/Patient/${richest.id}/$summary?language=en`);
    return { resources: richest.resources, entries: bundle.entry?.length ?? 0 };
  },
  ({ resources, entries }) => `${resources} observations and encounters on record, ${entries} entries in the summary`,
);
console.log(`\n${steps} steps, all done.`);

/** The Synthea person with the most observations, by counts alone. */
async function longestRecord(token: string): Promise<{ id: string; resources: number }> {
  const patients = await call<Bundle>(home, token, 'GET', '/fhir/R4/Patient?_tag=synthea-5-2019&_count=60');
  mustBe(patients.entry && patients.entry.length > 0, 'the example records are not loaded yet');
  let best = { id: '', resources: -1 };
  for (const entry of patients.entry) {
    const counts = await Promise.all(
      ['Observation', 'Encounter'].map((type) =>
        call<Bundle>(home, token, 'GET', `/fhir/R4/${type}?patient=${entry.resource!.id}&_summary=count`),
      ),
    );
    const resources = counts.reduce((sum, count) => sum + (count.total ?? 0), 0);
    if (resources > best.resources) {
      best = { id: entry.resource!.id!, resources };
    }
  }
  return best;
}
