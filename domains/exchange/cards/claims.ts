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
    return value === undefined || value === '' ? [] : [{ claim, text: String(value) }];
  });
}
