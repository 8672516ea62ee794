import { type Filter, OperationOutcomeError, parseSearchRequest, type SearchRequest } from '@medplum/core';
import type { Resource, ResourceType } from '@medplum/fhirtypes';
import { loadDefinitions, typeIndex } from '../definitions.ts';
import { invalid } from '../faults.ts';

export type SearchQuery = Readonly<Record<string, string | string[] | undefined>>;

const MODIFIERS = new Set(['contains', 'exact', 'above', 'below', 'text', 'not', 'of-type', 'missing', 'identifier']);

/** Parameters that shape the answer rather than choose resources. */
const CONTROLS = new Set(
  '_sort _cursor _count _offset _total _summary _include _revinclude _fields _elements _type _format _pretty _'.split(
    ' ',
  ),
);

/**
 * Medplum's parser, with what it leaves out: composite parameters, and reference parameters that name a type
 * (`subject:Patient=…`). Unknown parameters and modifiers are refused by name, or left out when `lenient`.
 *
 * @throws OperationOutcomeError naming the parameter.
 */
export function parseSearch<T extends Resource = Resource>(
  resourceType: T['resourceType'] | 'MultipleTypes',
  query: SearchQuery,
  lenient = false,
): SearchRequest<T> {
  loadDefinitions();
  const known = resourceType === 'MultipleTypes' ? undefined : typeIndex(resourceType)?.parameters;
  const plain: [string, string][] = [];
  const composite: Filter[] = [];
  for (const [key, given] of Object.entries(query)) {
    for (const value of Array.isArray(given) ? given : [given ?? '']) {
      const name = /^[^:.]*/.exec(key)![0];
      const modifier = key.slice(name.length + 1);
      const definition = known?.get(name);
      if (definition?.type === 'composite' && !key.includes('.')) {
        composite.push({ code: name, operator: modifier === 'missing' ? 'missing' : 'eq', value });
      } else if (
        definition?.type === 'reference' &&
        key[name.length] === ':' &&
        !MODIFIERS.has(modifier) &&
        !key.includes('.')
      ) {
        if (!typeIndex(modifier)) {
          refuseModifier(modifier, name);
        }
        plain.push([
          name,
          value
            .split(',')
            .map((part) => (part.includes('/') ? part : `${modifier}/${part}`))
            .join(','),
        ]);
      } else if (known && !definition && !CONTROLS.has(name) && !name.startsWith('_') && !key.includes('.')) {
        if (!lenient) {
          throw invalid(`Unknown search parameter for ${resourceType}: ${name.slice(0, 64)}`, name.slice(0, 64));
        }
      } else {
        if (definition && key[name.length] === ':' && !MODIFIERS.has(modifier) && !key.includes('.')) {
          refuseModifier(modifier, name);
        }
        plain.push([key, value]);
      }
    }
  }
  const merged: Record<string, string[]> = {};
  for (const [key, value] of plain) {
    merged[key] ??= [];
    merged[key].push(value);
  }
  const request = parsed<T>(resourceType as ResourceType, merged);
  if (composite.length > 0) {
    request.filters = [...(request.filters ?? []), ...composite];
  }
  return request;
}

function refuseModifier(modifier: string, code: string): never {
  throw invalid(`Modifier :${modifier.slice(0, 32)} does not apply to search parameter ${code}`, code);
}

/** Medplum's parser quotes the value it cannot read; a value may be a birth date, and is not repeated. */
function parsed<T extends Resource>(resourceType: ResourceType, query: Record<string, string[]>): SearchRequest<T> {
  try {
    return parseSearchRequest<T>(resourceType, query);
  } catch (error) {
    const said = error instanceof OperationOutcomeError ? (error.outcome.issue[0]?.details?.text ?? '') : '';
    const kind = /^Invalid format for (\w+) search parameter/.exec(said)?.[1];
    if (kind) {
      const code = Object.keys(query).find((each) => searchKind(resourceType, each) === kind);
      throw invalid(`Search parameter ${code ?? ''} takes a ${kind}`, code);
    }
    throw error;
  }
}

function searchKind(resourceType: ResourceType, key: string): string | undefined {
  return typeIndex(resourceType)?.parameters.get(/^[^:.]*/.exec(key)![0])?.type;
}
