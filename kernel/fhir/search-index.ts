import { type HashPrefix, hashPrefix, hashPresence, hashValue } from './search-hash.ts';
import { compilePath, type ValueReader } from './search-paths.ts';
import {
  dateRanges,
  localReference,
  type QuantityRange,
  quantities,
  referenceVariants,
  stringParts,
  tokenTexts,
  tokenVariants,
  typedIdentifierVariants,
} from './search-read.ts';
import { foldText, type TickRange } from './search-values.ts';

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

export interface QuantityRow extends QuantityRange {
  readonly code: string;
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
