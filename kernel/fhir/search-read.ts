import { BEGINNING_TICKS, dateRange, END_TICKS, type TickRange } from './search-values.ts';

/** What the datatypes of FHIR R4 mean to a search: every way a value of each may be asked for. */

/** An amount, or a range of amounts, with its unit. */
export interface QuantityRange {
  readonly low: number;
  readonly high: number;
  readonly system: string | undefined;
  readonly unitCode: string | undefined;
  readonly unit: string | undefined;
}

interface Loose {
  readonly [key: string]: unknown;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** Every way a token may be asked for: `code`, `system|code`, `system|`, and `|code` where it has no system. */
export function tokenVariants(value: unknown, impliedSystem?: string): string[] {
  if (typeof value === 'string' && impliedSystem !== undefined) {
    return [value, `${impliedSystem}|${value}`, `${impliedSystem}|`];
  }
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') {
    return [`${value}`, `|${value}`];
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const node = value as Loose;
  if (Array.isArray(node.coding)) {
    return node.coding.flatMap((coding) => tokenVariants(coding));
  }
  const system = text(node.system);
  const code = text(node.code) ?? text(node.value);
  if (code === undefined) {
    return system === undefined ? [] : [`${system}|`];
  }
  return system === undefined ? [code, `|${code}`] : [code, `${system}|${code}`, `${system}|`];
}

/** `type-system|type-code|value` of an Identifier, for `:of-type`. */
export function typedIdentifierVariants(value: unknown): string[] {
  const node = value as { type?: { coding?: Loose[] }; value?: unknown };
  const identifier = typeof value === 'object' && value !== null ? text(node.value) : undefined;
  const coding = identifier === undefined ? undefined : node.type?.coding;
  return Array.isArray(coding) ? coding.map((c) => `${text(c.system) ?? ''}|${text(c.code) ?? ''}|${identifier}`) : [];
}

export function tokenTexts(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const node = value as Loose;
  const own = [text(node.text), text(node.display)];
  const typeText = text((node.type as Loose | undefined)?.text);
  const codings = Array.isArray(node.coding) ? node.coding.map((coding: Loose) => text(coding.display)) : [];
  return [...new Set([...own, typeText, ...codings])].filter((part) => part !== undefined);
}

export function* referenceVariants(value: unknown, baseUrl: string): Iterable<string> {
  const reference = typeof value === 'string' ? value : text((value as Loose | null)?.reference);
  if (reference === undefined) {
    const inline = value as Loose | null;
    if (text(inline?.resourceType) && text(inline?.id)) {
      yield `${inline?.resourceType}/${inline?.id}`;
    }
    return;
  }
  if (reference.startsWith('#')) {
    return;
  }
  const local = localReference(reference, baseUrl);
  if (local) {
    yield `${local.targetType}/${local.targetId}`;
    yield local.targetId;
    return;
  }
  yield reference;
  const bar = reference.indexOf('|');
  if (bar > 0) {
    // A canonical with a version is found with and without it.
    yield reference.slice(0, bar);
  }
}

const LOCAL = /^([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/;

/** Splits a reference to a resource of this node; undefined for any other. */
export function localReference(
  reference: unknown,
  baseUrl = '',
): { readonly targetType: string; readonly targetId: string } | undefined {
  if (typeof reference !== 'string') {
    return undefined;
  }
  const relative = baseUrl !== '' && reference.startsWith(baseUrl) ? reference.slice(baseUrl.length) : reference;
  const match = LOCAL.exec(relative);
  return match ? { targetType: match[1]!, targetId: match[2]! } : undefined;
}

export function stringParts(value: unknown): string[] {
  if (typeof value === 'string') {
    return value === '' ? [] : [value];
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const node = value as Loose;
  const parts = new Set<string>();
  const add = (part: unknown) => {
    for (const item of Array.isArray(part) ? part : [part]) {
      if (text(item)) {
        parts.add(item);
      }
    }
  };
  for (const key of ['family', 'given', 'prefix', 'suffix', 'text']) {
    add(node[key]);
  }
  for (const key of ['line', 'city', 'district', 'state', 'country', 'postalCode']) {
    add(node[key]);
  }
  if (text(node.text) && (node.family || node.given || node.use || Object.keys(node).length === 1)) {
    // A name may be only a text; each of its words can be the one a person is looked up by.
    for (const word of (node.text as string).split(/\s+/u)) {
      add(word);
    }
  }
  return [...parts];
}

export function dateRanges(value: unknown): TickRange[] {
  if (typeof value === 'string') {
    const range = dateRange(value);
    return range ? [range] : [];
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const node = value as { start?: unknown; end?: unknown; event?: unknown; repeat?: { boundsPeriod?: unknown } };
  if (Array.isArray(node.event)) {
    return node.event.flatMap((event) => dateRanges(event));
  }
  if (node.repeat?.boundsPeriod) {
    return dateRanges(node.repeat.boundsPeriod);
  }
  const start = typeof node.start === 'string' ? dateRange(node.start) : undefined;
  const end = typeof node.end === 'string' ? dateRange(node.end) : undefined;
  return start || end ? [{ low: start?.low ?? BEGINNING_TICKS, high: end?.high ?? END_TICKS }] : [];
}

export function quantities(value: unknown): QuantityRange[] {
  if (typeof value === 'number') {
    return [{ low: value, high: value, system: undefined, unitCode: undefined, unit: undefined }];
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const node = value as Loose;
  if (typeof node.value === 'number') {
    const currency = text(node.currency);
    const comparator = text(node.comparator);
    return [
      {
        low: comparator?.startsWith('<') ? Number.NEGATIVE_INFINITY : node.value,
        high: comparator?.startsWith('>') ? Number.POSITIVE_INFINITY : node.value,
        system: text(node.system) ?? (currency && 'urn:iso:std:iso:4217'),
        unitCode: text(node.code) ?? currency,
        unit: text(node.unit),
      },
    ];
  }
  const low = node.low as Loose | undefined;
  const high = node.high as Loose | undefined;
  if (low || high) {
    const unit = low ?? high;
    return [
      {
        low: typeof low?.value === 'number' ? low.value : Number.NEGATIVE_INFINITY,
        high: typeof high?.value === 'number' ? high.value : Number.POSITIVE_INFINITY,
        system: text(unit?.system),
        unitCode: text(unit?.code),
        unit: text(unit?.unit),
      },
    ];
  }
  return [];
}
