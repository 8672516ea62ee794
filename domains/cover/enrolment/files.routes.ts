import type { Readable } from 'node:stream';
import { parseInput } from '@serai/kernel/base/input.ts';
import type { MoneyText } from '@serai/kernel/base/money.ts';
import { type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { RequestStore } from '@serai/store/types.ts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import writeXlsx from 'write-excel-file/node';
import { z } from 'zod';
import type { CoverOptions } from '../cover.deps.ts';
import { localDay } from '../local-day.ts';
import { rehearse } from './bulk.store.ts';
import { statementFile } from './channels/statement-file.ts';
import { undoing } from './enrol.store.ts';
import { absent, type Reach, reachesGroup, reachFor } from './enrolment.access.ts';
import { because, id, requestId, schemeId } from './enrolment.inputs.ts';
import { FileTooLarge, readBody } from './files/read-body.store.ts';
import { fileLimitBytes, readTableFile } from './files/table-file.store.ts';
import { type PayrollReport, takePayroll } from './payroll.store.ts';
import { digestOf, type RosterReport, takeRoster } from './roster.store.ts';
import { templateColumns } from './roster.ts';
import {
  type StatementReport,
  settleWaiting,
  takeStatement,
  type WaitingLine,
  waitingLines,
} from './statements.store.ts';

const flag = z.enum(['true', 'false']).default('false');
const entitlement = z
  .string()
  .regex(/^[a-z][a-z-]{1,40}$/, 'must be an entitlement category')
  .default('contract-worker');
const rosterQuery = z.strictObject({
  groupId: id,
  schemeId,
  months: z.coerce.number().int().min(1).max(120).optional(),
  entitlement,
});
const digest = z.string().regex(/^[0-9a-f]{64}$/, 'must be the digest of the preview');
const takeRosterQuery = rosterQuery.extend({ requestId, digest, goodLinesOnly: flag });
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a month like "2026-03"');
const payrollQuery = z.strictObject({ groupId: id, schemeId, month });
const takePayrollQuery = payrollQuery.extend({ requestId, digest, goodLinesOnly: flag });
const statementQuery = z.strictObject({ requestId, channel: id });
const settleSchema = z.strictObject({
  requestId,
  statementId: id,
  line: z.int().min(1),
  policyId: id.optional(),
  groupId: id.optional(),
  because,
});

export interface ChannelView {
  readonly id: string;
  readonly channel: string;
  readonly title: Readonly<Record<string, string>>;
}

const fileTypes = [
  'text/csv',
  'text/plain',
  'application/octet-stream',
  'application/vnd.ms-excel',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
];

/**
 * Files in the body: rosters, payrolls and statements. One that is too large is let pass by without being kept.
 * What is asked of them is in the address: ids and choices, no personal data.
 */
export async function fileRoutes(app: FastifyInstance, options: CoverOptions): Promise<void> {
  await app.register(async (files) => {
    files.addContentTypeParser(fileTypes, async (request: FastifyRequest, body: Readable) => {
      const stated = Number(request.headers['content-length']);
      return readBody(body, Number.isFinite(stated) ? stated : undefined);
    });
    files.setErrorHandler((error: Error, request, reply) => {
      if (error instanceof FileTooLarge) {
        return reply.send(refuse('enrolment.file-too-large', { megabytes: fileLimitBytes / 1024 / 1024 }));
      }
      return app.errorHandler(error as never, request, reply);
    });
    rosterRoutes(files, options);
    payrollRoutes(files, options);
    statementRoutes(files, options);
  });

  app.get(
    '/api/cover/enrolment/rosters/template',
    { config: { summary: 'An empty roster (XLSX) with the columns that are read.' } },
    async (request, reply) => {
      await reachFor(options.storeFor(request), 'roster');
      const head = templateColumns.map((value) => ({ value, fontWeight: 'bold' as const }));
      const file = await writeXlsx([head]).toBuffer();
      return reply
        .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
        .header('content-disposition', 'attachment; filename="roster.xlsx"')
        .send(file);
    },
  );
  settleRoutes(app, options);
}

/** An employer sends for its own group; an officer for any. */
async function rosterReach(store: RequestStore, groupId: string): Promise<Reach> {
  const reach = await reachFor(store, 'roster');
  return reachesGroup(reach, groupId) ? reach : absent();
}

async function bytesOf(request: FastifyRequest): Promise<Buffer> {
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

function rosterRoutes(app: FastifyInstance, options: CoverOptions): void {
  const { storeFor } = options;

  app.post(
    '/api/cover/enrolment/rosters/preview',
    { config: { summary: 'What a roster (CSV or XLSX in the body) would change, line by line; writes nothing.' } },
    async (request): Promise<Result<RosterReport>> => {
      const query = parseInput(rosterQuery, request.query);
      const store = storeFor(request);
      await rosterReach(store, query.groupId);
      const bytes = await bytesOf(request);
      const table = await readTableFile(bytes);
      if (!table.ok) {
        return table;
      }
      const report = await rehearse<Result<RosterReport>>(store, (tx) =>
        takeRoster(tx, options, table.value, digestOf(bytes), {
          ...query,
          goodLinesOnly: true,
          on: localDay(options),
          by: store.context.actor.id,
        }),
      );
      return report.ok ? { ok: true, value: { ...report.value, applied: false } } : report;
    },
  );

  app.post(
    '/api/cover/enrolment/rosters',
    {
      config: { summary: 'Take a roster that was previewed: all of it, or its good lines; again, it changes nothing.' },
    },
    async (request): Promise<Result<RosterReport>> => {
      const query = parseInput(takeRosterQuery, request.query);
      const store = storeFor(request);
      await rosterReach(store, query.groupId);
      const bytes = await bytesOf(request);
      if (digestOf(bytes) !== query.digest) {
        return refuse('enrolment.file-changed');
      }
      const table = await readTableFile(bytes);
      if (!table.ok) {
        return table;
      }
      return undoing(
        store.once<Result<RosterReport>>(query.requestId, (tx) =>
          takeRoster(tx, options, table.value, query.digest, {
            ...query,
            goodLinesOnly: query.goodLinesOnly === 'true',
            on: localDay(options),
            by: store.context.actor.id,
          }),
        ),
      );
    },
  );
}

function payrollRoutes(app: FastifyInstance, options: CoverOptions): void {
  const { storeFor } = options;
  const take = async (request: FastifyRequest, dry: boolean): Promise<Result<PayrollReport>> => {
    const query = dry
      ? { ...parseInput(payrollQuery, request.query), goodLinesOnly: 'true', digest: '', requestId: '' }
      : parseInput(takePayrollQuery, request.query);
    const store = storeFor(request);
    await rosterReach(store, query.groupId);
    const bytes = await bytesOf(request);
    if (!dry && digestOf(bytes) !== query.digest) {
      return refuse('enrolment.file-changed');
    }
    const table = await readTableFile(bytes);
    if (!table.ok) {
      return table;
    }
    const input = { ...query, goodLinesOnly: query.goodLinesOnly === 'true', by: store.context.actor.id };
    const work = (tx: Parameters<typeof takePayroll>[0]) =>
      takePayroll(tx, options, table.value, digestOf(bytes), input);
    return dry
      ? rehearse<Result<PayrollReport>>(store, work)
      : store.once<Result<PayrollReport>>(query.requestId, work);
  };

  app.post(
    '/api/cover/enrolment/payrolls/preview',
    { config: { summary: 'The contributions of a month by a payroll file, line by line; writes nothing.' } },
    (request) => take(request, true),
  );
  app.post(
    '/api/cover/enrolment/payrolls',
    { config: { summary: 'Raise the contributions of a month by a payroll file; a month is raised once.' } },
    (request) => take(request, false),
  );
}

function statementRoutes(app: FastifyInstance, options: CoverOptions): void {
  const channels = options.paymentChannels;

  app.get(
    '/api/cover/enrolment/channels',
    { config: { summary: 'Payment channels whose statements are read here.' } },
    async (request): Promise<{ channels: readonly ChannelView[] }> => {
      await reachFor(options.storeFor(request), 'read');
      return { channels: channels.map(({ id: channelId, channel, title }) => ({ id: channelId, channel, title })) };
    },
  );

  app.post(
    '/api/cover/enrolment/statements',
    { config: { summary: 'Take a payment channel’s statement: lines matched, the others put in a queue.' } },
    async (request): Promise<Result<StatementReport>> => {
      const query = parseInput(statementQuery, request.query);
      const store = options.storeFor(request);
      await reachFor(store, 'change');
      const channel = channels.find((each) => each.id === query.channel);
      if (!channel) {
        return absent();
      }
      const bytes = await bytesOf(request);
      return store.once<Result<StatementReport>>(query.requestId, (tx) =>
        takeStatement(tx, options, { adapter: statementFile(channel), bytes, by: store.context.actor.id }),
      );
    },
  );
}

function settleRoutes(app: FastifyInstance, options: CoverOptions): void {
  const { storeFor, database } = options;

  app.get(
    '/api/cover/enrolment/statement-lines',
    { config: { summary: 'Payments whose policy nobody knows yet, the oldest first.' } },
    async (request): Promise<{ rows: readonly WaitingLine[] }> => {
      await reachFor(storeFor(request), 'change');
      return { rows: await waitingLines(database) };
    },
  );

  app.post(
    '/api/cover/enrolment/statement-lines',
    { config: { summary: 'Say which policy or group a payment is for, or set it aside.', body: settleSchema } },
    async (request): Promise<Result<{ receiptNumber?: string; credit?: MoneyText }>> => {
      const input = parseInput(settleSchema, request.body);
      const store = storeFor(request);
      await reachFor(store, 'change');
      return store.once<Result<{ receiptNumber?: string; credit?: MoneyText }>>(input.requestId, (tx) =>
        settleWaiting(tx, options, { ...input, by: store.context.actor.id }),
      );
    },
  );
}
