import { notFound, OperationOutcomeError } from '@medplum/core';
import { InputFault, parseInput } from '@serai/kernel/base/input.ts';
import type { VerifiedKeySet } from '@serai/kernel/trust/keys.ts';
import { noteVerifiers } from '@serai/kernel/trust/log-audit.ts';
import type { RequestStore } from '@serai/store/types.ts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { EvidenceTree } from './log.ts';

/** One row of the evidence log, as the store lists it. */
export interface EvidenceRow {
  readonly entryId: string;
  readonly at: string;
  readonly kind: string;
  readonly public: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  readonly sealed: Readonly<Record<string, unknown>> | null;
  readonly leafIndex: number | null;
}

export interface EvidenceRoutesOptions {
  readonly country: string;
  readonly storeFor: (request: FastifyRequest) => RequestStore;
  readonly tree: EvidenceTree;
  readonly listFor: (personId: string) => Promise<readonly EvidenceRow[]>;
  readonly leaves: (
    from: number,
    to: number,
  ) => Promise<readonly { readonly index: number; readonly bytes: Uint8Array }[]>;
  readonly counters: () => Promise<DisclosureCounters>;
  readonly keySets: () => readonly VerifiedKeySet[];
  readonly facilityName: (reference: string) => Promise<string | undefined>;
  readonly nameOf: (actorId: string) => Promise<string | undefined>;
}

export interface DisclosureCounters {
  readonly disclosed: Readonly<Record<string, number>>;
  readonly enforcementRefused: number;
}

const pageSize = 1000;

const witnessSchema = z.strictObject({
  node: z.string().max(300),
  note: z.string().max(20_000),
  proof: z.array(z.string().max(64)).max(128),
});

/** Who saw what of a person; and the log anyone can check. */
export async function evidenceRoutes(app: FastifyInstance, options: EvidenceRoutesOptions): Promise<void> {
  const { tree } = options;

  app.get<{ Params: { id: string } }>(
    '/api/persons/:id/disclosures',
    { config: { summary: 'Who saw what of this person, when, why, under which clause; refused attempts too.' } },
    async (request) => {
      const patient = await options.storeFor(request).repo.readResource('Patient', request.params.id);
      const rows = await options.listFor(patient.id!);
      const shown = await Promise.all(merged(rows.filter(isDisclosure)).map((row) => shownRow(row)));
      return { disclosures: shown, counters: await options.counters() };
    },
  );

  app.get(
    '/evidence/counters',
    { config: { open: true, summary: 'Disclosures by class of recipient; enforcement is promised to be 0.' } },
    async () => options.counters(),
  );

  app.get(
    '/evidence/checkpoint',
    { config: { open: true, summary: 'The latest signed checkpoint of the log.' } },
    async (_request, reply) => {
      const checkpoint = await tree.checkpoint();
      return checkpoint ? reply.type('text/plain; charset=utf-8').send(checkpoint.note) : reply.callNotFound();
    },
  );

  app.get(
    '/evidence/checkpoints',
    { config: { open: true, summary: 'Every checkpoint ever signed, with its cosignatures, oldest first.' } },
    async () => ({ notes: await tree.checkpoints() }),
  );

  app.get<{ Querystring: { from?: string } }>(
    '/evidence/leaves',
    { config: { open: true, summary: 'Leaves of the log in the clear part, a thousand at a time.' } },
    async (request) => {
      const from = wholeNumber(request.query.from ?? '0', 'from');
      const leaves = await options.leaves(from, from + pageSize);
      return { from, leaves: leaves.map((leaf) => Buffer.from(leaf.bytes).toString('base64')) };
    },
  );

  app.get<{ Querystring: { index?: string; size?: string } }>(
    '/evidence/inclusion',
    { config: { open: true, summary: 'Proof that a leaf is in the tree of a size.' } },
    async (request) => {
      const proof = await tree.inclusion(
        wholeNumber(request.query.index, 'index'),
        wholeNumber(request.query.size, 'size'),
      );
      return proofAnswer(proof);
    },
  );

  app.get<{ Querystring: { from?: string; to?: string } }>(
    '/evidence/consistency',
    { config: { open: true, summary: 'Proof that one size of the log continues another.' } },
    async (request) => {
      const proof = await tree.consistency(
        wholeNumber(request.query.from, 'from'),
        wholeNumber(request.query.to, 'to'),
      );
      return proofAnswer(proof);
    },
  );

  app.post(
    '/exchange/witness',
    { config: { open: true, summary: 'A partner asks this node to cosign its checkpoint.', body: witnessSchema } },
    async (request, reply) => {
      const input = parseInput(witnessSchema, request.body);
      const partner = options.keySets().find((set) => set.node === input.node && set.country !== options.country);
      // A note is signed by one of the log keys the partner has published.
      for (const verifier of partner ? noteVerifiers(partner) : []) {
        const answer = await tree.witness(
          input.note,
          verifier,
          input.proof.map((each) => new Uint8Array(Buffer.from(each, 'base64'))),
        );
        if (answer.outcome === 'cosigned') {
          return { line: answer.note.slice(input.note.length) };
        }
        if (answer.outcome === 'conflict') {
          return reply.code(409).send({ knownSize: answer.knownSize });
        }
      }
      return reply.callNotFound();
    },
  );

  async function shownRow({ row, times }: { row: EvidenceRow; times: number }) {
    const open = row.public;
    const text = (name: string) => (typeof open[name] === 'string' ? (open[name] as string) : undefined);
    const actor = row.sealed?.actor as string | undefined;
    const abroad = text('country') !== undefined && text('country') !== options.country;
    const facility =
      (row.sealed?.facilityName as string | undefined) ??
      (text('facility') && !abroad ? await options.facilityName(text('facility')!) : text('facility')) ??
      (row.sealed?.facility ? await options.facilityName(row.sealed.facility as string) : undefined);
    const categories = open.categories ?? open.types ?? [];
    const clauses = open.clauses as readonly string[] | undefined;
    return {
      entryId: row.entryId,
      at: row.at,
      direction: abroad ? 'abroad' : 'here',
      outcome: text('outcome') === 'permitted' || text('outcome') === 'permit' ? 'permitted' : 'refused',
      recipientClass: text('class') ?? 'unknown',
      recipient: (actor && !abroad ? await options.nameOf(actor) : undefined) ?? text('class') ?? 'unknown',
      country: text('country') ?? options.country,
      ...(facility && { facility }),
      purpose: text('purpose') ?? '',
      ...((text('clause') ?? clauses?.[0]) && { clause: text('clause') ?? clauses?.[0] }),
      what: [...(categories as readonly string[])],
      ...(text('reason') && { reason: text('reason') }),
      ...(row.leafIndex !== null && { leafIndex: row.leafIndex }),
      times,
    };
  }
}

/** What counts as someone having seen, or tried to see, the record. */
function isDisclosure(row: EvidenceRow): boolean {
  if (row.kind === 'disclosure' || row.kind === 'receipt') {
    return true;
  }
  if (row.kind !== 'decision') {
    return false;
  }
  const action = row.public.action as string;
  const refused = row.public.outcome === 'refuse' || row.public.outcome === 'refused';
  // Reads by a partner are told by the disclosure they were made for, not once more by each of their parts.
  const byPartner = typeof row.sealed?.actor === 'string' && (row.sealed.actor as string).startsWith('node:');
  return !byPartner && (['read', 'history', 'search', 'disclose'].includes(action) || (action === 'call' && refused));
}

/** Many looks of one person at one record on one day are one line. */
function merged(rows: readonly EvidenceRow[]): { row: EvidenceRow; times: number }[] {
  const lines = new Map<string, { row: EvidenceRow; times: number }>();
  for (const row of rows) {
    const { class: of, country, purpose, outcome } = row.public;
    const key =
      row.kind === 'decision'
        ? [row.at.slice(0, 10), of, country, purpose, outcome, row.sealed?.actor ?? ''].join('|')
        : row.entryId;
    const line = lines.get(key);
    if (line) {
      line.times++;
      const what = [line.row, row].flatMap((each) => (each.public.categories ?? []) as readonly string[]);
      line.row = { ...line.row, public: { ...line.row.public, categories: [...new Set(what)].sort() } };
    } else {
      lines.set(key, { row, times: 1 });
    }
  }
  return [...lines.values()];
}

function proofAnswer(proof: readonly Uint8Array[] | undefined) {
  if (!proof) {
    throw new OperationOutcomeError(notFound);
  }
  return { proof: proof.map((each) => Buffer.from(each).toString('base64')) };
}

function wholeNumber(text: string | undefined, name: string): number {
  if (!/^\d{1,15}$/.test(text ?? '')) {
    throw new InputFault([{ expression: name, sentence: 'must be a whole number' }]);
  }
  return Number(text);
}
