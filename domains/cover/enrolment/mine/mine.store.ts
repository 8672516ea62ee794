import { type Money, type MoneyText, money, moneyText } from '@serai/kernel/base/money.ts';
import { claimInFull, findClaims } from '../../claims/views.store.ts';
import type { CoverOptions } from '../../cover.deps.ts';
import type { CoverDatabase } from '../../cover.tables.ts';
import type { ClaimStatus, Member, Standing } from '../../cover.ts';
import { answerEligibility } from '../../eligibility/answer.store.ts';
import type { Scheme } from '../../schemes/scheme.ts';
import { readPolicies } from '../members.store.ts';
import { lastDay, owedMinor, standing } from '../policy.ts';
import { type Reminder, type ReminderKind, reminderOf } from '../reminders.ts';
import { versionOf } from '../versions.ts';
import { instalmentView } from '../views.ts';

/** What a member sees of their own cover, contributions and claims: theirs alone, and none of it of the family's care. */

type Texts = Readonly<Record<string, string>>;

export interface OwnPolicy {
  readonly policyId: string;
  readonly policyNumber: string;
  readonly scheme: Texts;
  readonly standing: Standing;
  readonly from: string;
  readonly until: string;
  readonly owed: MoneyText;
  /** The day after which cover rests, where something is owed. */
  readonly payBy?: string;
  /** What is pressing now, as a text to a telephone would say it. */
  readonly reminder?: { readonly kind: ReminderKind; readonly day: string; readonly owed?: MoneyText };
  readonly instalments: readonly OwnInstalment[];
  /** What is covered: the scheme's benefits, by their titles. */
  readonly benefits: readonly Texts[];
}

export interface OwnInstalment {
  readonly number: number;
  readonly due: string;
  /** The last day to pay before cover rests. */
  readonly graceUntil: string;
  readonly amount: MoneyText;
  readonly paid: MoneyText;
  readonly waived: MoneyText;
  readonly owed: MoneyText;
}

export interface OwnPayment {
  readonly paymentId: string;
  readonly receiptNumber: string;
  readonly receivedOn: string;
  readonly amount: MoneyText;
  readonly kind: string;
}

export interface OwnClaim {
  readonly claimId: string;
  readonly claimNumber: string;
  readonly provider: string;
  readonly from: string;
  readonly to: string;
  readonly status: ClaimStatus;
  readonly claimed: MoneyText;
  readonly paid: MoneyText;
  /** The number of `claims/reasons.ts` why the whole fell; 0 where it did not. */
  readonly reason: number;
  readonly lines: readonly {
    readonly line: number;
    readonly title: Texts;
    readonly claimed: MoneyText;
    readonly paid: MoneyText;
    readonly reason: number;
  }[];
  readonly mayAppeal: boolean;
  readonly appeal?: { readonly state: 'open' | 'upheld' | 'granted'; readonly decision?: string };
  readonly feedbackAsked: boolean;
}

export interface OwnCover {
  readonly member: { readonly memberNumber: string; readonly name: string };
  readonly policies: readonly OwnPolicy[];
  /** Of the scheme that covers today: what is left of its ceilings, and until when one waits. */
  readonly left?: {
    readonly inPatient?: MoneyText;
    readonly outPatient?: MoneyText;
    readonly waitingUntil?: string;
  };
  readonly payments: readonly OwnPayment[];
  readonly claims: readonly OwnClaim[];
}

const claimsShown = 50;
const appealable: readonly ClaimStatus[] = ['rejected', 'valuated', 'paid'];

/** Everything of one member's own. Access is decided before. */
export async function ownCover(options: CoverOptions, member: Member, today: string): Promise<OwnCover> {
  const { database } = options;
  const policies = await readPolicies(database, [member.memberId]);
  const { answer } = await answerEligibility(database, options, { memberNumber: member.memberNumber, on: today });
  const text = (amount: Money | undefined) => (amount ? moneyText(amount) : undefined);
  const ceiling = answer.scheme?.remains.ceiling;
  const inPatient = text(ceiling?.inPatient);
  const outPatient = text(ceiling?.outPatient);
  const waitingUntil = answer.scheme?.waitingUntil;
  const renewed = new Set(policies.map((policy) => policy.renewalOf));
  const { rows } = await findClaims(database, { memberId: member.memberId, limit: claimsShown });
  return {
    member: { memberNumber: member.memberNumber, name: member.name },
    policies: policies
      .map((policy): OwnPolicy => {
        const scheme = versionOf(options.schemes, policy);
        const open = policy.instalments.filter((each) => owedMinor(each) > 0n);
        const payBy = open.map((each) => each.graceUntil).sort()[0];
        return {
          policyId: policy.policyId,
          policyNumber: policy.policyNumber,
          scheme: scheme.title,
          standing: standing(policy, policy.instalments, today),
          from: policy.effectiveOn ?? policy.startsOn,
          until: lastDay(policy),
          owed: moneyText(
            money(
              open.reduce((sum, each) => sum + owedMinor(each), 0n),
              policy.premium.currency,
            ),
          ),
          ...(payBy !== undefined && { payBy }),
          ...reminderText(reminderOf(policy, scheme, today, renewed.has(policy.policyId))),
          instalments: policy.instalments
            .filter((each) => each.amount.minor > 0n)
            .map((each) => {
              const { number, due, graceUntil, amount, paid, waived, owed } = instalmentView(each, today);
              return { number, due, graceUntil, amount, paid, waived, owed };
            }),
          benefits: benefitTitles(scheme),
        };
      })
      .reverse(),
    ...((inPatient || outPatient || waitingUntil) && {
      left: {
        ...(inPatient && { inPatient }),
        ...(outPatient && { outPatient }),
        ...(waitingUntil && { waitingUntil }),
      },
    }),
    payments: await ownPayments(
      database,
      policies.map((policy) => policy.policyId),
    ),
    claims: (await Promise.all(rows.map((row) => ownClaim(options, row.claimId)))).filter((each) => each !== undefined),
  };
}

function reminderText(reminder: Reminder | undefined): Pick<OwnPolicy, 'reminder'> {
  return reminder === undefined
    ? {}
    : {
        reminder: {
          kind: reminder.kind,
          day: reminder.day,
          ...(reminder.owed && { owed: moneyText(reminder.owed) }),
        },
      };
}

/** A benefit by its own title, or by those of what it covers. */
function benefitTitles(scheme: Scheme): Texts[] {
  return scheme.benefits.flatMap(
    (benefit) =>
      benefit.title ??
      scheme.catalogue.filter((entry) => benefit.covers.includes(entry.code)).map((entry) => entry.title),
  );
}

/** Payments made for the member's policies; what an employer paid for many is the employer's. */
async function ownPayments(db: CoverDatabase, policyIds: readonly string[]): Promise<OwnPayment[]> {
  if (policyIds.length === 0) {
    return [];
  }
  const rows = await db
    .selectFrom('cover_payment')
    .select(['payment_id', 'receipt_number', 'received_on', 'amount_minor', 'currency', 'kind'])
    .where('policy_id', 'in', [...policyIds])
    .where('group_id', 'is', null)
    .orderBy('received_on', 'desc')
    .orderBy('payment_id')
    .limit(100)
    .execute();
  return rows.map((row) => ({
    paymentId: row.payment_id,
    receiptNumber: row.receipt_number,
    receivedOn: row.received_on,
    amount: moneyText(money(BigInt(row.amount_minor), row.currency)),
    kind: row.kind,
  }));
}

/** One claim as the member reads it: no codes of illnesses, no names of those who judged it. */
export async function ownClaim(options: CoverOptions, claimId: string): Promise<OwnClaim | undefined> {
  const claim = await claimInFull(options.database, options.schemes, claimId, undefined);
  if (!claim) {
    return undefined;
  }
  const facility = options.facilities.find((each) => `${options.country}:${each.id}` === claim.provider);
  const appeal = claim.appeals.findLast((each) => each.onBehalfOf === 'member');
  return {
    claimId: claim.claimId,
    claimNumber: claim.claimNumber,
    provider: facility?.name ?? claim.provider,
    from: claim.from,
    to: claim.to,
    status: claim.status,
    claimed: claim.claimed,
    paid: claim.paid,
    reason: claim.reason,
    lines: claim.lines.map(({ line, title, code, claimed, paid, reason }) => ({
      line,
      title: title ?? { en: code },
      claimed,
      paid,
      reason,
    })),
    mayAppeal: appealable.includes(claim.status) && !claim.appeals.some((each) => each.state === 'open'),
    ...(appeal && {
      appeal: { state: appeal.state, ...(appeal.decision !== undefined && { decision: appeal.decision }) },
    }),
    feedbackAsked: claim.feedback === 'selected',
  };
}
