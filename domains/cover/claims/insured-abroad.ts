import { addDays, type Day, daysBetween, firstOfMonth } from '@serai/kernel/base/days.ts';
import { money } from '@serai/kernel/base/money.ts';
import type { Agreement } from '@serai/policy/agreement.ts';
import { daysOf, joined } from '../enrolment/periods.ts';
import { type Scheme, schemeAt } from '../schemes/scheme.ts';
import type { AdjudicationInput } from './adjudication.ts';

/**
 * Periods insured in another country, as its signed certificates state them, in the judgement of a claim (totalisation, DOMAIN
 * E.2, E.3): their months count towards qualifying periods, and a waiting period goes on counting from them where one cover
 * followed the other. A day counts once, here before elsewhere.
 */

/** A period insured elsewhere, as a certificate states it. */
export interface InsuredAbroad {
  readonly country: string;
  readonly schemeId: string;
  readonly from: Day;
  /** Last day. */
  readonly to: Day;
}

type PolicyInFull = AdjudicationInput['policies'][number];

/** A certificate as it is kept. */
export interface Certified {
  /** Id of the agreement it was given under. */
  readonly agreement: string;
  readonly periods: readonly InsuredAbroad[];
}

/**
 * What counts of certificates by the clause each was given under: periods of the schemes it names, where they come to the
 * days it asks for. What was certified while an agreement held is kept when it ends: no rights are lost by that.
 */
export function countedByClause(agreements: readonly Agreement[], certified: readonly Certified[]): InsuredAbroad[] {
  return certified.flatMap(({ agreement: id, periods }) => {
    const clause = agreements.find((each) => each.id === id)?.periods;
    const counted = periods.filter((each) => clause?.schemes.includes(each.schemeId));
    return clause && daysOf(joined(counted)) >= clause.minimumDays ? counted : [];
  });
}

/**
 * The policies of a member with what counts of periods abroad.
 * @param of the day of care: nothing after it counts.
 */
export function withPeriodsAbroad(
  schemes: readonly Scheme[],
  policies: readonly PolicyInFull[],
  periods: readonly InsuredAbroad[],
  of: { readonly memberId: string; readonly day: Day },
): readonly PolicyInFull[] {
  const past = periods.filter((each) => each.from <= each.to && each.from <= of.day);
  if (past.length === 0) {
    return policies;
  }
  const own = policies.map((policy) => {
    const grace = schemeAt(schemes, policy.schemeId, of.day)?.contribution.grace.renewalDays ?? 0;
    const members = policy.members.map((each) =>
      each.memberId === of.memberId
        ? { ...each, continuousSince: sinceAbroad(each.continuousSince, past, grace) }
        : each,
    );
    return { ...policy, members };
  });
  return [...own, ...asPolicies(past, of.memberId, of.day)];
}

/** As for a renewal at home: a break no longer than the grace for renewals is none. */
function sinceAbroad(since: Day, periods: readonly InsuredAbroad[], graceDays: number): Day {
  return joined(periods)
    .reverse()
    .reduce(
      (first, { from, to }) => (from < first && daysBetween(addDays(to, 1), first) <= graceDays ? from : first),
      since,
    );
}

/**
 * Periods insured elsewhere stand as policies that are over: adjudication counts their months towards qualifying periods and
 * finds no cover in them. The month of the care never counts, so they are cut before it.
 */
function asPolicies(periods: readonly InsuredAbroad[], memberId: string, on: Day): PolicyInFull[] {
  const until = addDays(firstOfMonth(on), -1);
  const earlier = (day: Day) => (day < until ? day : until);
  return periods
    .filter((period) => period.from <= until)
    .map((period, i) => ({
      policyId: `abroad-${i}`,
      policyNumber: `abroad-${i}`,
      schemeId: period.schemeId,
      schemeVersion: 0,
      stage: 'new',
      enrolledOn: period.from,
      startsOn: period.from,
      effectiveOn: period.from,
      expiresOn: earlier(period.to),
      premium: money(0n, 'XXX'),
      members: [
        {
          memberId,
          relation: 'holder',
          from: period.from,
          to: earlier(period.to),
          continuousSince: period.from,
        },
      ],
      instalments: [],
    }));
}
