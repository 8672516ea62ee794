import { minorDigits } from '@serai/kernel/base/money.ts';
import { sql } from 'kysely';
import { z } from 'zod';
import type { CoverDatabase } from '../cover.tables.ts';
import { firstDay, lastDayOf, type MonthSpan } from './experience.ts';
import { columns, significant, tableOf } from './figures.ts';
import { ofScheme, quantity, share } from './inputs.ts';
import { isRefusal, readRisk } from './risk.store.ts';
import type { Risk } from './risk.ts';
import {
  drawCost,
  interval,
  type MemberCosts,
  neededPremium,
  type PricePair,
  type SchemeChange,
  takeUp,
} from './simulator.ts';
import { defineStudy } from './study.ts';
import { riskAssumptions, schemeCheck, termAssumptions } from './study-parts.ts';

const input = z.strictObject({
  ...ofScheme,
  contributionFactor: quantity('The contribution', { above: 0, atMost: 10 }, 'Over today’s').default(1),
  coPayment: share('The co-payment', 'Further share the insured pay').default(0),
  ceiling: quantity('The ceiling', { atLeast: 0, atMost: 1e9 }, 'Of a member-year; 0 as today').default(0),
  waitingMonths: quantity('The waiting time', { atLeast: 0, atMost: 24, whole: true }, 'Months').default(0),
  dependants: quantity('The dependants', { atLeast: 0, atMost: 10 }, 'For each one now').default(1),
  demandElasticity: quantity('The demand', { atLeast: 0, atMost: 2 }, 'Less care for each share paid').default(0.2),
  takeUpElasticity: quantity('The take-up', { atLeast: 0, atMost: 3 }, 'Answer to the contribution').default(0.4),
});

interface Facts {
  readonly risk: Risk;
  readonly unreported: number;
  readonly members: MemberCosts;
}

const draws = 100;
const parts = 5;

/** What another contribution, co-payment, ceiling, waiting time or number of dependants would do to the price. */
export const premiumStudy = defineStudy({
  kind: 'premium',
  input,
  check: schemeCheck,
  read: async (options, db, asked) => {
    const found = await readRisk(options, db, asked);
    if (isRefusal(found)) {
      return found;
    }
    const { risk, provenance } = found;
    const members = await memberCosts(db, asked, risk.currency);
    return {
      provenance: { ...provenance, rows: { ...provenance.rows, members: members.days.length } },
      facts: { risk, members, unreported: (risk.claimsPerMember * risk.memberYears) / risk.claims } satisfies Facts,
    };
  },
  parts: () => parts,
  work: ({ input: asked, facts, prng }): PricePair[] =>
    Array.from({ length: draws }, () => drawCost(facts.members, changeOf(asked, facts), prng)),
  report: (asked, facts, made) => {
    const { risk } = facts;
    const change = changeOf(asked, facts);
    const pairs = made.flat();
    const [today, changed] = [interval(pairs.map((pair) => pair.today)), interval(pairs.map((pair) => pair.changed))];
    const needed = (of: typeof today) => ({
      low: neededPremium(of.low, change),
      median: neededPremium(of.median, change),
      high: neededPremium(of.high, change),
    });
    const [neededToday, neededChanged] = [needed(today), needed(changed)];
    const contribution = risk.premiumPerMember * asked.contributionFactor;
    const joining = takeUp(change);
    const row = (measure: string, a: typeof today, b: typeof today) => ({
      measure,
      today: a.median,
      todayLow: a.low,
      todayHigh: a.high,
      changed: b.median,
      changedLow: b.low,
      changedHigh: b.high,
    });
    const plain = (measure: string, a: number, b: number) => ({ measure, today: a, changed: b });
    const enough = contribution >= neededChanged.median;
    return {
      methods: ['member-bootstrap', 'gross-premium', 'elasticities'],
      limits: ['behaviour-judged', 'past-not-future', 'no-selection-by-price'],
      assumptions: [
        ...riskAssumptions(risk),
        ...termAssumptions(asked),
        { id: 'draws', value: draws * parts, from: 'method' },
      ],
      findings: [
        {
          id: enough ? 'premium.enough' : 'premium.short',
          tone: enough ? 'good' : 'bad',
          values: {
            contribution: Math.round(contribution),
            needed: Math.round(neededChanged.median),
            low: Math.round(neededChanged.low),
            high: Math.round(neededChanged.high),
            takeUp: significant(100 * joining, 3),
          },
        },
      ],
      tables: [
        tableOf(
          'premium.compare',
          columns({
            measure: 'word',
            today: 'money',
            todayLow: 'money',
            todayHigh: 'money',
            changed: 'money',
            changedLow: 'money',
            changedHigh: 'money',
          }),
          [
            row('measure.cost', today, changed),
            row('measure.needed', neededToday, neededChanged),
            plain('measure.contribution', risk.premiumPerMember, contribution),
            plain('measure.margin', risk.premiumPerMember - neededToday.median, contribution - neededChanged.median),
            plain('measure.members', risk.members, risk.members * joining),
          ],
          { currency: risk.currency, picture: { kind: 'bar', x: 'measure', y: ['today', 'changed'] } },
        ),
      ],
    };
  },
});

function changeOf(asked: z.output<typeof input>, { risk, unreported }: Facts): SchemeChange {
  return { ...asked, loading: risk.marginShare, expenseShare: risk.expenseShare, unreported };
}

/** Each member's days and costs, without who it is. */
async function memberCosts(
  db: CoverDatabase,
  of: MonthSpan & { readonly schemeId: string; readonly waitingMonths: number },
  currency: string,
): Promise<MemberCosts> {
  const [from, to] = [firstDay(of.from), lastDayOf(of.to)];
  const unit = 10 ** minorDigits(currency);
  const { rows } = await sql<{ days: number; dependant: number; cost: number; after: number }>`
    select sum(days)::int as days, max(dependant) as dependant, sum(cost)::float8 as cost, sum(after)::float8 as after
    from (
      -- One pass over both, so that no join of two sums is left to the planner's guess.
      select pm.member_id, (pm.relation <> 'holder')::int as dependant, 0::bigint as cost, 0::bigint as after,
        greatest(0, least(pm.covered_to, p.expires_on, p.ended_on - 1, ${to}::date)
          - greatest(pm.covered_from, p.effective_on, ${from}::date) + 1) as days
      from cover_policy p join cover_policy_member pm using (policy_id)
      where p.scheme_id = ${of.schemeId} and p.effective_on <= ${to}::date and p.expires_on >= ${from}::date
      union all
      select c.member_id, 0, c.outstanding_minor + c.payable_minor,
        case when c.care_from >= pm.continuous_since + make_interval(months => ${of.waitingMonths}::int)
          then c.outstanding_minor + c.payable_minor else 0 end, 0
      from cover_claim c join cover_policy_member pm on pm.member_id = c.member_id and pm.scheme_id = c.scheme_id
        and c.care_from between pm.covered_from and pm.covered_to
      where c.scheme_id = ${of.schemeId} and c.care_from between ${from}::date and ${to}::date
        and c.claimed_on <= ${to}::date and c.status not in ('rejected', 'reversed')
    ) both_of
    group by member_id having sum(days) > 0 order by days, cost, after, dependant`.execute(db);
  return {
    days: rows.map((row) => row.days),
    dependant: rows.map((row) => row.dependant),
    cost: rows.map((row) => row.cost / unit),
    afterWaiting: rows.map((row) => row.after / unit),
  };
}
