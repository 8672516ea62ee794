import { isDay } from '@serai/kernel/base/days.ts';
import { type Money, parseMoney } from '@serai/kernel/base/money.ts';
import { z } from 'zod';

/**
 * A voucher programme as data: what `countries/<cc>/vouchers/<name>.json` holds. Vouchers stand for services; what a
 * provider is paid for one is the tariff here, unknown to the holder. Model: DOMAIN G, S48. A second programme is one
 * more file.
 */

const texts = z.record(z.string(), z.string());
const day = z.string().refine(isDay, 'must be a day like "2026-03-01"');
const code = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, 'must be a code of small letters, digits and "-"');
const country = z.string().regex(/^[A-Z]{2}$/);

const amount = z.string().regex(/^\d{1,12}(\.\d{1,3})?$/, 'must be a decimal amount');

const service = z.strictObject({
  code,
  title: texts,
  /** Drawn beside the words, for who does not read them. */
  pictogram: z.enum(['antenatal', 'birth', 'postnatal', 'transport', 'child']),
  /** What a provider is paid for one. */
  tariff: amount,
  /** The first of it in a booklet, where it is paid otherwise: a first visit takes longer. */
  firstTariff: amount.optional(),
  /** Counted when services a person are counted; transport is a help, not a care service. */
  counts: z.boolean().default(true),
  /** Days that must lie between two of it for one holder. */
  spacingDays: z.int().min(0).max(400).default(0),
  /** Facility levels that may give it; absent: every facility of the programme. */
  levels: z.array(z.string()).optional(),
  /** Only once the service named has been given, or a day of birth is told. */
  after: code.optional(),
  /** Not once the service named has been given. */
  before: code.optional(),
  /** For the indicators: what this service is. */
  measures: z.enum(['antenatal', 'delivery', 'postnatal', 'transport', 'child-visit']),
  /** Given by skilled staff: a birth attended by them counts as such. */
  skilled: z.boolean().default(false),
});

const schema = z
  .strictObject({
    $comment: z.string().optional(),
    /** `vp:mm:kadon-kani`. */
    id: z.string().regex(/^vp:[a-z]{2}:[a-z][a-z0-9-]{0,31}$/, 'must look like "vp:mm:kadon-kani"'),
    /** The scheme whose fund pays. */
    schemeId: z.string().regex(/^sch:[a-z]{2}:[a-z0-9-]+$/),
    country,
    currency: z.string().regex(/^[A-Z]{3}$/),
    title: texts,
    validFrom: day,
    validTo: day,
    sources: z.array(
      z.strictObject({ what: z.string(), from: z.string(), at: z.string(), mark: z.enum(['V', 'M', 'S', 'P']) }),
    ),
    villages: z.array(code).min(1),
    /** Who it is for. `eligible`: how many there are by the programme's own count, the denominator of its indicators. */
    groups: z
      .array(
        z.strictObject({
          id: code,
          title: texts,
          booklet: code,
          /** Only children younger than this, where their birth is known. */
          belowYears: z.int().min(1).max(18).optional(),
          eligible: z.int().min(0).optional(),
          shareOfPopulation: z.number().positive().max(1).optional(),
        }),
      )
      .min(1),
    services: z.array(service).min(1),
    booklets: z
      .array(
        z.strictObject({
          id: code,
          title: texts,
          validDays: z.int().min(1).max(1830),
          vouchers: z.array(z.strictObject({ service: code, number: z.int().min(1).max(24) })).min(1),
        }),
      )
      .min(1),
    /** Facilities at home, or `any`; and those abroad that may take the vouchers, under a clause. */
    facilities: z.array(z.string()).min(1),
    abroad: z
      .array(z.strictObject({ country, facilities: z.array(z.string()).min(1), clause: z.string().optional() }))
      .default([]),
    offline: z.strictObject({
      /** A device refuses more in one day, and more than so many between two syncs; its list is good for so many days. */
      perDeviceDay: z.int().min(1).max(500),
      betweenSyncs: z.int().min(1).max(2000),
      kitDays: z.int().min(1).max(60),
      /** How long after a voucher's last day what was done in time may still be sent in. */
      graceDays: z.int().min(0).max(120),
    }),
    /** A service is told within so many days. */
    submitWithinDays: z.int().min(0).max(365),
    verification: z.strictObject({ samplePercent: z.number().min(0).max(100) }),
    fraud: z.strictObject({
      /** More redemptions of one provider within so many minutes are held. */
      burst: z.strictObject({ redemptions: z.int().min(2), minutes: z.int().min(1) }),
      /** More villages on one device in a day are held. */
      villagesPerDeviceDay: z.int().min(1),
      /** More vouchers of one booklet on one day with one provider are held. */
      perBookletDay: z.int().min(1),
      /** A mother or child seen by more providers than this is looked at. */
      providersPerBooklet: z.int().min(1),
    }),
    /** A provider is paid within so many days of the service. */
    paymentDays: z.int().min(1).max(365),
    /** Counts below this are not shown. */
    smallestCell: z.int().min(0).max(50).default(5),
  })
  .superRefine((programme, context) => {
    const issue = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    const services = new Set(programme.services.map((each) => each.code));
    const booklets = new Set(programme.booklets.map((each) => each.id));
    if (programme.validTo < programme.validFrom) {
      issue(['validTo'], 'must not be before validFrom');
    }
    for (const [i, each] of programme.services.entries()) {
      for (const key of ['after', 'before'] as const) {
        const named = each[key];
        if (named !== undefined && !services.has(named)) {
          issue(['services', i, key], `names ${named}, which is not a service here`);
        }
      }
      for (const key of ['tariff', 'firstTariff'] as const) {
        if (each[key] !== undefined && !parseMoney(each[key], programme.currency)) {
          issue(['services', i, key], `has more digits after the point than ${programme.currency} has`);
        }
      }
    }
    for (const [i, booklet] of programme.booklets.entries()) {
      for (const [j, each] of booklet.vouchers.entries()) {
        if (!services.has(each.service)) {
          issue(['booklets', i, 'vouchers', j, 'service'], `names ${each.service}, which is not a service here`);
        }
      }
    }
    for (const [i, group] of programme.groups.entries()) {
      if (!booklets.has(group.booklet)) {
        issue(['groups', i, 'booklet'], `names ${group.booklet}, which is not a booklet here`);
      }
    }
  });

export type VoucherProgramme = z.output<typeof schema>;
export type VoucherService = VoucherProgramme['services'][number];

export class ProgrammeError extends Error {
  override name = 'ProgrammeError';
}

/**
 * Reads programmes.
 * @throws ProgrammeError with one line a mistake, each naming the file and the field.
 */
export function parseProgrammes(
  files: readonly { readonly name: string; readonly json: unknown }[],
): VoucherProgramme[] {
  const mistakes: string[] = [];
  const programmes: VoucherProgramme[] = [];
  for (const file of files) {
    const parsed = schema.safeParse(file.json);
    if (!parsed.success) {
      mistakes.push(
        ...parsed.error.issues.map((each) => `${file.name}: ${each.path.join('.') || 'the file'} ${each.message}`),
      );
    } else if (programmes.some((each) => each.id === parsed.data.id)) {
      mistakes.push(`${file.name}: ${parsed.data.id} is in another file too`);
    } else {
      programmes.push(parsed.data);
    }
  }
  if (mistakes.length > 0) {
    throw new ProgrammeError(mistakes.join('\n'));
  }
  return programmes.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The programme's name inside a voucher's code. */
export function shortId(programme: Pick<VoucherProgramme, 'id'>): string {
  return programme.id.split(':')[2]!;
}

export function serviceOf(programme: VoucherProgramme, code: string): VoucherService | undefined {
  return programme.services.find((each) => each.code === code);
}

/** What one voucher is paid, the `number`-th of its service. */
export function tariffOf(programme: VoucherProgramme, code: string, number: number): Money | undefined {
  const service = serviceOf(programme, code);
  return service && parseMoney((number === 1 && service.firstTariff) || service.tariff, programme.currency);
}

/** One slip of a booklet: a service, and the how-many-eth of it. */
export interface Slip {
  readonly service: string;
  readonly number: number;
}

/** The slips of a group's booklet, in the order they stand in it. */
export function slipsOf(programme: VoucherProgramme, group: string): readonly Slip[] {
  const booklet = bookletOf(programme, group);
  return (booklet?.vouchers ?? []).flatMap(({ service, number }) =>
    Array.from({ length: number }, (_, i) => ({ service, number: i + 1 })),
  );
}

export function bookletOf(
  programme: VoucherProgramme,
  group: string,
): VoucherProgramme['booklets'][number] | undefined {
  const wanted = programme.groups.find((each) => each.id === group)?.booklet;
  return programme.booklets.find((each) => each.id === wanted);
}
