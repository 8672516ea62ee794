import { addDays } from '@serai/kernel/base/days.ts';
import { type Money, type MoneyText, money, moneyText } from '@serai/kernel/base/money.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { RequestStore, Transaction } from '@serai/store/types.ts';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import { localDay } from '../local-day.ts';
import { campaignFor } from './campaigns.store.ts';
import { endPolicy, lapsePolicies } from './ending.store.ts';
import { policiesById } from './policies.store.ts';
import { owedMinor } from './policy.ts';
import { tellHolders } from './reminders.store.ts';
import { reminderOf } from './reminders.ts';
import { renewPolicy } from './renewal.store.ts';
import { versionOf } from './versions.ts';
import { undoWriteOff, writeOff } from './write-off.store.ts';

/** What is done to many at once: each by the same rule as one, in one transaction, and taken back as one where it can be. */

export const bulkKinds = ['renew', 'remind', 'waive', 'write-off', 'lapse'] as const;
export type BulkKind = (typeof bulkKinds)[number];

export const bulkMaximum = 500;

export interface BulkInput {
  readonly kind: BulkKind;
  /** Policies; instalments where it is a write-off or a waiver. */
  readonly ids: readonly string[];
  readonly because: string;
  readonly batchId: string;
  readonly by: string;
}

export interface BulkAnswer {
  readonly batchId: string;
  readonly done: number;
  readonly refused: readonly { readonly id: string; readonly code: string }[];
  readonly amounts: readonly MoneyText[];
  /** Whether it can be taken back as one. */
  readonly undoable: boolean;
  /** Of a preview: whether it would be proposed, for a second person to do. */
  readonly takesTwo?: boolean;
}

export async function doBulk(tx: Transaction, options: CoverOptions, input: BulkInput): Promise<Result<BulkAnswer>> {
  if (input.ids.length > bulkMaximum) {
    return refuse('enrolment.too-many', { maximum: bulkMaximum }, 'ids');
  }
  switch (input.kind) {
    case 'renew':
      return ok(await renewAll(tx, options, input));
    case 'remind':
      return ok(await remindAll(tx, options, input));
    case 'lapse': {
      const on = localDay(options);
      const lapsed = await lapsePolicies(tx, options, input.ids, on, input.by);
      return ok({
        batchId: input.batchId,
        done: lapsed.length,
        refused: input.ids
          .filter((id) => !lapsed.includes(id))
          .map((id) => ({ id, code: 'enrolment.not-covered-then' })),
        amounts: [],
        undoable: false,
      });
    }
    case 'write-off':
    case 'waive':
      return writeOffAll(tx, options, input);
  }
}

async function renewAll(tx: Transaction, options: CoverOptions, input: BulkInput): Promise<BulkAnswer> {
  const on = localDay(options);
  const policies = await policiesById(coverOf(tx), input.ids);
  const refused: { id: string; code: string }[] = [];
  const made: string[] = [];
  for (const policyId of input.ids) {
    const policy = policies.find((each) => each.policyId === policyId);
    const campaign = await campaignFor(coverOf(tx), { groupId: policy?.groupId, schemeId: policy?.schemeId }, on);
    const renewed = await renewPolicy(tx, options, {
      policyId,
      ...campaign,
      on,
      by: input.by,
      channel: `bulk:${input.batchId}`,
    });
    if (renewed.ok) {
      made.push(renewed.value.policyId);
    } else {
      refused.push({ id: policyId, code: renewed.code });
    }
  }
  const owed = (await policiesById(coverOf(tx), made)).map((policy) => policy.premium);
  return { batchId: input.batchId, done: made.length, refused, amounts: sums(owed), undoable: true };
}

async function remindAll(tx: Transaction, options: CoverOptions, input: BulkInput): Promise<BulkAnswer> {
  const policies = await policiesById(coverOf(tx), input.ids, { lock: true });
  const on = localDay(options);
  await tellHolders(
    tx,
    options,
    policies.map((policy) => {
      const { policyId, policyNumber } = policy;
      const at = reminderOf(policy, versionOf(options.schemes, policy), on, false);
      const kind = at?.kind ?? 'asked';
      // Asked for by hand: told once more, whatever was told before.
      const reminder = { ...at, kind, day: at?.day ?? policy.expiresOn, stage: `asked:${input.batchId}` };
      return { policyId, policyNumber, reminder };
    }),
    input.by,
  );
  const owed = policies.map((policy) =>
    money(
      policy.instalments.reduce((sum, each) => sum + owedMinor(each), 0n),
      policy.premium.currency,
    ),
  );
  return {
    batchId: input.batchId,
    done: policies.length,
    refused: input.ids
      .filter((id) => !policies.some((policy) => policy.policyId === id))
      .map((id) => ({ id, code: 'enrolment.unknown-policy' })),
    amounts: sums(owed),
    undoable: false,
  };
}

async function writeOffAll(tx: Transaction, options: CoverOptions, input: BulkInput): Promise<Result<BulkAnswer>> {
  const kind = input.kind === 'waive' ? 'waived' : 'written-off';
  const off = await writeOff(tx, options, { ...input, kind, instalmentIds: input.ids });
  if (!off.ok) {
    return off;
  }
  const rows = await coverOf(tx)
    .selectFrom('cover_write_off')
    .select(['instalment_id', 'amount_minor', 'currency'])
    .where('batch_id', '=', input.batchId)
    .execute();
  return ok({
    batchId: input.batchId,
    done: rows.length,
    refused: input.ids
      .filter((id) => !rows.some((row) => row.instalment_id === id))
      .map((id) => ({ id, code: 'enrolment.nothing-owed' })),
    amounts: sums(rows.map((row) => money(BigInt(row.amount_minor), row.currency))),
    undoable: true,
  });
}

/** Takes a batch back: write-offs and waivers are owed again; renewals end before they begin and owe nothing. */
export async function undoBulk(
  tx: Transaction,
  options: CoverOptions,
  input: { readonly kind: BulkKind; readonly batchId: string; readonly by: string },
): Promise<Result<{ batchId: string; undone: number }>> {
  if (input.kind === 'write-off' || input.kind === 'waive') {
    const undone = await undoWriteOff(tx, options, input);
    return undone.ok ? ok({ batchId: input.batchId, undone: undone.value.instalments }) : undone;
  }
  if (input.kind !== 'renew') {
    return refuse('enrolment.not-reversible', undefined, 'kind');
  }
  const rows = await coverOf(tx)
    .selectFrom('cover_policy')
    .select(['policy_id', 'starts_on'])
    .where('channel', '=', `bulk:${input.batchId}`)
    .where('ended_on', 'is', null)
    .execute();
  let undone = 0;
  for (const row of rows) {
    const ended = await endPolicy(tx, options, {
      policyId: row.policy_id,
      lastDay: addDays(row.starts_on, -1),
      because: 'mistake',
      by: input.by,
    });
    if (ended.ok) {
      // The policy before can be renewed again.
      await coverOf(tx)
        .updateTable('cover_policy')
        .set({ renewal_of: null })
        .where('policy_id', '=', row.policy_id)
        .execute();
      undone += 1;
    }
  }
  return undone > 0 ? ok({ batchId: input.batchId, undone }) : refuse('enrolment.already-ended');
}

/** Amounts added up in each currency. */
export function sumOf(amounts: readonly Money[]): Money[] {
  return [...Map.groupBy(amounts, (each) => each.currency)].map(([currency, those]) =>
    money(
      those.reduce((sum, each) => sum + each.minor, 0n),
      currency,
    ),
  );
}

export const sums = (amounts: readonly Money[]): MoneyText[] => sumOf(amounts).map(moneyText);

/** Carries the answer of a rehearsal out of the transaction it takes back. */
class Rehearsed extends Error {
  override name = 'Rehearsed';
  readonly answer: unknown;
  constructor(answer: unknown) {
    super('a rehearsal writes nothing');
    this.answer = answer;
  }
}

/** Does the work for its answer alone: a preview is the act itself, taken back. */
export async function rehearse<T>(store: RequestStore, work: (tx: Transaction) => Promise<T>): Promise<T> {
  try {
    return await store.transaction<T>(async (tx) => {
      throw new Rehearsed(await work(tx));
    });
  } catch (error) {
    if (error instanceof Rehearsed) {
      return error.answer as T;
    }
    throw error;
  }
}
