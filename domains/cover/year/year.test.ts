import { readFileSync } from 'node:fs';
import { addDays, daysBetween } from '@serai/kernel/base/days.ts';
import { createPrng } from '@serai/kernel/base/prng.ts';
import { describe, expect, it } from 'vitest';
import { campaignEffect } from '../enrolment/campaign-effect.ts';
import { lapse, owedMinor } from '../enrolment/policy.ts';
import { parseSchemes } from '../schemes/scheme-files.ts';
import { generateEnrolment } from './enrolment.ts';
import { claimEvents, policyEvents } from './events.ts';
import type { NameParts } from './people.ts';
import { type SchemePlan, yearPlanSchema } from './plan.ts';
import { generateYear } from './year.store.ts';

const countries = new URL('../../../countries/', import.meta.url);
const read = (path: string) => JSON.parse(readFileSync(new URL(path, countries), 'utf8'));
const names = read('demo/names.json') as Record<string, NameParts>;

function files() {
  const plan = yearPlanSchema.parse(read('th/year.json')).schemes[0]!;
  const names = [1, 2, 3].map((version) => `th/schemes/migrant-health-insurance-${version}.json`);
  return { plan, schemes: parseSchemes(names.map((name) => ({ name, json: read(name) }))) };
}

function year(seed = 7) {
  const { plan, schemes } = files();
  const facilities = read('th/country.json').facilities;
  return generateYear(
    { schemes, names, facilities, country: 'TH', until: '2026-11-21' },
    { ...plan, members: 600 },
    { seed, index: 0, counters: { member: 0, policy: 0, receipt: 0 } },
  );
}

describe('a generated year', () => {
  const one = year();

  it('is the same again from the same seed, and another from another', () => {
    const digest = (of: ReturnType<typeof year>) =>
      of.claims.map(({ claim, adjudication }) => `${claim.claimId} ${adjudication?.paidMinor}`).join();
    expect(digest(year())).toBe(digest(one));
    expect(digest(year(8))).not.toBe(digest(one));
  });

  it('has about as many claims as its scheme assumed for the time its members were covered', () => {
    const { scheme, enrolled, claims } = one;
    const day = (text: string) => Date.parse(text) / 86_400_000;
    const covered = enrolled.policies.reduce((sum, policy) => {
      const from = Math.max(day(policy.effectiveOn ?? '2100-01-01'), day('2025-11-01'));
      const to = Math.min(day(policy.expiresOn), day('2026-11-21'));
      return sum + (Math.max(0, to - from + 1) / 365) * policy.members.length;
    }, 0);
    const rate = claims.length / covered;
    expect(rate).toBeGreaterThan(scheme.assumptions!.claimsPerMemberYear * 0.75);
    expect(rate).toBeLessThan(scheme.assumptions!.claimsPerMemberYear * 1.25);
  });

  it('has claims at every stage, and refuses some', () => {
    const statuses = new Set(
      one.claims.map(({ adjudication, paidOn }) => (paidOn ? 'paid' : (adjudication?.status ?? 'entered'))),
    );
    expect([...statuses].sort()).toEqual(['entered', 'paid', 'rejected', 'valuated']);
  });

  it('covers nobody twice on one day', () => {
    const spans = new Map<string, { from: string; to: string }[]>();
    for (const policy of one.enrolled.policies) {
      for (const { memberId, from, to } of policy.members) {
        const before = spans.get(memberId) ?? [];
        expect(before.some((span) => span.from <= to && from <= span.to)).toBe(false);
        spans.set(memberId, [...before, { from, to }]);
      }
    }
  });

  it('lets those lapse who stopped paying, on the day and by the rule the node would', () => {
    const { scheme, enrolled } = one;
    const lapsed = enrolled.policies.filter((policy) => policy.lapse);
    expect(lapsed.length).toBeGreaterThan(20);
    expect(new Set(lapsed.map((policy) => policy.endedBecause))).toEqual(new Set(['lapsed', 'never-paid']));
    for (const policy of enrolled.policies) {
      // Nothing is left that the day's work would still let lapse on the year's last day.
      expect(lapse(policy, policy.instalments, scheme, '2026-11-21'), policy.policyId).toBeUndefined();
    }
    for (const { lapse: done, members, instalments, issued, premium, endedOn, startsOn } of lapsed) {
      if (done!.end.endedBecause === 'lapsed') {
        expect(daysBetween(endedOn!, done!.on)).toBe(scheme.contribution.grace.renewalDays);
      }
      expect(issued.minor - premium.minor).toBe(done!.cut.minor);
      expect(instalments.reduce((sum, each) => sum + each.amount.minor, 0n)).toBe(premium.minor);
      expect(members.every((each) => each.to < endedOn!)).toBe(true);
      // What falls due once cover has ended is not asked for, beyond the part of its days that was covered.
      for (const each of instalments.filter(({ due }) => due >= endedOn! && due > startsOn)) {
        expect(each.amount.minor).toBe(0n);
      }
    }
  });

  it('leaves arrears as a fund has them: little, and written off after a year', () => {
    const { enrolled } = one;
    const owed = enrolled.policies.flatMap((policy) =>
      policy.instalments.filter((each) => owedMinor(each) > 0n && each.due < '2026-08-21').map(owedMinor),
    );
    const issued = enrolled.policies.reduce((sum, policy) => sum + policy.issued.minor, 0n);
    expect(owed.length).toBeGreaterThan(0);
    expect(Number(owed.reduce((sum, minor) => sum + minor, 0n)) / Number(issued)).toBeLessThan(0.01);
    const off = enrolled.policies.flatMap((policy) => policy.writeOffs);
    expect(off.length).toBeGreaterThan(0);
    expect(off.every(({ on }) => on <= '2026-11-21')).toBe(true);
  });

  it('refuses the claims of those whose cover has lapsed, by their reason', () => {
    const { enrolled, claims } = one;
    const ended = new Map(
      enrolled.policies.flatMap((policy) => policy.members.map((each) => [each.memberId, policy] as const)),
    );
    const after = claims.filter(({ claim, adjudication }) => {
      const policy = ended.get(claim.memberId);
      return adjudication && policy?.lapse && claim.from >= policy.endedOn!;
    });
    expect(after.length).toBeGreaterThan(1);
    expect(after.filter(({ adjudication }) => adjudication!.status !== 'rejected')).toEqual([]);
  });

  it('has told holders each stage once, in the order of its days, and none after the end', () => {
    const all = one.enrolled.policies.flatMap(({ reminders }) => reminders);
    expect(new Set(all.map(({ stage }) => stage.split(':')[0]))).toEqual(
      new Set(['grace', 'grace-last', 'suspended', 'lapsed', 'renewal-soon', 'renewal-last']),
    );
    for (const { reminders, lapse: done } of one.enrolled.policies) {
      expect(new Set(reminders.map(({ stage }) => stage)).size).toBe(reminders.length);
      expect(reminders.every(({ on }) => on <= (done?.on ?? '2026-11-21'))).toBe(true);
    }
  });

  it('posts events whose ids are their own, of amounts above zero', () => {
    const events = [...one.enrolled.policies.flatMap(policyEvents), ...one.claims.flatMap(claimEvents)];
    expect(new Set(events.map((event) => `${event.event} ${event.id} ${event.opposite !== undefined}`)).size).toBe(
      events.length,
    );
    expect(events.every((event) => event.amount.minor > 0n)).toBe(true);
  });
});

/** What the fund's screen measures, of the generated policies themselves. */
function counted(seed: number, campaign: NonNullable<SchemePlan['campaign']>) {
  const until = '2026-11-21';
  const { plan, schemes } = files();
  const enrolled = generateEnrolment({
    prng: createPrng(seed),
    plan: { ...plan, members: 9000, campaign },
    schemes,
    names,
    until,
    prefix: 'th0',
    counters: { member: 0, policy: 0, receipt: 0 },
  });
  const coveredOn = (groupId: string, day: string) =>
    enrolled.policies.filter(
      (policy) =>
        policy.groupId === groupId &&
        policy.effectiveOn !== undefined &&
        policy.effectiveOn <= day &&
        policy.expiresOn >= day,
    ).length;
  return enrolled.groups.map((group) => ({
    groupId: group.groupId,
    name: group.name,
    arm: group.arm!,
    workers: group.workers,
    coveredBefore: coveredOn(group.groupId, addDays(until, -campaign.begins - 1)),
    coveredAfter: coveredOn(group.groupId, addDays(until, -campaign.ends)),
  }));
}

/** Of the employers of several years together: one year has few, and their rosters come and go. */
const measured = (campaign: NonNullable<SchemePlan['campaign']>) =>
  campaignEffect([1, 2, 3, 4].flatMap((seed) => counted(seed, campaign)));

describe('a campaign of known effect in a generated year', () => {
  const campaign = { name: 'Visits', begins: 100, ends: 40, lift: 0.12 };

  it('is measured as what was planted: 12 points of all workers, within its interval and away from nothing', () => {
    const { interval, effect, caution } = measured(campaign);
    // Two in a hundred never pay and some pay late: the truth of those covered lies a little below 0.12.
    const truth = 0.12 * (1 - 0.02 - 0.02);
    expect(caution).toBe('none');
    expect(interval!.low).toBeGreaterThan(0);
    expect(interval!.low).toBeLessThan(truth);
    expect(interval!.high).toBeGreaterThan(truth);
    expect(Math.abs(effect - truth)).toBeLessThan(0.04);
  });

  it('is measured as nothing where nothing was planted', () => {
    const { interval } = measured({ ...campaign, lift: 0 });
    expect(interval!.low).toBeLessThan(0);
    expect(interval!.high).toBeGreaterThan(0);
  });
});
