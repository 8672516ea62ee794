import { type Filter, splitSearchOnComma } from '@medplum/core';
import { hashPresence, hashToken } from '@serai/kernel/fhir/search-hash.ts';
import type { SearchParameterDefinition, SearchType } from '@serai/kernel/fhir/search-index.ts';
import { localReference } from '@serai/kernel/fhir/search-read.ts';
import { dateRange, foldText, numberRange, type TickRange } from '@serai/kernel/fhir/search-values.ts';
import { type RawBuilder, sql } from 'kysely';
import { typeIndex } from '../definitions.ts';
import { invalid } from '../faults.ts';
import { type Chain, chainCondition, parseChain } from './chains.ts';

/** FHIR search filters as SQL conditions on a row of `resource`. Values only ever travel as parameters. */

export type Condition = RawBuilder<boolean>;

/** How conditions are to be read. */
export interface FilterContext {
  readonly baseUrl: string;
  /** `ap` widens by a tenth of the distance from here. */
  readonly now: Date;
  /** Decides whether a type may be looked at in a chain; false answers as if nothing matched. */
  readonly mayChain: (resourceType: string) => boolean;
}

/** Alias of the `resource` row a condition is about: ours, never a caller's. */
export type Alias = 'r' | 't1' | 't2' | 't3' | 't4';

const PREFIXES = /^(eq|ne|gt|lt|ge|le|sa|eb|ap)(?=[\d.+-])/;

export const nothing: Condition = sql<boolean>`false`;
export const anyOf = (conditions: readonly Condition[]): Condition =>
  conditions.length === 0 ? nothing : sql<boolean>`(${sql.join(conditions, sql` or `)})`;
export const allOf = (conditions: readonly Condition[]): Condition =>
  conditions.length === 0 ? sql<boolean>`true` : sql<boolean>`(${sql.join(conditions, sql` and `)})`;

const column = (alias: Alias, name: string) => sql.raw(`${alias}.${name}`);

/**
 * The condition a filter puts on a row of `resourceType`.
 *
 * @throws OperationOutcomeError naming the parameter when it is unknown, or its value or modifier makes no sense.
 */
export function filterCondition(resourceType: string, filter: Filter, alias: Alias, context: FilterContext): Condition {
  const chain = parseChain(resourceType, filter);
  if (chain) {
    return chainCondition(chain, alias, context);
  }
  const { code, operator } = filter;
  const values = splitSearchOnComma(filter.value).filter((value) => value !== '');
  if (values.length === 0) {
    throw invalid(`Search parameter ${code} has no value`, code);
  }
  for (const value of values) {
    if (!value.isWellFormed() || value.includes('\u0000')) {
      throw invalid(`Search parameter ${code} has a value that is not text`, code);
    }
  }
  if (code === '_id') {
    const condition = sql<boolean>`${column(alias, 'id')} = any(${values}::text[])`;
    return operator === 'not' || operator === 'ne' ? sql<boolean>`not ${condition}` : condition;
  }
  if (code === '_lastUpdated') {
    return anyOf(values.map((value) => instantCondition(value, operator, alias)));
  }
  const definition = typeIndex(resourceType)?.parameters.get(code);
  if (!definition) {
    throw invalid(`Unknown search parameter for ${resourceType}: ${code.slice(0, 64)}`, code.slice(0, 64));
  }
  if (operator === 'missing' || operator === 'present') {
    const wanted = values[0];
    if (wanted !== 'true' && wanted !== 'false') {
      throw invalid(`Search parameter ${code}:missing takes true or false`, code);
    }
    const present = hasToken(alias, [hashPresence(resourceType, code)]);
    return (wanted === 'true') === (operator === 'missing') ? sql<boolean>`not ${present}` : present;
  }
  return valueCondition(resourceType, definition, operator, values, alias, context);
}

function valueCondition(
  resourceType: string,
  definition: SearchParameterDefinition,
  operator: string,
  values: readonly string[],
  alias: Alias,
  context: FilterContext,
): Condition {
  const { code, type } = definition;
  const hashed = (of: string, list: readonly string[]) =>
    hasToken(
      alias,
      list.map((value) => hashToken(resourceType, of, value)),
    );
  switch (`${type} ${operator}`) {
    case 'token eq':
      return hashed(code, values);
    case 'token not':
    case 'token ne':
      return sql<boolean>`not ${hashed(code, values)}`;
    case 'token text':
      return anyOf(values.map((value) => inText(alias, `${code}:text`, startsWith(foldText(value)))));
    case 'token of-type':
      return hashed(`${code}:of-type`, values);
    case 'reference eq':
      return hashed(
        code,
        values.map((value) => referenceValue(value, context.baseUrl)),
      );
    case 'reference not':
    case 'reference ne':
      return sql<boolean>`not ${hashed(
        code,
        values.map((value) => referenceValue(value, context.baseUrl)),
      )}`;
    case 'reference identifier':
      return hashed(`${code}:identifier`, values);
    case 'string eq':
    case 'string sw':
      return anyOf(values.map((value) => inText(alias, code, startsWith(foldText(value)))));
    case 'string exact':
      return hashed(`${code}:exact`, values);
    case 'string contains':
      return anyOf(values.map((value) => inText(alias, code, contains(foldText(value)))));
    case 'uri eq':
      return hashed(code, values);
    case 'uri not':
    case 'uri ne':
      return sql<boolean>`not ${hashed(code, values)}`;
    case 'uri below':
      return anyOf(values.map((value) => inText(alias, code, sql<boolean>`${startsWith(value)} and ${notUrn}`)));
    case 'uri above':
      return anyOf(
        values.map((value) => inText(alias, code, sql<boolean>`starts_with(${value}, s.folded) and ${notUrn}`)),
      );
    case 'uri contains':
      return anyOf(values.map((value) => inText(alias, code, contains(value))));
    default:
  }
  if (type === 'date' && PREFIX_NAMES.has(operator)) {
    return anyOf(values.map((value) => inDate(alias, code, dateMatch(code, value, operator, context.now))));
  }
  if ((type === 'number' || type === 'quantity') && PREFIX_NAMES.has(operator)) {
    return anyOf(values.map((value) => inQuantity(alias, code, quantityMatch(code, value, operator))));
  }
  if (type === 'composite' && operator === 'eq') {
    return anyOf(values.map((value) => compositeCondition(resourceType, definition, value, alias, context)));
  }
  throw invalid(`Modifier :${operator} does not apply to search parameter ${code}`, code);
}

const PREFIX_NAMES = new Set(['eq', 'ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb', 'ap']);

function hasToken(alias: Alias, hashes: readonly string[]): Condition {
  return sql<boolean>`${column(alias, 'tokens')} && ${hashes}::bigint[]`;
}

/** Local references compare as `Type/id` whatever address they were asked by. */
function referenceValue(value: string, baseUrl: string): string {
  const local = localReference(value, baseUrl);
  return local ? `${local.targetType}/${local.targetId}` : value;
}

/** Rows of a search table that belong to the resource row. */
function belonging(
  table: 'search_text' | 'search_date' | 'search_quantity',
  alias: Alias,
  code: string,
  match: Condition,
): Condition {
  return sql<boolean>`exists (select from ${sql.table(table)} s where s.shard = ${column(alias, 'shard')}
    and s.resource_type = ${column(alias, 'resource_type')} and s.id = ${column(alias, 'id')} and s.code = ${code} and ${match})`;
}

const inText = (alias: Alias, code: string, match: Condition) => belonging('search_text', alias, code, match);
const inDate = (alias: Alias, code: string, match: Condition) => belonging('search_date', alias, code, match);
const inQuantity = (alias: Alias, code: string, match: Condition) => belonging('search_quantity', alias, code, match);

const INDEXED_CHARACTERS = 64;

/** A range on the indexed beginning of the text, which an ordered index answers with any plan. */
function startsWith(prefix: string): Condition {
  const characters = [...prefix];
  const beginning = characters.slice(0, INDEXED_CHARACTERS).join('');
  const range = sql<boolean>`left(s.folded, ${sql.lit(INDEXED_CHARACTERS)}) >= ${beginning}
    and left(s.folded, ${sql.lit(INDEXED_CHARACTERS)}) < ${`${beginning}\u{10ffff}`}`;
  return characters.length <= INDEXED_CHARACTERS ? range : sql<boolean>`${range} and starts_with(s.folded, ${prefix})`;
}

const contains = (part: string): Condition => sql<boolean>`position(${part} in s.folded) > 0`;

/** URNs have no hierarchy to be above or below in. */
const notUrn: Condition = sql<boolean>`not starts_with(s.folded, 'urn:')`;

function readDate(code: string, value: string): TickRange {
  const range = dateRange(value.replace(/(\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) (\d{2}:\d{2})$/, '$1+$2'));
  if (!range) {
    throw invalid(`Search parameter ${code} takes a date`, code);
  }
  return range;
}

function dateMatch(code: string, value: string, operator: string, now: Date): Condition {
  const { low, high } = readDate(code, value);
  const a = low.toString();
  const b = high.toString();
  const within = sql<boolean>`(s.low >= ${a} and s.high <= ${b})`;
  switch (operator) {
    case 'eq':
      return within;
    case 'ne':
      return sql<boolean>`not ${within}`;
    case 'gt':
      return sql<boolean>`s.high > ${b}`;
    case 'lt':
      return sql<boolean>`s.low < ${a}`;
    case 'ge':
      return sql<boolean>`s.high > ${a}`;
    case 'le':
      return sql<boolean>`s.low < ${b}`;
    case 'sa':
      return sql<boolean>`s.low >= ${b}`;
    case 'eb':
      return sql<boolean>`s.high <= ${a}`;
    default: {
      const distance = BigInt(now.getTime()) * 10_000n - low;
      const slack = (distance < 0n ? -distance : distance) / 10n;
      return sql<boolean>`(s.low < ${(high + slack).toString()} and s.high > ${(low - slack).toString()})`;
    }
  }
}

function instantCondition(value: string, operator: string, alias: Alias): Condition {
  const prefix = PREFIXES.exec(value)?.[1];
  const name = prefix ?? operator;
  const { low, high } = readDate('_lastUpdated', prefix ? value.slice(2) : value);
  const at = column(alias, 'last_updated');
  const a = ticksToIso(low);
  const b = ticksToIso(high);
  switch (name) {
    case 'eq':
    case 'ap':
      return sql<boolean>`(${at} >= ${a}::timestamptz and ${at} < ${b}::timestamptz)`;
    case 'ne':
      return sql<boolean>`not (${at} >= ${a}::timestamptz and ${at} < ${b}::timestamptz)`;
    case 'gt':
    case 'sa':
      return sql<boolean>`${at} >= ${b}::timestamptz`;
    case 'ge':
      return sql<boolean>`${at} >= ${a}::timestamptz`;
    case 'lt':
    case 'eb':
      return sql<boolean>`${at} < ${a}::timestamptz`;
    case 'le':
      return sql<boolean>`${at} < ${b}::timestamptz`;
    default:
      throw invalid(`Modifier :${name} does not apply to search parameter _lastUpdated`, '_lastUpdated');
  }
}

function ticksToIso(ticks: bigint): string {
  // Rounded up to the microsecond, the database's precision, so that a fraction still lies in its range.
  const milliseconds = Number((ticks + 9n) / 10_000n);
  return new Date(milliseconds).toISOString();
}

function quantityMatch(code: string, value: string, operator: string): Condition {
  const [number, ...rest] = value.split('|');
  const range = numberRange(number!);
  if (!range || rest.length > 2) {
    throw invalid(`Search parameter ${code} takes a number`, code);
  }
  const [system, unitCode] = rest;
  const conditions = [numberMatch(range, operator)];
  if (system) {
    conditions.push(sql<boolean>`s.system = ${system}`);
  }
  if (unitCode) {
    conditions.push(
      system
        ? sql<boolean>`s.unit_code = ${unitCode}`
        : sql<boolean>`(s.unit_code = ${unitCode} or s.unit = ${unitCode})`,
    );
  }
  return allOf(conditions);
}

function numberMatch({ value, low, high }: { value: number; low: number; high: number }, operator: string): Condition {
  const within = sql<boolean>`(s.low >= ${low} and s.high < ${high})`;
  switch (operator) {
    case 'eq':
      return within;
    case 'ne':
      return sql<boolean>`not ${within}`;
    case 'gt':
      return sql<boolean>`s.high > ${value}`;
    case 'lt':
      return sql<boolean>`s.low < ${value}`;
    case 'ge':
      return sql<boolean>`s.high >= ${value}`;
    case 'le':
      return sql<boolean>`s.low <= ${value}`;
    case 'sa':
      return sql<boolean>`s.low > ${value}`;
    case 'eb':
      return sql<boolean>`s.high < ${value}`;
    default: {
      const slack = Math.abs(value) / 10;
      return sql<boolean>`(s.low <= ${value + slack} and s.high >= ${value - slack})`;
    }
  }
}

function compositeCondition(
  resourceType: string,
  definition: SearchParameterDefinition,
  value: string,
  alias: Alias,
  context: FilterContext,
): Condition {
  const { code, component } = definition;
  const at = value.indexOf('$');
  const [first, second] = component ?? [];
  if (at <= 0 || at === value.length - 1 || !first || !second) {
    throw invalid(`Search parameter ${code} takes two values joined by $`, code);
  }
  const left = exactValue(first.type, value.slice(0, at), context);
  const right = value.slice(at + 1);
  if (second.type === 'token' || second.type === 'reference') {
    return hasToken(alias, [hashToken(resourceType, code, `${left}$${exactValue(second.type, right, context)}`)]);
  }
  const leftHash = [hashToken(resourceType, code, left)];
  const paired = sql<boolean>`s.pair && ${leftHash}::bigint[]`;
  const both = (match: Condition) => allOf([hasToken(alias, leftHash), match]);
  if (second.type === 'string') {
    return both(inText(alias, code, sql<boolean>`${paired} and ${startsWith(foldText(right))}`));
  }
  const prefix = PREFIXES.exec(right)?.[1];
  const bare = prefix ? right.slice(2) : right;
  return both(
    second.type === 'date'
      ? inDate(alias, code, sql<boolean>`${paired} and ${dateMatch(code, bare, prefix ?? 'eq', context.now)}`)
      : inQuantity(alias, code, sql<boolean>`${paired} and ${quantityMatch(code, bare, prefix ?? 'eq')}`),
  );
}

const exactValue = (type: SearchType, value: string, context: FilterContext): string =>
  type === 'reference' ? referenceValue(value, context.baseUrl) : value;

/** Conditions of all filters on one type. */
export function filtersCondition(
  resourceType: string,
  filters: readonly Filter[],
  alias: Alias,
  context: FilterContext,
): Condition {
  return allOf(filters.map((filter) => filterCondition(resourceType, filter, alias, context)));
}

export type { Chain };
