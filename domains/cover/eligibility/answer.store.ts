import { addDays, addMonths, type Day } from '@serai/kernel/base/days.ts';
import type { Money } from '@serai/kernel/base/money.ts';
import type { Rate } from '@serai/kernel/ledger/exchange.ts';
import { rateOnDay, ratesBetween } from '@serai/store/ledger/rates.ts';
import { type Selectable, sql } from 'kysely';
import type { AdjudicationInput, PassedLine } from '../claims/adjudication.ts';
import { passedLines } from '../claims/claims.store.ts';
import type { InsuredAbroad } from '../claims/insured-abroad.ts';
import { careOfLevel } from '../claims/submission.ts';
import type { CoverOptions } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import type { Member } from '../cover.ts';
import type { MemberTables } from '../enrolment/enrolment.tables.ts';
import { instalmentOf, memberOf, type PolicyInFull, policyOf } from '../enrolment/members.store.ts';
import { schemeAt } from '../schemes/scheme.ts';
import { certifiedPeriods } from '../settlement/certificate.store.ts';
import { type EligibilityAnswer, eligibility } from './eligibility.ts';

export type EligibilityOptions = Pick<CoverOptions, 'schemes' | 'agreements' | 'publicFree'>;

export interface EligibilityAsked {
  /** One of both; with neither, or a stranger's, only an emergency is covered. */
  readonly memberNumber?: string | undefined;
  readonly personId?: string | undefined;
  readonly on: Day;
  readonly code?: string | undefined;
  readonly quantity?: string | undefined;
  readonly visit?: 'other' | 'referral' | 'emergency' | undefined;
  readonly diagnosis?: string | undefined;
  readonly estimate?: Money | undefined;
  readonly facility?: { readonly id: string; readonly country: string; readonly level: string } | undefined;
  /** Of a signed certificate. */
  readonly periodsAbroad?: readonly InsuredAbroad[] | undefined;
}

/** Policies that ended longer ago than the longest qualifying period looks back do not matter. */
const monthsLookedBack = 24;

/**
 * Answers from the tables, whoever asks: a route of this node, or the home side for a facility abroad. Access is decided
 * before. Two rounds to the database for one member.
 */
export async function answerEligibility(
  db: CoverDatabase,
  options: EligibilityOptions,
  asked: EligibilityAsked,
): Promise<{ readonly answer: EligibilityAnswer; readonly member: Member | undefined }> {
  const { member, policies } = await memberWithPolicies(db, asked);
  const [history, rates, certified] = await Promise.all([
    historyOf(db, policies),
    ratesFor(db, options, policies, asked),
    member ? certifiedPeriods(db, options.agreements, [member.memberId]) : undefined,
  ]);
  const answer = eligibility({
    ...asked,
    periodsAbroad: asked.periodsAbroad ?? (member && certified?.get(member.memberId)),
    member,
    schemes: options.schemes,
    policies,
    history,
    facility: asked.facility && { ...asked.facility, care: careOfLevel(asked.facility.level) },
    rates,
    agreements: options.agreements,
    publicFree: asked.facility ? options.publicFree[asked.facility.country] : undefined,
  });
  return { answer, member };
}

type MemberRow = Selectable<MemberTables['cover_member']>;
type PolicyRow = Selectable<MemberTables['cover_policy']> & {
  readonly covered: readonly Selectable<MemberTables['cover_policy_member']>[];
  readonly owed: readonly Selectable<MemberTables['cover_instalment']>[];
};

/** The member with her policies, who else is on them and what is owed: in one round, because somebody waits at a counter. */
async function memberWithPolicies(
  db: CoverDatabase,
  { personId, memberNumber, on }: EligibilityAsked,
): Promise<{ readonly member: Member | undefined; readonly policies: readonly PolicyInFull[] }> {
  const key = personId ?? memberNumber;
  if (key === undefined) {
    return { member: undefined, policies: [] };
  }
  const column = sql.ref(personId === undefined ? 'm.member_number' : 'm.person_id');
  const { rows } = await sql<{ member: MemberRow; policies: readonly PolicyRow[] | null }>`
    select to_jsonb(m) as member, (
      select jsonb_agg(to_jsonb(p) || jsonb_build_object(
        'covered', (select coalesce(jsonb_agg(to_jsonb(o) order by o.member_id), '[]') from cover_policy_member o where o.policy_id = p.policy_id),
        'owed', (select coalesce(jsonb_agg(to_jsonb(i) order by i.number), '[]') from cover_instalment i where i.policy_id = p.policy_id)
      ) order by p.starts_on, p.policy_id)
      from cover_policy_member pm join cover_policy p on p.policy_id = pm.policy_id
      where pm.member_id = m.member_id and p.expires_on >= ${addMonths(on, -monthsLookedBack)}::date
    ) as policies
    from cover_member m where ${column} = ${key}`.execute(db);
  const row = rows[0];
  return {
    member: row && memberOf(row.member),
    policies: (row?.policies ?? []).map((policy) => ({
      ...policyOf(policy, policy.covered),
      instalments: policy.owed.map(instalmentOf),
    })),
  };
}

async function historyOf(db: CoverDatabase, policies: readonly PolicyInFull[]): Promise<PassedLine[]> {
  const bySchemes = Map.groupBy(policies, (policy) => policy.schemeId);
  const lines = await Promise.all(
    Array.from(bySchemes, ([schemeId, of]) =>
      passedLines(db, { schemeId, policyIds: of.map((policy) => policy.policyId), claimId: '' }),
    ),
  );
  return lines.flat();
}

/** Rates of the day, from each scheme's currency into those of its tariffs where care would be given. */
async function ratesFor(
  db: CoverDatabase,
  options: EligibilityOptions,
  policies: readonly PolicyInFull[],
  { facility, on }: EligibilityAsked,
): Promise<AdjudicationInput['rates']> {
  const rates: Record<string, Rate> = {};
  for (const schemeId of new Set(policies.map((policy) => policy.schemeId))) {
    const scheme = schemeAt(options.schemes, schemeId, on);
    const abroad = scheme && facility && facility.country !== scheme.country ? scheme.tariffs : [];
    const currencies = abroad.filter((tariff) => tariff.country === facility?.country).map(({ currency }) => currency);
    for (const currency of new Set(currencies)) {
      const known = await ratesBetween(
        db as never,
        scheme!.currency,
        currency,
        new Date(`${addDays(on, 1)}T00:00:00Z`),
      );
      const found = rateOnDay(known, scheme!.currency, currency, on);
      if (found) {
        rates[currency] = found.rate;
      }
    }
  }
  return rates;
}
