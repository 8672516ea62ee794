import type { CardFact } from './card-content.ts';

/**
 * Cover on a card, short enough for a printed QR code: five fields of a letter each, some seventy bytes. It says until when
 * someone is covered and by whom; what is paid for is the scheme's to say, and whether the card still holds its status list's.
 *
 * | field | meaning |
 * |---|---|
 * | s | scheme, `sch:th:migrant-health-insurance` without `sch:` |
 * | n | member number |
 * | f, t | first and last day covered, `2026-03-01` |
 * | d | dependants covered with her; left out where there are none |
 */
export interface CoverOnCard {
  readonly schemeId: string;
  readonly memberNumber: string;
  readonly from: string;
  /** Last day. */
  readonly to: string;
  readonly dependants: number;
}

const day = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** The claim `cover` of a card. */
export function coverFact(cover: CoverOnCard): CardFact {
  return {
    s: cover.schemeId.replace(/^sch:/, ''),
    n: cover.memberNumber,
    f: cover.from,
    t: cover.to,
    ...(cover.dependants > 0 && { d: cover.dependants }),
  };
}

/** Reads the claim; undefined where it is a free text, or anything else than cover. */
export function readCoverFact(fact: CardFact | undefined): CoverOnCard | undefined {
  if (typeof fact !== 'object') {
    return undefined;
  }
  const { s, n, f, t, d = 0 } = fact;
  const isCover =
    typeof s === 'string' &&
    /^[a-z]{2}:[a-z0-9-]+$/.test(s) &&
    typeof n === 'string' &&
    n.length > 0 &&
    typeof f === 'string' &&
    typeof t === 'string' &&
    day.test(f) &&
    day.test(t) &&
    f <= t &&
    typeof d === 'number' &&
    Number.isInteger(d) &&
    d >= 0;
  return isCover ? { schemeId: `sch:${s}`, memberNumber: n, from: f, to: t, dependants: d } : undefined;
}

/** Whether the card alone says that she is covered on a day. */
export function coveredByCard(cover: CoverOnCard | undefined, on: string): boolean {
  return cover !== undefined && cover.from <= on && on <= cover.to;
}
