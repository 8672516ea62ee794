import type { CodeableConcept, Coding, Resource } from '@medplum/fhirtypes';
import {
  categoryByObservationCategory,
  categoryByType,
  type SensitiveCode,
  type SensitivityRule,
  sensitivityRules,
} from './classify.table.ts';
import type { DataCategory } from './types.ts';

export interface Classification {
  readonly categories: readonly DataCategory[];
  readonly labels: readonly string[];
}

/**
 * Which parts of a record a resource is and which labels it bears: what its type says, what its codes say, and what
 * `meta.security` already says. Labels only ever add up (high-water mark): a document, or an assessment as a whole,
 * bears the labels of everything in it.
 */
export function classify(resource: Resource): Classification {
  const found = codingsOf(resource);
  const labels = new Set<string>();
  for (const coding of resource.meta?.security ?? []) {
    if (coding.code) {
      labels.add(coding.code);
    }
  }

  let categories = new Set<DataCategory>(categoryByType[resource.resourceType] ?? ['administrative']);
  if (resource.resourceType === 'Observation') {
    const own = (resource.category ?? [])
      .flatMap((concept) => concept.coding ?? [])
      .map((coding) => categoryByObservationCategory[coding.code ?? ''])
      .filter((category) => category !== undefined);
    if (own.length > 0) {
      categories = new Set(own);
    }
  }
  const rules = matchingRules(found);
  if (
    resource.resourceType === 'Observation' &&
    rules.size > 0 &&
    categories.size === 1 &&
    categories.has('assessment')
  ) {
    // An answer about tuberculosis is about tuberculosis, though it was asked in an assessment.
    categories.clear();
  }
  for (const rule of rules) {
    if (rule.only && resource.resourceType === 'Observation') {
      categories = new Set([rule.category]);
    } else {
      categories.add(rule.category);
    }
    for (const label of rule.labels) {
      labels.add(label);
    }
  }
  return { categories: [...categories].sort(), labels: [...labels].sort() };
}

function matchingRules(codings: ReadonlySet<string>): Set<SensitivityRule> {
  const rules = new Set<SensitivityRule>();
  for (const key of codings) {
    for (const rule of exactRules.get(key) ?? []) {
      rules.add(rule);
    }
    for (const { prefix, rule } of prefixRules) {
      if (key.startsWith(prefix)) {
        rules.add(rule);
      }
    }
  }
  return rules;
}

const exactRules = new Map<string, SensitivityRule[]>();
const prefixRules: { prefix: string; rule: SensitivityRule }[] = [];
/** Our own code systems share a prefix; a rule for `local` codes speaks of all of them. */
const localSystem = 'https://serai.example/';

for (const rule of sensitivityRules) {
  for (const sensitive of rule.codes) {
    if (sensitive.code.endsWith('*')) {
      prefixRules.push({ prefix: keyOf(sensitive).slice(0, -1), rule });
    } else {
      const key = keyOf(sensitive);
      exactRules.set(key, [...(exactRules.get(key) ?? []), rule]);
    }
  }
}

function keyOf(coding: Coding | SensitiveCode): string {
  const system = coding.system ?? '';
  return `${system.startsWith(localSystem) ? localSystem : system.replace('icd-10-cm', 'icd-10')}|${coding.code}`;
}

/** Every `system|code` anywhere in a resource, but for its own `meta`. */
function codingsOf(resource: Resource): Set<string> {
  const codings = new Set<string>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const each of value) {
        visit(each);
      }
    } else if (value !== null && typeof value === 'object') {
      const { code, system } = value as Coding & CodeableConcept;
      if (typeof code === 'string' && typeof system === 'string') {
        codings.add(keyOf({ code, system }));
      }
      for (const each of Object.values(value)) {
        if (typeof each === 'object') {
          visit(each);
        }
      }
    }
  };
  for (const [name, value] of Object.entries(resource)) {
    if (name !== 'meta' && name !== 'text' && typeof value === 'object') {
      visit(value);
    }
  }
  return codings;
}
