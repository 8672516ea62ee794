import {
  applyPatch,
  fhirpathPatchTypedValue,
  gone,
  type Operation,
  OperationOutcomeError,
  parseFhirPathPatchParameters,
  preconditionFailed,
  toTypedValue,
  type WithId,
} from '@medplum/core';
import type { Bundle, BundleEntry, Parameters, Resource } from '@medplum/fhirtypes';
import { invalid } from './faults.ts';
import type { StoredRow } from './rows.ts';

/** The parts of FHIR's interactions that need no database. */

/** Versions of one resource, newest first, from `offset` on. */
export function historyBundle<T extends Resource>(
  fullUrl: string,
  rows: readonly StoredRow[],
  offset: number,
  limit: number,
): Bundle<WithId<T>> {
  const entry = rows.slice(offset, offset + limit).map((row): BundleEntry<WithId<T>> => {
    const created = row.version === 1;
    return {
      fullUrl,
      request: {
        method: row.deleted ? 'DELETE' : created ? 'POST' : 'PUT',
        url: `${row.resource_type}/${row.id}`,
      },
      response: {
        status: row.deleted ? '204' : created ? '201' : '200',
        etag: `W/"${row.version_id}"`,
        lastModified: row.last_updated.toISOString(),
      },
      ...(row.content !== null && { resource: JSON.parse(row.content) as WithId<T> }),
    };
  });
  const next = offset + limit;
  return {
    resourceType: 'Bundle',
    type: 'history',
    total: rows.length,
    link: [
      { relation: 'self', url: `${fullUrl}/_history` },
      ...(next < rows.length
        ? [{ relation: 'next' as const, url: `${fullUrl}/_history?_count=${limit}&_offset=${next}` }]
        : []),
    ],
    entry,
  };
}

/** @throws OperationOutcomeError naming the parameter when it is no count. */
export function whole(value: number | undefined, name: string): number | undefined {
  if (value !== undefined && !(Number.isSafeInteger(value) && value >= 0)) {
    throw invalid(`${name} takes a whole number of zero or more`, name);
  }
  return value;
}

/** @throws OperationOutcomeError 412 when the caller means another version. */
export function requireVersion(row: StoredRow, ifMatch: string | undefined): void {
  if (ifMatch !== undefined && ifMatch !== row.version_id) {
    throw new OperationOutcomeError(preconditionFailed);
  }
  if (ifMatch !== undefined && row.deleted) {
    throw new OperationOutcomeError(gone);
  }
}

/** JSON Patch or FHIRPath Patch, on a copy. @throws OperationOutcomeError when it cannot be applied. */
export function applyAnyPatch<T extends Resource>(current: T, patch: Operation[] | Parameters): T {
  const patched = structuredClone(current);
  try {
    if (Array.isArray(patch)) {
      const faults = applyPatch(patched, patch).filter((fault) => fault !== null);
      if (faults.length > 0) {
        throw faults[0];
      }
    } else {
      fhirpathPatchTypedValue(toTypedValue(patched), parseFhirPathPatchParameters(patch));
    }
  } catch (error) {
    throw error instanceof OperationOutcomeError
      ? error
      : invalid(`The patch cannot be applied: ${error instanceof Error ? error.message : 'it is not a patch'}`);
  }
  return patched;
}
