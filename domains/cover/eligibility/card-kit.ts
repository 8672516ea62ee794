import { dayOfInstant } from '@serai/kernel/base/days.ts';
import { ok, type Result } from '@serai/kernel/base/refusal.ts';
import type { CardRefusalCode } from '@serai/kernel/trust/card.refusals.ts';
import { type CoverOnCard, coveredByCard, readCoverFact } from '@serai/kernel/trust/card-cover.ts';
import { fromBase64Url, toBase64Url } from '@serai/kernel/trust/encoding.ts';
import type { VerifiedKeySet } from '@serai/kernel/trust/keys.ts';
import type { VerifiedStatusList } from '@serai/kernel/trust/status-list-reading.ts';
import type { TrustList } from '@serai/kernel/trust/trust-list.ts';
import { verifyCard } from '@serai/kernel/trust/verify-card.ts';

/**
 * Cover read from a card with the line cut: what a device takes with it, and what it can say by that alone. The node checked
 * every signature in it before it gave it out, and it came over the node's own line: the device believes it as it believes
 * the page. Nothing in it is about anyone.
 */

export interface CardKit {
  readonly country: string;
  /** Base URL of the node: whom a phone's presentation must have been made for. */
  readonly audience: string;
  /** Epoch seconds. */
  readonly takenAt: number;
  readonly trustList: TrustList;
  readonly keySets: readonly VerifiedKeySet[];
  /** `packed` in Base64url. */
  readonly statusLists: readonly (Omit<VerifiedStatusList, 'packed'> & { readonly packed: string })[];
  /** Titles of schemes a card may name. */
  readonly schemes: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** What a node hands in of its book of trust. */
export interface TrustOnHand {
  readonly trustList: TrustList;
  readonly keySets: readonly VerifiedKeySet[];
  readonly statusLists: readonly VerifiedStatusList[];
}

export function packKit(
  trust: TrustOnHand,
  of: Pick<CardKit, 'country' | 'audience' | 'takenAt' | 'schemes'>,
): CardKit {
  const { trustList, keySets } = trust;
  const statusLists = trust.statusLists.map((list) => ({ ...list, packed: toBase64Url(list.packed) }));
  return { ...of, trustList, keySets, statusLists };
}

/** What a card says with nobody to ask. */
export interface OfflineAnswer {
  readonly issuerCountry: string;
  readonly name?: string;
  readonly cover?: CoverOnCard;
  /** By the card alone. */
  readonly covered: boolean;
  readonly on: string;
  /** When the list of withdrawn cards was made, epoch seconds. */
  readonly statusAsOf: number;
  readonly holderBound: boolean;
}

/**
 * Checks a card with what is on hand; refusals are those of a card checked by the node, and no other.
 * @param at the device's clock, epoch seconds.
 * @param seen whether a phone's presentation was shown to this device before.
 */
export async function checkCardOffline(
  kit: CardKit,
  text: string,
  at: number,
  seen: (id: string) => boolean,
): Promise<Result<OfflineAnswer, CardRefusalCode>> {
  const card = await verifyCard(text, {
    now: at,
    country: kit.country,
    audience: kit.audience,
    trustList: kit.trustList,
    keySets: kit.keySets,
    statusList: (uri) => unpacked(kit.statusLists.find((list) => list.uri === uri)),
    seen,
  });
  if (!card.ok) {
    return card;
  }
  const { issuerCountry, claims, statusAgeSeconds, holderBound } = card.value;
  const cover = readCoverFact(claims.cover);
  const on = dayOfInstant(new Date(at * 1000));
  return ok({
    issuerCountry,
    on,
    holderBound,
    covered: coveredByCard(cover, on),
    statusAsOf: at - statusAgeSeconds,
    ...(claims.name !== undefined && { name: claims.name }),
    ...(cover && { cover }),
  });
}

function unpacked(list: CardKit['statusLists'][number] | undefined): VerifiedStatusList | undefined {
  const packed = list && fromBase64Url(list.packed);
  return packed && { ...list, packed };
}

/** When the oldest of what the kit checks with runs out: then a card can no longer be checked, and is refused. */
export function kitEndsAt(kit: CardKit): number {
  const lists = kit.statusLists.flatMap((list) => (list.expiresAt === undefined ? [] : [list.expiresAt]));
  return Math.min(kit.trustList.expiresAt, ...kit.keySets.map((set) => set.expiresAt), ...lists);
}
