import { addDays, addMonths, type Day, daysBetween } from '@serai/kernel/base/days.ts';
import type { Money } from '@serai/kernel/base/money.ts';
import type { Prng } from '@serai/kernel/base/prng.ts';
import { languages } from '@serai/kernel/i18n/i18n.ts';
import { drawExponential } from '@serai/kernel/models/numeric/draws.ts';
import type { Group, Instalment, Member, Payment, Policy, Relation } from '../cover.ts';
import { readableNumber } from '../enrolment/numbers.ts';
import { activate, lapsesOn, planPolicy } from '../enrolment/policy.ts';
import { quote } from '../schemes/premium.ts';
import { type Scheme, schemeAt } from '../schemes/scheme.ts';
import { type GeneratedLapse, type GeneratedReminder, type GeneratedWriteOff, timePassed } from './lapses.ts';
import { type GeneratedPerson, generateFamily, generateWorker, type NameParts, pickWeighted } from './people.ts';
import type { SchemePlan } from './plan.ts';

/** Who enrolled in a generated year, under which policies, and what they paid: by the same rules as everyone. */

export interface GeneratedMember extends Member {
  readonly groupId?: string;
  readonly groupReference?: string;
  readonly wageMinor?: bigint;
  readonly alone: boolean;
  /** Of a form that no network gives out; absent where the member has none. */
  readonly phone?: string;
  readonly language: string;
}

export interface GeneratedPolicy extends Policy {
  readonly instalments: readonly Instalment[];
  /** The premium as it was issued; `premium` is what is left of it where the policy lapsed. */
  readonly issued: Money;
  readonly lapse?: GeneratedLapse;
  readonly writeOffs: readonly GeneratedWriteOff[];
  readonly reminders: readonly GeneratedReminder[];
  readonly payments: readonly (Payment & { readonly receiptNumber: string; readonly instalmentId: string })[];
  readonly channel: string;
}

export interface GeneratedGroup extends Group {
  /** Everyone it employs, insured or not. */
  readonly workers: number;
  /** In a campaign. */
  readonly arm?: 'targeted' | 'control';
}

export interface Enrolled {
  readonly groups: readonly GeneratedGroup[];
  readonly members: readonly GeneratedMember[];
  readonly policies: readonly GeneratedPolicy[];
}

interface Making {
  readonly prng: Prng;
  readonly plan: SchemePlan;
  readonly schemes: readonly Scheme[];
  readonly names: Readonly<Record<string, NameParts>>;
  /** Last day of the year. */
  readonly until: Day;
  /** Before every id, so that two schemes of a node do not meet. */
  readonly prefix: string;
  readonly counters: { member: number; policy: number; receipt: number };
  readonly members: GeneratedMember[];
  readonly policies: GeneratedPolicy[];
}

/** Days before the end of the year on which the first of today's members had joined. */
const reachBackDays = 1100;
/** Share of those who stopped paying who enrol again. */
const comesBackShare = 0.6;

export function generateEnrolment(of: Omit<Making, 'members' | 'policies'>): Enrolled {
  const making: Making = { ...of, members: [], policies: [] };
  const { prng, plan } = making;
  const groups: GeneratedGroup[] = [];
  const byEmployer = Math.round(plan.members * plan.employerShare);
  while (making.members.length < byEmployer && plan.industries.length > 0) {
    const group = enrolEmployer(making, groups.length + 1);
    groups.push(
      plan.campaign ? campaignAt(making, group, groups.length % 2 === 1 ? groups.at(-1)?.arm : undefined) : group,
    );
  }
  while (making.members.length < plan.members) {
    const joined = addDays(making.until, -Math.floor(prng.uniform() * reachBackDays) - 3);
    enrolHousehold(making, { joined, alone: true });
  }
  return { groups, members: making.members, policies: making.policies };
}

function enrolEmployer(making: Making, number: number): GeneratedGroup {
  const { prng, plan, until, prefix } = making;
  const industry = pickWeighted(prng, plan.industries);
  const group: Group = {
    // The demonstration's employer account stands for the first of them.
    groupId: number === 1 && prefix.endsWith('0') ? 'employer-demo' : `${prefix}-employer-${number}`,
    kind: 'employer',
    name: `${industry[0]!.toUpperCase()}${industry.slice(1)} works ${prefix.toUpperCase()}-${number}`,
    country: plan.scheme.split(':')[1]!.toUpperCase(),
    industry,
  };
  const size = Math.max(8, Math.round(Math.exp(4.3 + prng.normal() * 0.9)));
  const began = addDays(until, -Math.floor(prng.uniform() * reachBackDays) - 10);
  for (let i = 1; i <= size; i++) {
    // Most are on the first roster, the others come as they are hired.
    const joined =
      prng.uniform() < 0.84 ? began : addDays(began, Math.floor(prng.uniform() * daysBetween(began, until)));
    enrolHousehold(making, { joined, alone: false, group, reference: workerReference(i) });
  }
  return { ...group, workers: Math.ceil(size / insuredShare) };
}

/** Of an employer's workers, those who are insured sooner or later whatever is done. */
const insuredShare = 0.7;

const workerReference = (number: number) => `W${String(number).padStart(4, '0')}`;

/**
 * A campaign at an employer. Of each two employers one is written to, by lot; there every worker not yet on a roster enrols
 * because of it so often that it makes up the plan's lift, as a share of all workers.
 *
 * @param other the arm of the first of the two, where this is the second.
 */
function campaignAt(making: Making, group: GeneratedGroup, other: GeneratedGroup['arm']): GeneratedGroup {
  const { prng, plan, until } = making;
  const { lift, begins, ends } = plan.campaign!;
  const drawn = prng.uniform() < 0.5 ? 'targeted' : 'control';
  const arm = other === undefined ? drawn : other === 'targeted' ? 'control' : 'targeted';
  if (arm === 'targeted') {
    const insured = Math.floor(group.workers * insuredShare);
    for (let i = insured + 1; i <= group.workers; i++) {
      if (prng.uniform() < lift / (1 - insuredShare)) {
        // Early enough that the contribution is paid before the campaign is judged.
        const joined = addDays(until, -begins + Math.floor(prng.uniform() * (begins - ends) * 0.8));
        enrolHousehold(making, { joined, alone: false, group, reference: workerReference(i + 1) });
      }
    }
  }
  return { ...group, arm };
}

interface Joining {
  readonly joined: Day;
  readonly alone: boolean;
  readonly group?: Group;
  readonly reference?: string;
}

function enrolHousehold(making: Making, joining: Joining): void {
  const { prng, plan, names } = making;
  const spoken = pickWeighted(prng, plan.names);
  const language = names[spoken]!;
  const together = prng.uniform() < plan.familyShare;
  const family = together
    ? generateFamily(prng, language, joining.joined, plan.femaleShare)
    : { holder: generateWorker(prng, language, joining.joined, plan.femaleShare), children: [] };
  const scheme = schemeAt(making.schemes, plan.scheme, joining.joined);
  if (!scheme) {
    return;
  }
  const wageMinor = wageOf(making, scheme.currency);
  const of = { ...joining, spoken };
  const holder = makeMember(making, family.holder, of, wageMinor);
  const dependants: [GeneratedMember, Relation][] = [];
  const { relations } = scheme.who.dependants;
  if (family.spouse && relations.includes('spouse')) {
    dependants.push([makeMember(making, family.spouse, { ...of, reference: undefined }), 'spouse']);
  }
  for (const child of relations.includes('child') ? family.children : []) {
    dependants.push([makeMember(making, child, { ...of, reference: undefined }), 'child']);
  }
  enrolPolicies(making, joining, [[holder, 'holder'], ...dependants], wageMinor);
}

function wageOf({ prng, plan }: Making, currency: string): bigint {
  const [mean, deviation] = plan.wage;
  const wage = Math.max(mean * 0.5, mean + prng.normal() * deviation);
  return BigInt(Math.round(wage)) * (currency === 'MMK' || currency === 'THB' ? 100n : 1n);
}

function makeMember(
  making: Making,
  person: GeneratedPerson,
  joining: Pick<Joining, 'alone' | 'group'> & { readonly reference?: string | undefined; readonly spoken: string },
  wageMinor?: bigint,
): GeneratedMember {
  const sequence = ++making.counters.member;
  const member: GeneratedMember = {
    memberId: `${making.prefix}-member-${sequence}`,
    memberNumber: readableNumber('member', sequence),
    ...person,
    entitlement: making.plan.entitlement,
    residence: making.plan.scheme.split(':')[1]!.toUpperCase(),
    alone: joining.alone,
    language: languages.find((each) => each === joining.spoken) ?? 'en',
    // Four of five have a telephone.
    ...(sequence % 5 !== 0 && { phone: `000${String(sequence).padStart(7, '0')}` }),
    ...(joining.group && { groupId: joining.group.groupId }),
    ...(joining.reference && { groupReference: joining.reference }),
    ...(wageMinor !== undefined && { wageMinor }),
  };
  making.members.push(member);
  return member;
}

/** The first policy and, while people renew, those that follow. */
function enrolPolicies(
  making: Making,
  joining: Joining,
  people: readonly (readonly [GeneratedMember, Relation])[],
  wageMinor: bigint,
): void {
  const { prng, plan, until } = making;
  let on = joining.joined;
  let previous: GeneratedPolicy | undefined;
  while (on <= until) {
    const policy = makePolicy(making, joining, people, wageMinor, on, previous);
    if (!policy) {
      return;
    }
    making.policies.push(policy);
    if (policy.lapse) {
      // Some come back after a while, and begin anew.
      if (policy.effectiveOn === undefined || prng.uniform() > comesBackShare) {
        return;
      }
      previous = undefined;
      on = addDays(policy.lapse.on, 10 + Math.floor(prng.uniform() * 90));
      continue;
    }
    previous = policy;
    // Some renew a little late, within grace.
    on = addDays(policy.expiresOn, 1 + (prng.uniform() < 0.2 ? Math.floor(prng.uniform() * 10) : 0));
    const owes = policy.instalments.some((each) => each.due < on && each.paid.minor < each.amount.minor);
    if (policy.effectiveOn === undefined || owes || prng.uniform() > plan.renewsShare) {
      return;
    }
  }
}

function makePolicy(
  making: Making,
  joining: Joining,
  people: readonly (readonly [GeneratedMember, Relation])[],
  wageMinor: bigint,
  on: Day,
  previous: GeneratedPolicy | undefined,
): GeneratedPolicy | undefined {
  const { prng, plan, schemes, prefix, counters } = making;
  const scheme = schemeAt(schemes, plan.scheme, on);
  if (!scheme) {
    return undefined;
  }
  const quoted = quote(scheme, {
    on,
    members: people.map(([member, relation]) => ({ birthDate: member.birthDate, relation })),
    wageMinor,
    stage: previous ? 'renewal' : 'new',
    ...(previous && { previousExpiresOn: previous.expiresOn }),
  });
  if (!quoted.ok || quoted.value.premium.minor === 0n) {
    return undefined;
  }
  const policyId = `${prefix}-policy-${++counters.policy}`;
  const most = scheme.contribution.maximumInstalments;
  const planned = planPolicy({
    policyId,
    scheme,
    enrolledOn: on,
    premium: quoted.value.premium,
    members: people.map(([member, relation]) => ({ memberId: member.memberId, relation })),
    instalments: prng.uniform() < 0.35 ? most : 1,
    ...(previous && { previous }),
  });
  if (!planned.ok) {
    return undefined;
  }
  const channel = joining.group ? 'payroll' : pickWeighted(prng, plan.channels);
  const paid = payInstalments(making, planned.value.instalments, channel, scheme);
  const policy: Policy = {
    policyId,
    policyNumber: readableNumber('policy', counters.policy),
    schemeId: scheme.id,
    schemeVersion: scheme.version,
    ...(joining.group && { groupId: joining.group.groupId }),
    stage: planned.value.stage,
    ...(planned.value.renewalOf && { renewalOf: planned.value.renewalOf }),
    enrolledOn: on,
    startsOn: planned.value.startsOn,
    expiresOn: planned.value.expiresOn,
    premium: planned.value.premium,
    members: planned.value.members,
  };
  const completed = paid.payments[0]?.receivedOn;
  const inEffect =
    completed === undefined
      ? policy
      : { ...policy, ...activate(policy, completed, { scheme, ...(previous && { previous }) }) };
  const paidOn = new Map(paid.payments.map((each) => [each.instalmentId, each.receivedOn]));
  const after = timePassed({ policy: inEffect, instalments: paid.instalments, paidOn }, scheme, making.until, prefix);
  const { policy: now, ...happened } = after;
  return { ...now, ...happened, issued: policy.premium, payments: paid.payments, channel };
}

/**
 * Most pay on the day, some late, a few never; what would be paid after the year's end is owed, and what comes after the
 * policy has lapsed is not taken.
 */
function payInstalments(
  making: Making,
  instalments: readonly Instalment[],
  channel: string,
  scheme: Scheme,
): Pick<GeneratedPolicy, 'instalments' | 'payments'> {
  const { prng, plan, until, prefix, counters } = making;
  const payments: GeneratedPolicy['payments'][number][] = [];
  let stopped = prng.uniform() < plan.neverPaysShare;
  const after = instalments.map((instalment) => {
    const late =
      prng.uniform() < plan.paysLateShare ? Math.ceil(drawExponential(prng, 25)) : Math.floor(prng.uniform() * 3);
    const asked = addDays(instalment.due, late);
    // Money goes to the oldest part first: none is paid before the one before it.
    const before = payments.at(-1)?.receivedOn ?? asked;
    const receivedOn = before > asked ? before : asked;
    stopped ||= receivedOn > until || receivedOn >= lapsesOn(addDays(instalment.graceUntil, 1), scheme);
    stopped ||= instalment.number > 1 && prng.uniform() < 0.03;
    if (stopped) {
      return instalment;
    }
    const number = ++counters.receipt;
    payments.push({
      paymentId: `${prefix}-payment-${number}`,
      receiptNumber: readableNumber('receipt', number),
      channel: channel as Payment['channel'],
      reference: `${prefix}-${number}`,
      receivedOn,
      amount: instalment.amount,
      instalmentId: instalment.instalmentId,
    });
    return { ...instalment, paid: instalment.amount };
  });
  return { instalments: after, payments };
}

/** The months a day range touches, as their last days. */
export function monthEnds(from: Day, to: Day): Day[] {
  const ends: Day[] = [];
  for (let first = `${from.slice(0, 7)}-01`; first <= to; first = addMonths(first, 1)) {
    const last = addDays(addMonths(first, 1), -1);
    ends.push(last < to ? last : to);
  }
  return ends;
}
