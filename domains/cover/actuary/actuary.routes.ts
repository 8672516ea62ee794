import { notFound, OperationOutcomeError } from '@medplum/core';
import { parseInput } from '@serai/kernel/base/input.ts';
import type { Refusal, Result } from '@serai/kernel/base/refusal.ts';
import type { RequestStore } from '@serai/store/types.ts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type CoverOptions, requireCover } from '../cover.deps.ts';
import './actuary.refusals.ts';
import {
  type DeskView,
  type ProposedReserve,
  type SchemeChoice,
  type StudyLine,
  type StudyView,
  studyKinds,
} from './api.ts';
import { proposeReserve, readDesk, schemeChoices } from './desk.store.ts';
import { monthAfter } from './experience.ts';
import { askStudy, listStudies, readStudy, studyJob, studyOf } from './studies.store.ts';

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a month like "2026-03"');
const scheme = z.string().min(1, 'must name a scheme').max(100, 'must be at most 100 characters');
const basis = z.enum(['incurred', 'paid'], 'must be incurred or paid');
const unit = z.enum(['month', 'quarter'], 'must be month or quarter');
/** Any whole number that a person can copy from a report. */
const seedBound = 2 ** 31 - 1;

const deskQuery = z.strictObject({
  scheme,
  from: month.optional(),
  to: month.optional(),
  basis: basis.default('incurred'),
  unit: unit.default('month'),
  seed: z.coerce.number().int().min(0).max(seedBound).default(1),
});
const proposeBody = z.strictObject({
  requestId: z.uuid('must be a UUID made by the caller, new for each act'),
  schemeId: scheme,
  from: month,
  to: month,
  basis,
  unit,
  seed: z.int().min(0).max(seedBound),
  level: z.enum(['best', 'upper'], 'must be best or upper'),
});

const readers = ['actuary', 'fund-manager', 'insurer'];

/** Those who keep the accounts read; to anyone else, care with its wide permit too, the desk is not there. */
async function requireReader(store: RequestStore): Promise<void> {
  await requireCover(store, 'read', 'Account');
  const { actor } = store.context;
  if (actor.class !== 'payer' || !actor.roles.some((role) => readers.includes(role))) {
    throw new OperationOutcomeError(notFound);
  }
}

/** The actuary proposes; to anyone else the act is not there. */
export async function requireActuary(store: RequestStore): Promise<void> {
  await requireCover(store, 'create', 'Account');
  if (!store.context.actor.roles.includes('actuary')) {
    throw new OperationOutcomeError(notFound);
  }
}

type Answer<T> = Promise<Result<T> | Refusal>;

export async function actuaryRoutes(app: FastifyInstance, options: CoverOptions): Promise<void> {
  options.registerJob(studyJob(options) as never);
  await app.register(deskRoutes, options);
  await app.register(studyRoutes, options);
}

async function deskRoutes(app: FastifyInstance, options: CoverOptions): Promise<void> {
  const { storeFor, clock } = options;
  /** The last month that is over, and the eleven before it. */
  const lastYear = () => {
    const to = monthAfter(clock().toISOString().slice(0, 7), -1);
    return { from: monthAfter(to, -11), to };
  };

  app.get(
    '/api/cover/actuary/schemes',
    { config: { summary: 'The schemes an actuary may look at.' } },
    async (request): Promise<{ schemes: SchemeChoice[] }> => {
      await requireReader(storeFor(request));
      return { schemes: schemeChoices(options) };
    },
  );

  app.get(
    '/api/cover/actuary/desk',
    { config: { summary: 'Exposure, experience, reserves, segments and selection of a scheme.' } },
    async (request): Answer<DeskView> => {
      const { scheme: schemeId, ...question } = parseInput(deskQuery, request.query);
      await requireReader(storeFor(request));
      const span = lastYear();
      return readDesk(options, {
        ...question,
        schemeId,
        from: question.from ?? (question.to ? monthAfter(question.to, -11) : span.from),
        to: question.to ?? span.to,
      });
    },
  );

  app.post(
    '/api/cover/actuary/reserve/propose',
    { config: { summary: 'Propose the entry that brings the reserve to the estimate.', body: proposeBody } },
    async (request): Answer<ProposedReserve> => {
      const input = parseInput(proposeBody, request.body);
      const store = storeFor(request);
      await requireActuary(store);
      return store.once<Result<ProposedReserve>>(input.requestId, async (tx) => {
        const result = await proposeReserve(tx, options, input);
        if (result.ok) {
          await tx.evidence.append({
            kind: 'privileged',
            public: { action: 'actuary-proposal', class: store.context.actor.class },
            sealed: { actor: store.context.actor.id, request: input.requestId },
          });
        }
        return result;
      });
    },
  );
}

const studyBody = z.strictObject({
  requestId: z.uuid('must be a UUID made by the caller, new for each act'),
  kind: z.enum(studyKinds, `must be one of ${studyKinds.join(', ')}`),
  /** What it is of; each kind has its own fields. */
  input: z.record(z.string(), z.unknown()),
});

async function studyRoutes(app: FastifyInstance, options: CoverOptions): Promise<void> {
  const { storeFor } = options;

  app.get(
    '/api/cover/actuary/studies',
    { config: { summary: 'Studies made, the latest first.' } },
    async (request): Promise<{ studies: StudyLine[] }> => {
      await requireReader(storeFor(request));
      return { studies: await listStudies(options) };
    },
  );

  app.get<{ Params: { id: string } }>(
    '/api/cover/actuary/studies/:id',
    { config: { summary: 'A study with its report, word for word as it was made.' } },
    async (request): Promise<StudyView> => {
      await requireReader(storeFor(request));
      return readStudy(options, request.params.id);
    },
  );

  app.post(
    '/api/cover/actuary/studies',
    { config: { summary: 'Ask for a study; long work, done in parts.', body: studyBody } },
    async (request): Answer<{ studyId: string; jobId: string }> => {
      const { requestId, kind, input } = parseInput(studyBody, request.body);
      const store = storeFor(request);
      await requireActuary(store);
      const asked = parseInput(studyOf(kind).input, input);
      return store.once(requestId, (tx) => askStudy(tx, options, { kind, input: asked }, store.context.actor.id));
    },
  );
}
