import { addDays } from '@serai/kernel/base/days.ts';
import { invariant } from '@serai/kernel/base/invariant.ts';
import type { CountedProgramme } from './indicators.ts';
import { cameFirst } from './offline.ts';
import { slipsOf, tariffOf, type VoucherProgramme } from './programme.ts';
import { act, isLapsed, redeem, type VoucherAct, type VoucherPosting, type VoucherState } from './voucher.ts';
import type { PlannedYear, YearVisit } from './year-plan.ts';

/**
 * A planned year run through the desk's rules, in memory: the same functions that decide in the node decide here, so
 * that a year takes a moment. (Once it is run through the database too: `year.routes.test.ts`.)
 */

interface HeldVoucher {
  readonly person: number;
  readonly group: string;
  readonly service: string;
  readonly number: number;
  readonly valueMinor: bigint;
  readonly issuedOn: string;
  readonly expiresOn: string;
  state: VoucherState;
  on?: string;
  deliveredOn?: string;
  place?: 'facility' | 'home';
  paidOn?: string;
}

export interface YearRun {
  readonly counted: CountedProgramme;
  /** Vouchers in each state when the year had ended and all was paid, and when everything had lapsed. */
  readonly statesAtEnd: Readonly<Record<string, number>>;
  readonly statesClosed: Readonly<Record<string, number>>;
  /** What the ledger is told, added up by event. */
  readonly posted: Readonly<Record<VoucherPosting, bigint>>;
  readonly paidByService: Readonly<Record<string, { readonly vouchers: number; readonly minor: bigint }>>;
  readonly refused: Readonly<Record<string, number>>;
  readonly doubles: number;
}

/** Validated each week, paid every second; until all of the year's redemptions are. */
const settleDays = 420;
/** When the last booklet of the year, its day and its time of grace are past. */
const closedAfterDays = 800;

export function runYear(programme: VoucherProgramme, plan: PlannedYear): YearRun {
  const run = new Run(programme, plan);
  for (let day = 0; day <= settleDays; day++) {
    run.day(addDays(plan.size.from, day), day);
  }
  const statesAtEnd = run.states();
  const counted = run.counted();
  run.close(addDays(plan.size.from, closedAfterDays));
  return {
    counted,
    statesAtEnd,
    statesClosed: run.states(),
    posted: run.posted,
    paidByService: run.paidByService(),
    refused: Object.fromEntries(run.refused),
    doubles: run.doubles,
  };
}

class Run {
  readonly posted: Record<VoucherPosting, bigint> = {
    'voucher-issued': 0n,
    'voucher-redeemed': 0n,
    'voucher-expired': 0n,
    'voucher-paid': 0n,
    'voucher-rejected': 0n,
  };
  readonly refused = new Map<string, number>();
  doubles = 0;
  private presented = 0;
  private readonly vouchers: HeldVoucher[] = [];
  private readonly byPerson = new Map<number, HeldVoucher[]>();
  private readonly programme: VoucherProgramme;
  private readonly plan: PlannedYear;

  constructor(programme: VoucherProgramme, plan: PlannedYear) {
    this.programme = programme;
    this.plan = plan;
  }

  day(today: string, number: number): void {
    for (const person of this.plan.people) {
      if (person.bookletOn === today) {
        const slips = slipsOf(this.programme, person.group);
        this.hand(person.person, person.group, slips, today, undefined);
      }
    }
    for (const { person, on } of this.plan.lost) {
      if (on === today) {
        this.replace(person, today);
      }
    }
    for (const visit of this.plan.visits) {
      if (visit.on === today) {
        this.visit(visit, today);
      }
    }
    if (number % 7 === 6) {
      this.each('redeemed', 'validate', today);
    }
    if (number % 14 === 13) {
      this.each('validated', 'pay', today);
    }
  }

  close(today: string): void {
    for (const voucher of this.vouchers) {
      if ((voucher.state === 'activated' || voucher.state === 'issued') && isLapsed(voucher, this.programme, today)) {
        this.must(voucher, 'expire');
      }
    }
  }

  private hand(
    person: number,
    group: string,
    slips: readonly { service: string; number: number }[],
    today: string,
    until: string | undefined,
  ): void {
    const booklet = this.programme.booklets.find(
      (each) => each.id === this.programme.groups.find((one) => one.id === group)?.booklet,
    )!;
    for (const { service, number } of slips) {
      const voucher: HeldVoucher = {
        ...{ person, group, service, number, issuedOn: today, state: 'generated' },
        valueMinor: tariffOf(this.programme, service, number)!.minor,
        expiresOn: until ?? addDays(today, booklet.validDays),
      };
      for (const what of ['print', 'issue', 'activate'] as const) {
        this.must(voucher, what);
      }
      this.vouchers.push(voucher);
      this.byPerson.set(person, [...(this.byPerson.get(person) ?? []), voucher]);
    }
  }

  private replace(person: number, today: string): void {
    const left = this.byPerson.get(person)!.filter((each) => each.state === 'activated');
    for (const each of left) {
      this.must(each, 'replace');
    }
    this.hand(person, left[0]!.group, left, today, left[0]!.expiresOn);
  }

  private visit(visit: YearVisit, today: string): void {
    const mine = this.byPerson.get(visit.person) ?? [];
    const voucher = mine.findLast((each) => each.service === visit.service && each.number === visit.number)!;
    const siblings = mine.filter((each) => each !== voucher).map(({ on, ...each }) => ({ ...each, ...(on && { on }) }));
    const offline = visit.kind === 'copy';
    const decided = redeem(voucher, siblings, this.programme, {
      provider: { country: this.programme.country, facility: visit.facility, level: 'clinic' },
      ...{ on: visit.on, receivedOn: today, bookletFits: true, offline },
      ...(visit.deliveredOn && { deliveredOn: visit.deliveredOn }),
    });
    if (decided.ok) {
      this.presented += 1;
      voucher.state = decided.value.to.state;
      this.post(voucher, decided.value.posting);
      voucher.on = visit.on;
      Object.assign(voucher, {
        ...(visit.deliveredOn && { deliveredOn: visit.deliveredOn }),
        ...(visit.place && { place: visit.place }),
      });
    } else if (offline && decided.code === 'vouchers.already-redeemed') {
      // A second taking, later by its number: it is disputed, and nothing is owed for it.
      const first = { redemptionId: 'a', at: 0, counter: 0 };
      invariant(cameFirst(first, { redemptionId: 'b', at: 0, counter: 1 }), 'the first taking comes first');
      this.presented += 1;
      this.doubles += 1;
    } else {
      this.refused.set(decided.code, (this.refused.get(decided.code) ?? 0) + 1);
    }
  }

  private each(state: VoucherState, what: VoucherAct, today: string): void {
    for (const voucher of this.vouchers) {
      if (voucher.state === state) {
        this.must(voucher, what);
        if (what === 'pay') {
          voucher.paidOn = today;
        }
      }
    }
  }

  private must(voucher: HeldVoucher, what: VoucherAct): void {
    const acted = act(voucher, what);
    invariant(acted.ok, `a voucher that is ${voucher.state} can ${what}`);
    voucher.state = acted.value.to.state;
    this.post(voucher, acted.value.posting);
  }

  private post(voucher: HeldVoucher, posting: VoucherPosting | undefined): void {
    if (posting) {
      this.posted[posting] += voucher.valueMinor;
    }
  }

  states(): Record<string, number> {
    const states: Record<string, number> = {};
    for (const { state } of this.vouchers) {
      states[state] = (states[state] ?? 0) + 1;
    }
    return states;
  }

  paidByService(): Record<string, { vouchers: number; minor: bigint }> {
    const paid: Record<string, { vouchers: number; minor: bigint }> = {};
    for (const { state, service, valueMinor } of this.vouchers) {
      if (state === 'paid') {
        const before = paid[service] ?? { vouchers: 0, minor: 0n };
        paid[service] = { vouchers: before.vouchers + 1, minor: before.minor + valueMinor };
      }
    }
    return paid;
  }

  counted(): CountedProgramme {
    const registered = Object.fromEntries(
      this.programme.groups.map(({ id }) => [id, this.plan.people.filter((each) => each.group === id).length]),
    );
    return {
      programme: this.programme,
      registered,
      vouchers: this.vouchers.map(({ person, ...each }) => ({ ...each, holderId: String(person) })),
      ...{ presented: this.presented, leaked: this.doubles, called: 0, confirmed: 0, answered: 0, content: 0 },
    };
  }
}
