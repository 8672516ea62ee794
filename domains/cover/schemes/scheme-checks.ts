import { isDay } from '@serai/kernel/base/days.ts';
import { minorDigits, parseMoney } from '@serai/kernel/base/money.ts';
import type { Scheme } from './scheme.ts';

type Path = (string | number)[];
type Issue = (path: Path, message: string) => void;

/** What of a scheme does not hold together although every field is well formed: each mistake at its place. */
export function checkScheme(scheme: Scheme, issue: Issue): void {
  checkHead(scheme, issue);
  checkContribution(scheme, issue);
  checkBenefits(scheme, issue);
  checkTariffs(scheme, issue);
  checkAmounts(scheme, issue);
  for (const list of ['benefits', 'exclusions', 'tariffs', 'otherBenefits', 'targets'] as const) {
    checkUnique(scheme[list], 'id', [list], issue);
  }
  checkUnique(scheme.catalogue, 'code', ['catalogue'], issue);
  checkUnique(scheme.contribution.rates, 'id', ['contribution', 'rates'], issue);
}

function checkHead(scheme: Scheme, issue: Issue): void {
  if (/^sch:[a-z]{2}:/.test(scheme.id) && !scheme.id.startsWith(`sch:${scheme.country.toLowerCase()}:`)) {
    issue(['country'], `is ${scheme.country}, but the id says ${scheme.id.slice(4, 6).toUpperCase()}`);
  }
  if (scheme.validTo !== undefined && scheme.validTo < scheme.validFrom) {
    issue(['validTo'], 'must not be before validFrom');
  }
  for (const [i, day] of scheme.period.cycleStarts.entries()) {
    if (!isDay(`2001-${day}`)) {
      issue(['period', 'cycleStarts', i], 'must be a day of every year like "01-01"');
    }
  }
  for (const [i, { ages }] of [
    { ages: scheme.who.ages },
    ...scheme.contribution.rates,
    ...scheme.catalogue.map(patientsOf),
  ].entries()) {
    if (ages && ages.from >= ages.below) {
      const rates = scheme.contribution.rates.length;
      const path: Path =
        i === 0
          ? ['who', 'ages']
          : i <= rates
            ? ['contribution', 'rates', i - 1, 'ages']
            : ['catalogue', i - 1 - rates, 'patients', 'ages'];
      issue(path, 'must begin below where it ends');
    }
  }
}

function patientsOf(entry: Scheme['catalogue'][number]) {
  return { ages: entry.patients?.ages };
}

function checkContribution({ contribution, period }: Scheme, issue: Issue): void {
  const { basis, payroll, time, rates, lumpSum, subsidies, discounts } = contribution;
  const at = (...path: Path): Path => ['contribution', ...path];
  if (basis === 'payroll' && !payroll) {
    issue(at('payroll'), 'is needed with the basis "payroll"');
  }
  if (payroll && Number(payroll.wageFloor) > Number(payroll.wageCeiling)) {
    issue(at('payroll', 'wageCeiling'), 'must not be below wageFloor');
  }
  if (basis === 'time' && !time) {
    issue(at('time'), 'is needed with the basis "time"');
  }
  if (time && time.day === undefined && time.week === undefined && time.month === undefined) {
    issue(at('time'), 'must have a price by day, week or month');
  }
  if (basis === 'person' && rates.length === 0) {
    issue(at('rates'), 'is needed with the basis "person"');
  }
  if (basis === 'family' && rates.length === 0 && !lumpSum) {
    issue(at('lumpSum'), 'or rates are needed with the basis "family"');
  }
  if (rates.length > 0 && !rates.some((rate) => rate.months === period.months)) {
    issue(at('rates'), `has none for the period of ${period.months} months`);
  }
  for (const [i, rate] of rates.entries()) {
    const j = rates.findIndex((other, k) => k < i && other.months === rate.months && agesMeet(other.ages, rate.ages));
    if (j >= 0) {
      issue(at('rates', i, 'ages'), `meets the ages of ${rates[j]!.id}, which is for the same months`);
    }
  }
  if (subsidies.reduce((sum, { percent }) => sum + percent, 0) > 100) {
    issue(at('subsidies'), 'must add up to at most 100 percent');
  }
  const shares = [discounts?.renewalPercent, discounts?.enrolmentPercent, discounts?.groupPercent];
  if (shares.reduce<number>((sum, share) => sum + (share ?? 0), 0) > 100) {
    issue(at('discounts'), 'must add up to at most 100 percent');
  }
}

type Ages = Scheme['who']['ages'];

function agesMeet(a: Ages, b: Ages): boolean {
  return !a || !b || (a.from < b.below && b.from < a.below);
}

function checkBenefits(scheme: Scheme, issue: Issue): void {
  const codes = new Set(scheme.catalogue.map((entry) => entry.code));
  const named = new Map<string, string>();
  for (const [i, benefit] of scheme.benefits.entries()) {
    for (const [j, covered] of benefit.covers.entries()) {
      const category = covered.startsWith('category:') ? covered.slice('category:'.length) : undefined;
      if (category !== undefined && !scheme.catalogue.some((entry) => entry.category === category)) {
        issue(['benefits', i, 'covers', j], `names ${covered}, which no entry of the catalogue has`);
      } else if (category === undefined && covered !== '*' && !codes.has(covered)) {
        issue(['benefits', i, 'covers', j], `names ${covered}, which the catalogue does not have`);
      } else if (named.has(covered)) {
        issue(['benefits', i, 'covers', j], `names ${covered}, which ${named.get(covered)} covers already`);
      }
      named.set(covered, benefit.id);
    }
    checkPrice(scheme, i, issue);
    for (const [j, country] of (benefit.abroad ?? []).entries()) {
      if (!scheme.network.some((each) => each.country === country)) {
        issue(['benefits', i, 'abroad', j], `names ${country}, where the network has no facility`);
      }
    }
  }
  for (const [i, other] of scheme.otherBenefits.entries()) {
    for (const [j, service] of other.services.entries()) {
      if (!codes.has(service)) {
        issue(['otherBenefits', i, 'services', j], `names ${service}, which the catalogue does not have`);
      }
    }
  }
}

function checkPrice(scheme: Scheme, i: number, issue: Issue): void {
  const { price, fixedPrice } = scheme.benefits[i]!;
  if (price === 'fixed' && fixedPrice === undefined) {
    issue(['benefits', i, 'fixedPrice'], 'is needed with the price "fixed"');
  }
  if (price === 'relative' && !scheme.relative) {
    issue(['relative'], 'is needed because a benefit is priced "relative"');
  }
  if (price === 'drg' && !scheme.tariffs.some((tariff) => tariff.drg)) {
    issue(['benefits', i, 'price'], 'is "drg", but no tariff has diagnosis groups');
  }
  if (price === 'capitation' && !scheme.tariffs.some((tariff) => tariff.capitation)) {
    issue(['benefits', i, 'price'], 'is "capitation", but no tariff has one');
  }
}

function checkTariffs(scheme: Scheme, issue: Issue): void {
  const codes = new Set(scheme.catalogue.map((entry) => entry.code));
  for (const [i, tariff] of scheme.tariffs.entries()) {
    for (const code of Object.keys(tariff.prices)) {
      if (!codes.has(code)) {
        issue(['tariffs', i, 'prices', code], 'is a price of something the catalogue does not have');
      }
    }
    for (const [j, code] of (tariff.capitation?.covers ?? []).entries()) {
      if (!codes.has(code)) {
        issue(['tariffs', i, 'capitation', 'covers', j], `names ${code}, which the catalogue does not have`);
      }
    }
    checkCapitation(scheme, i, issue);
    if (tariff.validTo !== undefined && tariff.validTo < tariff.validFrom) {
      issue(['tariffs', i, 'validTo'], 'must not be before validFrom');
    }
  }
}

function checkCapitation(scheme: Scheme, i: number, issue: Issue): void {
  const { capitation, currency } = scheme.tariffs[i]!;
  if (!capitation) {
    return;
  }
  if (currency !== scheme.currency) {
    issue(
      ['tariffs', i, 'currency'],
      `must be ${scheme.currency}: who is paid by head is paid in the scheme's currency`,
    );
  }
  const bands = capitation.bands ?? [];
  for (const [j, { ages }] of bands.entries()) {
    if (ages.from >= ages.below) {
      issue(['tariffs', i, 'capitation', 'bands', j, 'ages'], 'must begin below where it ends');
    }
  }
  checkUnique(bands, 'id', ['tariffs', i, 'capitation', 'bands'], issue);
}

function checkUnique<Key extends string>(
  list: readonly Readonly<Record<Key, string>>[],
  key: Key,
  path: Path,
  issue: Issue,
): void {
  const seen = new Set<string>();
  for (const [i, each] of list.entries()) {
    if (seen.has(each[key])) {
      issue([...path, i, key], 'is used by an earlier entry');
    }
    seen.add(each[key]);
  }
}

const amountKeys =
  /^(amount|fixedPrice|schemePaysAtMost|ceiling|all|inPatient|outPatient|.*Fee|wageFloor|wageCeiling|day|week|month|accruesPerMonth|maximum|meanClaim|claimStandardDeviation|baseRate|perMemberMonth)$/;

/** Every amount has no more digits after the point than its currency: nothing is to be cut off later. */
function checkAmounts(scheme: Scheme, issue: Issue): void {
  const check = (path: Path, text: string, currency: string) => {
    // What is no amount at all has been told already.
    if (/^\d{1,15}(\.\d{1,3})?$/.test(text) && !parseMoney(text, currency)) {
      issue(path, `has more than ${minorDigits(currency)} digits after the point, which ${currency} does not have`);
    }
  };
  const walk = (value: unknown, path: Path, currency: string) => {
    if (value === null || typeof value !== 'object') {
      return;
    }
    for (const [key, each] of Object.entries(value)) {
      const at = [...path, Array.isArray(value) ? Number(key) : key];
      if (typeof each === 'string' && (amountKeys.test(key) || path.at(-1) === 'prices')) {
        check(at, each, currency);
      } else {
        walk(each, at, currency);
      }
    }
  };
  const { tariffs, ...rest } = scheme;
  walk({ ...rest, title: undefined, relative: undefined }, [], scheme.currency);
  for (const [i, tariff] of tariffs.entries()) {
    walk(tariff, ['tariffs', i], tariff.currency);
  }
}
