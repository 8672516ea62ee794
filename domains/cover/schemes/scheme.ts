import { isDay } from '@serai/kernel/base/days.ts';
import { z } from 'zod';

/**
 * A scheme as data: what `countries/<cc>/schemes/<name>.json` holds. One file is one version, in force for service dates
 * from `validFrom` on until the next version begins; `scheme-files.ts` reads them. Amounts are decimal strings in the
 * scheme's currency, those of a tariff in the tariff's.
 * Concepts: openIMIS products (DOMAIN F.3) under plainer names; DOMAIN S13, S15, S40, S42.
 */

const texts = z.record(z.string(), z.string());
const day = z.string().refine(isDay, 'must be a day like "2026-03-01"');
const amount = z.string().regex(/^\d{1,15}(\.\d{1,3})?$/, 'must be a decimal amount like "1600.00", not below zero');
const percent = z.number('must be a number').min(0, 'must be 0 or more').max(100, 'must be at most 100');
const wholeMonths = z.int('must be whole months').min(0).max(600);
const wholeDays = z.int('must be whole days').min(0).max(3660);
const code = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9.:-]{0,63}$/, 'must be a code of letters, digits, ".", ":" and "-"');

/** Adults and children may be told apart everywhere; a child is younger than `childBelowYears`. */
const byAge = <T extends z.ZodType>(shape: T) => z.strictObject({ adult: shape, child: shape });

/** Who says a figure, and how sure it is: `V` verified, `M` from memory, `S` from a source document, `P` proposed here. */
const source = z.strictObject({
  what: z.string(),
  from: z.string(),
  at: z.string(),
  mark: z.enum(['V', 'M', 'S', 'P']),
});

export const visits = ['other', 'referral', 'emergency'] as const;

/** What the insured pays of a line: a share, or all above a fixed amount the scheme pays per unit. */
const limit = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('co-insurance'), schemePaysPercent: percent }),
  z.strictObject({ kind: z.literal('fixed'), schemePaysAtMost: amount }),
]);
const limits = byAge(limit);

const price = z.enum(['list', 'claimed', 'fixed', 'drg', 'capitation', 'relative']);

const qualifying = z.strictObject({ months: z.int().min(1).max(120), within: z.int().min(1).max(240) });

const benefit = z.strictObject({
  id: code,
  title: texts.optional(),
  /** Codes of `catalogue`, or `category:<category>`, or `*` for everything in the catalogue. */
  covers: z.array(z.string()).min(1),
  /** Which price a line is worth before limits. */
  price,
  /** Needed with `fixed`: what one unit is worth. */
  fixedPrice: amount.optional(),
  limits: z.strictObject({ other: limits, referral: limits.optional(), emergency: limits.optional() }),
  maximumQuantity: byAge(z.int().min(0).nullable()).optional(),
  waitingMonths: byAge(wholeMonths).optional(),
  /** Months of contributions needed within the last so many; absent: as the scheme's `period.qualifying` says. */
  qualifying: qualifying.optional(),
  /** Not counted towards deductible and ceiling for this care. */
  outsideCeiling: z.enum(['none', 'in-patient', 'out-patient', 'both']).default('none'),
  referralNeeded: z.boolean().default(false),
  preauthorisation: z.boolean().default(false),
  /** Facility levels that may provide it; absent: all of the network. */
  levels: z.array(z.string()).optional(),
  /** Paid in these countries; absent: at home only. */
  abroad: z.array(z.string().regex(/^[A-Z]{2}$/)).optional(),
});

/** A sum for all care, or apart for in- and out-patient. */
const split = z.union([
  z.strictObject({ all: amount }),
  z.strictObject({ inPatient: amount.optional(), outPatient: amount.optional() }),
]);

const accumulator = z.strictObject({
  per: z.enum(['treatment', 'person', 'policy']),
  amount: split,
  /** Added for each member beyond the first; policies only. */
  extraMember: split.optional(),
  maximum: split.optional(),
});

/** Claim categories, first match wins in this order (DOMAIN F.3). */
export const claimCategories = [
  'surgery',
  'delivery',
  'antenatal',
  'hospitalisation',
  'consultation',
  'visit',
] as const;
export type ClaimCategory = (typeof claimCategories)[number];

const categoryLimit = z.strictObject({
  maximumNumber: z.int().min(0).optional(),
  ceiling: amount.optional(),
});

const ages = z.strictObject({ from: z.int().min(0).max(130), below: z.int().min(1).max(131) });

const contribution = z.strictObject({
  /** `person` and `family`: rates by age and length; `payroll`: a share of wages; `time`: bought by day, week or month. */
  basis: z.enum(['person', 'family', 'payroll', 'time']),
  /** Rates by the length bought and the member's age. With `family`, a rate is per member beyond what `lumpSum` covers. */
  rates: z
    .array(z.strictObject({ id: code, months: z.int().min(1).max(120), ages: ages.optional(), amount }))
    .default([]),
  lumpSum: z.strictObject({ amount, coversMembers: z.int().min(1) }).optional(),
  time: z
    .strictObject({ day: amount.optional(), week: amount.optional(), month: amount.optional(), minimumDays: wholeDays })
    .optional(),
  payroll: z
    .strictObject({
      employeePercent: percent,
      employerPercent: percent,
      statePercent: percent,
      wageFloor: amount,
      wageCeiling: amount,
    })
    .optional(),
  registrationFee: amount.optional(),
  assemblyFee: amount.optional(),
  checkUpFee: amount.optional(),
  /** Who is examined; absent: everyone. Again at each renewal, or at the first enrolment only. */
  checkUpAges: ages.optional(),
  checkUpAtRenewal: z.boolean().default(false),
  /** A discount for enrolling or renewing early. */
  discounts: z
    .strictObject({
      renewalPercent: percent.optional(),
      renewalDaysBefore: wholeDays.optional(),
      /** Enrolling so many days before cover starts. */
      enrolmentPercent: percent.optional(),
      enrolmentDaysBefore: wholeDays.optional(),
      groupPercent: percent.optional(),
      groupFromMembers: z.int().min(2).optional(),
    })
    .optional(),
  maximumInstalments: z.int().min(1).max(60).default(1),
  grace: z.strictObject({ paymentDays: wholeDays, renewalDays: wholeDays }),
  /** Who pays how much of the contribution, in percent of it; the rest is the member's. */
  subsidies: z.array(z.strictObject({ by: z.enum(['government', 'donor', 'employer']), percent })).default([]),
});

const catalogueEntry = z.strictObject({
  code,
  kind: z.enum(['item', 'service']),
  title: texts,
  category: z.enum(claimCategories).optional(),
  /** Where it may be given. */
  care: z.enum(['in-patient', 'out-patient', 'both']).default('both'),
  patients: z.strictObject({ sexes: z.array(z.enum(['male', 'female'])).min(1), ages: ages.optional() }).optional(),
  /** Days that must lie between two of it for one person. */
  frequencyDays: wholeDays.optional(),
  validFrom: day.optional(),
  validTo: day.optional(),
});

const tariff = z.strictObject({
  id: code,
  country: z.string().regex(/^[A-Z]{2}$/),
  currency: z.string().regex(/^[A-Z]{3}$/),
  /** Facility levels it is for; absent: all. */
  levels: z.array(z.string()).optional(),
  validFrom: day,
  validTo: day.optional(),
  prices: z.record(z.string(), amount),
  /** Diagnosis-related groups: base rate times weight, by diagnosis prefix (longest match). */
  drg: z.strictObject({ baseRate: amount, weights: z.record(z.string(), z.number().positive()) }).optional(),
  /** Paid per member registered with the facility on the first day of a month, whatever is done; in the scheme's currency. */
  capitation: z
    .strictObject({
      perMemberMonth: amount,
      covers: z.array(z.string()).min(1),
      /** Other rates for some ages, the first that fits; the rest at `perMemberMonth`. */
      bands: z
        .array(z.strictObject({ id: code, ages, perMemberMonth: amount }))
        .min(1)
        .optional(),
    })
    .optional(),
});

/** The shape; whether it holds together is looked at by `scheme-checks.ts` when files are read. */
export const schemeSchema = z.strictObject({
  $comment: z.string().optional(),
  id: z.string().regex(/^sch:[a-z]{2}:[a-z0-9-]+$/, 'must look like "sch:th:migrant-health-insurance"'),
  version: z.int().min(1),
  validFrom: day,
  validTo: day.optional(),
  kind: z.enum(['insurance', 'social-security', 'community-fund', 'package', 'voucher']),
  title: texts,
  country: z.string().regex(/^[A-Z]{2}$/),
  currency: z.string().regex(/^[A-Z]{3}$/),
  sources: z.array(source),
  who: z.strictObject({
    /** Entitlement categories; `any` for everyone. Never an immigration status. */
    entitlements: z.array(z.string()).min(1),
    ages: ages.optional(),
    childBelowYears: z.int().min(1).max(21),
    dependants: z.strictObject({
      relations: z.array(z.enum(['spouse', 'child', 'parent', 'other'])),
      childBelowYears: z.int().min(1).max(30).optional(),
      maximum: z.int().min(0).optional(),
      leftBehind: z.boolean(),
    }),
    industries: z.array(z.string()).optional(),
    maximumMembers: z.int().min(1).optional(),
  }),
  period: z.strictObject({
    /** Length of cover, and months between enrolment and start. */
    months: z.int().min(1).max(120),
    administrationMonths: wholeMonths.default(0),
    /** Cover begins at the next of these days of the year (`01-01`); absent: at once. */
    cycleStarts: z.array(z.string().regex(/^\d{2}-\d{2}$/)).default([]),
    /** Months of contributions needed within the last so many, before a benefit is paid (social security). */
    qualifying: qualifying.optional(),
    /** Months covered after contributions end. */
    runOffMonths: wholeMonths.default(0),
  }),
  /** How many it is meant to reach. */
  targets: z.array(z.strictObject({ id: code, title: texts, number: z.int().min(1) })).default([]),
  contribution,
  benefits: z.array(benefit).min(1),
  deductible: accumulator.optional(),
  ceiling: accumulator.optional(),
  categories: z.partialRecord(z.enum(claimCategories), categoryLimit).default({}),
  exclusions: z.array(z.strictObject({ id: code, diagnoses: z.array(z.string()).min(1), title: texts })).default([]),
  /** Only these main diagnoses (prefixes) are paid for; absent: any that is not excluded. */
  onlyDiagnoses: z.array(z.string()).min(1).optional(),
  /** Nights in hospital the scheme pays for under one policy. */
  maximumInPatientDays: z.int().min(1).max(3660).optional(),
  catalogue: z.array(catalogueEntry).min(1),
  tariffs: z.array(tariff).default([]),
  network: z.array(
    z.strictObject({
      country: z.string().regex(/^[A-Z]{2}$/),
      /** Facility ids of that country, or `any`. */
      facilities: z.array(z.string()).min(1),
      /** Clause under which facilities abroad are in the network. */
      clause: z.string().optional(),
    }),
  ),
  /** Relative prices: what share of the premium earned in a period may be spent on lines priced `relative`. */
  relative: z.strictObject({ period: z.enum(['month', 'quarter', 'year']), sharePercent: percent }).optional(),
  /** Claims are submitted within so many days of the last day of care. */
  submitWithinDays: wholeDays.default(365),
  /** Benefits that are not care at the point of need (DOMAIN S13). */
  otherBenefits: z
    .array(
      z.strictObject({
        id: code,
        kind: z.enum(['repatriation', 'future', 'integration', 'families-left-behind', 'pre-departure']),
        title: texts,
        event: z.string(),
        amount: amount.optional(),
        accruesPerMonth: amount.optional(),
        maximum: amount.optional(),
        waitingMonths: wholeMonths.default(0),
        services: z.array(z.string()).default([]),
        industries: z.array(z.string()).optional(),
      }),
    )
    .default([]),
  /** What pricing assumed; the actuary's desk compares with what happened. */
  assumptions: z
    .strictObject({
      claimsPerMemberYear: z.number().positive(),
      meanClaim: amount,
      claimStandardDeviation: amount,
      expensePercent: percent,
      marginPercent: percent,
      lapsePercentYear: percent.optional(),
      firstSixtyDaysFactor: z.number().positive().optional(),
    })
    .optional(),
});

export type Scheme = z.output<typeof schemeSchema>;
export type Benefit = Scheme['benefits'][number];
export type CatalogueEntry = Scheme['catalogue'][number];
export type Tariff = Scheme['tariffs'][number];
export type Visit = (typeof visits)[number];

/** The version of a scheme that holds for a service date; undefined where none does. */
export function schemeAt(schemes: readonly Scheme[], id: string, at: string): Scheme | undefined {
  return schemes.findLast(
    (scheme) => scheme.id === id && scheme.validFrom <= at && (scheme.validTo === undefined || at <= scheme.validTo),
  );
}
