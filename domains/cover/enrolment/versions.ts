import { invariant } from '@serai/kernel/base/invariant.ts';
import type { Policy } from '../cover.ts';
import type { Scheme } from '../schemes/scheme.ts';

/** The version of its scheme a policy was sold under; the newest where that version is no longer kept. */
export function versionOf(schemes: readonly Scheme[], policy: Pick<Policy, 'schemeId' | 'schemeVersion'>): Scheme {
  const found =
    schemes.find((scheme) => scheme.id === policy.schemeId && scheme.version === policy.schemeVersion) ??
    schemes.findLast((scheme) => scheme.id === policy.schemeId);
  invariant(found, 'a policy is of a scheme this node has');
  return found;
}
