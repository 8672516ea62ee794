import { type Agreement, clauseId, inForce } from '@serai/policy/agreement.ts';
import type { Benefit, Scheme } from '../schemes/scheme.ts';
import type { RegionalFigures } from './regional.ts';

/**
 * What cover holds for whom who crosses which border, and where it does not (S42, S43): by home, host, category of person and
 * service, with the portability regime of Holzmann and Koettl (DOMAIN E.2). Read from schemes and agreements, nothing else.
 */

/** Services as one representative code; how it is come by is the visit. */
export const services = [
  { id: 'emergency', code: 'EMERGENCY-VISIT', visit: 'emergency' },
  { id: 'out-patient', code: 'CON-GENERAL', visit: 'other' },
  { id: 'hospital', code: 'HOSPITAL-STAY', visit: 'other' },
  { id: 'delivery', code: 'DELIVERY-NORMAL', visit: 'other' },
  { id: 'vaccination', code: 'VAC-CHILDHOOD', visit: 'other' },
  { id: 'tuberculosis', code: 'TB-FIRST-LINE-MONTH', visit: 'other' },
  { id: 'hiv', code: 'ARV-MONTH', visit: 'other' },
  { id: 'chronic', code: 'MED-METFORMIN', visit: 'other' },
] as const;
export type ServiceId = (typeof services)[number]['id'];

/** Entitlement categories as schemes name them; `no-scheme-names` stands for anyone no scheme names. */
export const categories = [
  'contract-worker',
  'informal-worker',
  'domestic-worker',
  'seasonal-worker',
  'family',
  'no-scheme-names',
] as const;
export type Category = (typeof categories)[number];

export type Regime = 'I' | 'II' | 'III' | 'IV';
export type CoveredBy = 'host-scheme' | 'agreement' | 'home-scheme' | 'public' | 'none';

export interface GapCell {
  readonly home: string;
  readonly host: string;
  readonly category: Category;
  readonly service: ServiceId;
  readonly regime: Regime;
  readonly by: CoveredBy;
  /** The scheme, or the clause of the agreement. */
  readonly through?: string;
  /** What says so: id, version and the day it holds since; of a cell where nothing holds, what was read in vain. */
  readonly source: string;
  /** What does not hold, of each way care could be come by; absent where that way holds. */
  readonly missingHost?: Missing;
  readonly missingAgreement?: Missing;
  readonly missingHome?: Missing;
  readonly waitingMonths?: number;
  readonly waitingDays?: number;
  readonly ceiling?: string;
  /** Whether dependants who stayed at home are covered by what covers this person. */
  readonly leftBehind: boolean;
}

/** Why a way does not hold: the first thing that is missing. */
export type Missing =
  | 'missing.no-scheme'
  | 'missing.not-taken'
  | 'missing.not-paid'
  | 'missing.not-abroad'
  | 'missing.no-agreement'
  | 'missing.not-in-force'
  | 'missing.not-persons'
  | 'missing.not-service';

export interface GapSources {
  readonly countries: readonly string[];
  /** The version of each scheme that holds on the day. */
  readonly schemes: readonly Scheme[];
  readonly agreements: readonly Agreement[];
  readonly publicFree: Readonly<Record<string, readonly string[]>>;
  readonly day: string;
}

/** Every cell of the matrix. */
export function assessGaps(of: GapSources): GapCell[] {
  return of.countries.flatMap((home) =>
    of.countries
      .filter((host) => host !== home)
      .flatMap((host) =>
        categories.flatMap((category) => services.map((service) => cellFor(of, { home, host, category, service }))),
      ),
  );
}

interface Where {
  readonly home: string;
  readonly host: string;
  readonly category: Category;
  readonly service: (typeof services)[number];
}

function cellFor(of: GapSources, where: Where): GapCell {
  const { home, host, category, service } = where;
  const agreement = agreedBenefit(of, where);
  const local = schemeBenefit(of.schemes, host, category, service.code);
  const abroad = schemeBenefit(of.schemes, home, category, service.code, host);
  const free = of.publicFree[host]?.includes(service.code) ?? false;
  const cell = {
    home,
    host,
    category,
    service: service.id,
    ...(!local && { missingHost: missingScheme(of.schemes, host, category, service.code) }),
    ...(!agreement && { missingAgreement: missingAgreement(of, where) }),
    ...(!abroad && { missingHome: missingScheme(of.schemes, home, category, service.code, host) }),
  } as const;
  if (local) {
    return { ...cell, regime: agreement ? 'I' : 'II', by: 'host-scheme', ...termsOf(local) };
  }
  if (agreement) {
    const days = agreement.benefit.waitingDays;
    return {
      ...cell,
      regime: 'I',
      by: 'agreement',
      through: agreement.clause,
      source: agreementSource(agreement.agreement),
      leftBehind: agreement.dependants,
      ...(days !== undefined && days > 0 && { waitingDays: days }),
    };
  }
  if (abroad) {
    return { ...cell, regime: 'III', by: 'home-scheme', ...termsOf(abroad) };
  }
  return free
    ? {
        ...cell,
        regime: 'III',
        by: 'public',
        leftBehind: false,
        source: `${host.toLowerCase()}/public-free.json, undated`,
      }
    : { ...cell, regime: 'IV', by: 'none', leftBehind: false, source: readInVain(of, where) };
}

const schemeSource = ({ id, version, validFrom }: Scheme) => `${id} v${version}, ${validFrom}`;
const agreementSource = ({ id, version, inForce: since }: Agreement) => `${id} v${version}, ${since}`;

/** Everything of both countries that could have held and does not. */
function readInVain({ schemes, agreements }: GapSources, { home, host }: Where): string {
  return [
    ...schemes.filter((scheme) => isCover(scheme, host) || isCover(scheme, home)).map(schemeSource),
    ...agreements.filter((each) => isBetween(each, home, host)).map(agreementSource),
  ].join('; ');
}

const isCover = (scheme: Scheme, country: string) => scheme.country === country && scheme.kind !== 'voucher';

function isBetween({ parties }: Agreement, home: string, host: string): boolean {
  return [home, host].every((country) => parties.some((party) => party.country === country));
}

function missingScheme(
  schemes: readonly Scheme[],
  country: string,
  category: Category,
  code: string,
  abroadIn?: string,
): Missing {
  const there = schemes.filter((scheme) => isCover(scheme, country));
  const taking = there.filter((scheme) => takes(scheme, category));
  const paying = taking.filter((scheme) => scheme.benefits.some((benefit) => pays(scheme, benefit, code)));
  if (there.length === 0) {
    return 'missing.no-scheme';
  }
  if (taking.length === 0) {
    return 'missing.not-taken';
  }
  return abroadIn && paying.length > 0 ? 'missing.not-abroad' : 'missing.not-paid';
}

function missingAgreement({ agreements, day }: GapSources, { home, host, category }: Where): Missing {
  const between = agreements.filter((each) => isBetween(each, home, host));
  const holding = between.filter((each) => inForce(each, day));
  if (between.length === 0) {
    return 'missing.no-agreement';
  }
  if (holding.length === 0) {
    return 'missing.not-in-force';
  }
  return holding.some((each) => personOf(each, category)) ? 'missing.not-service' : 'missing.not-persons';
}

function personOf({ persons }: Agreement, category: Category) {
  return persons.find((each) => each.category === 'any' || each.category === category);
}

interface Found {
  readonly scheme: Scheme;
  readonly benefit: Benefit;
}

/** Insurance of a country that takes this category and pays for the service, at home or in another country. */
function schemeBenefit(
  schemes: readonly Scheme[],
  country: string,
  category: Category,
  code: string,
  abroadIn?: string,
): Found | undefined {
  const found = schemes
    .filter((scheme) => isCover(scheme, country) && takes(scheme, category))
    .flatMap((scheme) =>
      scheme.benefits
        .filter((benefit) => pays(scheme, benefit, code) && (!abroadIn || benefit.abroad?.includes(abroadIn)))
        .map((benefit) => ({ scheme, benefit })),
    );
  // The shortest waiting time is the one a person would be told.
  return found.sort((a, b) => waitingOf(a) - waitingOf(b))[0];
}

function takes({ who }: Scheme, category: Category): boolean {
  const asDependant = category === 'family' && who.dependants.relations.length > 0;
  return asDependant || who.entitlements.includes('any') || who.entitlements.includes(category);
}

function pays(scheme: Scheme, benefit: Benefit, code: string): boolean {
  const category = scheme.catalogue.find((entry) => entry.code === code)?.category;
  return benefit.covers.some((each) => each === '*' || each === code || (category && each === `category:${category}`));
}

function waitingOf({ benefit }: Found): number {
  return benefit.waitingMonths?.adult ?? 0;
}

function termsOf(found: Found): Pick<GapCell, 'through' | 'source' | 'waitingMonths' | 'ceiling' | 'leftBehind'> {
  const { scheme } = found;
  const months = waitingOf(found);
  const amount = scheme.ceiling?.amount;
  const ceiling = amount && ('all' in amount ? amount.all : (amount.inPatient ?? amount.outPatient));
  return {
    through: scheme.id,
    source: schemeSource(scheme),
    leftBehind: scheme.who.dependants.leftBehind,
    ...(months > 0 && { waitingMonths: months }),
    ...(ceiling && { ceiling: `${ceiling} ${scheme.currency}` }),
  };
}

/** The service as the agreements' own codes name it: they price by their own lists. */
const agreedCodes: Readonly<Record<ServiceId, readonly string[]>> = {
  emergency: ['EMERGENCY-VISIT'],
  'out-patient': ['CON-GENERAL', 'OPD-VISIT'],
  hospital: ['HOSPITAL-STAY', 'WARD-DAY'],
  delivery: ['DELIVERY-NORMAL', 'DELIVERY'],
  vaccination: ['VAC-CHILDHOOD'],
  tuberculosis: ['TB-FIRST-LINE-MONTH', 'TB-MONTH'],
  hiv: ['ARV-MONTH'],
  chronic: ['MED-METFORMIN'],
};

function agreedBenefit({ agreements, day }: GapSources, { home, host, category, service }: Where) {
  for (const agreement of agreements) {
    const person = personOf(agreement, category);
    if (!inForce(agreement, day) || !isBetween(agreement, home, host) || !person) {
      continue;
    }
    for (const benefit of agreement.benefits ?? []) {
      // A fixed amount is for family living there, a waiver is no care that is paid for.
      const method = benefit.tariff.method;
      const named =
        benefit.covers.includes('*') || agreedCodes[service.id].some((code) => benefit.covers.includes(code));
      if (
        named &&
        benefit.visits.includes(service.visit) &&
        method !== 'waiver' &&
        (method !== 'fixed-amount' || category === 'family')
      ) {
        const clause = agreement.clauses.find(({ id }) => id === benefit.clause);
        return {
          agreement,
          benefit,
          clause: clause ? clauseId(agreement, clause) : agreement.id,
          dependants: person.includeDependants,
        };
      }
    }
  }
  return undefined;
}

export interface PairGap {
  readonly home: string;
  readonly host: string;
  readonly people?: number;
  readonly source?: string;
  /** Cells of the pair by regime. */
  readonly I: number;
  readonly II: number;
  readonly III: number;
  readonly IV: number;
  /** Share of cells with nothing. */
  readonly open: number;
}

/** The pairs, worst first, with how many people live in the host who were born in the home. */
export function pairGaps(cells: readonly GapCell[], { migrants }: RegionalFigures): PairGap[] {
  const pairs = new Map<string, GapCell[]>();
  for (const cell of cells) {
    const key = `${cell.home}-${cell.host}`;
    pairs.set(key, [...(pairs.get(key) ?? []), cell]);
  }
  return [...pairs.values()]
    .map((own): PairGap => {
      const { home, host } = own[0]!;
      const stock = migrants.find((each) => each.home === home && each.host === host);
      const count = (regime: Regime) => own.filter((cell) => cell.regime === regime).length;
      return {
        home,
        host,
        ...(stock && {
          people: stock.people,
          source: `${stock.source.from}, ${stock.source.at} (${stock.source.mark})`,
        }),
        I: count('I'),
        II: count('II'),
        III: count('III'),
        IV: count('IV'),
        open: own.filter((cell) => cell.by === 'none').length / own.length,
      };
    })
    .sort((a, b) => b.open * (b.people ?? 0) - a.open * (a.people ?? 0) || b.open - a.open);
}

export interface PurchaseOption {
  readonly home: string;
  readonly host: string;
  readonly option: 'buy-host-scheme' | 'buy-national-cost' | 'extend-home-scheme';
  readonly through: string;
  readonly costPerPerson: number;
  readonly currency: string;
  readonly people?: number;
  /** For everyone of the pair: a ceiling, as nobody knows how many are covered. */
  readonly total?: number;
}

/** What could be bought for a pair with gaps, at the prices schemes and published figures have (S43). */
export function purchaseOptions(
  pairs: readonly PairGap[],
  schemes: readonly Scheme[],
  regional: RegionalFigures,
): PurchaseOption[] {
  return pairs
    .filter(({ open }) => open > 0)
    .flatMap(({ home, host, people }) => {
      const option = (
        kind: PurchaseOption['option'],
        through: string,
        costPerPerson: number,
        currency: string,
      ): PurchaseOption => ({
        home,
        host,
        option: kind,
        through,
        costPerPerson,
        currency,
        ...(people !== undefined && { people, total: people * costPerPerson }),
      });
      const yearly = (country: string) =>
        schemes.flatMap((scheme) => {
          const price = yearPrice(scheme);
          return scheme.country === country && scheme.kind === 'insurance' && price !== undefined
            ? [{ scheme, price }]
            : [];
        });
      return [
        ...yearly(host).map(({ scheme, price }) => option('buy-host-scheme', scheme.id, price, scheme.currency)),
        ...regional.nationalSchemes
          .filter(({ country }) => country === host)
          .map((each) => option('buy-national-cost', each.id, Number(each.costPerMember), each.currency)),
        ...yearly(home).map(({ scheme, price }) => option('extend-home-scheme', scheme.id, price, scheme.currency)),
      ];
    });
}

/** What an adult of 30 pays for a year, where the scheme sells one. */
export function yearPrice({ contribution }: Scheme): number | undefined {
  const rate = contribution.rates.find(
    ({ months, ages }) => months === 12 && (!ages || (ages.from <= 30 && 30 < ages.below)),
  );
  return rate && Number(rate.amount) > 0 ? Number(rate.amount) : undefined;
}
