/**
 * Writes the pages of `docs/reference` that repeat what the sources say: `errors.md` from the refusal tables,
 * `policies.md` from the Cedar files and the agreements, `claim-reasons.md` from the numbered reasons. `node scripts/build-reference.ts`; a test proves them current.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reasons } from '@serai/domains/cover/claims/reasons.ts';
import { suspicionReasons } from '@serai/domains/cover/claims/suspicion-reasons.ts';
import type { RefusalSpec } from '@serai/kernel/base/refusal.ts';
import { type Agreement, clauseId } from '@serai/policy/agreement.ts';
import { loadAgreements, loadPolicyFiles } from '@serai/policy/load.ts';

const root = join(import.meta.dirname, '..');

export interface RefusalTable {
  /** Path from the root. */
  readonly file: string;
  readonly area: string;
  /** In order of precedence. */
  readonly refusals: readonly ({ readonly code: string } & RefusalSpec)[];
}

/** Every table of every `*.refusals.ts`, in the order of their areas. */
export async function refusalTables(): Promise<readonly RefusalTable[]> {
  const tables: RefusalTable[] = [];
  const files = globSync('{kernel,policy,store,domains,apps}/**/*.refusals.ts', {
    cwd: root,
    exclude: (name) => String(name) === 'node_modules',
  });
  for (const file of files.map((each) => String(each).replaceAll('\\', '/')).sort()) {
    const module = (await import(join(root, file))) as Record<string, unknown>;
    for (const [name, value] of Object.entries(module)) {
      if (name.endsWith('Refusals') && value !== null && typeof value === 'object') {
        const refusals = Object.entries(value as Record<string, RefusalSpec>).map(([code, spec]) => ({
          code,
          ...spec,
        }));
        tables.push({ file, area: refusals[0]?.code.split('.')[0] ?? name, refusals });
      }
    }
  }
  return tables.sort((a, b) => a.area.localeCompare(b.area, 'en'));
}

/** `docs/reference/errors.md`. */
export async function errorsPage(): Promise<string> {
  const tables = await refusalTables();
  const codes = tables.reduce((sum, { refusals }) => sum + refusals.length, 0);
  const parts = tables.map(({ area, file, refusals }) =>
    [
      `## \`${area}\``,
      `Declared in [\`${file}\`](../../${file}), in order of precedence: where two hold, the upper one is given.`,
      '| code | HTTP | what it says | the same request may succeed later |',
      '| --- | --- | --- | --- |',
      ...refusals.map(
        ({ code, status, sentence, retry }) =>
          `| \`${code}\` | ${status} | ${cell(sentence)} | ${retry ? 'yes' : 'no'} |`,
      ),
    ].join('\n'),
  );
  return `${generated}# Refusals

${codes} codes in ${tables.length} areas. A refusal is an expected "no": a value with a stable code, never an exception. It is answered as
a FHIR \`OperationOutcome\`; the code is in \`issue.details.coding\` (system \`https://serai.example/CodeSystem/refusal\`), the sentence in
\`issue.details.text\`, the field that is to blame, if one is, in \`issue.expression\`. Screens translate by code.

Three answers have no row here. Whoever may not see a thing gets the same 404 as for a thing that does not exist, byte for byte.
What was sent wrongly gets a 400 that names every wrong field. What nobody foresaw gets a 500 that holds only a number to find it by
in the log.

${parts.join('\n\n')}
`;
}

interface Policy {
  readonly id: string;
  readonly effect: string;
  readonly because: string;
}

/** `docs/reference/policies.md`. */
export function policiesPage(): string {
  const { files } = loadPolicyFiles();
  const agreements = loadAgreements(join(root, 'countries/agreements'));
  const fileParts = Object.entries(files)
    .sort(([a], [b]) => a.localeCompare(b, 'en'))
    .map(([name, text]) => {
      const intro = /^(?:\/\/ ?.*\n)+/
        .exec(text)?.[0]
        .replace(/^\/\/ ?/gm, '')
        .trim();
      return [
        `## [\`${name}\`](../../policy/policies/${name})`,
        ...(intro ? [intro] : []),
        '| policy | effect | because |\n| --- | --- | --- |\n' +
          policiesOf(text)
            .map(({ id, effect, because }) => `| \`${id}\` | ${effect} | ${cell(because)} |`)
            .join('\n'),
      ].join('\n\n');
    });
  return `${generated}# Policies

Every decision names the policies that made it by these ids. A forbid wins over every permit; where nothing permits, the answer is no.

${fileParts.join('\n\n')}

# Agreements

Compiled from [\`countries/agreements\`](../../countries/agreements) when a node starts: a permit for each clause, and forbids for a
version the parties do not share, for days outside the agreement's term, for prohibited purposes and for an agreement that is
suspended. Illustrative: they state no government's position.

${agreements.map(agreementPart).join('\n\n')}
`;
}

function policiesOf(text: string): Policy[] {
  return [...text.matchAll(/@id\("([^"]+)"\)\s*(?:@because\("([^"]*)"\)\s*)?(permit|forbid)/g)].map(
    ([, id, because, effect]) => ({ id: id!, effect: effect!, because: because ?? '' }),
  );
}

function agreementPart(agreement: Agreement): string {
  const rows = agreement.clauses.map(
    (clause) =>
      `| \`${clauseId(agreement, clause)}\` | ${cell(clause.ref)}: ${cell(clause.title.en ?? '')} | ${clause.purposes.join(', ')} | ` +
      `${clause.recipientClasses.join(', ')} | ${clause.facilities.map((each) => `\`${each}\``).join(', ')} | ` +
      `${clause.dataCategories.join(', ')} | ${clause.withheldLabels.join(', ') || 'none'} | ${clause.legalBasis} | ${clause.retentionDays} |`,
  );
  const groups = Object.entries(agreement.facilityGroups).map(
    ([name, facilities]) => `\`${name}\`: ${facilities.map((each) => `\`${each}\``).join(', ')}`,
  );
  return `## \`${agreement.id}\`, version ${agreement.version}

${cell(agreement.title.en ?? '')}. ${agreement.parties.map(({ country }) => country).join(' and ')}; ${agreement.status} from ${agreement.inForce} to ${agreement.expires}.
Prohibited whatever a clause says: ${agreement.prohibitedPurposes.join(', ')}.

| clause | what | purposes | for | facilities | data categories | labels withheld | basis | kept abroad, days |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
${groups.length > 0 ? `\n${groups.join('\n\n')}\n` : ''}`.trimEnd();
}

/** `docs/reference/claim-reasons.md`. */
export function claimReasonsPage(): string {
  const rows = reasons.map(
    ({ number, name, falls, says, todo }) =>
      `| ${number < 0 ? `−${-number}` : number} | \`${name}\` | ${number === 0 ? '' : falls === 'claim' ? 'the claim' : 'the line'} | ${cell(says.en)} | ${cell(todo.en)} |`,
  );
  const suspicions = suspicionReasons.map(
    ({ number, name, weight, says }) => `| ${number} | \`${name}\` | ${weight} | ${cell(says.en)} |`,
  );
  return `${generated}# Reasons of claims

Every line of a claim that was judged carries one number: why it was accepted or not, and beside it the rule that decided, as a path
into the scheme (\`benefits[2].waitingMonths.adult\`) whose version the adjudication names. A claim whose lines all fell is rejected
with 1; one that fell as a whole carries the reason for it. −1 to 19 are openIMIS's numbers (6 and 18 are unused there too); from
100 on they are Serai's. Declared in [\`domains/cover/claims/reasons.ts\`](../../domains/cover/claims/reasons.ts), in English, Thai and
Burmese; the order in which they are looked for is that of
[\`checks.ts\`](../../domains/cover/claims/checks.ts), and every one has a case that reaches it and one that does not:
\`npm run verify -- claims\`.

| number | name | falls | what happened | what to do |
| --- | --- | --- | --- | --- |
${rows.join('\n')}

## Suspicions

A suspicion rejects nothing. It puts the claim before a person, with the claims it rests on.

| number | name | weight | what was found |
| --- | --- | --- | --- |
${suspicions.join('\n')}
`;
}

/** The kinds of evidence there are, as \`store/types.ts\` declares them. */
export function auditEventKinds(): readonly string[] {
  const declared = /interface EvidenceEntry \{\s*readonly kind: ([^;]+);/.exec(
    readFileSync(join(root, 'store/types.ts'), 'utf8'),
  )?.[1];
  const kinds = [...(declared ?? '').matchAll(/'([^']+)'/g)].map(([, kind]) => kind!);
  if (kinds.length === 0) {
    throw new Error('store/types.ts no longer declares the kinds of an EvidenceEntry where this script looks for them');
  }
  return kinds;
}

const generated = '<!-- Written by scripts/build-reference.ts from the sources. Do not edit. -->\n\n';

/** Text that fits a table. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

if (import.meta.main) {
  writeFileSync(join(root, 'docs/reference/errors.md'), await errorsPage());
  writeFileSync(join(root, 'docs/reference/policies.md'), policiesPage());
  writeFileSync(join(root, 'docs/reference/claim-reasons.md'), claimReasonsPage());
}
