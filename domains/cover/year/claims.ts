import { addDays, type Day, daysBetween } from '@serai/kernel/base/days.ts';
import type { Prng } from '@serai/kernel/base/prng.ts';
import { drawExponential } from '@serai/kernel/models/numeric/draws.ts';
import type { Adjudication, AdjudicationInput, PassedLine } from '../claims/adjudication.ts';
import { earnedPremium, periodOf, relativePrices, valuated } from '../claims/relative.ts';
import type { Claim } from '../cover.ts';
import { lastDay } from '../enrolment/policy.ts';
import type { Scheme } from '../schemes/scheme.ts';
import { type CareProvider, generateCare } from './care.ts';
import type { Enrolled, GeneratedMember, GeneratedPolicy } from './enrolment.ts';
import { monthEnds } from './enrolment.ts';
import { pick } from './people.ts';

/**
 * The claims of a generated year, judged in the order they came by the same rules as every other claim, and paid in the
 * payment runs of each month. Some are still at every stage, as on any day in the life of a fund.
 */

export interface GeneratedClaim {
  readonly claim: Claim;
  /** Absent while nobody has judged it yet. */
  readonly adjudication?: Adjudication;
  /** What it was judged from. */
  readonly input?: AdjudicationInput;
  readonly processedOn?: Day;
  /** When its price was known, where that was later: relative prices wait for their period. */
  readonly valuatedOn?: Day;
  readonly paidOn?: Day;
  readonly runId?: string;
}

export interface PaymentRun {
  readonly runId: string;
  readonly day: Day;
  readonly claims: number;
  readonly minor: bigint;
}

export interface ClaimsMaking {
  readonly prng: Prng;
  readonly scheme: Scheme;
  readonly schemes: readonly Scheme[];
  readonly enrolled: Enrolled;
  readonly providers: readonly CareProvider[];
  readonly from: Day;
  readonly until: Day;
  readonly prefix: string;
  readonly adjudicate: (input: AdjudicationInput) => Adjudication;
}

export function generateClaims(making: ClaimsMaking): { claims: GeneratedClaim[]; runs: PaymentRun[] } {
  const claims = allCare(making).sort(
    (a, b) =>
      (a.claimedOn < b.claimedOn ? -1 : a.claimedOn > b.claimedOn ? 1 : 0) || (a.memberId < b.memberId ? -1 : 1),
  );
  const numbered = claims.map((claim, i) => numberedClaim(making, claim, i + 1));
  const judged = judgeInOrder(making, withMistakes(making, numbered));
  return payMonthly(making, priceRelative(making, judged));
}

function numberedClaim({ prefix }: ClaimsMaking, claim: Omit<Claim, 'claimId' | 'claimNumber'>, n: number): Claim {
  return {
    ...claim,
    claimId: `${prefix}-claim-${n}`,
    claimNumber: `${prefix.toUpperCase()}-${String(n).padStart(6, '0')}`,
  };
}

function allCare(making: ClaimsMaking): Omit<Claim, 'claimId' | 'claimNumber'>[] {
  const { prng, scheme, enrolled, providers, from, until } = making;
  const members = new Map(enrolled.members.map((member) => [member.memberId, member]));
  const offers = new Map();
  const begins = Map.groupBy(
    enrolled.policies.flatMap(({ effectiveOn, members: insured }) =>
      effectiveOn === undefined ? [] : insured.map(({ memberId }) => ({ memberId, effectiveOn })),
    ),
    ({ memberId }) => memberId,
  );
  const care: Omit<Claim, 'claimId' | 'claimNumber'>[] = [];
  for (const policy of enrolled.policies) {
    if (policy.effectiveOn === undefined) {
      continue;
    }
    const start = policy.effectiveOn > from ? policy.effectiveOn : from;
    const last = lastDay(policy);
    const end = last < until ? last : until;
    for (const covered of start <= end ? policy.members : []) {
      const member = members.get(covered.memberId)!;
      const insured = {
        memberId: member.memberId,
        birthDate: member.birthDate,
        sex: member.sex as 'female' | 'male',
        since: covered.continuousSince,
        alone: member.alone,
        from: start,
        // Care of the days of the next policy comes with that one.
        to: [
          comesUntil(prng, policy, end),
          ...begins.get(member.memberId)!.flatMap(({ effectiveOn: next }) => (next > start ? [addDays(next, -1)] : [])),
        ].sort()[0]!,
      };
      for (const claim of generateCare(prng, scheme, insured, providers, offers)) {
        if (claim.claimedOn <= until) {
          care.push(claim);
        }
      }
    }
  }
  return care;
}

/** Now and then someone comes in the weeks after cover has ended; who stopped paying, until they are told and longer. */
function comesUntil(prng: Prng, { lapse }: GeneratedPolicy, end: Day): Day {
  const chance = prng.uniform();
  return lapse ? addDays(lapse.on, chance < 0.3 ? 60 : 0) : chance < 0.01 ? addDays(end, 20) : end;
}

/** Claims sent twice, and care that cannot have been: as they come to every fund. */
function withMistakes({ prng, prefix, enrolled, until }: ClaimsMaking, claims: readonly Claim[]): Claim[] {
  const men = enrolled.members.filter((member) => member.sex === 'male');
  const all: Claim[] = [];
  for (const claim of claims) {
    const chance = prng.uniform();
    const isBirth = claim.diagnoses[0]?.startsWith('O') || claim.diagnoses[0]?.startsWith('Z34');
    all.push(isBirth && chance < 0.01 && men.length > 0 ? { ...claim, memberId: pick(prng, men).memberId } : claim);
    const again = addDays(claim.claimedOn, 3 + prng.below(20));
    if (chance > 0.996 && again <= until) {
      all.push({
        ...claim,
        claimId: `${claim.claimId}-again`,
        claimNumber: `${prefix.toUpperCase()}-A${claim.claimNumber.slice(-6)}`,
        claimedOn: again,
      });
    }
  }
  return all.sort((a, b) => (a.claimedOn < b.claimedOn ? -1 : a.claimedOn > b.claimedOn ? 1 : 0));
}

function judgeInOrder(making: ClaimsMaking, claims: readonly Claim[]): GeneratedClaim[] {
  const { prng, enrolled, until, schemes } = making;
  const members = new Map<string, GeneratedMember>(enrolled.members.map((member) => [member.memberId, member]));
  const policiesOf = policiesByMember(enrolled.policies);
  const history = new Map<string, PassedLine[]>();
  const levels = new Map(making.providers.map((provider) => [provider.code, provider.level]));
  return claims.map((claim) => {
    const processedOn = addDays(claim.claimedOn, 1 + Math.floor(drawExponential(prng, 9)));
    if (processedOn > until) {
      return { claim };
    }
    const policies = policiesOf.get(claim.memberId) ?? [];
    const past = policies.flatMap((policy) => history.get(policy.policyId) ?? []);
    const level = levels.get(claim.provider) ?? claim.providerLevel;
    const input: AdjudicationInput = {
      claim,
      schemes,
      member: members.get(claim.memberId),
      policies,
      history: past,
      facility: {
        id: claim.provider.slice(3),
        country: claim.provider.slice(0, 2),
        level,
        care: level === 'clinic' || level === 'primary' ? ['out-patient'] : ['in-patient', 'out-patient'],
      },
    };
    const adjudication = making.adjudicate(input);
    remember(history, claim, adjudication);
    return { claim, input, adjudication, processedOn };
  });
}

function policiesByMember(policies: readonly GeneratedPolicy[]): Map<string, GeneratedPolicy[]> {
  const byMember = new Map<string, GeneratedPolicy[]>();
  for (const policy of policies) {
    for (const { memberId } of policy.members) {
      byMember.set(memberId, [...(byMember.get(memberId) ?? []), policy]);
    }
  }
  return byMember;
}

/** What later claims of the same policy are judged by. */
function remember(history: Map<string, PassedLine[]>, claim: Claim, adjudication: Adjudication): void {
  const { policyId } = adjudication;
  if (policyId === undefined || adjudication.status === 'rejected') {
    return;
  }
  const passed = history.get(policyId) ?? [];
  history.set(policyId, passed);
  for (const line of adjudication.lines) {
    if (line.reason === 0) {
      passed.push({
        claimId: claim.claimId,
        line: line.line,
        kind: claim.lines.find((each) => each.line === line.line)!.kind,
        code: line.code,
        category: adjudication.category,
        memberId: claim.memberId,
        policyId,
        care: claim.care,
        from: claim.from,
        to: claim.to,
        quantity: line.quantity,
        deductedMinor: line.deductedMinor,
        paidMinor: line.paidMinor,
      });
    }
  }
}

/** Claims of a period are awaited so long before its index is set. */
const periodClosesAfterDays = 30;

/** Sets the index of every period that has closed, and with it what its lines are paid. */
function priceRelative(making: ClaimsMaking, judged: readonly GeneratedClaim[]): GeneratedClaim[] {
  const { scheme, enrolled, until } = making;
  const { relative } = scheme;
  if (!relative) {
    return [...judged];
  }
  const earning = enrolled.policies.flatMap((policy) =>
    policy.effectiveOn === undefined
      ? []
      : [{ premiumMinor: policy.premium.minor, from: policy.effectiveOn, to: lastDay(policy) }],
  );
  const waiting = judged.filter((each) => each.adjudication?.status === 'processed');
  const byPeriod = Map.groupBy(waiting, ({ claim }) => periodOf(relative.period, claim.from).to);
  const priced = new Map<string, GeneratedClaim>();
  for (const [last, claims] of byPeriod) {
    const valuatedOn = addDays(last, periodClosesAfterDays);
    const inTime = claims.filter((each) => each.processedOn! <= valuatedOn);
    if (valuatedOn > until) {
      continue;
    }
    const prices = relativePrices({
      earnedMinor: earnedPremium(earning, periodOf(relative.period, last)),
      sharePercent: relative.sharePercent,
      currency: scheme.currency,
      lines: inTime.flatMap(relativeLines),
    });
    const paidOf = Map.groupBy(prices.lines, (line) => line.claimId);
    for (const each of inTime) {
      const paid = new Map((paidOf.get(each.claim.claimId) ?? []).map((line) => [line.line, line.paidMinor]));
      priced.set(each.claim.claimId, { ...each, adjudication: valuated(each.adjudication!, paid), valuatedOn });
    }
  }
  return judged.map((each) => priced.get(each.claim.claimId) ?? each);
}

function relativeLines({ claim, adjudication }: GeneratedClaim) {
  return adjudication!.lines
    .filter((line) => line.relative && line.reason === 0)
    .map((line) => ({ claimId: claim.claimId, line: line.line, nominalMinor: line.paidMinor }));
}

/** A payment run on the last day of each month pays what was found due until then. */
function payMonthly(making: ClaimsMaking, judged: readonly GeneratedClaim[]) {
  const { from, until, prefix } = making;
  const days = monthEnds(from, until).filter((day) => daysBetween(day, until) > 0);
  const runs = new Map<Day, { claims: number; minor: bigint }>();
  const claims = judged.map((each): GeneratedClaim => {
    if (each.adjudication?.status !== 'valuated' || each.adjudication.paidMinor === 0n) {
      return each;
    }
    const day = days.find((candidate) => candidate >= (each.valuatedOn ?? each.processedOn!));
    if (day === undefined) {
      return each;
    }
    const run = runs.get(day) ?? { claims: 0, minor: 0n };
    runs.set(day, { claims: run.claims + 1, minor: run.minor + each.adjudication.paidMinor });
    return { ...each, paidOn: day, runId: `${prefix}-run-${day}` };
  });
  return { claims, runs: [...runs].map(([day, run]): PaymentRun => ({ runId: `${prefix}-run-${day}`, day, ...run })) };
}
