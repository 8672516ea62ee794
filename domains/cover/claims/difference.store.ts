import { amountText, money } from '@serai/kernel/base/money.ts';
import type { Transaction } from '@serai/store/types.ts';
import { sql } from 'kysely';
import { coverOf } from '../cover.deps.ts';
import { JobFault } from '../jobs/jobs.store.ts';
import type { JobHandler } from '../jobs/jobs.ts';
import { type Scheme, schemeSchema } from '../schemes/scheme.ts';
import { readClaims } from './claims.store.ts';
import { type ClaimDifference, type DifferenceReport, openDifference } from './difference.ts';
import { careOfLevel, splitProvider } from './submission.ts';
import type { ClaimsOptions } from './submit.store.ts';
import { circumstances } from './together.store.ts';

export interface DifferenceInput {
  /** The draft: a whole version of a scheme, as its file would hold it. */
  readonly draft: unknown;
  readonly from: string;
  readonly to: string;
}

interface Cursor {
  readonly claimedOn: string;
  readonly claimId: string;
}

export interface DifferenceAnswer {
  readonly schemeId: string;
  readonly from: string;
  readonly to: string;
  readonly currency: string;
  readonly claims: number;
  readonly differing: number;
  readonly payMore: number;
  readonly payLess: number;
  readonly payTheSame: number;
  readonly onlyByHistory: number;
  readonly paidBefore: string;
  readonly paidAfter: string;
  readonly causes: readonly {
    readonly reasonBefore: number;
    readonly reasonAfter: number;
    readonly rule?: string;
    readonly lines: number;
    readonly change: string;
  }[];
  /** The first two thousand; `differing` says how many there are. */
  readonly differences: readonly DifferenceRow[];
}

export interface DifferenceRow {
  readonly claimId: string;
  readonly from: string;
  readonly paidBefore: string;
  readonly paidAfter: string;
  readonly change: string;
  readonly because: 'rules' | 'history';
  readonly reasonsBefore: readonly number[];
  readonly reasonsAfter: readonly number[];
  readonly rule?: string;
}

const claimsPerStep = 500;
const rowsKept = 2000;

interface UnderWay {
  readonly report: DifferenceReport;
  readonly rows: DifferenceRow[];
  readonly at: Cursor | undefined;
}

/**
 * Judges the claims of a period by the rules as they are and as a draft has them, and writes nothing. The two histories
 * are kept in memory between steps; a process that takes over begins again.
 */
export function differenceReport(options: ClaimsOptions): JobHandler<DifferenceInput, Cursor, DifferenceAnswer> {
  const underWay = new Map<string, UnderWay>();
  return {
    kind: 'claims.difference',
    total: async (input, tx) => {
      const { count } = await coverOf(tx)
        .selectFrom('cover_claim')
        .select((of) => of.fn.countAll<string>().as('count'))
        .where('scheme_id', '=', draftOf(input.draft).id)
        .where('claimed_on', '>=', input.from)
        .where('claimed_on', '<=', input.to)
        .where('status', 'not in', ['entered', 'reversed'])
        .executeTakeFirstOrThrow();
      return Number(count);
    },
    step: async ({ jobId, input, cursor, tx }) => {
      const draft = draftOf(input.draft);
      const found = underWay.get(jobId);
      const goesOn = cursor && found?.at?.claimId === cursor.claimId;
      const now = goesOn ? found : { report: openDifference(rulesOf(options, draft)), rows: [], at: undefined };
      const ids = await nextClaims(tx, draft.id, input, now.at);
      const cases = await casesOf(
        tx,
        options,
        ids.map((id) => id.claim_id),
      );
      for (const each of cases) {
        const difference = now.report.add(each);
        if (difference && now.rows.length < rowsKept) {
          now.rows.push(rowOf(difference, draft.currency));
        }
      }
      const last = ids.at(-1);
      // Begun again by another process: what the first had counted is taken off the progress.
      const did = ids.length - (cursor && !goesOn ? await doneSoFar(tx, jobId) : 0);
      if (last && ids.length === claimsPerStep) {
        const next = { claimedOn: last.claimed_on, claimId: last.claim_id };
        underWay.set(jobId, { ...now, at: next });
        return { next, did };
      }
      underWay.delete(jobId);
      return { finished: answerOf(now, draft, input), did };
    },
  };
}

/** @throws JobFault naming the first field that is wrong. */
export function draftOf(draft: unknown): Scheme {
  const parsed = schemeSchema.safeParse(draft);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new JobFault(`The draft cannot be read: ${issue!.path.join('.') || 'it'} ${issue!.message}`);
  }
  return parsed.data;
}

/** The draft takes the place of its own version, or stands beside the others. */
function rulesOf(options: ClaimsOptions, draft: Scheme) {
  const before = options.schemes.filter((scheme) => scheme.id === draft.id);
  const after = [...before.filter((scheme) => scheme.version !== draft.version), draft].sort((a, b) =>
    a.validFrom < b.validFrom ? -1 : 1,
  );
  return { before, after };
}

function nextClaims(tx: Transaction, schemeId: string, { from, to }: DifferenceInput, at: Cursor | undefined) {
  let query = coverOf(tx)
    .selectFrom('cover_claim')
    .select(['claim_id', 'claimed_on'])
    .where('scheme_id', '=', schemeId)
    .where('claimed_on', '>=', from)
    .where('claimed_on', '<=', to)
    .where('status', 'not in', ['entered', 'reversed'])
    .orderBy('claimed_on')
    .orderBy('claim_id')
    .limit(claimsPerStep);
  if (at) {
    query = query.where(sql<boolean>`(claimed_on, claim_id) > (${at.claimedOn}::date, ${at.claimId})`);
  }
  return query.execute();
}

async function casesOf(tx: Transaction, options: ClaimsOptions, claimIds: readonly string[]) {
  const db = coverOf(tx);
  const claims = (await readClaims(db, claimIds)).map((row) => row.claim);
  const by = await circumstances(db, options, claims);
  return claims.map((claim) => {
    const [country, id] = splitProvider(claim.provider);
    const review = by.reviewOf(claim);
    const rates = by.ratesOf(claim);
    const level = options.facilities.find((facility) => facility.id === id)?.level ?? claim.providerLevel;
    return {
      claim,
      member: by.memberOf(claim),
      policies: by.withAbroad(claim),
      facility: { id, country, level, care: careOfLevel(level) },
      ...(rates && { rates }),
      ...(review.length > 0 && { review }),
    };
  });
}

async function doneSoFar(tx: Transaction, jobId: string): Promise<number> {
  const job = await coverOf(tx).selectFrom('job').select('done').where('job_id', '=', jobId).executeTakeFirst();
  return job?.done ?? 0;
}

function rowOf(difference: ClaimDifference, currency: string): DifferenceRow {
  const text = (minor: bigint) => amountText(money(minor, currency));
  const rule = difference.lines.map((line) => line.after.rule ?? line.before.rule).find((each) => each !== undefined);
  return {
    claimId: difference.claimId,
    from: difference.from,
    paidBefore: text(difference.before.paidMinor),
    paidAfter: text(difference.after.paidMinor),
    change: text(difference.changeMinor),
    because: difference.because,
    reasonsBefore: [...new Set(difference.lines.map((line) => line.before.reason))],
    reasonsAfter: [...new Set(difference.lines.map((line) => line.after.reason))],
    ...(rule !== undefined && { rule }),
  };
}

function answerOf(done: UnderWay, draft: Scheme, input: DifferenceInput): DifferenceAnswer {
  const { paidBeforeMinor, paidAfterMinor, causes, currency: _, ...counts } = done.report.totals();
  const text = (minor: bigint) => amountText(money(minor, draft.currency));
  return {
    schemeId: draft.id,
    from: input.from,
    to: input.to,
    currency: draft.currency,
    ...counts,
    paidBefore: text(paidBeforeMinor),
    paidAfter: text(paidAfterMinor),
    causes: causes.map(({ changeMinor, rule, ...cause }) => ({
      ...cause,
      change: text(changeMinor),
      ...(rule !== undefined && { rule }),
    })),
    differences: done.rows,
  };
}
