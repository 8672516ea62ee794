/** What is owed for one claim: found payable, less what was paid so far. Below zero the facility owes it back. */
export interface Owed {
  readonly claimId: string;
  readonly provider: string;
  readonly minor: bigint;
}

export interface ProviderTotal {
  readonly provider: string;
  readonly claims: number;
  readonly minor: bigint;
  /** Of it, taken back for claims that were paid and fell since. */
  readonly takenBackMinor: bigint;
}

/**
 * What a run pays: by facility, what is owed less what it owes. A facility that owes more than it is owed is left for a
 * later run: nobody is paid less than nothing.
 */
export function proposeRun(owed: readonly Owed[]): { readonly lines: Owed[]; readonly providers: ProviderTotal[] } {
  const providers: ProviderTotal[] = [];
  const lines: Owed[] = [];
  const by = Map.groupBy(
    owed.filter((each) => each.minor !== 0n),
    (each) => each.provider,
  );
  for (const provider of [...by.keys()].sort()) {
    const of = by.get(provider)!;
    const minor = of.reduce((sum, each) => sum + each.minor, 0n);
    if (minor > 0n) {
      const takenBackMinor = of.reduce((sum, each) => (each.minor < 0n ? sum - each.minor : sum), 0n);
      providers.push({ provider, claims: of.length, minor, takenBackMinor });
      lines.push(...of);
    }
  }
  return { lines, providers };
}

/** How long facilities wait for their money, in days from the claim to the payment. */
export interface Delay {
  readonly paid: number;
  readonly meanDays: number;
  readonly medianDays: number;
  readonly withinTarget: number;
}

/** DOMAIN F.6: claims are settled within thirty days. */
export const targetDays = 30;
