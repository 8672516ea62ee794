import { daysBetween } from '@serai/kernel/base/days.ts';
import { ok, type Refusal, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import { serviceOf, type VoucherProgramme } from './programme.ts';
import type { VouchersRefusalCode } from './vouchers.refusals.ts';

/**
 * A voucher's life (DOMAIN G), as one table: what may be done to it in which state, where that leads, and what the
 * ledger hears of it. Everything that changes a voucher goes through {@link act}; nothing else does.
 */

export const voucherStates = [
  'generated',
  'printed',
  'issued',
  'activated',
  'redeemed',
  'validated',
  'paid',
  'void',
  'lost-replaced',
  'expired',
  'disputed',
  'fraud-hold',
] as const;
export type VoucherState = (typeof voucherStates)[number];

export const voucherActs = [
  'print',
  'issue',
  'activate',
  'redeem',
  'validate',
  'pay',
  'void',
  'replace',
  'expire',
  'dispute',
  'hold',
  'release',
  'reject',
] as const;
export type VoucherAct = (typeof voucherActs)[number];

/** States nothing leads out of. */
export const finalStates: readonly VoucherState[] = ['paid', 'void', 'lost-replaced', 'expired'];

/** What is owed for a voucher: nothing yet, a service to the holder, or the tariff to a provider. */
export type Owed = 'nothing' | 'holder' | 'provider';

/** `release` goes back to where the hold or dispute began. */
const table: Readonly<Partial<Record<VoucherState, Readonly<Partial<Record<VoucherAct, VoucherState | 'back'>>>>>> = {
  generated: { print: 'printed', issue: 'issued', void: 'void' },
  printed: { print: 'printed', issue: 'issued', void: 'void' },
  issued: { activate: 'activated', void: 'void', replace: 'lost-replaced', expire: 'expired', hold: 'fraud-hold' },
  activated: { redeem: 'redeemed', void: 'void', replace: 'lost-replaced', expire: 'expired', hold: 'fraud-hold' },
  redeemed: { validate: 'validated', dispute: 'disputed', hold: 'fraud-hold' },
  validated: { pay: 'paid', dispute: 'disputed', hold: 'fraud-hold' },
  disputed: { release: 'back', reject: 'void' },
  'fraud-hold': { release: 'back', reject: 'void' },
};

const owedIn: Readonly<Record<Exclude<VoucherState, 'disputed' | 'fraud-hold'>, Owed>> = {
  generated: 'nothing',
  printed: 'nothing',
  issued: 'holder',
  activated: 'holder',
  redeemed: 'provider',
  validated: 'provider',
  paid: 'nothing',
  void: 'nothing',
  'lost-replaced': 'nothing',
  expired: 'nothing',
};

export interface VoucherStanding {
  readonly state: VoucherState;
  /** Where it was when it was held or disputed. */
  readonly heldFrom?: VoucherState;
}

/** What the ledger is told when a voucher changes hands. */
export type VoucherPosting =
  | 'voucher-issued'
  | 'voucher-redeemed'
  | 'voucher-expired'
  | 'voucher-paid'
  | 'voucher-rejected';

export interface Acted {
  readonly to: VoucherStanding;
  readonly posting?: VoucherPosting;
}

export function owed({ state, heldFrom }: VoucherStanding): Owed {
  return state === 'disputed' || state === 'fraud-hold' ? owed({ state: heldFrom ?? 'redeemed' }) : owedIn[state];
}

/** Does an act, or refuses it with the reason the state gives. */
export function act(standing: VoucherStanding, what: VoucherAct): Result<Acted, VouchersRefusalCode> {
  const to = table[standing.state]?.[what];
  if (to === undefined) {
    return why(standing.state, what);
  }
  const state = to === 'back' ? (standing.heldFrom ?? 'redeemed') : to;
  const after: VoucherStanding =
    state === 'disputed' || state === 'fraud-hold' ? { state, heldFrom: standing.state } : { state };
  const posting = postingOf(owed(standing), owed(after), state);
  return ok({ to: after, ...(posting && { posting }) });
}

function postingOf(before: Owed, after: Owed, state: VoucherState): VoucherPosting | undefined {
  if (before === after) {
    return undefined;
  }
  if (before === 'nothing') {
    return 'voucher-issued';
  }
  if (before === 'holder') {
    return after === 'provider' ? 'voucher-redeemed' : 'voucher-expired';
  }
  return state === 'paid' ? 'voucher-paid' : 'voucher-rejected';
}

function why(state: VoucherState, what: VoucherAct): Refusal<VouchersRefusalCode> {
  switch (state) {
    case 'void':
      return refuse('vouchers.void');
    case 'lost-replaced':
      return refuse('vouchers.lost-replaced');
    case 'expired':
      return refuse('vouchers.expired');
    case 'disputed':
    case 'fraud-hold':
      return refuse('vouchers.held');
    case 'generated':
    case 'printed':
      return refuse(what === 'redeem' ? 'vouchers.not-issued' : 'vouchers.not-possible', { state, act: what });
    case 'issued':
      return refuse(what === 'redeem' ? 'vouchers.not-activated' : 'vouchers.not-possible', { state, act: what });
    default:
      return refuse(what === 'redeem' ? 'vouchers.already-redeemed' : 'vouchers.not-possible', { state, act: what });
  }
}

/** What of a voucher a decision rests on. */
export interface VoucherFacts extends VoucherStanding {
  readonly service: string;
  /** First, second, … of its service in the booklet. */
  readonly number: number;
  readonly issuedOn: string;
  /** Its last day. */
  readonly expiresOn: string;
}

/** Another voucher of the same holder, in this booklet or one it replaced. */
export interface Sibling {
  readonly service: string;
  readonly number: number;
  readonly state: VoucherState;
  /** The day of service, where it was redeemed. */
  readonly on?: string;
}

export interface Provider {
  readonly country: string;
  readonly facility: string;
  readonly level: string;
}

export interface RedemptionRequest {
  readonly provider: Provider;
  /** The day of service. */
  readonly on: string;
  /** The day the node hears of it. */
  readonly receivedOn: string;
  /** The service given, where it was said: checked against the voucher. */
  readonly service?: string;
  /** The booklet's code fits the voucher: whoever shows it has the booklet. */
  readonly bookletFits: boolean;
  /** Taken without a network: what was given in time may be sent in later. */
  readonly offline: boolean;
  /** The day of a birth told, for care after it. */
  readonly deliveredOn?: string;
}

const used: readonly VoucherState[] = ['redeemed', 'validated', 'paid', 'disputed', 'fraud-hold'];

/**
 * Whether a voucher may be redeemed for a service, by a provider, on a day: one list of reasons, in order of precedence.
 * What is merely odd is not refused here: see `fraud.ts`.
 */
export function redeem(
  voucher: VoucherFacts,
  siblings: readonly Sibling[],
  programme: VoucherProgramme,
  request: RedemptionRequest,
): Result<Acted, VouchersRefusalCode> {
  const acted = act(voucher, 'redeem');
  if (!acted.ok) {
    return acted;
  }
  if (!request.bookletFits) {
    return refuse('vouchers.wrong-booklet');
  }
  const service = serviceOf(programme, voucher.service);
  if (!service || (request.service !== undefined && request.service !== voucher.service)) {
    return refuse('vouchers.wrong-service', { service: voucher.service });
  }
  if (!mayGive(programme, voucher.service, request.provider)) {
    return refuse('vouchers.wrong-facility');
  }
  const timely = timeliness(voucher, programme, request);
  if (timely) {
    return timely;
  }
  const given = siblings.filter((each) => used.includes(each.state));
  const order = orderOf(voucher, siblings, given, service, request);
  return order ?? acted;
}

/** Whether a facility may give a service for vouchers of the programme, at home or abroad. */
export function mayGive(programme: VoucherProgramme, code: string, provider: Provider): boolean {
  const facilities =
    provider.country === programme.country
      ? programme.facilities
      : (programme.abroad.find((each) => each.country === provider.country)?.facilities ?? []);
  const levels = serviceOf(programme, code)?.levels;
  return (
    (facilities.includes('any') || facilities.includes(provider.facility)) &&
    (levels === undefined || levels.includes(provider.level))
  );
}

function timeliness(
  voucher: VoucherFacts,
  programme: VoucherProgramme,
  request: RedemptionRequest,
): Refusal<VouchersRefusalCode> | undefined {
  if (request.on > request.receivedOn) {
    return refuse('vouchers.future-service');
  }
  if (request.on < voucher.issuedOn) {
    return refuse('vouchers.before-issue');
  }
  if (request.on > voucher.expiresOn) {
    return refuse('vouchers.expired');
  }
  const waited = daysBetween(request.on, request.receivedOn);
  const allowed = Math.max(programme.submitWithinDays, request.offline ? programme.offline.graceDays : 0);
  return waited > allowed ? refuse('vouchers.too-late', { days: allowed }) : undefined;
}

function orderOf(
  voucher: VoucherFacts,
  siblings: readonly Sibling[],
  given: readonly Sibling[],
  service: NonNullable<ReturnType<typeof serviceOf>>,
  request: RedemptionRequest,
): Refusal<VouchersRefusalCode> | undefined {
  const first = siblings
    .filter((each) => each.service === voucher.service && each.state === 'activated' && each.number < voucher.number)
    .sort((a, b) => a.number - b.number)[0];
  if (first) {
    return refuse('vouchers.out-of-order', { number: first.number });
  }
  const before = given.find((each) => each.service === service.before && each.on !== undefined && each.on < request.on);
  if (before) {
    return refuse('vouchers.after-birth');
  }
  if (service.after !== undefined) {
    const born = given.find((each) => each.service === service.after)?.on ?? request.deliveredOn;
    if (born === undefined || born > request.on) {
      return refuse('vouchers.birth-first');
    }
  }
  const tooNear = given.find(
    (each) =>
      each.service === voucher.service &&
      each.on !== undefined &&
      Math.abs(daysBetween(each.on, request.on)) < service.spacingDays,
  );
  return tooNear ? refuse('vouchers.too-soon', { days: service.spacingDays }) : undefined;
}

/** The day a voucher that was not used is written off: its last day, and the time offline redemptions may still take. */
export function isLapsed(
  voucher: Pick<VoucherFacts, 'expiresOn'>,
  programme: VoucherProgramme,
  today: string,
): boolean {
  return daysBetween(voucher.expiresOn, today) > programme.offline.graceDays;
}
