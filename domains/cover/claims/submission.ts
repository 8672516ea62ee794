import { daysBetween } from '@serai/kernel/base/days.ts';
import { type Money, multiplyMoney, parseRatio } from '@serai/kernel/base/money.ts';
import { type Refusal, refuse } from '@serai/kernel/base/refusal.ts';
import type { CareSetting, Claim, ClaimLine } from '../cover.ts';
import { type Scheme, schemeAt } from '../schemes/scheme.ts';

/** Where a claim came in by. */
export type ClaimSource = 'console' | 'fhir' | 'import' | 'partner' | 'generated';

export interface SubmissionFacts {
  /** Every version of every scheme of the fund. */
  readonly schemes: readonly Scheme[];
  /** Facilities of this country by id; those abroad are known by the schemes' networks. */
  readonly facilities: readonly { readonly id: string; readonly level: string }[];
  readonly country: string;
  readonly today: string;
  /** Whose claims may be made: the actor's own provider code; undefined for the fund's own hands. */
  readonly ownProvider: string | undefined;
}

const linesMaximum = 200;
const diagnosesMaximum = 12;
const quantityMaximum = 10_000n;
/** Ten million units of a two-digit currency for one unit of care: nobody charges that. */
const priceMaximumMinor = 1_000_000_000n;

/** ICD-10: a letter, two characters, and up to four more after a point that may be left out. */
const icd10 = /^[A-Z]\d[0-9A-Z](\.?[0-9A-Z]{1,4})?$/;

/**
 * Whether a claim can be taken at all: what is absurd, negative, of another facility, in another currency or in the future
 * is refused here and posts nothing. What is well formed but not covered is for adjudication, which says why line by line.
 *
 * @returns the first reason in the order of `claims.refusals.ts`, with the FHIRPath of the field to blame.
 */
export function checkSubmission(claim: Claim, facts: SubmissionFacts): Refusal | undefined {
  if (facts.ownProvider !== undefined && claim.provider !== facts.ownProvider) {
    return refuse('claims.not-own-facility', undefined, 'provider');
  }
  if (!isKnownProvider(claim.provider, facts)) {
    return refuse('claims.unknown-provider', undefined, 'provider');
  }
  return checkDates(claim, facts) ?? checkScheme(claim, facts) ?? checkDiagnoses(claim) ?? checkLines(claim, facts);
}

/** A facility of this country, or one abroad that a scheme's network names. */
export function isKnownProvider(provider: string, facts: Pick<SubmissionFacts, 'country' | 'facilities' | 'schemes'>) {
  const [country, id] = splitProvider(provider);
  if (country === facts.country) {
    return facts.facilities.some((facility) => facility.id === id);
  }
  return facts.schemes.some((scheme) =>
    scheme.network.some(
      (network) =>
        network.country === country && (network.facilities.includes('any') || network.facilities.includes(id)),
    ),
  );
}

/** `TH:mae-sot-hospital` → `['TH', 'mae-sot-hospital']`. */
export function splitProvider(provider: string): [country: string, id: string] {
  const at = provider.indexOf(':');
  return [provider.slice(0, Math.max(at, 0)), provider.slice(at + 1)];
}

/** Which care a facility of a level gives: clinics and health centres have no beds. */
export function careOfLevel(level: string): readonly CareSetting[] {
  return level === 'clinic' || level === 'primary' ? ['out-patient'] : ['in-patient', 'out-patient'];
}

/** What a line claims: quantity × price, rounded once, half to even; nothing is cut off. */
export function lineClaimed(line: Pick<ClaimLine, 'quantity' | 'unitPrice'>): Money {
  const quantity = parseRatio(line.quantity);
  return quantity ? multiplyMoney(line.unitPrice, quantity) : { ...line.unitPrice, minor: 0n };
}

export function claimClaimed(claim: Pick<Claim, 'lines' | 'currency'>): Money {
  return {
    minor: claim.lines.reduce((sum, line) => sum + lineClaimed(line).minor, 0n),
    currency: claim.currency,
  };
}

function checkDates(claim: Claim, facts: SubmissionFacts): Refusal | undefined {
  if (claim.from > facts.today || claim.to > facts.today) {
    return refuse('claims.future', undefined, claim.from > facts.today ? 'billablePeriod.start' : 'billablePeriod.end');
  }
  if (claim.to < claim.from) {
    return refuse('claims.dates-reversed', undefined, 'billablePeriod.end');
  }
  if (daysBetween(claim.from, claim.to) > 366) {
    return refuse('claims.period-absurd', undefined, 'billablePeriod');
  }
  return undefined;
}

function checkScheme(claim: Claim, facts: SubmissionFacts): Refusal | undefined {
  const scheme = schemeAt(facts.schemes, claim.schemeId, claim.from);
  if (!scheme) {
    return refuse('claims.unknown-scheme', undefined, 'insurance[0].coverage');
  }
  const [country] = splitProvider(claim.provider);
  const abroad = country === facts.country ? [] : scheme.tariffs.filter((tariff) => tariff.country === country);
  if (claim.currency !== scheme.currency && !abroad.some((tariff) => tariff.currency === claim.currency)) {
    return refuse('claims.wrong-currency', { currency: scheme.currency }, 'total.currency');
  }
  return undefined;
}

function checkDiagnoses(claim: Claim): Refusal | undefined {
  if (claim.diagnoses.length === 0 || claim.diagnoses.length > diagnosesMaximum) {
    return refuse('claims.diagnosis', undefined, 'diagnosis');
  }
  const wrong = claim.diagnoses.findIndex((code) => !icd10.test(code));
  return wrong < 0 ? undefined : refuse('claims.diagnosis', undefined, `diagnosis[${wrong}]`);
}

function checkLines(claim: Claim, facts: SubmissionFacts): Refusal | undefined {
  const numbers = new Set(claim.lines.map(({ line }) => line));
  if (claim.lines.length === 0 || claim.lines.length > linesMaximum || numbers.size !== claim.lines.length) {
    return refuse('claims.no-lines', undefined, 'item');
  }
  const versions = facts.schemes.filter((scheme) => scheme.id === claim.schemeId);
  for (const [i, line] of claim.lines.entries()) {
    const refused = checkLine(line, claim, versions, `item[${i}]`);
    if (refused) {
      return refused;
    }
  }
  return undefined;
}

function checkLine(line: ClaimLine, claim: Claim, versions: readonly Scheme[], at: string): Refusal | undefined {
  const quantity = parseRatio(line.quantity);
  if (
    !quantity ||
    quantity.denominator > 1000n ||
    quantity.numerator <= 0n ||
    quantity.numerator > quantityMaximum * quantity.denominator
  ) {
    return refuse('claims.quantity', undefined, `${at}.quantity.value`);
  }
  if (line.unitPrice.currency !== claim.currency) {
    return refuse('claims.wrong-currency', { currency: claim.currency }, `${at}.unitPrice.currency`);
  }
  if (line.unitPrice.minor < 0n || line.unitPrice.minor > priceMaximumMinor) {
    return refuse('claims.price', undefined, `${at}.unitPrice.value`);
  }
  const known = versions.some((scheme) =>
    scheme.catalogue.some((entry) => entry.code === line.code && entry.kind === line.kind),
  );
  return known ? undefined : refuse('claims.unknown-code', undefined, `${at}.productOrService`);
}
