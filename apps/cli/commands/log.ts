import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { PublicJwk, SigningKey } from '@serai/kernel/trust/jws.ts';
import { type VerifiedKeySet, verifyKeySet } from '@serai/kernel/trust/keys.ts';
import { auditLog, noteVerifiers } from '@serai/kernel/trust/log-audit.ts';
import { type TrustedNode, verifyTrustList } from '@serai/kernel/trust/trust-list.ts';
import '@serai/kernel/trust/log.refusals.ts';
import { refusalSpecs } from '@serai/kernel/base/refusal.ts';

export const summary = 'Verify the evidence log of a node: every leaf, every checkpoint, every witness';

const usage = `serai log verify [--country mm] [--trust-list file] [--authority key.json] [--save file] [--offline file]

Fetches a node's whole evidence log, rebuilds its tree, and holds it against every checkpoint the node has signed and
its partners have witnessed; then counts what the log says, disclosures to enforcement first of all.

  --country     which node of the trust list; all of them unless told
  --trust-list  the corridor's signed trust list (default: .serai/trust-list.jwt)
  --authority   the authority's public key as a JWK (default: .serai/authority.json)
  --save        keep what was fetched, to be verified again later or elsewhere
  --offline     verify a file that --save wrote; nothing is fetched
`;

/** What is fetched of one node, and all that is needed to check it. */
interface Archive {
  readonly trustList: string;
  readonly keySets: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
  readonly leaves: readonly string[];
  readonly country: string;
}

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      country: { type: 'string' },
      'trust-list': { type: 'string' },
      authority: { type: 'string' },
      save: { type: 'string' },
      offline: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help || positionals[0] !== 'verify' || positionals.length !== 1) {
    console.log(usage);
    return values.help ? 0 : 2;
  }
  const home = resolve(process.env.SERAI_HOME ?? '.serai');
  const authorityFile = values.authority ?? join(home, 'authority.json');
  const trustListFile = values['trust-list'] ?? join(home, 'trust-list.jwt');
  for (const file of values.offline ? [authorityFile, values.offline] : [authorityFile, trustListFile]) {
    if (!existsSync(file)) {
      console.error(`There is no file ${file}. Start the demonstration with npm start, or name the file.`);
      return 2;
    }
  }
  const authority = publicKeyIn(authorityFile);

  if (values.offline) {
    return verify(JSON.parse(readFileSync(values.offline, 'utf8')) as Archive, authority);
  }
  const trustListText = readFileSync(trustListFile, 'utf8');
  const trusted = await verifyTrustList(trustListText, { authorityKey: authority, now: now() });
  if (!trusted.ok) {
    console.error(`The trust list is not believed: ${sentence(trusted.code)}`);
    return 1;
  }
  const wanted = trusted.value.nodes.filter((node) => !values.country || node.country === values.country.toUpperCase());
  if (wanted.length === 0) {
    console.error(`The trust list has no node of ${values.country}.`);
    return 2;
  }
  let worst = 0;
  for (const node of wanted) {
    try {
      const archive = await fetchArchive(node, trusted.value.nodes, trustListText);
      if (values.save) {
        writeFileSync(wanted.length > 1 ? `${values.save}.${node.country}` : values.save, JSON.stringify(archive));
      }
      worst = Math.max(worst, await verify(archive, authority));
    } catch (error) {
      console.error(`${node.country}: the node does not answer (${(error as Error).message}).`);
      worst = 1;
    }
  }
  return worst;
}

async function verify(archive: Archive, authority: PublicJwk): Promise<number> {
  const trusted = await verifyTrustList(archive.trustList, { authorityKey: authority, now: now(), allowExpired: true });
  if (!trusted.ok) {
    console.error(`The trust list is not believed: ${sentence(trusted.code)}`);
    return 1;
  }
  const sets: VerifiedKeySet[] = [];
  for (const node of trusted.value.nodes) {
    const text = archive.keySets[node.country];
    const set =
      text &&
      (await verifyKeySet(text, {
        identityKey: node.identityKey,
        node: node.baseUrl,
        country: node.country,
        now: issuedAt(text),
      }));
    if (set?.ok) {
      sets.push(set.value);
    }
  }
  const own = sets.find((set) => set.country === archive.country);
  if (!own) {
    console.error(`${archive.country}: its keys are not those of the trust list; nothing it says can be checked.`);
    return 1;
  }
  const witnesses = sets.filter((set) => set !== own).flatMap(noteVerifiers);
  const disclosed = new Map<string, number>([['enforcement', 0]]);
  let enforcementRefused = 0;
  const audit = await auditLog(
    archive.leaves.map((leaf) => new Uint8Array(Buffer.from(leaf, 'base64'))),
    archive.notes,
    noteVerifiers(own),
    witnesses,
    ({ kind, public: open }) => {
      const of = String(open.class);
      const permitted = open.outcome === 'permitted' || open.outcome === 'permit';
      if (permitted && (kind === 'disclosure' || of === 'enforcement')) {
        disclosed.set(of, (disclosed.get(of) ?? 0) + 1);
      }
      if (of === 'enforcement' && !permitted) {
        enforcementRefused++;
      }
    },
  );
  if (!audit.ok) {
    console.error(`${archive.country}: NOT VERIFIED. ${sentence(audit.code)} ${JSON.stringify(audit.details ?? {})}`);
    return 1;
  }
  const { size, root, checkpoints, unsigned } = audit.value;
  const witnessed = checkpoints.filter((checkpoint) => checkpoint.witnesses.length > 0);
  console.log(`${archive.country}: verified. ${size} entries, root ${root}`);
  console.log(
    `  ${checkpoints.length} checkpoints hold, ${witnessed.length} of them witnessed by partners (latest at ${witnessed.at(-1)?.size ?? 0}); ${unsigned} entries since the last`,
  );
  const counts = [...disclosed].map(([of, count]) => `${of} ${count}`).join(', ');
  console.log(`  disclosures by class of recipient: ${counts}; attempts by enforcement refused: ${enforcementRefused}`);
  if ((disclosed.get('enforcement') ?? 0) > 0) {
    console.error(`${archive.country}: THE FIREWALL DID NOT HOLD: the log records disclosures to enforcement.`);
    return 1;
  }
  return 0;
}

async function fetchArchive(node: TrustedNode, nodes: readonly TrustedNode[], trustList: string): Promise<Archive> {
  const keySets: Record<string, string> = {};
  for (const each of nodes) {
    keySets[each.country] = await text(`${each.baseUrl}/.well-known/serai-keys`).catch(() => '');
  }
  const { notes } = JSON.parse(await text(`${node.baseUrl}/evidence/checkpoints`)) as { notes: string[] };
  const leaves: string[] = [];
  for (;;) {
    const page = JSON.parse(await text(`${node.baseUrl}/evidence/leaves?from=${leaves.length}`)) as {
      leaves: string[];
    };
    if (page.leaves.length === 0) {
      return { trustList, keySets, notes, leaves, country: node.country };
    }
    leaves.push(...page.leaves);
  }
}

async function text(url: string): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(30_000) });
  if (!response.ok) {
    throw new Error(`status ${response.status}`);
  }
  return response.text();
}

function publicKeyIn(file: string): PublicJwk {
  const key = JSON.parse(readFileSync(file, 'utf8')) as SigningKey & PublicJwk;
  return key.publicJwk ?? key;
}

/** A kept key set was good when it was fetched; it is judged at that time. */
function issuedAt(jws: string): number {
  return (JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8')) as { iat: number }).iat;
}

function sentence(code: string): string {
  return refusalSpecs().get(code)?.sentence ?? code;
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}
