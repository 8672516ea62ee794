import fc from 'fast-check';
import { pays, paysAtMost, type SchemeJson, scheme, schemeJson } from './case.ts';

/** Schemes at random, for `worlds.ts`: every kind of rule, most of them absent from most. */

/** One thing as good as always, the others now and then. */
export const mostly = <T>(usual: T, ...others: T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 15, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) });
/** Absent once in so many. */
export const some = <T>(of: fc.Arbitrary<T>, outOf = 4): fc.Arbitrary<T | undefined> =>
  fc.option(of, { nil: undefined, freq: outOf });
export const rarely = <T>(of: fc.Arbitrary<T>, weight = 12): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: of });
const text = (minor: number) => (minor / 100).toFixed(2);
const amount = fc.oneof(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 0, max: 9 })).map(text);
export const day = fc.integer({ min: 0, max: 150 }).map((n) => dayAfter('2026-02-01', n));
const age = <T>(of: fc.Arbitrary<T>) => fc.record({ adult: of, child: of });

export function dayAfter(first: string, count: number): string {
  return new Date(Date.parse(first) + count * 86_400_000).toISOString().slice(0, 10);
}

/** Leaves out what is undefined, as a file does. */
export function present<T extends object>(of: T): T {
  return Object.fromEntries(Object.entries(of).filter(([, value]) => value !== undefined)) as T;
}

// ---- The scheme -------------------------------------------------------------------------------------------------------

const limit = fc.oneof(
  fc.constantFrom(pays(100), pays(0)),
  fc.integer({ min: 0, max: 10_000 }).map((hundredths) => pays(hundredths / 100)),
  amount.map(paysAtMost),
);
const months = fc.integer({ min: 1, max: 4 });
const qualifying = fc.record({ months, within: fc.integer({ min: 1, max: 6 }) });

const benefit = fc
  .record({
    price: fc.constantFrom(
      'list' as const,
      'list' as const,
      'claimed' as const,
      'fixed' as const,
      'drg' as const,
      'capitation' as const,
      'relative' as const,
    ),
    fixedPrice: amount,
    limits: fc
      .record({ other: age(limit), referral: some(age(limit), 2), emergency: some(age(limit), 2) })
      .map(present),
    maximumQuantity: rarely(age(fc.option(fc.integer({ min: 0, max: 6 }))), 6),
    waitingMonths: rarely(age(fc.integer({ min: 0, max: 6 })), 4),
    qualifying: rarely(qualifying),
    outsideCeiling: fc.constantFrom(
      'none' as const,
      'none' as const,
      'in-patient' as const,
      'out-patient' as const,
      'both' as const,
    ),
    referralNeeded: mostly(false, true),
    preauthorisation: mostly(false, true),
    levels: rarely(fc.constantFrom<string[]>(['clinic'], ['hospital'])),
    abroad: some(fc.constant<string[]>(['MM']), 2),
  })
  .map(present);

const split = fc.oneof(
  fc.record({ all: amount }),
  fc.record({ inPatient: some(amount, 3), outPatient: some(amount, 3) }).map(present),
);
const accumulator = fc
  .record({
    per: fc.constantFrom('treatment' as const, 'person' as const, 'policy' as const),
    amount: split,
    extraMember: some(split, 2),
    maximum: some(split, 2),
  })
  .map(present);
const category = fc
  .record({ maximumNumber: some(fc.integer({ min: 0, max: 3 }), 2), ceiling: some(amount, 2) })
  .map(present);

const catalogue = fc
  .array(
    fc.record({
      care: mostly<'both' | 'in-patient' | 'out-patient'>('both', 'in-patient', 'out-patient'),
      frequencyDays: rarely(fc.integer({ min: 0, max: 60 }), 2),
      validFrom: rarely(day, 20),
      validTo: rarely(day, 20),
      patients: rarely(
        fc
          .record({
            sexes: fc.constantFrom<('male' | 'female')[][]>(['male'], ['female'], ['male', 'female']),
            ages: some(fc.record({ from: fc.constantFrom(0, 5, 18), below: fc.constantFrom(19, 36, 131) }), 3),
          })
          .map(present),
        4,
      ),
    }),
    { minLength: 7, maxLength: 7 },
  )
  .map((changes) => schemeJson().catalogue.map((entry, i) => present({ ...entry, ...changes[i] })));

const tariffs = fc
  .record({
    home: fc.record({ validTo: rarely(day), levels: rarely(fc.constant<string[]>(['hospital'])) }).map(present),
    visit: amount,
    weight: fc.constantFrom(0.35, 1, 2.125),
    later: rarely(fc.record({ validFrom: day, price: amount }), 2),
    abroad: fc.constantFrom('THB', 'MMK', 'JPY', 'LAK'),
  })
  .map(({ home, visit, weight, later, abroad }): SchemeJson['tariffs'] => {
    const [first] = schemeJson().tariffs!;
    const prices = { ...first!.prices, visit, drug: '33.33' };
    const drg = { baseRate: '777.77', weights: { J: weight, J06: 0.5, 'J06.9': 1.75 } };
    return [
      { ...first!, prices, drg, ...home },
      { ...first!, id: 'abroad', country: 'MM', currency: abroad, prices: { visit: '700', drug: '33', bed: '12500' } },
      ...(later ? [{ ...first!, id: 'later', validFrom: later.validFrom, prices: { consultation: later.price } }] : []),
    ];
  });

const version = fc
  .record({
    catalogue,
    tariffs,
    benefits: fc.tuple(benefit, benefit, benefit).map(([a, b, c]) => [
      { id: 'all', covers: ['*'], ...a },
      { id: 'drugs', covers: ['drug', 'category:visit'], ...b },
      { id: 'stays', covers: ['bed', 'category:surgery'], ...c },
    ]),
    narrow: rarely(fc.constant(true)),
    deductible: some(accumulator, 2),
    ceiling: some(accumulator, 2),
    categories: fc
      .record({
        ...{ surgery: some(category, 2), delivery: some(category, 2), antenatal: some(category, 2) },
        ...{ hospitalisation: some(category, 2), consultation: some(category, 2), visit: some(category, 2) },
      })
      .map(present),
    exclusions: rarely(
      fc.constant<NonNullable<SchemeJson['exclusions']>>([{ id: 'infertility', diagnoses: ['N97'], title: {} }]),
      2,
    ),
    onlyDiagnoses: rarely(fc.constant<string[]>(['J06', 'N9'])),
    maximumInPatientDays: rarely(fc.integer({ min: 1, max: 8 }), 2),
    submitWithinDays: mostly(365, 3, 0),
    period: fc.record({ months: fc.constant(12), qualifying: rarely(qualifying, 3) }).map(present),
    network: mostly(['any'], ['clinic'], ['hospital']).map((facilities) => [
      { country: 'TH', facilities },
      { country: 'MM', facilities: ['any'] },
    ]),
  })
  .map(
    ({ narrow, benefits, ...rest }): Partial<SchemeJson> => ({
      ...present(rest),
      benefits: narrow ? benefits.slice(1) : benefits,
      relative: { period: 'month', sharePercent: 80 },
    }),
  );

export const schemes = fc
  .tuple(version, version, day, rarely(day, 6))
  .map(([first, second, from, until]) => [
    scheme({ ...first, version: 1, validTo: dayAfter(from, -1) }),
    scheme({ ...second, version: 2, validFrom: from, ...(until && until > from && { validTo: until }) }),
  ]);
