import { addDays, type Day, dayNumber, yearsBetween } from '@serai/kernel/base/days.ts';
import { money, parseMoney } from '@serai/kernel/base/money.ts';
import type { Prng } from '@serai/kernel/base/prng.ts';
import { drawExponential } from '@serai/kernel/models/numeric/draws.ts';
import type { Claim, ClaimLine } from '../cover.ts';
import type { CatalogueEntry, Scheme } from '../schemes/scheme.ts';
import { pick, pickWeighted } from './people.ts';

/**
 * Care that insured people had: how often and how dear by the scheme's own assumptions, put together from its own catalogue
 * and price lists, with the mistakes claims have.
 */

export interface CareProvider {
  /** `TH:mae-sot-hospital`. */
  readonly code: string;
  readonly level: string;
  /** How much of the care is had here. */
  readonly weight: number;
}

export interface Insured {
  readonly memberId: string;
  readonly birthDate: Day;
  readonly sex: 'female' | 'male';
  /** First and last day of cover within the period looked at. */
  readonly from: Day;
  readonly to: Day;
  /** First day ever covered: those who join alone join more often when they are ill. */
  readonly since: Day;
  /** Joined alone rather than with a group. */
  readonly alone: boolean;
}

interface PricedEntry extends CatalogueEntry {
  readonly priceMinor: number;
  readonly currency: string;
}

/** What a provider of one level gives and for how much, sorted by what it is for. */
interface Offer {
  readonly consultation: readonly PricedEntry[];
  readonly antenatal: readonly PricedEntry[];
  readonly delivery: readonly PricedEntry[];
  readonly surgery: readonly PricedEntry[];
  readonly nights: readonly PricedEntry[];
  readonly other: readonly PricedEntry[];
  readonly all: readonly PricedEntry[];
}

const outPatientDiagnoses: readonly (readonly [string, number])[] = [
  ['J06.9', 22],
  ['A09', 10],
  ['M54.5', 12],
  ['I10', 9],
  ['E11.9', 6],
  ['L30.9', 6],
  ['K29.7', 6],
  ['B34.9', 8],
  ['S61.9', 7],
  ['R50.9', 8],
  ['A90', 3],
  ['H10.9', 3],
  ['N39.0', 5],
  ['A15.0', 1.2],
  ['Z23', 2],
  ['B54', 1],
];
const inPatientDiagnoses: readonly (readonly [string, number])[] = [
  ['A91', 10],
  ['J18.9', 16],
  ['A09', 9],
  ['K35.8', 6],
  ['S82.2', 8],
  ['I21.9', 3],
  ['N20.0', 5],
  ['A41.9', 4],
  ['K80.2', 4],
  ['E11.6', 5],
  ['J44.1', 5],
  ['A15.0', 2],
];
/** Dengue and fevers come with the rains: how much more care each month brings. */
const season = [0.92, 0.9, 0.92, 0.95, 1.02, 1.12, 1.18, 1.16, 1.1, 1.02, 0.9, 0.88];

/** Draws one insured person's care in the period, oldest first. */
export function* generateCare(
  prng: Prng,
  scheme: Scheme,
  insured: Insured,
  providers: readonly CareProvider[],
  offers: Map<string, Offer>,
): Generator<Omit<Claim, 'claimId' | 'claimNumber'>> {
  const assumed = scheme.assumptions;
  if (!assumed) {
    return;
  }
  const perDay = basicRate(scheme, insured);
  const highest = perDay * Math.max(...season) * Math.max(1, earlyFactor(scheme, insured));
  for (let at = dayNumber(insured.from); ; ) {
    // Thinning: candidates at the highest rate, kept as often as the day's own rate asks.
    at += drawExponential(prng, 1 / highest);
    const day = addDays('1970-01-01', Math.floor(at));
    if (day > insured.to) {
      return;
    }
    if (prng.uniform() < careRate(scheme, insured, day) / highest) {
      const claim = visitOf(prng, scheme, insured, providers, offers, day);
      if (claim) {
        yield claim;
      }
    }
  }
}

/** Claims expected of an insured person on a day: what the generated year was planted with, and estimates can be held against. */
export function careRate(scheme: Scheme, insured: Omit<Insured, 'memberId' | 'to'>, day: Day): number {
  const fresh = dayNumber(day) - dayNumber(insured.since) < 60;
  const month = season[Number(day.slice(5, 7)) - 1]!;
  return basicRate(scheme, insured) * month * (fresh ? earlyFactor(scheme, insured) : 1);
}

function basicRate({ assumptions }: Scheme, insured: Parameters<typeof ageFactor>[0]): number {
  return ((assumptions?.claimsPerMemberYear ?? 0) * ageFactor(insured)) / 365;
}

/** Those who join alone come more often in their first sixty days. */
function earlyFactor({ assumptions }: Scheme, { alone }: Pick<Insured, 'alone'>): number {
  return alone ? (assumptions?.firstSixtyDaysFactor ?? 1) : 1;
}

function ageFactor({ birthDate, sex, from }: Pick<Insured, 'birthDate' | 'sex' | 'from'>): number {
  const years = yearsBetween(birthDate, from);
  const byAge = years < 5 ? 1.6 : years < 15 ? 0.8 : years < 40 ? 0.85 : years < 55 ? 1.15 : 1.7;
  return byAge * (sex === 'female' ? 1.08 : 0.94);
}

function visitOf(
  prng: Prng,
  scheme: Scheme,
  insured: Insured,
  providers: readonly CareProvider[],
  offers: Map<string, Offer>,
  day: Day,
): Omit<Claim, 'claimId' | 'claimNumber'> | undefined {
  const provider = pickWeighted(
    prng,
    providers.map((each) => [each, each.weight] as const),
  );
  const offer = offerOf(scheme, provider, day, offers);
  const target = targetMinor(prng, scheme);
  const years = yearsBetween(insured.birthDate, day);
  const built = careOf(prng, offer, target, insured.sex === 'female' && years >= 17 && years <= 42);
  if (built.lines.length === 0) {
    return undefined;
  }
  const to = addDays(day, built.nights);
  const visit = pickWeighted(prng, [
    ['other', 80],
    ['referral', provider.level === 'general' ? 30 : 8],
    ['emergency', built.nights > 0 ? 30 : 6],
  ] as const);
  return {
    schemeId: scheme.id,
    provider: provider.code,
    providerLevel: provider.level,
    memberId: insured.memberId,
    visit,
    care: built.nights > 0 ? 'in-patient' : 'out-patient',
    from: day,
    to,
    claimedOn: addDays(to, 1 + Math.floor(drawExponential(prng, 18))),
    diagnoses: [built.diagnosis],
    lines: built.lines,
    currency: scheme.currency,
    ...(visit === 'referral' && { referralFrom: pick(prng, providers).code }),
  };
}

/** A lognormal amount with the mean and standard deviation the scheme assumed. */
function targetMinor(prng: Prng, scheme: Scheme): number {
  const { meanClaim, claimStandardDeviation } = scheme.assumptions!;
  const mean = Number(parseMoney(meanClaim, scheme.currency)!.minor);
  const deviation = Number(parseMoney(claimStandardDeviation, scheme.currency)!.minor);
  const variance = Math.log(1 + (deviation / mean) ** 2);
  return Math.exp(Math.log(mean) - variance / 2 + Math.sqrt(variance) * prng.normal());
}

interface Built {
  readonly lines: readonly ClaimLine[];
  readonly nights: number;
  readonly diagnosis: string;
}

function careOf(prng: Prng, offer: Offer, target: number, mayBePregnant: boolean): Built {
  const kind = prng.uniform();
  if (mayBePregnant && kind < 0.07 && offer.antenatal.length > 0) {
    return { lines: linesOf(prng, [[pick(prng, offer.antenatal), 1]]), nights: 0, diagnosis: 'Z34.9' };
  }
  const night = offer.nights[0];
  if (mayBePregnant && kind < 0.075 && night && offer.delivery.length > 0) {
    const delivery = pick(prng, offer.delivery);
    return {
      lines: linesOf(prng, [
        [delivery, 1],
        [night, 2],
      ]),
      nights: 2,
      diagnosis: 'O80',
    };
  }
  if (night && target > 4 * night.priceMinor) {
    const surgery = offer.surgery.filter((each) => each.priceMinor < target * 0.8);
    const operation = surgery.length > 0 && prng.uniform() < 0.3 ? pick(prng, surgery) : undefined;
    const left = target - (operation?.priceMinor ?? 0);
    const nights = Math.min(30, Math.max(1, Math.round((left * 0.6) / night.priceMinor)));
    const chosen: [PricedEntry, number][] = [
      [night, nights],
      ...(operation ? [[operation, 1] as [PricedEntry, number]] : []),
    ];
    return {
      lines: linesOf(prng, [...chosen, ...filling(prng, offer.other, left - nights * night.priceMinor)]),
      nights,
      diagnosis: pickWeighted(prng, inPatientDiagnoses),
    };
  }
  const consultation = offer.consultation[0];
  return {
    lines: linesOf(prng, [
      ...(consultation ? [[consultation, 1] as [PricedEntry, number]] : []),
      ...filling(prng, offer.other, target - (consultation?.priceMinor ?? 0)),
    ]),
    nights: 0,
    diagnosis: pickWeighted(prng, outPatientDiagnoses),
  };
}

/** Items and services that together come near to what the care was to cost. */
function filling(prng: Prng, from: readonly PricedEntry[], target: number): [PricedEntry, number][] {
  const chosen = new Map<PricedEntry, number>();
  let left = target;
  for (let tries = 0; tries < 6 && left > 0; tries++) {
    const fits = from.filter((each) => each.priceMinor <= left && !chosen.has(each));
    if (fits.length === 0) {
      break;
    }
    const entry = pick(prng, fits);
    const most = entry.kind === 'item' ? Math.min(20, Math.floor(left / entry.priceMinor)) : 1;
    const quantity = 1 + prng.below(most);
    chosen.set(entry, quantity);
    left -= quantity * entry.priceMinor;
  }
  return [...chosen];
}

/** Lines as a facility writes them: mostly at the list price, now and then dearer. */
function linesOf(prng: Prng, entries: readonly (readonly [PricedEntry, number])[]): ClaimLine[] {
  return entries.map(([entry, quantity], i) => {
    const dearer = prng.uniform() < 0.08 ? 1 + prng.uniform() * 0.35 : 1;
    return {
      line: i + 1,
      kind: entry.kind,
      code: entry.code,
      quantity: String(quantity),
      unitPrice: money(BigInt(Math.round(entry.priceMinor * dearer)), entry.currency),
    };
  });
}

function offerOf(scheme: Scheme, provider: CareProvider, day: Day, offers: Map<string, Offer>): Offer {
  const key = `${scheme.id} ${scheme.version} ${provider.code} ${day.slice(0, 4)}`;
  const known = offers.get(key);
  if (known) {
    return known;
  }
  const country = provider.code.slice(0, 2);
  const tariff = scheme.tariffs.findLast(
    (each) =>
      each.country === country &&
      each.validFrom <= day &&
      (each.validTo === undefined || day <= each.validTo) &&
      (each.levels === undefined || each.levels.includes(provider.level)),
  );
  const all = scheme.catalogue.flatMap((entry): PricedEntry[] => {
    const price = tariff?.prices[entry.code];
    const parsed = price === undefined ? undefined : parseMoney(price, tariff!.currency);
    return parsed ? [{ ...entry, priceMinor: Number(parsed.minor), currency: tariff!.currency }] : [];
  });
  const of = (category: CatalogueEntry['category']) => all.filter((entry) => entry.category === category);
  const anyone = (entry: PricedEntry) => entry.patients === undefined && entry.frequencyDays === undefined;
  const offer: Offer = {
    consultation: of('consultation'),
    antenatal: of('antenatal'),
    delivery: of('delivery'),
    surgery: of('surgery').filter(anyone),
    nights: of('hospitalisation').filter(anyone),
    other: all.filter((entry) => entry.category === undefined && entry.care === 'both' && anyone(entry)),
    all,
  };
  offers.set(key, offer);
  return offer;
}
