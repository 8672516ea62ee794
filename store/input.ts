import { OperationOutcomeError, validateResource } from '@medplum/core';
import type { OperationOutcomeIssue, Resource } from '@medplum/fhirtypes';
import { loadDefinitions } from './definitions.ts';
import { invalid } from './faults.ts';
import { wrongCodes } from './required-codes.ts';

/** What a resource must be before it may be kept. */

const MAXIMUM_DEPTH = 64;

/**
 * Checks what neither FHIR's definitions nor PostgreSQL would answer with a path: U+0000, broken UTF-16, numbers that
 * are none, and nesting without end. Then validates against FHIR R4, strictly: unknown fields are refused.
 *
 * @throws OperationOutcomeError with an `expression` for each issue.
 */
export function checkResource(resource: Resource): void {
  loadDefinitions();
  const issues: OperationOutcomeIssue[] = [];
  checkValue(resource, resource.resourceType, 0, issues);
  if (issues.length === 0) {
    issues.push(...wrongCodes(resource));
  }
  if (issues.length > 0) {
    throw new OperationOutcomeError({ resourceType: 'OperationOutcome', issue: issues });
  }
  try {
    validateResource(resource, { base64BinaryMaxBytes: ATTACHMENT_BYTES_MAXIMUM });
  } catch (error) {
    if (!(error instanceof OperationOutcomeError)) {
      // Medplum's validator stumbles over some shapes it has no word for: still the caller's mistake.
      throw invalid('The resource is not one of FHIR R4', resource.resourceType);
    }
    const wrong = error.outcome.issue.filter((found) => !isSpacedBase64(resource, found));
    if (wrong.some((found) => found.severity === 'error' || found.severity === 'fatal')) {
      throw new OperationOutcomeError({ ...error.outcome, issue: wrong });
    }
  }
}

const ATTACHMENT_BYTES_MAXIMUM = 16 * 1024 * 1024;
const BASE64 = /^[A-Za-z\d+/]+={0,2}$/;

/** R4 allows white space inside base64; Medplum's check does not. */
function isSpacedBase64(resource: Resource, { details, expression }: OperationOutcomeIssue): boolean {
  if (details?.text !== 'Invalid base64Binary format' || !expression?.[0]) {
    return false;
  }
  let value: unknown = resource;
  for (const step of expression[0].split(/[.[\]]+/).slice(1)) {
    value = step === '' ? value : (value as Record<string, unknown> | undefined)?.[step];
  }
  const bare = typeof value === 'string' ? value.replace(/\s/g, '') : '';
  return bare.length % 4 === 0 && BASE64.test(bare);
}

function checkValue(value: unknown, path: string, depth: number, issues: OperationOutcomeIssue[]): void {
  if (typeof value === 'string') {
    if (!value.isWellFormed()) {
      issues.push(issue(path, 'Text is not well-formed Unicode'));
    } else if (value.includes('\u0000')) {
      issues.push(issue(path, 'Text contains the character U+0000'));
    }
    return;
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) {
      issues.push(issue(path, 'Number is out of range'));
    }
    return;
  }
  if (typeof value !== 'object' || value === null) {
    return;
  }
  if (depth > MAXIMUM_DEPTH) {
    issues.push(issue(path.slice(0, 200), `Nested deeper than ${MAXIMUM_DEPTH} levels`));
    return;
  }
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) {
      checkValue(value[i], `${path}[${i}]`, depth + 1, issues);
    }
    return;
  }
  const node = value as Record<string, unknown>;
  for (const key in node) {
    if (!KEY.test(key)) {
      issues.push(issue(path, 'Unknown field'));
    } else {
      checkValue(node[key], `${path}.${key}`, depth + 1, issues);
    }
  }
}

/** FHIR element names; a name that is not one is not repeated in the answer. */
const KEY = /^_?[A-Za-z][A-Za-z0-9]{0,63}$/;

function issue(path: string, text: string): OperationOutcomeIssue {
  return { severity: 'error', code: 'value', details: { text }, expression: [path] };
}
