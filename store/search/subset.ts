import { getDataType, type SearchRequest } from '@medplum/core';
import type { Resource } from '@medplum/fhirtypes';

const SUBSETTED = { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'SUBSETTED' };

/** `_elements`, `_fields` and `_summary`: the asked part, always with id, meta and what is mandatory, marked SUBSETTED. */
export function subset<T extends Resource>(resource: T, search: Pick<SearchRequest, 'fields' | 'summary'>): T {
  const { fields, summary } = search;
  if (!fields && !summary) {
    return resource;
  }
  const schema = getDataType(resource.resourceType);
  const mandatory = Object.entries(schema.elements).flatMap(([name, element]) => (element.min > 0 ? [name] : []));
  let keep: (name: string) => boolean;
  if (fields) {
    const wanted = new Set(fields.map((field) => field.replace(`${resource.resourceType}.`, '').split('.')[0]!));
    keep = (name) => wanted.has(name);
  } else if (summary === 'data') {
    keep = (name) => name !== 'text';
  } else if (summary === 'text') {
    keep = (name) => name === 'text';
  } else {
    keep = (name) => schema.summaryProperties?.has(name) === true;
  }
  const always = new Set(['resourceType', 'id', 'meta', ...mandatory]);
  const part: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(resource)) {
    const name = key.replace(/^_/, '');
    const choice = choiceName(name, schema.elements);
    if (always.has(name) || always.has(choice) || keep(name) || keep(choice) || keep(choice.replace('[x]', ''))) {
      part[key] = value;
    }
  }
  part.meta = { ...resource.meta, tag: [...(resource.meta?.tag ?? []), SUBSETTED] };
  return part as unknown as T;
}

/** `valueQuantity` → `value[x]`. */
function choiceName(key: string, elements: Readonly<Record<string, unknown>>): string {
  for (let end = key.length - 1; end > 0; end--) {
    const name = `${key.slice(0, end)}[x]`;
    if (name in elements) {
      return name;
    }
  }
  return key;
}
