import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { OperationOutcomeIssue, Organization } from '@medplum/fhirtypes';
import { buildSummary } from '../../kernel/fhir/summary/summary.ts';
import { ipsExamples, ipsValidator, syntheaRecords } from '../../kernel/fhir/summary/testing/vectors.ts';
import type { Suite } from './suite.ts';

/** IPS 1.1.0: the package's own examples, and our summaries of real-looking records, against its profiles. */

const synthea = join(import.meta.dirname, '../../../shared/data/synthea/r4-transaction-bundles-40.ndjson.gz');
const author: Organization = { resourceType: 'Organization', id: 'clinic', name: 'Border clinic' };
/** An example that is an instance of another profile of the same type. */
const PROFILE_OF_EXAMPLE: Readonly<Record<string, string>> = { 'ips-example-imaging-1': 'Device-observer-uv-ips' };

function demandNone(issues: readonly OperationOutcomeIssue[]): void {
  if (issues.length > 0) {
    throw new Error(issues.map((issue) => `${issue.details?.text} @ ${issue.expression?.join()}`).join('\n  '));
  }
}

export default {
  name: 'ips',
  *cases() {
    const validator = ipsValidator();
    for (const resource of ipsExamples()) {
      yield {
        name: `example ${resource.resourceType}/${resource.id}`,
        check: () => {
          const profile = resource.resourceType === 'Device' ? PROFILE_OF_EXAMPLE[resource.id ?? ''] : undefined;
          demandNone(
            resource.resourceType === 'Bundle'
              ? validator.validateDocument(resource)
              : validator.validateOne(resource, profile),
          );
        },
      };
    }
    const records = existsSync(synthea) ? syntheaRecords(synthea) : syntheaRecords();
    for (const [index, { patient, resources }] of records.entries()) {
      for (const language of ['en', 'th', 'my']) {
        yield {
          name: `summary of Synthea record ${index} in ${language}`,
          check: () =>
            demandNone(
              validator.validateDocument(
                buildSummary(resources, {
                  patient,
                  language,
                  now: new Date('2019-06-10T08:00:00Z'),
                  author: { organization: author },
                  documentId: '7d0e5b1c-3c55-4d43-9d5e-0c7a2b1f4e60',
                }),
              ),
            ),
        };
      }
    }
  },
} satisfies Suite;
