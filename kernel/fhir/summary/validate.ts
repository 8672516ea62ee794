import { indexStructureDefinitionBundle, loadDataType, OperationOutcomeError, validateResource } from '@medplum/core';
import type { Bundle, Composition, OperationOutcomeIssue, Resource, StructureDefinition } from '@medplum/fhirtypes';

/**
 * Validation of IPS documents against the StructureDefinitions of the IPS package. The validator beneath does not know
 * slices that are told apart by profile; those are taken out of the definitions and checked here: what an entry claims
 * to be, it must be, and each section must hold at least one entry of the profile its slice demands.
 */

const PROFILE_BASE = 'http://hl7.org/fhir/uv/ips/StructureDefinition/';

export interface SummaryValidator {
  /** Every issue of a document: itself, its composition, each entry against each profile it claims. */
  readonly validateDocument: (bundle: Bundle) => OperationOutcomeIssue[];
  /** Issues of one resource against one IPS profile (`Condition-uv-ips`), or against the profiles it claims. */
  readonly validateOne: (resource: Resource, profile?: string) => OperationOutcomeIssue[];
}

/** A section's rule that some entry must fit a profile. */
interface SectionDemand {
  readonly code: string;
  readonly profile: string;
  readonly slice: string;
}

/**
 * @param base the definitions of FHIR R4's own types and resources (`profiles-types`, `profiles-resources`).
 * @param package_ the StructureDefinitions of the IPS package.
 */
export function createSummaryValidator(
  base: readonly Bundle[],
  package_: readonly StructureDefinition[],
): SummaryValidator {
  for (const bundle of base) {
    indexStructureDefinitionBundle(bundle);
  }
  const profiles = new Map<string, StructureDefinition>();
  const demands: SectionDemand[] = [];
  for (const definition of package_) {
    demands.push(...sectionDemands(definition));
    const simplified = withoutProfileSlices(definition);
    loadDataType(simplified);
    profiles.set(definition.url, simplified);
  }
  const validateOne: SummaryValidator['validateOne'] = (resource, profile) => {
    const claimed = profile
      ? [PROFILE_BASE + profile]
      : (resource.meta?.profile ?? []).map((url) => url.split('|')[0] as string).filter((url) => profiles.has(url));
    return claimed.length === 0
      ? issuesOf(resource)
      : claimed.flatMap((url) => {
          const definition = profiles.get(url);
          return definition
            ? issuesOf(resource, definition)
            : [error(`The profile ${url} is not in the package`, resource.resourceType)];
        });
  };
  return {
    validateOne,
    validateDocument: (bundle) => validateDocument(bundle, demands, validateOne),
  };
}

function error(text: string, expression: string): OperationOutcomeIssue {
  return { severity: 'error', code: 'invalid', details: { text }, expression: [expression] };
}

function issuesOf(resource: Resource, profile?: StructureDefinition): OperationOutcomeIssue[] {
  try {
    return validateResource(resource, profile && { profile }).filter((issue) => issue.severity === 'error');
  } catch (thrown) {
    if (thrown instanceof OperationOutcomeError) {
      return (thrown.outcome.issue ?? []).filter((issue) => issue.severity === 'error');
    }
    throw thrown;
  }
}

function withoutProfileSlices(definition: StructureDefinition): StructureDefinition {
  const elements = definition.snapshot?.element ?? [];
  const sliced = elements
    .filter((element) => element.slicing?.discriminator?.some(({ type }) => type === 'profile'))
    .map((element) => element.id as string);
  return {
    ...definition,
    snapshot: {
      element: elements
        .filter((element) => !sliced.some((id) => element.id?.startsWith(`${id}:`)))
        .map((element) => (sliced.includes(element.id as string) ? { ...element, slicing: undefined } : element)),
    },
  };
}

function sectionDemands(definition: StructureDefinition): SectionDemand[] {
  const elements = definition.snapshot?.element ?? [];
  return elements.flatMap((element): SectionDemand[] => {
    const [, section, slice] = /^(Composition\.section:\w+)\.entry:([\w-]+)$/.exec(element.id ?? '') ?? [];
    const profile = element.type?.[0]?.targetProfile?.[0];
    const code = elements.find(({ id }) => id === `${section}.code`)?.patternCodeableConcept?.coding?.[0]?.code;
    return section && slice && profile && code && (element.min ?? 0) > 0 ? [{ code, profile, slice }] : [];
  });
}

function validateDocument(
  bundle: Bundle,
  demands: readonly SectionDemand[],
  validateOne: SummaryValidator['validateOne'],
): OperationOutcomeIssue[] {
  const entries = bundle.entry ?? [];
  const issues = validateOne(bundle, 'Bundle-uv-ips');
  const composition = entries[0]?.resource;
  if (composition?.resourceType !== 'Composition') {
    return [...issues, error('The first entry of a document is its Composition', 'Bundle.entry[0]')];
  }
  if (entries.slice(1).some(({ resource }) => resource?.resourceType === 'Composition')) {
    issues.push(error('Only the first entry may be a Composition (bdl-ips-1)', 'Bundle.entry'));
  }
  const patients = entries.filter(({ resource }) => resource?.resourceType === 'Patient');
  if (patients.length !== 1) {
    issues.push(error('There is exactly one Patient', 'Bundle.entry'));
  }
  const byUrl = new Map(entries.map(({ fullUrl, resource }) => [fullUrl, resource]));
  if (byUrl.size !== entries.length) {
    issues.push(error('Each fullUrl is there once', 'Bundle.entry.fullUrl'));
  }
  issues.push(...validateOne(composition, 'Composition-uv-ips'));
  for (const { resource } of patients) {
    issues.push(...validateOne(resource as Resource, 'Patient-uv-ips'));
  }
  for (const { resource } of entries.slice(1)) {
    issues.push(...(resource ? validateOne(resource) : []));
  }
  return [...issues, ...sectionIssues(composition, byUrl, demands, validateOne)];
}

function sectionIssues(
  composition: Composition,
  byUrl: ReadonlyMap<string | undefined, Resource | undefined>,
  demands: readonly SectionDemand[],
  validateOne: SummaryValidator['validateOne'],
): OperationOutcomeIssue[] {
  const resolve = (reference: string | undefined): Resource | undefined =>
    byUrl.get(reference) ??
    [...byUrl].find(([url, resource]) => {
      const relative = `${resource?.resourceType}/${resource?.id}`;
      return reference === relative || url?.endsWith(`/${reference}`);
    })?.[1];
  return (composition.section ?? []).flatMap((section, index) => {
    const at = `Composition.section[${index}]`;
    const issues: OperationOutcomeIssue[] = [];
    const targets = (section.entry ?? []).map((entry) => resolve(entry.reference));
    if (targets.includes(undefined)) {
      issues.push(error('A section entry is not in the document', `${at}.entry`));
    }
    const code = section.code?.coding?.[0]?.code;
    for (const demand of demands.filter((each) => each.code === code)) {
      const name = demand.profile.slice(PROFILE_BASE.length);
      const type = name.split('-')[0];
      const fits = targets.some((target) => target?.resourceType === type && validateOne(target, name).length === 0);
      if (!fits) {
        issues.push(error(`No entry fits the slice ${demand.slice} (${name})`, `${at}.entry`));
      }
    }
    return issues;
  });
}
