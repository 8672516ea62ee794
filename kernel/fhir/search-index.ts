import { type HashPrefix, hashPrefix, hashPresence, hashValue } from './search-hash.ts';
import { compilePath, type ValueReader } from './search-paths.ts';
import { BEGINNING_TICKS, dateRange, END_TICKS, foldText, type TickRange } from './search-values.ts';

/**
 * What a resource can be found by. Every FHIR R4 search parameter of its type is read once on write and becomes hashed
 * tokens (everything matched exactly) or narrow rows (text by prefix, dates and quantities by range, references to join).
 */

export type SearchType = 'token' | 'reference' | 'string' | 'date' | 'quantity' | 'number' | 'uri' | 'composite';

/** A search parameter as far as indexing and querying need it. */
export interface SearchParameterDefinition {
  readonly code: string;
  readonly type: SearchType;
  readonly expression: string;
  /** Resource types a reference may point to. */
  readonly target?: readonly string[];
  /** Tokens read from a plain `code`: the system its binding implies. */
  readonly impliedSystem?: string;
  /** Composite parameters only: what each part is and where it is, relative to `expression`. */
  readonly component?: readonly SearchPart[];
}

export interface SearchPart {
  readonly type: SearchType;
  readonly expression: string;
  readonly impliedSystem?: string;
}

export interface TextRow {
  readonly code: string;
  readonly value: string;
  readonly folded: string;
  /** Composite parameters: hashes of the first part, any of which may be asked for. */
  readonly pair?: readonly string[];
}

export interface DateRow extends TickRange {
  readonly code: string;
  readonly pair?: readonly string[];
}

export interface QuantityRow {
  readonly code: string;
  readonly low: number;
  readonly high: number;
  readonly system: string | undefined;
  readonly unitCode: string | undefined;
  readonly unit: string | undefined;
  readonly pair?: readonly string[];
}

export interface ReferenceRow {
  readonly code: string;
  readonly targetType: string;
  readonly targetId: string;
}

export interface SearchRows {
  /** Signed 64-bit hashes in decimal, without repeats. */
  readonly tokens: ReadonlySet<string>;
  readonly texts: readonly TextRow[];
  readonly dates: readonly DateRow[];
  readonly quantities: readonly QuantityRow[];
  readonly references: readonly ReferenceRow[];
}

/** A type's parameters, compiled. */
export interface TypeIndex {
  readonly resourceType: string;
  readonly parameters: ReadonlyMap<string, SearchParameterDefinition>;
  readonly compiled: readonly CompiledParameter[];
}

interface CompiledParameter {
  readonly definition: SearchParameterDefinition;
  readonly read: ValueReader;
  readonly presence: string;
  readonly prefix: HashPrefix;
  readonly modified: HashPrefix;
  readonly parts: readonly (SearchPart & { readonly read: ValueReader })[];
}

/** Parameters answered from columns, or that need an algorithm R4 leaves open. */
const NOT_INDEXED = new Set(['_id', '_lastUpdated', 'phonetic']);

/**
 * Compiles the parameters of one type. A parameter whose expression does not concern the type is left out.
 *
 * @throws Error naming the expression when one is outside the supported part of FHIRPath.
 */
export function compileTypeIndex(resourceType: string, definitions: Iterable<SearchParameterDefinition>): TypeIndex {
  const parameters = new Map<string, SearchParameterDefinition>();
  const compiled: CompiledParameter[] = [];
  for (const definition of definitions) {
    if (NOT_INDEXED.has(definition.code) || definition.expression === '' || (definition.component?.length ?? 2) !== 2) {
      continue;
    }
    const read = definition.expression === resourceType ? readSelf : compilePath(definition.expression, resourceType);
    if (!read) {
      continue;
    }
    parameters.set(definition.code, definition);
    compiled.push({
      definition,
      read,
      presence: hashPresence(resourceType, definition.code),
      prefix: hashPrefix(`${resourceType}:${definition.code}=`),
      modified: hashPrefix(
        `${resourceType}:${definition.code}:${definition.type === 'reference' ? 'identifier' : definition.type === 'token' ? 'of-type' : 'exact'}=`,
      ),
      parts: (definition.component ?? []).map((part) => ({
        ...part,
        read: compilePath(part.expression, resourceType, true) ?? readSelf,
      })),
    });
  }
  return { resourceType, parameters, compiled };
}

const readSelf: ValueReader = (root, out) => {
  out.push(root);
};

interface Sink {
  readonly tokens: Set<string>;
  readonly texts: TextRow[];
  readonly dates: DateRow[];
  readonly quantities: QuantityRow[];
  readonly references: ReferenceRow[];
}

/**
 * Reads everything a resource can be found by.
 *
 * @param baseUrl this node's own FHIR address, ending in `/`: references below it are local.
 */
export function indexResource(index: TypeIndex, resource: unknown, baseUrl = ''): SearchRows {
  const sink: Sink = { tokens: new Set(), texts: [], dates: [], quantities: [], references: [] };
  const values: unknown[] = [];
  for (const parameter of index.compiled) {
    values.length = 0;
    parameter.read(resource, values);
    if (values.length === 0) {
      continue;
    }
    if (parameter.definition.type === 'composite') {
      for (const context of values) {
        indexComposite(parameter, context, sink, baseUrl);
      }
      continue;
    }
    sink.tokens.add(parameter.presence);
    for (const value of values) {
      indexValue(parameter, value, sink, baseUrl);
    }
  }
  return sink;
}

function indexValue(parameter: CompiledParameter, value: unknown, sink: Sink, baseUrl: string): void {
  const { code, type } = parameter.definition;
  switch (type) {
    case 'token':
      for (const variant of tokenVariants(value, parameter.definition.impliedSystem)) {
        sink.tokens.add(hashValue(parameter.prefix, variant));
      }
      for (const variant of typedIdentifierVariants(value)) {
        sink.tokens.add(hashValue(parameter.modified, variant));
      }
      for (const text of tokenTexts(value)) {
        addText(sink, `${code}:text`, text);
      }
      break;
    case 'reference':
      indexReference(parameter, value, sink, baseUrl);
      break;
    case 'string':
      for (const text of stringParts(value)) {
        addText(sink, code, text);
        sink.tokens.add(hashValue(parameter.modified, text));
      }
      break;
    case 'uri':
      if (typeof value === 'string') {
        sink.tokens.add(hashValue(parameter.prefix, value));
        // Kept as written: addresses are compared character for character.
        sink.texts.push({ code, value, folded: value });
      }
      break;
    case 'date':
      for (const range of dateRanges(value)) {
        sink.dates.push({ code, ...range });
      }
      break;
    case 'quantity':
    case 'number':
      for (const row of quantities(value)) {
        sink.quantities.push({ code, ...row });
      }
      break;
    case 'composite':
      break;
  }
}

function addText(sink: Sink, code: string, value: string, pair?: readonly string[]): void {
  const folded = foldText(value);
  if (folded !== '' && !sink.texts.some((row) => row.code === code && row.value === value && !pair)) {
    sink.texts.push({ code, value, folded, ...(pair && { pair }) });
  }
}

function indexReference(parameter: CompiledParameter, value: unknown, sink: Sink, baseUrl: string): void {
  const { code } = parameter.definition;
  for (const variant of referenceVariants(value, baseUrl)) {
    sink.tokens.add(hashValue(parameter.prefix, variant));
  }
  const node = value as { reference?: unknown; identifier?: unknown };
  if (typeof node === 'object' && node.identifier) {
    for (const variant of tokenVariants(node.identifier)) {
      sink.tokens.add(hashValue(parameter.modified, variant));
    }
  }
  const local = localReference(typeof value === 'string' ? value : node.reference, baseUrl);
  if (local) {
    sink.references.push({ code, ...local });
  }
}

function indexComposite(parameter: CompiledParameter, context: unknown, sink: Sink, baseUrl: string): void {
  const [first, second] = parameter.parts;
  if (!first || !second) {
    return;
  }
  const variants = (part: SearchPart, values: readonly unknown[]) =>
    values.flatMap((value) =>
      part.type === 'reference' ? [...referenceVariants(value, baseUrl)] : tokenVariants(value, part.impliedSystem),
    );
  const firstValues: unknown[] = [];
  first.read(context, firstValues);
  const secondValues: unknown[] = [];
  second.read(context, secondValues);
  if (firstValues.length === 0 || secondValues.length === 0) {
    return;
  }
  sink.tokens.add(parameter.presence);
  const left = variants(first, firstValues);
  const { code } = parameter.definition;
  if (second.type === 'token' || second.type === 'reference') {
    for (const right of variants(second, secondValues)) {
      for (const variant of left) {
        sink.tokens.add(hashValue(parameter.prefix, `${variant}$${right}`));
      }
    }
    return;
  }
  const pair = left.map((variant) => hashValue(parameter.prefix, variant));
  // Among the tokens too, so that the first half narrows by the index before any range is looked at.
  for (const hash of pair) {
    sink.tokens.add(hash);
  }
  for (const value of secondValues) {
    if (second.type === 'string') {
      for (const text of stringParts(value)) {
        addText(sink, code, text, pair);
      }
    } else if (second.type === 'date') {
      for (const range of dateRanges(value)) {
        sink.dates.push({ code, ...range, pair });
      }
    } else {
      for (const row of quantities(value)) {
        sink.quantities.push({ code, ...row, pair });
      }
    }
  }
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
function typedIdentifierVariants(value: unknown): string[] {
  const node = value as { type?: { coding?: Loose[] }; value?: unknown };
  const identifier = typeof value === 'object' && value !== null ? text(node.value) : undefined;
  const coding = identifier === undefined ? undefined : node.type?.coding;
  return Array.isArray(coding) ? coding.map((c) => `${text(c.system) ?? ''}|${text(c.code) ?? ''}|${identifier}`) : [];
}

function tokenTexts(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const node = value as Loose;
  const own = [text(node.text), text(node.display)];
  const typeText = text((node.type as Loose | undefined)?.text);
  const codings = Array.isArray(node.coding) ? node.coding.map((coding: Loose) => text(coding.display)) : [];
  return [...new Set([...own, typeText, ...codings])].filter((part) => part !== undefined);
}

function* referenceVariants(value: unknown, baseUrl: string): Iterable<string> {
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

function stringParts(value: unknown): string[] {
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

function dateRanges(value: unknown): TickRange[] {
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

function quantities(value: unknown): Omit<QuantityRow, 'code'>[] {
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
