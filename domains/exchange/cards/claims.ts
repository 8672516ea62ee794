import { type CoverOnCard, readCoverFact } from '@serai/kernel/trust/card-cover.ts';

/** The claims of a card that are for people to read, in the order they are read in. */
export const readableClaims = ['name', 'birth_year', 'residence', 'employment', 'cover', 'education'] as const;
export type ReadableClaim = (typeof readableClaims)[number];

export interface ShownClaim {
  readonly claim: ReadableClaim;
  readonly text: string;
}

/** What to show of a card's claims; seals and locators are for machines. */
export function shownClaims(claims: Readonly<Record<string, string | number>>): readonly ShownClaim[] {
  return readableClaims.flatMap((claim) => {
    const value = claims[claim];
    return value === undefined || value === '' ? [] : [{ claim, text: readable(claim, value) }];
  });
}

/** Cover is data on the card: whose number, by whom, until when, and how many with her. */
function readable(claim: ReadableClaim, value: string | number): string {
  const cover = claim === 'cover' && typeof value === 'string' && value.startsWith('{') ? coverIn(value) : undefined;
  return cover
    ? `${cover.memberNumber} · ${cover.schemeId.replace(/^sch:/, '')} · ${cover.from} – ${cover.to}${cover.dependants > 0 ? ` · +${cover.dependants}` : ''}`
    : String(value);
}

function coverIn(text: string): CoverOnCard | undefined {
  try {
    return readCoverFact(JSON.parse(text));
  } catch {
    return undefined;
  }
}
