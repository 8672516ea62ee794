import { parseMoney } from '@serai/kernel/base/money.ts';
import { type Refusal, refuse } from '@serai/kernel/base/refusal.ts';
import type { Transaction } from '@serai/store/types.ts';
import { coverOf } from '../cover.deps.ts';
import type { Claim } from '../cover.ts';
import { readMemberByNumber } from '../enrolment/members.store.ts';
import { type FileClaim, type FileProblem, readClaimsFile } from './claims-file.ts';
import type { ClaimsOptions } from './submit.store.ts';
import { claimOf, sameClaim, schemeOf, takeClaim, todayOf } from './take.store.ts';

export interface ClaimsImport {
  /** Claims taken, to be judged by the next batch. */
  readonly taken: readonly { readonly rows: readonly number[]; readonly claimId: string }[];
  /** Claims that were here already, word for word: a file uploaded twice changes nothing. */
  readonly already: readonly { readonly rows: readonly number[]; readonly claimId: string }[];
  readonly refused: readonly {
    readonly rows: readonly number[];
    readonly code: string;
    readonly expression?: string;
  }[];
  readonly problems: readonly FileProblem[];
}

/** Takes a facility's file: each claim as a whole or not at all, with a report by row. */
export async function importClaims(
  tx: Transaction,
  options: ClaimsOptions,
  csv: string,
  by: { readonly actor: string; readonly ownProvider?: string },
): Promise<ClaimsImport> {
  const file = readClaimsFile(csv);
  const taken: ClaimsImport['taken'][number][] = [];
  const already: ClaimsImport['already'][number][] = [];
  const refused: ClaimsImport['refused'][number][] = [];
  for (const each of file.claims) {
    const claim = await understood(tx, options, each, by.ownProvider);
    const before = 'ok' in claim ? undefined : await sameClaim(coverOf(tx), claim);
    if (before) {
      already.push({ rows: each.rows, claimId: before });
      continue;
    }
    const result =
      'ok' in claim ? claim : await takeClaim(tx, options, claim, { ...by, source: 'import' }, { judge: false });
    if (result.ok) {
      taken.push({ rows: each.rows, claimId: result.value.claimId });
    } else {
      refused.push({ rows: each.rows, code: result.code, ...(result.expression && { expression: result.expression }) });
    }
  }
  return { taken, already, refused, problems: file.problems };
}

async function understood(
  tx: Transaction,
  options: ClaimsOptions,
  each: FileClaim,
  ownProvider: string | undefined,
): Promise<Claim | Refusal> {
  const db = coverOf(tx);
  if (ownProvider === undefined) {
    return refuse('claims.unknown-provider', undefined, 'provider');
  }
  const member = await readMemberByNumber(db, each.memberNumber);
  if (!member) {
    return refuse('claims.unknown-member', undefined, 'member_number');
  }
  const scheme = await schemeOf(db, options.schemes, member, each);
  if ('ok' in scheme) {
    return scheme;
  }
  const currency = each.currency ?? scheme.currency;
  const lines: Claim['lines'][number][] = [];
  for (const [i, line] of each.lines.entries()) {
    const unitPrice = parseMoney(line.unitPrice, currency);
    if (!unitPrice) {
      return refuse('claims.price', undefined, `unit_price[${i}]`);
    }
    lines.push({ ...line, line: i + 1, unitPrice });
  }
  return claimOf(options, member, {
    ...each,
    provider: ownProvider,
    schemeId: scheme.id,
    currency,
    claimedOn: todayOf(options),
    lines,
  });
}
