import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Scheme } from './scheme.ts';
import { parseSchemes, type SchemeFile } from './scheme-files.ts';

/** Schemes for tests: the ones in `countries/`, and a small one with whatever a test is about. */

const countries = fileURLToPath(new URL('../../../countries', import.meta.url));

export function schemeFiles(): SchemeFile[] {
  return ['mm', 'th'].flatMap((country) => {
    const folder = join(countries, country, 'schemes');
    return readdirSync(folder).map((name) => ({ name, json: JSON.parse(readFileSync(join(folder, name), 'utf8')) }));
  });
}

let read: readonly Scheme[] | undefined;

/** Every version of a scheme of `countries/`, or of all of them. */
export function theSchemes(id?: string): readonly Scheme[] {
  read ??= parseSchemes(schemeFiles());
  return id === undefined ? read : read.filter((scheme) => scheme.id === id);
}

const everything = {
  adult: { kind: 'co-insurance', schemePaysPercent: 100 },
  child: { kind: 'co-insurance', schemePaysPercent: 100 },
};

/** The least a scheme may say, as a file has it. */
export function smallScheme(): Record<string, unknown> & { contribution: Record<string, unknown> } {
  return {
    id: 'sch:th:small',
    version: 1,
    validFrom: '2020-01-01',
    kind: 'insurance',
    title: { en: 'Small' },
    country: 'TH',
    currency: 'THB',
    sources: [],
    who: { entitlements: ['any'], childBelowYears: 7, dependants: { relations: ['child'], leftBehind: false } },
    period: { months: 12 },
    contribution: {
      basis: 'person',
      rates: [{ id: 'year', months: 12, amount: '1000.00' }],
      grace: { paymentDays: 15, renewalDays: 30 },
    },
    benefits: [{ id: 'all', covers: ['*'], price: 'list', limits: { other: everything } }],
    catalogue: [{ code: 'CON', kind: 'service', title: { en: 'Consultation' }, category: 'consultation' }],
    tariffs: [{ id: 'list', country: 'TH', currency: 'THB', validFrom: '2020-01-01', prices: { CON: '100.00' } }],
    network: [{ country: 'TH', facilities: ['any'] }],
  };
}

/** The small scheme with other fields; `contribution` is merged. @throws SchemeError where they do not fit. */
export function schemeWith(fields: Record<string, unknown>): Scheme {
  const small = smallScheme();
  const contribution = { ...small.contribution, ...(fields.contribution as object | undefined) };
  return parseSchemes([{ name: 'small.json', json: { ...small, ...fields, contribution } }])[0]!;
}
