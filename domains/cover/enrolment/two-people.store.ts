import { type MoneyText, money, moneyText, parseMoney } from '@serai/kernel/base/money.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { Act, Weighed } from '../approvals/approvals.store.ts';
import { coverOf } from '../cover.deps.ts';
import { type BulkAnswer, doBulk, sumOf } from './bulk.store.ts';
import { type MoneyBack, refundable, refundCredit, reversePayment, reversible } from './money-back.store.ts';
import { owedOf } from './write-off.store.ts';

/** What of members' money takes two people above an amount: giving it back, and no longer asking for it. */

export interface MoneyBackView {
  readonly paymentId: string;
  readonly receiptNumber: string;
  readonly amount: MoneyText;
}

const view = (back: Result<MoneyBack>): Result<MoneyBackView> =>
  back.ok ? ok({ ...back.value, amount: moneyText(back.value.amount) }) : back;

interface RefundInput {
  readonly paymentId: string;
  readonly amount: MoneyText;
  readonly because: string;
}

export const refundAct: Act<RefundInput, MoneyBackView> = {
  kind: 'refund',
  weigh: async (tx, _options, { paymentId, amount: said }): Promise<Result<Weighed>> => {
    const amount = parseMoney(said.amount, said.currency)!;
    const found = await refundable(coverOf(tx), { paymentId, amount });
    return found.ok ? ok({ schemeId: found.value.schemeId, amounts: [amount] }) : found;
  },
  perform: async (tx, options, input, by) => {
    const amount = parseMoney(input.amount.amount, input.amount.currency)!;
    return view(await refundCredit(tx, options, { ...input, amount, by }));
  },
};

interface ReversalInput {
  readonly paymentId: string;
  readonly because: string;
}

export const reversalAct: Act<ReversalInput, MoneyBackView> = {
  kind: 'reversal',
  weigh: async (tx, _options, { paymentId }): Promise<Result<Weighed>> => {
    const found = await reversible(coverOf(tx), paymentId);
    return found.ok ? ok({ schemeId: found.value.schemeId, amounts: [found.value.amount] }) : found;
  },
  perform: async (tx, options, input, by) => view(await reversePayment(tx, options, { ...input, by })),
};

interface WriteOffAsked {
  readonly instalmentIds: readonly string[];
  readonly because: string;
}

const writeOffAct = (kind: 'write-off' | 'waive'): Act<WriteOffAsked, BulkAnswer> => ({
  kind,
  weigh: async (tx, _options, { instalmentIds }): Promise<Result<Weighed>> => {
    const owed = await owedOf(coverOf(tx), instalmentIds);
    const [first] = owed;
    return first
      ? ok({ schemeId: first.scheme_id, amounts: sumOf(owed.map((each) => money(each.amount_minor, each.currency))) })
      : refuse('enrolment.nothing-owed', undefined, 'instalmentIds');
  },
  perform: (tx, options, { instalmentIds, because }, by) =>
    doBulk(tx, options, { kind, ids: instalmentIds, because, batchId: options.newId(), by }),
});

export const writeOffActs = { 'write-off': writeOffAct('write-off'), waive: writeOffAct('waive') } as const;
