import type { OperationOutcomeIssue, Resource } from '@medplum/fhirtypes';

/**
 * The required code bindings of FHIR R4 that the validator beneath does not check, of the types in which a fund speaks: a
 * status that is no status would be read as any. Checked against R4's own value sets in `required-codes.test.ts`.
 */

const financial = ['active', 'cancelled', 'draft', 'entered-in-error'];
const use = ['claim', 'preauthorization', 'predetermination'];
const outcome = ['queued', 'complete', 'error', 'partial'];
const note = ['display', 'print', 'printoper'];
const asked = ['auth-requirements', 'benefits', 'discovery', 'validation'];

/** By type, the codes that may stand at a path; a path goes through lists. */
export const requiredCodes: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  Account: { status: ['active', 'inactive', 'entered-in-error', 'on-hold', 'unknown'] },
  Claim: { status: financial, use },
  ClaimResponse: { status: financial, use, outcome, 'processNote.type': note },
  Coverage: { status: financial },
  CoverageEligibilityRequest: { status: financial, purpose: asked },
  CoverageEligibilityResponse: { status: financial, purpose: asked, outcome },
  ExplanationOfBenefit: { status: financial, use, outcome, 'processNote.type': note },
  InsurancePlan: { status: ['draft', 'active', 'retired', 'unknown'] },
  PaymentNotice: { status: financial },
  PaymentReconciliation: { status: financial, outcome, 'processNote.type': note },
};

/** One issue for each code that is none of its value set, by FHIRPath; what was written is not repeated. */
export function wrongCodes(resource: Resource, path: string = resource.resourceType): OperationOutcomeIssue[] {
  const rows = Object.entries(requiredCodes[resource.resourceType] ?? {});
  const own = rows.flatMap(([at, codes]) => wrongAt(resource, path, at.split('.'), codes));
  const { contained } = resource as { readonly contained?: unknown };
  const inside = Array.isArray(contained) ? (contained as (Resource | null | undefined)[]) : [];
  return [...own, ...inside.flatMap((each, i) => (each ? wrongCodes(each, `${path}.contained[${i}]`) : []))];
}

function wrongAt(
  node: unknown,
  path: string,
  steps: readonly string[],
  codes: readonly string[],
): OperationOutcomeIssue[] {
  const [step, ...rest] = steps;
  if (Array.isArray(node)) {
    return node.flatMap((each, i) => wrongAt(each, `${path}[${i}]`, steps, codes));
  }
  if (step !== undefined) {
    const next = typeof node === 'object' && node !== null ? (node as Record<string, unknown>)[step] : undefined;
    // What is absent is the validator's to miss, where it is needed.
    return next === undefined ? [] : wrongAt(next, `${path}.${step}`, rest, codes);
  }
  return typeof node === 'string' && !codes.includes(node)
    ? [
        {
          severity: 'error',
          code: 'code-invalid',
          details: { text: `Must be one of ${codes.join(', ')}` },
          expression: [path],
        },
      ]
    : [];
}
