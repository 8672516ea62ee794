import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import {
  getAllDataTypes,
  getSearchParameterDetails,
  indexDefaultSearchParameters,
  indexSearchParameter,
  isResourceType,
  loadDataType,
} from '@medplum/core';
import type { ResourceType, SearchParameter, StructureDefinition } from '@medplum/fhirtypes';
import {
  compileTypeIndex,
  type SearchParameterDefinition,
  type SearchPart,
  type SearchType,
  type TypeIndex,
} from '@serai/kernel/fhir/search-index.ts';

/**
 * FHIR R4's own definitions, in Medplum's schema. All of them take a second and a half to read and parse; a process needs
 * a few. So they are kept without prose (`definitions.generate.ts`) and each type is parsed when it is first looked at.
 */

export const GENERATED = 'r4.generated.json.gz';

export interface GeneratedDefinitions {
  readonly types: readonly GeneratedType[];
  readonly searchParameters: readonly SearchParameter[];
}

export interface GeneratedType {
  readonly name: string;
  readonly isResource: boolean;
  /** Names of the types inside it, such as `ObservationComponent`. */
  readonly inner: readonly string[];
  /** Its StructureDefinition. */
  readonly json: string;
}

let loaded = false;

/** Makes R4's types and search parameters known to Medplum's validator, FHIRPath and search parser, once a process. */
export function loadDefinitions(): void {
  if (loaded) {
    return;
  }
  loaded = true;
  const packed = readFileSync(join(import.meta.dirname, GENERATED));
  const { types, searchParameters } = JSON.parse(gunzipSync(packed).toString('utf8')) as GeneratedDefinitions;
  for (const type of types) {
    definePending(type);
  }
  indexDefaultSearchParameters(
    types
      .filter((type) => type.isResource)
      .map(
        (type) => ({ resourceType: 'StructureDefinition', kind: 'resource', type: type.name }) as StructureDefinition,
      ),
  );
  for (const parameter of searchParameters) {
    indexSearchParameter(parameter);
    arrange(parameter);
  }
}

/** Puts a type's name, and those inside it, where Medplum looks; the first look parses it. */
function definePending({ name, inner, json }: GeneratedType): void {
  const schema = getAllDataTypes() as Record<string, unknown>;
  const names = [name, ...inner];
  const settle = () => {
    for (const pending of names) {
      delete schema[pending];
    }
    loadDataType(JSON.parse(json) as StructureDefinition);
  };
  for (const pending of names) {
    Object.defineProperty(schema, pending, {
      configurable: true,
      enumerable: true,
      get: () => {
        settle();
        return schema[pending];
      },
      // Someone loads another definition of the type: theirs holds.
      set: (value: unknown) => {
        Object.defineProperty(schema, pending, { configurable: true, enumerable: true, writable: true, value });
      },
    });
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

function arrange(parameter: SearchParameter): void {
  byUrl.set(parameter.url, parameter);
  for (const base of parameter.base) {
    const list = byBase.get(base);
    if (list) {
      list.push(parameter);
    } else {
      byBase.set(base, [parameter]);
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
