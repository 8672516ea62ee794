import { minorDigits, money, moneyText } from '@serai/kernel/base/money.ts';
import { createPrng } from '@serai/kernel/base/prng.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import { accountBalances } from '@serai/store/ledger/ledger.ts';
import type { Transaction } from '@serai/store/types.ts';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { accountOf } from '../fund/accounts.ts';
import { propose } from '../fund/entries.store.ts';
import { localDay } from '../local-day.ts';
import type { Scheme } from '../schemes/scheme.ts';
import type { DeskView, ProposedReserve, Provenance, SchemeChoice } from './api.ts';
import { type Desk, desk, type Experience } from './desk.ts';
import { claimRows, exposureRows, firstClaimRows, premiumRows, rowsBehind } from './experience.store.ts';
import type { MonthSpan } from './experience.ts';
import type { Basis, Unit } from './reserve.ts';
import { schemeOfSpan } from './scheme-of-span.ts';

/** The desk of one scheme, read now. */

export interface DeskInput extends MonthSpan {
  readonly schemeId: string;
  readonly basis: Basis;
  readonly unit: Unit;
  readonly seed: number;
}

const bootstrapReplicates = 999;

/** Schemes of this country that are insurance of some kind, each once, under its latest name. */
export function schemeChoices({ schemes }: Pick<CoverOptions, 'schemes'>): SchemeChoice[] {
  const latest = new Map(schemes.map(({ id, title, currency }) => [id, { id, title, currency }]));
  return [...latest.values()];
}

export interface ReadExperience {
  readonly experience: Experience;
  readonly provenance: Provenance;
}

export async function readExperience(
  options: Pick<CoverOptions, 'country' | 'clock'>,
  db: CoverDatabase,
  scheme: Scheme,
  span: MonthSpan,
): Promise<ReadExperience> {
  const of = { schemeId: scheme.id, currency: scheme.currency, from: span.from, to: span.to };
  const [exposure, { claims, runOff }, premiums, firstClaims, rows] = await Promise.all([
    exposureRows(db, of),
    claimRows(db, of),
    premiumRows(db, of),
    firstClaimRows(db, of),
    rowsBehind(db, of),
  ]);
  return {
    experience: {
      span: { from: span.from, to: span.to },
      currency: scheme.currency,
      exposure,
      claims,
      premiums,
      runOff,
      firstClaims,
    },
    provenance: {
      country: options.country,
      schemeId: scheme.id,
      schemeVersion: scheme.version,
      from: span.from,
      to: span.to,
      at: options.clock().toISOString(),
      rows: { cover_policy: rows.policies, cover_claim: rows.claims },
    },
  };
}

interface ReadDesk extends Desk {
  readonly scheme: Scheme;
  readonly provenance: Provenance;
}

async function reckonDesk(options: CoverOptions, db: CoverDatabase, input: DeskInput): Promise<Result<ReadDesk>> {
  const scheme = schemeOfSpan(options, input);
  if (!scheme.ok) {
    return scheme;
  }
  const { experience, provenance } = await readExperience(options, db, scheme.value, input);
  const assumed = scheme.value.assumptions?.claimsPerMemberYear;
  const question = {
    basis: input.basis,
    unit: input.unit,
    replicates: bootstrapReplicates,
    ...(assumed !== undefined && { assumedClaims: assumed }),
  };
  return ok({ ...desk(experience, question, createPrng(input.seed)), scheme: scheme.value, provenance });
}

const deskMethods = ['earned-by-day', 'credibility', 'first-claims'] as const;
const reserveMethods = ['chain-ladder', 'expected-loss', 'bootstrap'] as const;
const deskLimits = ['open-as-judged', 'stable-reporting', 'past-not-future'] as const;

export async function readDesk(options: CoverOptions, input: DeskInput): Promise<Result<DeskView>> {
  const found = await reckonDesk(options, options.database, input);
  if (!found.ok) {
    return found;
  }
  const { scheme, provenance, reserve, tables, findings, unit } = found.value;
  const { booked, pending } = await bookedReserve(options.database, scheme);
  const text = (minor: bigint) => moneyText(money(minor, scheme.currency));
  return ok({
    schemes: schemeChoices(options),
    ...input,
    unit,
    provenance,
    methods: reserve ? [...reserveMethods, ...deskMethods] : deskMethods,
    limits: deskLimits,
    tables,
    findings,
    ...(reserve && {
      reserve: {
        best: text(minorOf(reserve.total.ibnr, scheme.currency)),
        upper: text(minorOf(reserve.upper, scheme.currency)),
        booked: text(booked),
        pending: text(pending),
      },
    }),
  });
}

/** A reserve is never below nothing. */
function minorOf(amount: number, currency: string): bigint {
  return BigInt(Math.max(0, Math.round(amount * 10 ** minorDigits(currency))));
}

/** What stands in the books for claims not yet reported, and what is proposed and not decided. */
async function bookedReserve(
  db: Parameters<typeof accountBalances>[0],
  { id, currency }: Scheme,
): Promise<{ readonly booked: bigint; readonly pending: bigint }> {
  const account = accountOf({ schemeId: id, code: 'ibnr', currency }).id;
  const rows = await accountBalances(db, { prefix: account });
  const row = rows.find((each) => each.id === account);
  return {
    booked: row ? row.creditsPosted - row.debitsPosted : 0n,
    pending: row ? row.creditsPending - row.debitsPending : 0n,
  };
}

/**
 * Proposes what brings the reserve to the estimate, reckoned again here from the data: nothing a screen sends becomes an
 * amount. It is a pending entry and moves nothing until the fund manager posts it.
 */
export async function proposeReserve(
  tx: Transaction,
  options: CoverOptions,
  input: DeskInput & { readonly requestId: string; readonly level: 'best' | 'upper' },
): Promise<Result<ProposedReserve>> {
  const found = await reckonDesk(options, coverOf(tx), input);
  if (!found.ok) {
    return found;
  }
  const { reserve, scheme } = found.value;
  if (!reserve) {
    return refuse('actuary.triangle-thin');
  }
  const { booked, pending } = await bookedReserve(tx.sql, scheme);
  const target = minorOf(input.level === 'best' ? reserve.total.ibnr : reserve.upper, scheme.currency);
  const difference = target - booked - pending;
  if (difference === 0n) {
    return refuse('actuary.reserve-as-booked');
  }
  const event = difference > 0n ? 'ibnr-raised' : 'ibnr-released';
  const amount = money(difference > 0n ? difference : -difference, scheme.currency);
  const proposed = await propose(
    tx.sql,
    {
      id: input.requestId,
      event,
      schemeId: scheme.id,
      amount,
      day: localDay(options),
      reference: `Reserve/${input.from}..${input.to}/${input.basis}/${input.level}/seed-${input.seed}`,
    },
    options.clock(),
  );
  return proposed.ok ? ok({ transferId: proposed.value.transferId, event, amount: moneyText(amount) }) : proposed;
}
