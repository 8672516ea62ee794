import { parseInput } from '@serai/kernel/base/input.ts';
import { type Result, refuse } from '@serai/kernel/base/refusal.ts';
import { VOUCHER_PREFIX, verifyVoucher } from '@serai/kernel/trust/voucher.ts';
import type { Transaction } from '@serai/store/types.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import { FOREIGN_PATH, foreignRedemptionShape, receiveForeign, takeForeign } from './abroad.store.ts';
import type { RedemptionView, VoucherCheck } from './api.ts';
import { checkVoucher, redemptionsOf } from './check.store.ts';
import { isCode, normaliseCode, SHORT_CODE_LENGTH } from './codes.ts';
import { checkSchema, redeemSchema } from './inputs.ts';
import { shortId, type VoucherProgramme } from './programme.ts';
import { providerOf } from './provider.ts';
import { type Taken, type Taking, takeVoucher } from './redeem.store.ts';
import { writeVisit } from './visit.store.ts';
import { requireDesk } from './vouchers.store.ts';

const base = '/api/cover/vouchers';

/** Redeeming: at the desk, and from partners across the border. */
export async function redeemRoutes(app: FastifyInstance, options: CoverOptions): Promise<void> {
  app.post(
    `${base}/check`,
    { config: { summary: 'What a voucher is good for, without redeeming it.', body: checkSchema } },
    async (request): Promise<Result<VoucherCheck>> => {
      await requireDesk(options.storeFor(request), 'redeem');
      return checkVoucher(options, parseInput(checkSchema, request.body));
    },
  );

  app.post(
    `${base}/redemptions`,
    { config: { summary: 'Redeem one voucher for one service.', body: redeemSchema } },
    (request) => redeemHere(options, request),
  );

  app.get(
    `${base}/redemptions`,
    { config: { summary: 'What this facility redeemed lately, and where each stands.' } },
    async (request): Promise<{ redemptions: readonly RedemptionView[] }> => {
      const store = options.storeFor(request);
      await requireDesk(store, 'redeem');
      return { redemptions: await redemptionsOf(options.database, providerOf(options, store)) };
    },
  );
  await app.register(async (scope) => partnerRoutes(scope, options));
}

/** A partner's node brings what its facilities took of ours. Who it is, the key that signed says. */
async function partnerRoutes(scope: FastifyInstance, options: CoverOptions): Promise<void> {
  scope.addContentTypeParser('application/jose', { parseAs: 'string', bodyLimit: 65_536 }, (_request, body, done) =>
    done(null, body),
  );
  scope.post(
    FOREIGN_PATH,
    { config: { open: true, summary: 'A partner’s signed redemption of a voucher of this country; answered signed.' } },
    async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
      const text = typeof request.body === 'string' ? request.body : '';
      const message = await options.partners.read(text, 'voucher', foreignRedemptionShape);
      if (!message.ok) {
        return message;
      }
      const { sender, body } = message.value;
      const answer = await receiveForeign(options.ownStore(), options, sender.country, body);
      reply.type('application/jose');
      return options.partners.answer(message.value, 'voucher-answer', answer);
    },
  );
}

async function redeemHere(options: CoverOptions, request: FastifyRequest): Promise<Result<Taken>> {
  const store = options.storeFor(request);
  await requireDesk(store, 'redeem');
  const input = parseInput(redeemSchema, request.body);
  const taking: Omit<Taking, 'voucher'> = {
    redemptionId: input.requestId,
    bookletCode: normaliseCode(input.bookletCode),
    provider: providerOf(options, store),
    at: Math.floor(options.clock().getTime() / 1000),
    on: input.on,
    service: input.service,
    deliveredOn: input.deliveredOn,
    place: input.place,
    actor: store.context.actor.id,
  };
  return store.once<Result<Taken>>(input.requestId, async (tx) => {
    const taken = await takeWhatWasShown(tx, options, input.voucher, taking);
    const programme = taken.ok && (await programmeOf(options, tx, taken.value.voucherId));
    if (taken.ok && programme && input.personId && taken.value.outcome === 'accepted') {
      await writeVisit(tx, store, {
        programme,
        redemptionId: taken.value.redemptionId,
        personId: input.personId,
        service: taken.value.service,
        on: input.on,
      });
    }
    return taken;
  });
}

/** A square is verified first, whoever issued it; a code is looked for among our own. */
async function takeWhatWasShown(
  tx: Transaction,
  options: CoverOptions,
  shown: string,
  taking: Omit<Taking, 'voucher'>,
): Promise<Result<Taken>> {
  if (!shown.trimStart().startsWith(VOUCHER_PREFIX)) {
    const shortCode = normaliseCode(shown);
    return isCode(shortCode, SHORT_CODE_LENGTH)
      ? takeVoucher(tx, options, { ...taking, voucher: { shortCode } })
      : refuse('vouchers.unknown');
  }
  const verified = await verifyVoucher(shown, options.vouchers.keyOf, taking.at);
  if (!verified.ok) {
    return verified;
  }
  const { country, programme: named, voucherId } = verified.value;
  if (country === options.country) {
    return takeVoucher(tx, options, { ...taking, voucher: { voucherId } });
  }
  const programme = options.vouchers.programmes.find((each) => each.country === country && shortId(each) === named);
  return programme
    ? takeForeign(tx, options, programme, shown, { ...taking, voucher: { voucherId } })
    : refuse('vouchers.unknown-programme');
}

async function programmeOf(
  options: CoverOptions,
  tx: Transaction,
  voucherId: string,
): Promise<VoucherProgramme | undefined> {
  const row = await coverOf(tx)
    .selectFrom('voucher')
    .select('programme_id')
    .where('voucher_id', '=', voucherId)
    .executeTakeFirst();
  return row && options.vouchers.programmes.find((each) => each.id === row.programme_id);
}
