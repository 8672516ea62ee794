import type { Observation, Patient, Resource } from '@medplum/fhirtypes';
import { ok, refuse } from '@serai/kernel/base/refusal.ts';
import { Pool } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commitsShown, freshDatabase } from '../tests/database.ts';
import { createStore, type Store } from './store.ts';
import { allowAll, classify, contextWith, nurse, personFacts } from './testing/context.ts';
import type { RequestStore } from './types.ts';

let store: Store;
let request: RequestStore;
let pool: Pool;
let url: string;

beforeAll(async () => {
  url = await freshDatabase();
  store = await createStore({ url, classify, personFacts, migrate: false, connections: 12 });
  request = store.forRequest(contextWith(allowAll));
  pool = new Pool({ connectionString: url, max: 2 });
});
afterAll(async () => {
  await pool?.end();
  await store?.close();
});

const patient = (more: Partial<Patient> = {}): Patient => ({ resourceType: 'Patient', active: true, ...more });
const times = <T>(count: number, work: (i: number) => Promise<T>) =>
  Promise.allSettled(Array.from({ length: count }, (_, i) => work(i)));
const rowsOf = async (text: string, values: unknown[] = []) => (await pool.query(text, values)).rows;

test('of many updates of one version exactly one is kept', async () => {
  const made = await request.repo.createResource(patient());
  const results = await times(10, (i) =>
    request.repo.updateResource({ ...made, multipleBirthInteger: i + 1 }, { ifMatch: made.meta!.versionId! }),
  );
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  for (const result of results) {
    if (result.status === 'rejected') {
      expect(result.reason.outcome.id).toBe('precondition-failed');
    }
  }
  expect((await request.repo.readHistory('Patient', made.id)).entry).toHaveLength(2);
});

test('unconditional updates of one resource are all kept, one after the other', async () => {
  const made = await request.repo.createResource(patient());
  const results = await times(8, (i) => request.repo.updateResource({ ...made, multipleBirthInteger: i + 1 }));
  expect(results.every((result) => result.status === 'fulfilled')).toBe(true);
  const versions = await rowsOf('select version from history where id = $1 order by version', [made.id]);
  expect(versions.map((row) => row.version)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('an id a client assigns is one resource, whoever comes first and to whichever person it belongs', async () => {
  const people = await Promise.all([0, 1, 2, 3].map(() => request.repo.createResource(patient())));
  const results = await times(8, (i) =>
    request.repo.updateResource<Observation>({
      resourceType: 'Observation',
      id: 'assigned-1',
      status: 'final',
      code: { text: 'x' },
      subject: { reference: `Patient/${people[i % 4]!.id}` },
    }),
  );
  expect(results.map((result) => result.status)).toEqual(Array(8).fill('fulfilled'));
  expect(
    await rowsOf(`select id from resource where resource_type = 'Observation' and id = 'assigned-1'`),
  ).toHaveLength(1);
  expect(await rowsOf(`select id from history where id = 'assigned-1'`)).toHaveLength(8);
});

test('a resource that moves to another person moves whole, in one commit', async () => {
  const [from, to] = await Promise.all([
    request.repo.createResource(patient()),
    request.repo.createResource(patient()),
  ]);
  const made = await request.repo.createResource<Observation>({
    resourceType: 'Observation',
    status: 'final',
    code: { text: 'moving' },
    subject: { reference: `Patient/${from.id}` },
    effectiveDateTime: '2024',
    valueQuantity: { value: 1 },
  });
  await request.repo.updateResource({ ...made, subject: { reference: `Patient/${to.id}` } });
  for (const table of ['resource', 'search_text', 'search_date', 'search_quantity', 'search_reference']) {
    const shards = await rowsOf(`select distinct shard from ${table} where id = $1`, [made.id]);
    expect(shards, table).toEqual([{ shard: to.id }]);
  }
  const found = (personId: string) =>
    request.repo.searchResources({
      resourceType: 'Observation',
      filters: [{ code: 'subject', operator: 'eq', value: personId }],
    });
  expect(await found(from.id)).toHaveLength(0);
  expect(await found(to.id)).toHaveLength(1);
});

test('conditional creates with the same criteria make one resource', async () => {
  const results = await times(8, () =>
    request.repo.conditionalCreate(patient({ identifier: [{ system: 'urn:once', value: '1' }] }), {
      resourceType: 'Patient',
      filters: [{ code: 'identifier', operator: 'eq', value: 'urn:once|1' }],
    }),
  );
  expect(results.map((result) => result.status)).toEqual(Array(8).fill('fulfilled'));
  const ids = new Set(results.map((result) => (result.status === 'fulfilled' ? result.value.resource.id : '')));
  expect(ids.size).toBe(1);
});

test('transactions that lock each other out are run again, and both are kept', async () => {
  const [a, b] = await Promise.all([request.repo.createResource(patient()), request.repo.createResource(patient())]);
  const bothWays = (first: Resource, second: Resource) =>
    request.transaction(async (tx) => {
      await tx.repo.updateResource(first);
      await tx.repo.readResource(first.resourceType, first.id!);
      await new Promise((done) => setTimeout(done, 50));
      await tx.repo.updateResource(second);
      return 'kept';
    });
  expect(await Promise.all([bothWays(a, b), bothWays(b, a)])).toEqual(['kept', 'kept']);
  expect((await request.repo.readHistory('Patient', a.id)).entry).toHaveLength(3);
});

test('a part that fails alone leaves the rest of its transaction', async () => {
  const { kept, lost } = await request.transaction(async (tx) => {
    const before = await tx.repo.createResource(patient());
    let inner: Patient & { id: string };
    await tx.repo
      .withTransaction(
        async (repo) => {
          inner = await repo.createResource(patient());
          await repo.readResource('Patient', inner.id);
          throw new Error('inner');
        },
        { resourceTypes: 'Patient' },
      )
      .catch((error) => expect(error.message).toBe('inner'));
    return { kept: before, lost: inner! };
  });
  expect(await request.repo.readResource('Patient', kept.id)).toEqual(kept);
  await expect(request.repo.readResource('Patient', lost.id)).rejects.toThrow('Not found');
});

test('what a transaction wrote is found inside it, and nowhere when it fails', async () => {
  let inside: readonly Patient[] = [];
  await request
    .transaction(async (tx) => {
      await tx.repo.createResource(patient({ name: [{ family: 'Uncommitted' }] }));
      inside = await tx.repo.searchResources({
        resourceType: 'Patient',
        filters: [{ code: 'family', operator: 'eq', value: 'uncommitted' }],
      });
      throw new Error('fails');
    })
    .catch(() => {});
  expect(inside).toHaveLength(1);
  expect(
    await request.repo.searchResources({
      resourceType: 'Patient',
      filters: [{ code: 'family', operator: 'eq', value: 'uncommitted' }],
    }),
  ).toHaveLength(0);
});

test('once: concurrent and later repeats replay the one answer, kept or refused', async () => {
  let runs = 0;
  const write = () =>
    request.once('request-1', async (tx) => {
      runs++;
      const made = await tx.repo.createResource(patient());
      return ok(made.id);
    });
  const results = await times(8, write);
  const answers = new Set(
    results.map((result) => JSON.stringify(result.status === 'fulfilled' ? result.value : result)),
  );
  expect(answers.size).toBe(1);
  expect(await write()).toEqual(JSON.parse([...answers][0]!));
  expect(runs).toBe(1);
  const no = () => request.once('request-2', async () => refuse('unittest.no', { runs: ++runs }));
  expect(await no()).toEqual(await no());
  expect(runs).toBe(2);
});

test('once: a fault records nothing, so the same id may be tried again', async () => {
  await expect(
    request.once('request-3', async (tx) => {
      await tx.repo.createResource(patient({ name: [{ family: 'Faulty' }] }));
      throw new Error('the line broke');
    }),
  ).rejects.toThrow('the line broke');
  expect(await request.once('request-3', async () => ok('now'))).toEqual(ok('now'));
});

test('once: an id is good for one actor and one request', async () => {
  await request.once('request-4', async () => ok(1), { fingerprint: 'a' });
  const other = store.forRequest(contextWith(allowAll, { actor: { ...nurse, id: 'Practitioner/other' } }));
  for (const reuse of [
    () => other.once('request-4', async () => ok(2), { fingerprint: 'a' }),
    () => request.once('request-4', async () => ok(2), { fingerprint: 'b' }),
  ]) {
    const error = await reuse().then(
      () => undefined,
      (fault) => fault,
    );
    expect(error?.refusal.code).toBe('store.request-id-reused');
  }
});

test('changes skip nothing, however transactions overlap', async () => {
  const read = async (after: string | undefined) => {
    const seen: string[] = [];
    let token = after;
    for (;;) {
      const page = await request.changes(token, 3);
      seen.push(...page.changes.map((change) => change.id));
      token = page.next;
      if (page.changes.length === 0) {
        return { seen, token };
      }
    }
  };
  await commitsShown(url);
  const { token: start } = await read(undefined);
  let release = () => {};
  const gate = new Promise<void>((done) => {
    release = done;
  });
  let slowId = '';
  const slow = request.transaction(async (tx) => {
    slowId = (await tx.repo.createResource(patient())).id;
    await tx.repo.readResource('Patient', slowId);
    await gate;
  });
  while (slowId === '') {
    await new Promise((done) => setTimeout(done, 5));
  }
  await new Promise((done) => setTimeout(done, 30));
  const fast = await request.repo.createResource(patient());
  const during = await read(start);
  expect(during.seen).not.toContain(slowId);
  release();
  await slow;
  await commitsShown(url);
  const after = await read(during.token);
  const all = [...during.seen, ...after.seen];
  expect(all.filter((id) => id === slowId)).toHaveLength(1);
  expect(all.filter((id) => id === fast.id)).toHaveLength(1);
});

test('a commit larger than a page is paged whole', async () => {
  const { next } = await drain(undefined);
  const made = await request.transaction(async (tx) => {
    const ids: string[] = [];
    for (let i = 0; i < 7; i++) {
      ids.push((await tx.repo.createResource(patient())).id);
    }
    return ids;
  });
  const page = await drain(next);
  expect(page.seen.sort()).toEqual(made.sort());
});

async function drain(after: string | undefined): Promise<{ seen: string[]; next: string | undefined }> {
  await commitsShown(url);
  const seen: string[] = [];
  let next = after;
  for (;;) {
    const page = await request.changes(next, 2);
    next = page.next;
    if (page.changes.length === 0) {
      return { seen, next };
    }
    seen.push(...page.changes.map((change) => change.id));
  }
}

test('two transactions that change the facts of one person lose none of them', async () => {
  const made = await request.repo.createResource(patient());
  const encounter = (organization: string): Resource => ({
    resourceType: 'Encounter',
    status: 'finished',
    class: { code: 'AMB' },
    subject: { reference: `Patient/${made.id}` },
    serviceProvider: { reference: `Organization/${organization}` },
  });
  await times(6, (i) => request.repo.createResource(encounter(`o${i}`)));
  const [facts] = await rowsOf('select facilities from person_facts where person_id = $1', [made.id]);
  expect(facts.facilities).toEqual([0, 1, 2, 3, 4, 5].map((i) => `Organization/o${i}`));
});

test('evidence: the tree grows in the order of commits, keeps its leaves, and outlives erasure', async () => {
  await times(20, () => request.repo.createResource(patient()));
  const first = await store.evidence.sequence();
  const leaves = await store.evidence.leaves(0, first.size);
  expect(leaves.map((leaf) => leaf.index)).toEqual(leaves.map((_, i) => i));
  await times(10, () => request.repo.readResource('Patient', 'nobody'));
  await request.repo.createResource(patient());
  await Promise.all([store.evidence.sequence(), store.evidence.sequence(), store.evidence.sequence()]);
  await commitsShown(url);
  const { size } = await store.evidence.sequence();
  expect(size).toBeGreaterThan(first.size);
  const later = await store.evidence.leaves(0, size);
  expect(later.slice(0, first.size)).toEqual(leaves);
  expect(later).toHaveLength(size);
  const [entry] = await store.evidence.list({ limit: 1 });
  expect(entry!.sealed).toMatchObject({ actor: nurse.id });
  expect(await store.evidence.erase(entry!.entryId)).toBe(true);
  expect((await store.evidence.list({ limit: 1 }))[0]).toMatchObject({
    sealed: null,
    commitmentHex: entry!.commitmentHex,
  });
  expect(await store.evidence.leaves(0, size)).toEqual(later);
});

test('outbox: delivered after the commit, tried again after a failure, set aside at last, and never for what failed', async () => {
  const seen: string[] = [];
  let failures = 2;
  store.outbox.register('notice', async ({ messageId }) => {
    if (messageId === 'm-flaky' && failures-- > 0) {
      throw new TypeError('away');
    }
    if (messageId === 'm-dead') {
      throw new RangeError('never');
    }
    seen.push(messageId);
  });
  const enqueue = (messageId: string) =>
    request.transaction((tx) =>
      tx.outbox.enqueue({ topic: 'notice', destination: 'TH', messageId, payload: { a: 1 } }),
    );
  await enqueue('m-1');
  await enqueue('m-1');
  await enqueue('m-flaky');
  await enqueue('m-dead');
  await request
    .transaction(async (tx) => {
      await tx.outbox.enqueue({ topic: 'notice', destination: 'TH', messageId: 'm-lost', payload: null });
      throw new Error('rolled back');
    })
    .catch(() => {});
  store.outbox.start(() => new Date(), { delayMs: 5, attemptsMaximum: 4, pollMs: 10 });
  for (let i = 0; i < 200 && (seen.length < 2 || !(await store.outbox.list({ state: 'dead' })).length); i++) {
    await new Promise((done) => setTimeout(done, 20));
  }
  expect(seen.sort()).toEqual(['m-1', 'm-flaky']);
  const [dead] = await store.outbox.list({ state: 'dead' });
  expect(dead).toMatchObject({ messageId: 'm-dead', attempts: 4, lastError: 'RangeError' });
  expect(await store.outbox.retry('m-dead', new Date())).toBe(true);
  await store.outbox.stop();
});

test('outbox: what says something of somebody is forgotten once it was delivered, and kept until then', async () => {
  const { outbox } = store;
  let asked = 0;
  outbox.register(
    'told',
    async ({ payload }) => {
      expect(payload).toEqual({ to: '0812345678' });
      asked += 1;
      if (asked === 1) {
        throw new Error('not now');
      }
    },
    { forgets: true },
  );
  const message = { topic: 'told', destination: 'TH', messageId: 'told-1', payload: { to: '0812345678' } };
  await request.transaction((tx) => tx.outbox.enqueue(message));
  const kept = async () => (await outbox.list()).find(({ messageId }) => messageId === 'told-1');
  const at = Date.now();
  await outbox.deliverOne(new Date(at));
  expect(await kept()).toMatchObject({ state: 'waiting', payload: { to: '0812345678' } });
  for (let i = 0; i < 5 && (await kept())!.state !== 'delivered'; i++) {
    await outbox.deliverOne(new Date(at + 3_600_000 * (i + 1)));
  }
  expect(await kept()).toMatchObject({ state: 'delivered', payload: null });
});

test('inbox: a message is applied once, and again only if applying it failed', async () => {
  let applied = 0;
  const receive = (fails = false) =>
    request.transaction((tx) =>
      tx.inbox.once('from-th-1', async () => {
        applied++;
        if (fails) {
          throw new Error('half way');
        }
      }),
    );
  await expect(receive(true)).rejects.toThrow('half way');
  expect(await Promise.all([receive(), receive(), receive()])).toEqual(expect.arrayContaining([true, false, false]));
  expect(applied).toBe(2);
});
