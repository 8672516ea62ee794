import { yearsBetween } from '@serai/kernel/base/days.ts';
import { minorOf, tariffsAt } from '../claims/pricing.ts';
import { splitProvider } from '../claims/submission.ts';
import type { Scheme } from '../schemes/scheme.ts';

/** A member covered on the first day of the month, and the facility she is registered with that day. */
export interface Registered {
  readonly memberId: string;
  readonly birthDate: string;
  /** `TH:mae-sot-clinic`. */
  readonly provider: string;
}

/** What a facility is paid for the heads of one band of ages. */
export interface CapitationLine {
  readonly provider: string;
  readonly tariff: string;
  /** Empty: those who are in none of the tariff's bands. */
  readonly band: string;
  readonly members: number;
  readonly rateMinor: bigint;
  readonly minor: bigint;
}

/**
 * What a month of care by head comes to, by facility, tariff and band: heads on the first day of the month times the rate of
 * that day; ages are of that day. A facility no tariff pays by head gets nothing. Source: DOMAIN F.3 (capitation).
 *
 * @param levelOf the level of a facility; undefined where it is not known.
 */
export function reckonCapitation(
  scheme: Scheme,
  firstDay: string,
  registered: readonly Registered[],
  levelOf: (provider: string) => string | undefined,
): CapitationLine[] {
  const lines = new Map<string, CapitationLine>();
  for (const { provider, birthDate } of registered) {
    const level = levelOf(provider);
    const [country] = splitProvider(provider);
    const tariff =
      level === undefined
        ? undefined
        : tariffsAt(scheme, { day: firstDay, country, level }).find(({ is }) => is.capitation)?.is;
    if (!tariff?.capitation) {
      continue;
    }
    const age = yearsBetween(birthDate, firstDay);
    const band = tariff.capitation.bands?.find(({ ages }) => ages.from <= age && age < ages.below);
    const rateMinor = minorOf((band ?? tariff.capitation).perMemberMonth, scheme.currency);
    const key = [provider, tariff.id, band?.id ?? ''].join(' ');
    const members = (lines.get(key)?.members ?? 0) + 1;
    lines.set(key, {
      provider,
      tariff: tariff.id,
      band: band?.id ?? '',
      members,
      rateMinor,
      minor: rateMinor * BigInt(members),
    });
  }
  return [...lines].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line);
}
