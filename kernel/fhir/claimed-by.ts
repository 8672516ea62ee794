/** Types that say who claims for care: what a facility claimed is its own to read, and nobody else's who treats. */
const claimantOf = { Claim: 'provider', ClaimResponse: 'requestor', ExplanationOfBenefit: 'provider' } as const;

export function isClaimed(resourceType: string): resourceType is keyof typeof claimantOf {
  return Object.hasOwn(claimantOf, resourceType);
}

/** The `Organization/…` that claims in a resource; undefined where it names none of this node, or is about no claim. */
export function claimedBy(resource: { readonly resourceType: string }): string | undefined {
  if (!isClaimed(resource.resourceType)) {
    return undefined;
  }
  const claimant = (resource as unknown as Readonly<Record<string, { readonly reference?: unknown } | undefined>>)[
    claimantOf[resource.resourceType]
  ];
  return typeof claimant?.reference === 'string' ? claimant.reference : undefined;
}
