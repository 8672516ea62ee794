import { type MoneyText, money, moneyText } from '@serai/kernel/base/money.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { Transaction } from '@serai/store/types.ts';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import type { Channel } from '../cover.ts';
import type { PaymentAdapter, ReadStatement, StatementLine } from './channels/payment-adapter.ts';
import { readNumber } from './numbers.ts';
import { takePayment } from './payments.store.ts';
import { digestOf } from './roster.store.ts';

/** A channel's statement taken: each line matched by what the payer typed, the others in a queue for somebody to settle. */

export interface StatementReport {
  readonly statementId: string;
  readonly matched: number;
  readonly waiting: number;
  /** Taken before, from this file or another. */
  readonly known: number;
  readonly passedOver: number;
  readonly unreadable: ReadStatement['unreadable'];
  readonly amount: readonly MoneyText[];
}

export async function takeStatement(
  tx: Transaction,
  options: CoverOptions,
  input: { readonly adapter: PaymentAdapter; readonly bytes: Uint8Array; readonly by: string },
): Promise<Result<StatementReport>> {
  const db = coverOf(tx);
  const read = await input.adapter.read(input.bytes);
  if (read.missing.length > 0) {
    return read.missing[0] === 'file'
      ? refuse('enrolment.file-unreadable')
      : refuse('enrolment.columns-missing', { columns: read.missing.join(', ') });
  }
  const statementId = options.newId();
  await db
    .insertInto('cover_statement')
    .values({
      statement_id: statementId,
      channel: input.adapter.channel,
      digest: digestOf(input.bytes),
      lines: read.lines.length,
      imported_by: input.by,
      imported: options.clock(),
    })
    .execute();
  const fresh = await newLines(db, input.adapter.channel, read.lines);
  let matched = 0;
  const rows: Parameters<typeof writeLines>[2][number][] = [];
  for (const line of fresh) {
    const settled = await settleLine(tx, options, line, input);
    matched += settled.state === 'matched' ? 1 : 0;
    rows.push({ line, ...settled });
  }
  await writeLines(db, { statementId, channel: input.adapter.channel, by: input.by, at: options.clock() }, rows);
  return ok({
    statementId,
    matched,
    waiting: rows.length - matched,
    known: read.lines.length - fresh.length,
    passedOver: read.passedOver,
    unreadable: read.unreadable,
    amount: [...Map.groupBy(fresh, (line) => line.amount.currency)].map(([currency, lines]) =>
      moneyText(
        money(
          lines.reduce((sum, line) => sum + line.amount.minor, 0n),
          currency,
        ),
      ),
    ),
  });
}

/** Lines not taken before, each reference once. */
async function newLines(
  db: CoverDatabase,
  channel: string,
  lines: readonly StatementLine[],
): Promise<readonly StatementLine[]> {
  const references = [...new Set(lines.map((line) => line.reference))];
  if (references.length === 0) {
    return [];
  }
  const before = await db
    .selectFrom('cover_statement_line')
    .select('reference')
    .where('channel', '=', channel)
    .where('reference', 'in', references)
    .execute();
  const paid = await db
    .selectFrom('cover_payment')
    .select('reference')
    .where('channel', '=', channel)
    .where('reference', 'in', references)
    .execute();
  const seen = new Set([...before, ...paid].map((row) => row.reference));
  return lines.filter((line) => !seen.has(line.reference) && seen.add(line.reference));
}

type Settled = { readonly state: 'matched' | 'waiting'; readonly because?: string; readonly paymentId?: string };

async function settleLine(
  tx: Transaction,
  options: CoverOptions,
  line: StatementLine,
  input: { readonly adapter: PaymentAdapter; readonly by: string },
): Promise<Settled> {
  const policyId = await policyFor(coverOf(tx), line);
  if (!policyId) {
    return { state: 'waiting', because: 'no-number' };
  }
  const taken = await takePayment(tx, options, {
    channel: input.adapter.channel,
    reference: line.reference,
    amount: line.amount,
    receivedOn: line.receivedOn,
    policyId,
    payer: 'member',
    by: input.by,
  });
  return taken.ok ? { state: 'matched', paymentId: taken.value.paymentId } : { state: 'waiting', because: taken.code };
}

/** The policy a note names: by its number, or by the number of a member, whose policy that owes first. */
async function policyFor(db: CoverDatabase, line: StatementLine): Promise<string | undefined> {
  for (const found of line.note.toUpperCase().matchAll(/\b([PM])?[\s-]*(\d{7,})[\s-]*(\d)\b/g)) {
    const policyNumber = readNumber('policy', found[0]);
    const policy =
      policyNumber &&
      (await db
        .selectFrom('cover_policy')
        .select('policy_id')
        .where('policy_number', '=', policyNumber)
        .where('currency', '=', line.amount.currency)
        .executeTakeFirst());
    if (policy) {
      return policy.policy_id;
    }
    const memberNumber = readNumber('member', found[0]);
    const byMember =
      memberNumber &&
      (await db
        .selectFrom('cover_member as member')
        .innerJoin('cover_policy_member as covered', 'covered.member_id', 'member.member_id')
        .innerJoin('cover_policy as policy', 'policy.policy_id', 'covered.policy_id')
        .select('policy.policy_id')
        .where('member.member_number', '=', memberNumber)
        .where('policy.currency', '=', line.amount.currency)
        .where('policy.ended_on', 'is', null)
        .orderBy((of) => of('policy.effective_on', 'is', null), 'desc')
        .orderBy('policy.starts_on', 'desc')
        .executeTakeFirst());
    if (byMember) {
      return byMember.policy_id;
    }
  }
  return undefined;
}

async function writeLines(
  db: CoverDatabase,
  of: { readonly statementId: string; readonly channel: Channel; readonly by: string; readonly at: Date },
  rows: readonly ({ readonly line: StatementLine } & Settled)[],
): Promise<void> {
  for (let at = 0; at < rows.length; at += 1000) {
    await db
      .insertInto('cover_statement_line')
      .values(
        rows.slice(at, at + 1000).map(({ line, state, because, paymentId }) => ({
          statement_id: of.statementId,
          line: line.line,
          channel: of.channel,
          reference: line.reference,
          received_on: line.receivedOn,
          amount_minor: line.amount.minor,
          currency: line.amount.currency,
          note: line.note,
          state,
          because: because ?? null,
          payment_id: paymentId ?? null,
          settled_by: state === 'matched' ? of.by : null,
          settled: state === 'matched' ? of.at : null,
        })),
      )
      .execute();
  }
}

export interface WaitingLine {
  readonly statementId: string;
  readonly line: number;
  readonly channel: string;
  readonly reference: string;
  readonly receivedOn: string;
  readonly amount: MoneyText;
  readonly note: string;
  readonly because?: string;
}

/** Lines nobody has settled, the oldest first. */
export async function waitingLines(db: CoverDatabase, limit = 500): Promise<WaitingLine[]> {
  const rows = await db
    .selectFrom('cover_statement_line')
    .selectAll()
    .where('state', '=', 'waiting')
    .orderBy('received_on')
    .orderBy('statement_id')
    .orderBy('line')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    statementId: row.statement_id,
    line: row.line,
    channel: row.channel,
    reference: row.reference,
    receivedOn: row.received_on,
    amount: moneyText(money(BigInt(row.amount_minor), row.currency)),
    note: row.note,
    ...(row.because !== null && { because: row.because }),
  }));
}

/** Somebody says which policy, or which group, a line is for; or that it is none of ours. */
export async function settleWaiting(
  tx: Transaction,
  options: CoverOptions,
  input: {
    readonly statementId: string;
    readonly line: number;
    readonly policyId?: string | undefined;
    readonly groupId?: string | undefined;
    readonly because: string;
    readonly by: string;
  },
): Promise<Result<{ receiptNumber?: string; credit?: MoneyText }>> {
  const db = coverOf(tx);
  const row = await db
    .selectFrom('cover_statement_line')
    .selectAll()
    .where('statement_id', '=', input.statementId)
    .where('line', '=', input.line)
    .forUpdate()
    .executeTakeFirst();
  if (row?.state !== 'waiting') {
    return refuse('enrolment.line-settled');
  }
  const aside = input.policyId === undefined && input.groupId === undefined;
  const taken = aside
    ? undefined
    : await takePayment(tx, options, {
        channel: row.channel as Channel,
        reference: row.reference,
        amount: money(BigInt(row.amount_minor), row.currency),
        receivedOn: row.received_on,
        policyId: input.policyId,
        groupId: input.groupId,
        payer: input.groupId === undefined ? 'member' : 'employer',
        by: input.by,
      });
  if (taken && !taken.ok) {
    return taken;
  }
  await db
    .updateTable('cover_statement_line')
    .set({
      state: aside ? 'set-aside' : 'allocated',
      because: input.because,
      payment_id: taken?.value.paymentId ?? null,
      settled_by: input.by,
      settled: options.clock(),
    })
    .where('statement_id', '=', input.statementId)
    .where('line', '=', input.line)
    .execute();
  return ok(taken ? { receiptNumber: taken.value.receiptNumber, credit: moneyText(taken.value.credit) } : {});
}
