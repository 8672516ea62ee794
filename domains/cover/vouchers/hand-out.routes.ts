import { parseInput } from '@serai/kernel/base/input.ts';
import { ok, type Result } from '@serai/kernel/base/refusal.ts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { CoverOptions } from '../cover.deps.ts';
import type { BookletsAnswer, HoldersView, LinesAnswer, ProgrammesView, SheetView } from './api.ts';
import { actOnBooklet, issueBooklets, type MadeBooklet, mayHaveBooklet, replaceBooklet } from './booklets.store.ts';
import { findHolders, sheetOf } from './hand-out.store.ts';
import { previewHolders, registerHolders } from './holders.store.ts';
import {
  bookletActSchema,
  findHoldersSchema,
  issueBookletsSchema,
  previewBookletsSchema,
  previewHoldersSchema,
  registerHoldersSchema,
  sheetSchema,
} from './inputs.ts';
import type { VouchersRefusalCode } from './vouchers.refusals.ts';
import { ownProgramme, requireDesk, today } from './vouchers.store.ts';

const base = '/api/cover/vouchers';

/** Registering people, and handing out booklets. */
export async function handOutRoutes(app: FastifyInstance, options: CoverOptions): Promise<void> {
  app.get(
    `${base}/programmes`,
    { config: { summary: 'The voucher programmes of this country, and those abroad whose vouchers are taken here.' } },
    async (request): Promise<ProgrammesView> => {
      await requireDesk(options.storeFor(request), 'look');
      const { country } = options;
      return {
        programmes: options.vouchers.programmes.filter(
          (each) => each.country === country || each.abroad.some((partner) => partner.country === country),
        ),
      };
    },
  );
  holderRoutes(app, options);
  bookletRoutes(app, options);
}

function holderRoutes(app: FastifyInstance, options: CoverOptions): void {
  app.post(
    `${base}/holders/preview`,
    {
      config: {
        summary: 'What would come of registering these people: nothing is written.',
        body: previewHoldersSchema,
      },
    },
    async (request): Promise<Result<LinesAnswer>> => {
      await requireDesk(options.storeFor(request), 'hand-out');
      const input = parseInput(previewHoldersSchema, request.body);
      const programme = ownProgramme(options, input.programmeId);
      return programme.ok
        ? ok({ lines: await previewHolders(options.database, options, programme.value, input.lines) })
        : programme;
    },
  );

  app.post(
    `${base}/holders`,
    { config: { summary: 'Register people a programme is for; no document is needed.', body: registerHoldersSchema } },
    async (request): Promise<Result<LinesAnswer>> => {
      const store = options.storeFor(request);
      await requireDesk(store, 'hand-out');
      const input = parseInput(registerHoldersSchema, request.body);
      const programme = ownProgramme(options, input.programmeId);
      return programme.ok
        ? store.once(input.requestId, async (tx) =>
            ok({ lines: await registerHolders(tx, options, programme.value, input.lines, store.context.actor.id) }),
          )
        : programme;
    },
  );

  app.post(
    `${base}/holders/find`,
    { config: { summary: 'Find holders by name, group or village, with their booklet.', body: findHoldersSchema } },
    async (request): Promise<HoldersView> => {
      await requireDesk(options.storeFor(request), 'hand-out');
      return findHolders(options.database, parseInput(findHoldersSchema, request.body), today(options));
    },
  );
}

function bookletRoutes(app: FastifyInstance, options: CoverOptions): void {
  app.post(
    `${base}/booklets/preview`,
    { config: { summary: 'Who of these would get a booklet, and why others not.', body: previewBookletsSchema } },
    async (request): Promise<Result<BookletsAnswer>> => {
      await requireDesk(options.storeFor(request), 'hand-out');
      return previewBooklets(options, parseInput(previewBookletsSchema, request.body));
    },
  );

  app.post(
    `${base}/booklets`,
    { config: { summary: 'Make, sign and issue booklets, to print or by text message.', body: issueBookletsSchema } },
    async (request): Promise<Result<BookletsAnswer>> => {
      const store = options.storeFor(request);
      await requireDesk(store, 'hand-out');
      const input = parseInput(issueBookletsSchema, request.body);
      const programme = ownProgramme(options, input.programmeId);
      return programme.ok
        ? store.once(input.requestId, async (tx) =>
            ok({ booklets: await issueBooklets(tx, options, programme.value, input, store.context.actor.id) }),
          )
        : programme;
    },
  );

  app.post<{ Params: { id: string } }>(
    `${base}/booklets/:id/act`,
    { config: { summary: 'Activate, void (the undo of an issue) or replace a booklet.', body: bookletActSchema } },
    (request) => bookletAct(options, request),
  );

  app.post(
    `${base}/sheet`,
    { config: { summary: 'Booklets as they are printed, with the squares and codes.', body: sheetSchema } },
    async (request): Promise<Result<SheetView>> => {
      await requireDesk(options.storeFor(request), 'hand-out');
      const input = parseInput(sheetSchema, request.body);
      const programme = ownProgramme(options, input.programmeId);
      return programme.ok ? ok(await sheetOf(options.database, programme.value, input.bookletIds)) : programme;
    },
  );
}

async function previewBooklets(
  options: CoverOptions,
  input: { programmeId: string; holderIds: readonly string[]; channel: 'print' | 'sms' },
): Promise<Result<BookletsAnswer>> {
  const programme = ownProgramme(options, input.programmeId);
  if (!programme.ok) {
    return programme;
  }
  const holders = await options.database
    .selectFrom('voucher_holder')
    .selectAll()
    .where('programme_id', '=', programme.value.id)
    .where('holder_id', 'in', [...input.holderIds])
    .execute();
  const booklets: { holderId: string; refused?: VouchersRefusalCode }[] = [];
  for (const holderId of input.holderIds) {
    const holder = holders.find((each) => each.holder_id === holderId);
    const refused = holder
      ? await mayHaveBooklet(options.database, programme.value, holder, input.channel, today(options))
      : 'vouchers.holder-unknown';
    booklets.push({ holderId, ...(refused && { refused }) });
  }
  return ok({ booklets });
}

async function bookletAct(
  options: CoverOptions,
  request: FastifyRequest<{ Params: { id: string } }>,
): Promise<Result<{ moved: number } | MadeBooklet>> {
  const store = options.storeFor(request);
  await requireDesk(store, 'hand-out');
  const input = parseInput(bookletActSchema, request.body);
  const programme = ownProgramme(options, input.programmeId);
  if (!programme.ok) {
    return programme;
  }
  const bookletId = request.params.id;
  const actor = store.context.actor.id;
  return store.once<Result<{ moved: number } | MadeBooklet>>(input.requestId, async (tx) => {
    const done =
      input.act === 'replace'
        ? await replaceBooklet(tx, options, programme.value, { bookletId, actor })
        : await actOnBooklet(tx, options, programme.value, {
            ...{ bookletId, actor, act: input.act },
            ...(input.reason && { reason: input.reason }),
          });
    if (done.ok && input.act !== 'activate') {
      await tx.evidence.append({
        kind: 'privileged',
        public: { action: `${input.act}-voucher-booklet`, class: store.context.actor.class },
        sealed: { booklet: bookletId, actor },
      });
    }
    return done;
  });
}
