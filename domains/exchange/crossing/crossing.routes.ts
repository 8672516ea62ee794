import { notFound, OperationOutcomeError } from '@medplum/core';
import type { Bundle } from '@medplum/fhirtypes';
import { parseInput } from '@serai/kernel/base/input.ts';
import type { Refusal, Result } from '@serai/kernel/base/refusal.ts';
import '@serai/kernel/trust/card.refusals.ts';
import '@serai/kernel/trust/message.refusals.ts';
import '@serai/kernel/trust/trust.refusals.ts';
import { publicJwks, signedKeySet } from '@serai/kernel/trust/keys.ts';
import { verifyMessage } from '@serai/kernel/trust/messages.ts';
import type { DataCategory } from '@serai/policy/types.ts';
import type { RequestStore } from '@serai/store/types.ts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { ReceivedRecord, ReceivedRecords } from '../api.ts';
import { seenBefore } from '../cards/cards.store.ts';
import { epochSeconds } from '../exchange.deps.ts';
import type { ExchangeTables } from '../exchange.tables.ts';
import { askHome, documentIn } from './abroad.ts';
import { answerDisclosureRequest, type HomeOptions } from './home.ts';

const crossingSchema = z.strictObject({
  requestId: z.uuid('must be a UUID made by the caller, new for each act'),
  card: z.string().min(1, 'must not be empty').max(20_000, 'is too long for a card'),
  purpose: z.string().min(1).max(40),
  clause: z.string().min(1).max(200),
  language: z.string().regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/, 'must be a language tag like "th"'),
});

export const receiptShape = z.object({
  requestId: z.uuid(),
  documentDigest: z.string().max(64),
  at: z.iso.datetime(),
});
export type Receipt = z.infer<typeof receiptShape>;

export interface CrossingOptions extends HomeOptions {
  /** Applies a partner's receipt, once for each message id. */
  readonly applyReceipt: (country: string, receipt: Receipt) => Promise<void>;
}

/** Both ends of a crossing: asking abroad, and answering a partner; and the keys that make it believable. */
export async function crossingRoutes(app: FastifyInstance, options: CrossingOptions): Promise<void> {
  const { clock, database } = options;

  app.get('/.well-known/jwks.json', { config: { open: true, summary: 'Public keys of this node.' } }, async () =>
    publicJwks(options.keySet(), epochSeconds(clock)),
  );

  app.get(
    '/.well-known/serai-keys',
    { config: { open: true, summary: 'The same keys, signed by the node’s identity key.' } },
    async (_request, reply) =>
      reply.type('application/jwt').send(await signedKeySet(options.keySet(), epochSeconds(clock))),
  );

  await app.register(async (scope) => {
    scope.addContentTypeParser('application/jose', { parseAs: 'string', bodyLimit: 262_144 }, (_request, body, done) =>
      done(null, body),
    );

    scope.post(
      '/exchange/disclosures',
      { config: { open: true, summary: 'A partner’s signed request for a summary; answered signed.' } },
      async (request, reply): Promise<string | Refusal> => {
        const answer = await answerDisclosureRequest(options, String(request.body ?? ''));
        if (!answer.ok) {
          return answer;
        }
        reply.type('application/jose');
        return answer.value;
      },
    );

    scope.post(
      '/exchange/notices',
      { config: { open: true, summary: 'A partner’s signed notice: a disclosed record has arrived.' } },
      async (request): Promise<Result<{ applied: boolean }>> => {
        const message = await verifyMessage(String(request.body ?? ''), 'notice', receiptShape, {
          self: options.self,
          now: epochSeconds(clock),
          trustList: options.trust.trustList(),
          keySets: options.trust.keySets(),
          seen: (id) => seenBefore(database, `message ${id}`, clock(), 600),
        });
        if (!message.ok) {
          return message;
        }
        await options.applyReceipt(message.value.sender.country, message.value.body);
        return { ok: true, value: { applied: true } };
      },
    );
  });

  app.post(
    '/api/crossings',
    { config: { summary: 'Ask a card’s home node for the person’s summary, under a clause.', body: crossingSchema } },
    async (request, reply): Promise<ReceivedRecord | Refusal> => {
      const input = parseInput(crossingSchema, request.body);
      const store = options.storeFor(request);
      const received = await askHome(options, store, input);
      if (!received.ok) {
        return received;
      }
      reply.code(201);
      // That this reader has it now is what the receipt, just written, says.
      const { id, document } = received.value;
      const row = document && (await listedRow(id));
      return row ? shown(row, document) : readReceived(request, id);
    },
  );

  app.get<{ Params: { id: string } }>(
    '/api/received/:id',
    { config: { summary: 'A record received from abroad.' } },
    async (request) => readReceived(request, request.params.id),
  );

  app.get(
    '/api/received',
    { config: { summary: 'Records this facility has received.' } },
    async (request): Promise<ReceivedRecords> => {
      const store = options.storeFor(request);
      const { facility } = store.context.actor;
      const rows = await database
        .selectFrom('received_record')
        .select([...listedColumns, 'name', 'document_categories', 'document_labels'])
        .where('facility', facility === undefined ? 'is' : '=', facility ?? null)
        .where('retain_until', '>', clock())
        .orderBy('received_at', 'desc')
        .limit(100)
        .execute();
      const readable: typeof rows = [];
      for (const row of rows) {
        // A reader who may not have a document is not told that there is one.
        if (await mayRead(store, row)) {
          readable.push(row);
        }
      }
      return { records: readable.map((row) => ({ ...listed(row), name: row.name })) };
    },
  );

  const listedRow = (id: string) =>
    database
      .selectFrom('received_record')
      .select([...shownColumns])
      .where('id', '=', id)
      .executeTakeFirst();

  const receivedRow = async (id: string): Promise<Received | undefined> =>
    database.selectFrom('received_record').selectAll().where('id', '=', id).executeTakeFirst();

  async function readReceived(request: FastifyRequest, id: string): Promise<ReceivedRecord> {
    const store = options.storeFor(request);
    const row = await receivedRow(id);
    const here = row && row.facility === (store.context.actor.facility ?? null) && row.retain_until > clock();
    if (!here || !(await mayRead(store, row))) {
      throw new OperationOutcomeError(notFound);
    }
    return shown(row, documentIn(row.signed_answer));
  }
}

function shown(row: Pick<Received, (typeof shownColumns)[number]>, document: Bundle): ReceivedRecord {
  return {
    ...listed(row),
    document,
    provenance: {
      signedBy: row.signed_by,
      keyId: row.key_id,
      signedAt: row.signed_at.toISOString(),
      verifiedAt: row.received_at.toISOString(),
      documentDigest: row.document_digest,
    },
  };
}

type Received = Selectable<ExchangeTables['received_record']>;

/** What a list shows: everything but the document. */
const listedColumns = [
  'id',
  'from_country',
  'received_at',
  'purpose',
  'agreement',
  'clause',
  'categories',
  'retain_until',
] as const;

/** What one record shows beside its document. */
const shownColumns = [...listedColumns, 'signed_by', 'key_id', 'signed_at', 'document_digest'] as const;

/** The same decision as for a document of the record here, and logged like it. */
async function mayRead(
  store: RequestStore,
  row: Pick<Received, 'id' | 'document_categories' | 'document_labels'>,
): Promise<boolean> {
  const { permit } = await store.decide({
    action: 'read',
    target: {
      kind: 'resource',
      resourceType: 'Bundle',
      id: row.id,
      categories: row.document_categories as DataCategory[],
      labels: row.document_labels,
    },
  });
  return permit;
}

function listed(row: Pick<Received, (typeof listedColumns)[number]>): Omit<ReceivedRecord, 'document' | 'provenance'> {
  return {
    id: row.id,
    from: row.from_country,
    receivedAt: row.received_at.toISOString(),
    purpose: row.purpose,
    agreement: row.agreement,
    clause: row.clause,
    categories: row.categories,
    retainUntil: row.retain_until.toISOString(),
  };
}
