import type { Claim, Policy } from '../cover.ts';
import type { Adjudication, PassedLine } from './adjudication.ts';

/**
 * What passed under many policies, kept in memory while claims are judged one after the other: each claim sees exactly what
 * it would have read from the database, had the claims before it been written there.
 */
export class PassedHistory {
  /** By policy; each by day of care, claim and line. */
  readonly #lines: Map<string, PassedLine[]>;
  readonly #policyOf = new Map<string, string>();

  constructor(lines: readonly PassedLine[]) {
    this.#lines = Map.groupBy(lines, (line) => line.policyId);
    for (const { claimId, policyId } of lines) {
      this.#policyOf.set(claimId, policyId);
    }
  }

  /** What a claim is judged by: of everyone under the policies, without the claim's own lines. */
  before(claimId: string, policies: readonly Policy[]): PassedLine[] {
    const members = new Set(policies.flatMap((policy) => policy.members.map((each) => each.memberId)));
    const lines = policies.flatMap((policy) => this.#lines.get(policy.policyId) ?? []);
    const found = lines.filter((line) => line.claimId !== claimId && members.has(line.memberId));
    return policies.length > 1 ? found.sort(inOrder) : found;
  }

  /** A claim was judged: what passed of it takes the place of what had passed of it before. */
  add(claim: Claim, { policyId, category, lines }: Adjudication): void {
    const { claimId } = claim;
    const earlier = this.#policyOf.get(claimId);
    if (earlier !== undefined) {
      this.#lines.set(
        earlier,
        this.#lines.get(earlier)!.filter((line) => line.claimId !== claimId),
      );
      this.#policyOf.delete(claimId);
    }
    if (policyId === undefined) {
      return;
    }
    const passed = lines.flatMap((line): PassedLine[] => {
      const of = line.reason === 0 ? claim.lines.find((each) => each.line === line.line) : undefined;
      return of
        ? [
            {
              claimId,
              line: line.line,
              kind: of.kind,
              code: of.code,
              category,
              memberId: claim.memberId,
              policyId,
              care: claim.care,
              from: claim.from,
              to: claim.to,
              quantity: line.quantity,
              deductedMinor: line.deductedMinor,
              paidMinor: line.paidMinor,
            },
          ]
        : [];
    });
    if (passed.length > 0) {
      this.#policyOf.set(claimId, policyId);
      this.#lines.set(policyId, [...(this.#lines.get(policyId) ?? []), ...passed].sort(inOrder));
    }
  }
}

function inOrder(a: PassedLine, b: PassedLine): number {
  return compare(a.from, b.from) || compare(a.claimId, b.claimId) || a.line - b.line;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
