import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Agreement, parseAgreements } from './agreement.ts';
import type { PolicySources } from './decide.ts';

const policiesFolder = join(import.meta.dirname, 'policies');

/** Reads the reviewed policy files that ship with the node. */
export function loadPolicyFiles(): Pick<PolicySources, 'schema' | 'files'> {
  const files = readdirSync(policiesFolder).filter((name) => name.endsWith('.cedar'));
  return {
    schema: readFileSync(join(policiesFolder, 'schema.cedarschema'), 'utf8'),
    files: Object.fromEntries(files.map((name) => [name, readFileSync(join(policiesFolder, name), 'utf8')])),
  };
}

/** @throws AgreementError naming every mistake of every file. */
export function loadAgreements(folder: string): Agreement[] {
  return parseAgreements(
    readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort()
      .map((name) => ({ name, json: JSON.parse(readFileSync(join(folder, name), 'utf8')) })),
  );
}
