import { describe, expect, test } from 'vitest';
import { schemeFiles, smallScheme, theSchemes } from './scheme.testing.ts';
import { schemeAt } from './scheme.ts';
import { parseSchemes, SchemeError, type SchemeFile } from './scheme-files.ts';

function mistakes(files: readonly SchemeFile[]): string[] {
  try {
    parseSchemes(files);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(SchemeError);
    return (error as SchemeError).message.split('\n');
  }
}

/** The small scheme with one thing changed, by its path. */
function changed(path: string, value: unknown): SchemeFile {
  const json = structuredClone(smallScheme()) as Record<string, unknown>;
  const keys = path.split('.');
  let at = json;
  for (const key of keys.slice(0, -1)) {
    at = at[key] as Record<string, unknown>;
  }
  if (value === undefined) {
    delete at[keys.at(-1)!];
  } else {
    at[keys.at(-1)!] = value;
  }
  return { name: 'bad.json', json };
}

const ageRate = (id: string, from: number, below: number) => ({
  id,
  months: 12,
  ages: { from, below },
  amount: '1.00',
});

describe('every mistake of a file is one line that names file and field', () => {
  test('the small scheme has none', () => {
    expect(mistakes([{ name: 'small.json', json: smallScheme() }])).toEqual([]);
  });

  test.each([
    ['id', 'migrants', 'id must look like "sch:th:migrant-health-insurance"'],
    ['title', undefined, 'title is missing'],
    ['version', 0, 'version must be at least 1'],
    ['validFrom', '2026-02-30', 'validFrom must be a day like "2026-03-01"'],
    ['validTo', '2019-12-31', 'validTo must not be before validFrom'],
    ['country', 'MM', 'country is MM, but the id says TH'],
    ['kind', 'lottery', 'kind must be one of "insurance", "social-security", "community-fund", "package", "voucher"'],
    ['premiums', {}, 'the file has a field it does not know: premiums'],
    ['who.statuses', ['documented'], 'who has a field it does not know: statuses'],
    ['who.ages', { from: 60, below: 15 }, 'who.ages must begin below where it ends'],
    ['who.childBelowYears', '7', 'who.childBelowYears must be number, not string'],
    ['period.cycleStarts', ['02-30'], 'period.cycleStarts[0] must be a day of every year like "01-01"'],
    ['contribution.rates', [], 'contribution.rates is needed with the basis "person"'],
    [
      'contribution.rates.0.amount',
      '-5',
      'contribution.rates[0].amount must be a decimal amount like "1600.00", not below zero',
    ],
    [
      'contribution.rates.0.amount',
      '1000.005',
      'contribution.rates[0].amount has more than 2 digits after the point, which THB does not have',
    ],
    ['contribution.rates.0.amount', 1000, 'contribution.rates[0].amount must be string, not number'],
    ['contribution.rates.0.months', 6, 'contribution.rates has none for the period of 12 months'],
    [
      'contribution.rates',
      [ageRate('a', 0, 20), ageRate('b', 19, 60)],
      'contribution.rates[1].ages meets the ages of a, which is for the same months',
    ],
    [
      'contribution.rates',
      [ageRate('a', 0, 20), ageRate('a', 20, 60)],
      'contribution.rates[1].id is used by an earlier entry',
    ],
    ['contribution.basis', 'payroll', 'contribution.payroll is needed with the basis "payroll"'],
    ['contribution.basis', 'time', 'contribution.time is needed with the basis "time"'],
    ['contribution.time', { minimumDays: 1 }, 'contribution.time must have a price by day, week or month'],
    [
      'contribution.subsidies',
      [
        { by: 'donor', percent: 60 },
        { by: 'employer', percent: 50 },
      ],
      'contribution.subsidies must add up to at most 100 percent',
    ],
    [
      'contribution.discounts',
      { renewalPercent: 60, groupPercent: 50, groupFromMembers: 2 },
      'contribution.discounts must add up to at most 100 percent',
    ],
    [
      'contribution.payroll',
      { employeePercent: 5, employerPercent: 5, statePercent: 0, wageFloor: '20', wageCeiling: '10' },
      'contribution.payroll.wageCeiling must not be below wageFloor',
    ],
    ['contribution.grace', undefined, 'contribution.grace is missing'],
    ['benefits', [], 'benefits must have at least 1'],
    ['benefits.0.covers', ['SCAN'], 'benefits[0].covers[0] names SCAN, which the catalogue does not have'],
    [
      'benefits.0.covers',
      ['category:surgery'],
      'benefits[0].covers[0] names category:surgery, which no entry of the catalogue has',
    ],
    ['benefits.0.covers', ['*', '*'], 'benefits[0].covers[1] names *, which all covers already'],
    ['benefits.0.price', 'fixed', 'benefits[0].fixedPrice is needed with the price "fixed"'],
    ['benefits.0.price', 'relative', 'relative is needed because a benefit is priced "relative"'],
    ['benefits.0.price', 'drg', 'benefits[0].price is "drg", but no tariff has diagnosis groups'],
    ['benefits.0.price', 'capitation', 'benefits[0].price is "capitation", but no tariff has one'],
    [
      'benefits.0.limits.other.adult.schemePaysPercent',
      120,
      'benefits[0].limits.other.adult.schemePaysPercent must be at most 100',
    ],
    ['benefits.0.abroad', ['MM'], 'benefits[0].abroad[0] names MM, where the network has no facility'],
    [
      'catalogue',
      [...(smallScheme().catalogue as object[]), ...(smallScheme().catalogue as object[])],
      'catalogue[1].code is used by an earlier entry',
    ],
    [
      'catalogue.0.patients',
      { sexes: ['male'], ages: { from: 5, below: 5 } },
      'catalogue[0].patients.ages must begin below where it ends',
    ],
    ['tariffs.0.prices', { SCAN: '1' }, 'tariffs[0].prices.SCAN is a price of something the catalogue does not have'],
    [
      'tariffs.0',
      { id: 'list', country: 'TH', currency: 'VND', validFrom: '2020-01-01', prices: { CON: '100.50' } },
      'tariffs[0].prices.CON has more than 0 digits after the point, which VND does not have',
    ],
    ['tariffs.0.validTo', '2019-01-01', 'tariffs[0].validTo must not be before validFrom'],
    [
      'tariffs.0.capitation',
      { perMemberMonth: '1', covers: ['SCAN'] },
      'tariffs[0].capitation.covers[0] names SCAN, which the catalogue does not have',
    ],
    ['ceiling', { per: 'year', amount: { all: '1' } }, 'ceiling.per must be one of "treatment", "person", "policy"'],
    [
      'ceiling',
      { per: 'person', amount: { all: '1.005' } },
      'ceiling.amount.all has more than 2 digits after the point, which THB does not have',
    ],
    [
      'otherBenefits',
      [{ id: 'home', kind: 'repatriation', title: {}, event: 'e', services: ['BUS'] }],
      'otherBenefits[0].services[0] names BUS, which the catalogue does not have',
    ],
    ['like', 3, 'like names version 3, which is in no file'],
    ['like', 1, 'like names version 1, which is like this one'],
    ['like', 'two', 'like must be the number of another version of the same scheme'],
  ])('%s: %j', (path, value, sentence) => {
    expect(mistakes([changed(path, value)])).toEqual([`bad.json: ${sentence}`]);
  });

  test('a price of thirty-odd digits, text and no object are mistakes too, not crashes', () => {
    expect(mistakes([changed('contribution.rates.0.amount', '9'.repeat(40))])).toHaveLength(1);
    expect(mistakes([{ name: 'text.json', json: 'premium' }])).toEqual([
      'text.json: the file must be object, not string',
    ]);
    expect(mistakes([{ name: 'nothing.json', json: null }])).toEqual([
      'nothing.json: the file must be object, not null',
    ]);
  });

  test('all mistakes of all files are told in one go', () => {
    expect(mistakes([changed('kind', undefined), { ...changed('title', undefined), name: 'worse.json' }])).toHaveLength(
      2,
    );
  });
});

describe('versions', () => {
  const version = (number: number, validFrom: string, more: object = {}): SchemeFile => ({
    name: `small-${number}.json`,
    json: { id: 'sch:th:small', like: 1, version: number, validFrom, ...more },
  });
  const first = { name: 'small-1.json', json: { ...smallScheme(), validTo: '2020-12-31' } };

  test('a version is another with what differs: the end of the one it is like is not taken over', () => {
    const contribution = { ...smallScheme().contribution, rates: [{ id: 'year', months: 12, amount: '1100.00' }] };
    const [one, two] = parseSchemes([first, version(2, '2021-01-01', { contribution })]);
    expect([one!.validTo, two!.validTo]).toEqual(['2020-12-31', undefined]);
    expect([one!.contribution.rates[0]!.amount, two!.contribution.rates[0]!.amount]).toEqual(['1000.00', '1100.00']);
    expect(two!.catalogue).toEqual(one!.catalogue);
  });

  test('the version of the service date is used', () => {
    const schemes = theSchemes();
    const at = (day: string) => schemeAt(schemes, 'sch:th:migrant-health-insurance', day)?.version;
    expect(['2014-06-30', '2014-07-01', '2015-03-31', '2015-04-01', '2024-12-31', '2025-01-01'].map(at)).toEqual([
      undefined,
      1,
      1,
      2,
      2,
      3,
    ]);
  });

  test.each([
    [version(1, '2021-01-01'), 'small-1.json: like names version 1, which is like this one'],
    [version(2, '2020-01-01'), 'small-2.json: validFrom must be after that of version 1 (2020-01-01)'],
    [version(2, '2021-01-01', { kind: 'package' }), 'small-2.json: kind must be insurance, as in version 1'],
  ])('%o', (file, sentence) => {
    expect(mistakes(file.name === first.name ? [file] : [first, file])).toEqual([sentence]);
  });

  test('one version in two files', () => {
    expect(mistakes([first, { ...first, name: 'again.json' }])).toEqual([
      'again.json: version 1 of sch:th:small is in small-1.json too',
    ]);
  });
});

describe('the schemes of the countries', () => {
  test.each(schemeFiles().map(({ name, json }) => [name, json as Record<string, unknown>]))(
    '%s says that it is illustrative and where its figures are from',
    (_, json) => {
      expect(json.$comment).toMatch(/^Illustrative\. It states no government's position/);
      expect(json.sources).not.toHaveLength(0);
    },
  );

  test.each(theSchemes().map((scheme) => [`${scheme.id} ${scheme.version}`, scheme] as const))(
    '%s: all of the catalogue is covered by a benefit or meant not to be, and every listed benefit has a price somewhere',
    (_, scheme) => {
      const covered = new Set(scheme.benefits.flatMap((benefit) => benefit.covers));
      const uncovered = scheme.catalogue.map(({ code }) => code).filter((code) => !covered.has(code));
      expect(uncovered.filter((code) => code !== 'DIALYSIS-SESSION')).toEqual([]);
      const priced = new Set(scheme.tariffs.flatMap(({ prices }) => Object.keys(prices)));
      const listed = scheme.benefits.filter(({ price }) => price === 'list' || price === 'relative');
      expect(listed.flatMap((benefit) => benefit.covers).filter((code) => !priced.has(code))).toEqual([]);
      expect(scheme.catalogue.every(({ title }) => title.en && title.th && title.my)).toBe(true);
      expect(scheme.assumptions).toBeDefined();
    },
  );

  test('the pilot has a package before departure for each of its industries', () => {
    const [pilot] = theSchemes('sch:th:mae-sot-pilot');
    const packages = pilot!.otherBenefits
      .filter(({ kind }) => kind === 'pre-departure')
      .flatMap(({ industries }) => industries ?? []);
    expect(packages).toEqual(pilot!.who.industries);
    expect(new Set(pilot!.otherBenefits.map(({ kind }) => kind))).toEqual(
      new Set(['repatriation', 'future', 'families-left-behind', 'integration', 'pre-departure']),
    );
  });

  test('the voucher scheme aims at the numbers of Kadon Kani', () => {
    const [vouchers] = theSchemes('sch:mm:maternal-voucher');
    expect(vouchers!.targets.map(({ id, number }) => [id, number])).toEqual([
      ['villages', 30],
      ['pregnant-women', 167],
      ['under-five', 775],
    ]);
  });
});
