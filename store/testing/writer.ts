import type { Observation, Patient } from '@medplum/fhirtypes';
import { ok } from '@serai/kernel/base/refusal.ts';
import { startEmbedded } from '../embedded.ts';
import { createStore } from '../store.ts';
import { allowAll, classify, contextWith, personFacts } from './context.ts';

/** A process that writes until it is killed. It says on standard output what has been acknowledged, a line each. */
const database = await startEmbedded(process.argv[2]!);
const store = await createStore({ url: database.url, classify, personFacts });
const request = store.forRequest(contextWith(allowAll));
process.stdout.write(`server ${database.processId}\n`);

async function write(worker: number): Promise<void> {
  for (let i = 0; i < 125; i++) {
    const requestId = `${worker}-${i}`;
    const { value } = await request.once(requestId, async (tx) => {
      const patient = await tx.repo.createResource<Patient>({
        resourceType: 'Patient',
        name: [{ family: `Family${requestId}` }],
        birthDate: '1990-01-01',
      });
      const observation = await tx.repo.createResource<Observation>({
        resourceType: 'Observation',
        status: 'final',
        code: { text: 'weight' },
        subject: { reference: `Patient/${patient.id}` },
        valueQuantity: { value: i, unit: 'kg' },
      });
      await tx.evidence.append({ kind: 'privileged', public: { requestId }, sealed: {}, personId: patient.id });
      await tx.outbox.enqueue({ topic: 'notice', destination: 'local', messageId: requestId, payload: null });
      return ok([patient.id, observation.id]);
    });
    process.stdout.write(`kept ${requestId} ${value.join(' ')}\n`);
  }
}

await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map(write));
process.stdout.write('done\n');
