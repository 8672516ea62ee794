import { z } from 'zod';

/**
 * The parts of an agreement about cover and money (DOMAIN E.3, E.5): which care is paid for whom at what price, how the
 * two funds settle, who owes for an emergency of someone without cover, and whose insured periods count abroad. An agreement
 * about records alone has none of them.
 */

const country = z.string().regex(/^[A-Z]{2}$/, 'must be a two-letter country code in capitals, like "TH"');
const currency = z.string().regex(/^[A-Z]{3}$/, 'must be a currency code of three capitals, like "THB"');
const amount = z.string().regex(/^\d{1,12}(\.\d{1,6})?$/, 'must be a decimal amount like "1600.00", not below zero');
const date = z.iso.date('must be a date like "2026-03-01"');
const texts = z.record(z.string(), z.string());
const code = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9.:-]{0,63}$/, 'must be a code of letters, digits, ".", ":" and "-"');
const percent = z.number().min(0, 'must be 0 or more').max(100, 'must be at most 100');
const months = z.int('must be whole months').min(0).max(120);

/** Age groups of fixed amounts (Reg. 987/2009 Art. 64). */
export const ageGroups = ['below-20', '20-to-64', '65-and-over'] as const;
export type AgeGroup = (typeof ageGroups)[number];

/** What a line of care is worth between the two countries. */
const tariff = z.discriminatedUnion('method', [
  /** The price charged, at most that of the schedule of the country of care. */
  z.strictObject({ method: z.literal('actual-cost'), schedule: code }),
  /** A month of a person's care, by age: average annual cost ÷ 12 × (1 − X), X being `reductionPercent`. */
  z.strictObject({
    method: z.literal('fixed-amount'),
    reductionPercent: percent,
    averages: z
      .array(
        z.strictObject({
          country,
          year: z.int().min(2000).max(2200),
          currency,
          annualCost: z.record(z.enum(ageGroups), amount),
        }),
      )
      .min(1),
  }),
  /** Base rate × weight of the diagnosis group. */
  z.strictObject({ method: z.literal('drg'), schedule: code }),
  /** A sum for each person and month, whatever is done. */
  z.strictObject({ method: z.literal('capitation'), schedule: code }),
  /** Each country bears what it gives: nothing is claimed. */
  z.strictObject({ method: z.literal('waiver') }),
]);

export const benefitSchema = z.strictObject({
  id: code,
  /** The clause that grants it. */
  clause: z.string(),
  title: texts,
  /** Codes of the schedule, or `*` for all of it. */
  covers: z.array(z.string()).min(1),
  visits: z.array(z.enum(['other', 'referral', 'emergency'])).min(1),
  priorAuthorisation: z.boolean(),
  waitingDays: z.int().min(0).max(3660).default(0),
  /** What the insured pays the provider; the rest is settled between the countries. */
  insuredPaysPercent: percent.default(0),
  tariff,
  /** The most that is settled, for one claim or for one person in a calendar year; in the currency of the country of care. */
  caps: z.array(z.strictObject({ country, amount, per: z.enum(['episode', 'year']) })).default([]),
  /** `any`, or groups of `facilityGroups`. */
  facilities: z.array(z.string()).min(1),
});

export const scheduleSchema = z.strictObject({
  id: code,
  country,
  currency,
  validFrom: date,
  validTo: date.optional(),
  services: z
    .array(
      z.strictObject({
        code,
        kind: z.enum(['item', 'service']),
        title: texts,
        price: amount,
        /** What it is called in the catalogues of the schemes that judge it at home; absent: the same. */
        as: code.optional(),
      }),
    )
    .default([]),
  /** Base rate, and weights by the beginning of the main diagnosis: the longest match counts. */
  drg: z.strictObject({ baseRate: amount, weights: z.record(z.string(), z.number().positive()) }).optional(),
  capitation: z.strictObject({ perPersonMonth: amount }).optional(),
});

export const settlementSchema = z.strictObject({
  /** The clause under which claims cross. */
  clause: z.string(),
  /** What statements are settled in. */
  currency,
  fx: z.strictObject({ source: code, on: z.enum(['period-end', 'care-day']) }),
  period: z.enum(['month', 'quarter']),
  /** Claims are sent within so many months of the last day of care. */
  claimDeadlineMonths: months,
  /** A statement is paid within so many months of the day it was drawn up. */
  payDeadlineMonths: months,
  /** Whether what each owes the other is set off, and only the rest is paid. */
  netting: z.boolean(),
  /** A year's simple interest on what is paid late; null: none. */
  interestPct: percent.nullable(),
  dispute: z.strictObject({
    body: z.enum(['joint-commission', 'arbitration', 'authorities']),
    /** A line is agreed within so many months of the day it was first disputed. */
    settleMonths: months,
    /**
     * What becomes of it then: it goes before the body; its claim lapses; it is owed as claimed; or it goes against whoever
     * has not answered.
     */
    after: z.enum(['body', 'lapses', 'owed', 'against-silence']).default('body'),
  }),
  /** The scheme of each country that owes and is owed. */
  funds: z.record(country, z.string()),
});

export const coverPartsSchema = {
  benefits: z.array(benefitSchema).optional(),
  schedules: z.array(scheduleSchema).optional(),
  settlement: settlementSchema.optional(),
  /** Emergency care for someone without cover: who bears it. Nobody is asked why there is no cover. */
  emergencyUninsured: z
    .strictObject({
      clause: z.string(),
      ref: z.string(),
      /**
       * The fund of the country the person says is home; that of the country of care; both, by `homePercent`; money that a
       * donor gave the fund of the country of care for `donorPurpose`; or nobody, because each bears what it gives.
       */
      owes: z.enum(['home-fund', 'host', 'shared', 'donor-fund', 'waiver']),
      /** Needed with `shared`: what the fund at home bears; the rest is borne where care was given. */
      homePercent: percent.optional(),
      /** Needed with `donor-fund`: the purpose the money is tied to in the books. */
      donorPurpose: z
        .string()
        .regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,59}$/, 'must be letters, digits and "-"')
        .optional(),
      caps: z.array(z.strictObject({ country, amount })).default([]),
    })
    .optional(),
  /** Insured periods in one country counted in the other. */
  periods: z
    .strictObject({
      clause: z.string(),
      schemes: z.array(z.string()).min(1),
      minimumDays: z.int().min(0).max(3660),
      /** Days a fund has to answer when it is asked for a certificate. */
      answerDays: z.int().min(1).max(366).optional(),
    })
    .optional(),
};

interface CoverParts {
  readonly parties: readonly { readonly country: string }[];
  readonly clauses: readonly { readonly id: string; readonly purposes: readonly string[] }[];
  readonly facilityGroups: Readonly<Record<string, readonly string[]>>;
  readonly benefits?: readonly z.output<typeof benefitSchema>[] | undefined;
  readonly schedules?: readonly z.output<typeof scheduleSchema>[] | undefined;
  readonly settlement?: z.output<typeof settlementSchema> | undefined;
  readonly emergencyUninsured?:
    | {
        readonly clause: string;
        readonly owes: string;
        readonly homePercent?: number | undefined;
        readonly donorPurpose?: string | undefined;
      }
    | undefined;
  readonly periods?: { readonly clause: string } | undefined;
}

type Issue = (path: (string | number)[], message: string) => void;

/** What of the cover parts does not hold together, each mistake at its place. */
export function checkCoverParts(agreement: CoverParts, issue: Issue): void {
  const clause = (id: string, path: (string | number)[], purpose: string) => {
    const found = agreement.clauses.find((each) => each.id === id);
    if (!found) {
      issue(path, `names ${id}, which is no clause of this agreement`);
    } else if (!found.purposes.includes(purpose)) {
      issue(path, `names ${id}, which is not for the purpose ${purpose}`);
    }
  };
  const countries = agreement.parties.map((party) => party.country);
  for (const [i, benefit] of (agreement.benefits ?? []).entries()) {
    clause(benefit.clause, ['benefits', i, 'clause'], 'COVERAGE');
    if (agreement.benefits!.findIndex((each) => each.id === benefit.id) !== i) {
      issue(['benefits', i, 'id'], 'is used by an earlier benefit');
    }
    checkTariff(agreement, benefit, i, issue);
    for (const [j, group] of benefit.facilities.entries()) {
      if (group !== 'any' && !(group in agreement.facilityGroups)) {
        issue(['benefits', i, 'facilities', j], `names ${group}, which facilityGroups does not have`);
      }
    }
  }
  if (agreement.benefits?.length && !agreement.settlement) {
    issue(['settlement'], 'is needed because benefits are agreed: say how they are settled');
  }
  if (agreement.settlement) {
    clause(agreement.settlement.clause, ['settlement', 'clause'], 'HPAYMT');
    for (const each of countries) {
      if (!agreement.settlement.funds[each]) {
        issue(['settlement', 'funds'], `does not name the fund of ${each}`);
      }
    }
  }
  const emergency = agreement.emergencyUninsured;
  if (emergency) {
    clause(emergency.clause, ['emergencyUninsured', 'clause'], 'HPAYMT');
    const path = (of: string) => ['emergencyUninsured', of];
    if ((emergency.owes === 'shared') !== (emergency.homePercent !== undefined)) {
      issue(path('homePercent'), 'is needed where the two share what is owed, and only there');
    }
    if ((emergency.owes === 'donor-fund') !== (emergency.donorPurpose !== undefined)) {
      issue(path('donorPurpose'), 'is needed where a donor’s money pays, and only there');
    }
    if (
      (emergency.owes === 'home-fund' || emergency.owes === 'shared') &&
      !agreement.benefits?.some((each) => each.visits.includes('emergency'))
    ) {
      issue(['emergencyUninsured', 'owes'], 'needs a benefit for emergencies, which says what they are worth');
    }
  }
  if (agreement.periods) {
    clause(agreement.periods.clause, ['periods', 'clause'], 'COVERAGE');
  }
}

function checkTariff(agreement: CoverParts, benefit: z.output<typeof benefitSchema>, i: number, issue: Issue): void {
  const { tariff: agreed } = benefit;
  if (!('schedule' in agreed)) {
    return;
  }
  const schedules = (agreement.schedules ?? []).filter((each) => each.id === agreed.schedule);
  if (schedules.length === 0) {
    issue(['benefits', i, 'tariff', 'schedule'], `names ${agreed.schedule}, which schedules does not have`);
  }
  for (const schedule of schedules) {
    if (agreed.method === 'drg' && !schedule.drg) {
      issue(['benefits', i, 'tariff', 'schedule'], `names ${schedule.id}, which has no diagnosis groups`);
    }
    if (agreed.method === 'capitation' && !schedule.capitation) {
      issue(['benefits', i, 'tariff', 'schedule'], `names ${schedule.id}, which has no capitation`);
    }
  }
  for (const code of benefit.covers.filter((each) => each !== '*')) {
    if (!schedules.some((schedule) => schedule.services.some((service) => service.code === code))) {
      issue(['benefits', i, 'covers'], `names ${code}, which the schedule does not have`);
    }
  }
}

export type AgreedBenefit = z.output<typeof benefitSchema>;
export type Schedule = z.output<typeof scheduleSchema>;
export type EmergencyTerms = NonNullable<z.output<typeof coverPartsSchema.emergencyUninsured>>;
export type SettlementTerms = z.output<typeof settlementSchema>;
