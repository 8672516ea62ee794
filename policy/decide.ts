import cedar from '@cedar-policy/cedar-wasm/nodejs';
import type { Agreement } from './agreement.ts';
import { compileAgreement } from './compile.ts';
import { consentFor } from './facts.ts';
import type { Decide, Decision, DecisionRequest } from './types.ts';

/** The policies or their schema do not hold together; the node does not start. */
export class PolicyError extends Error {
  override name = 'PolicyError';
}

export interface PolicySources {
  /** Country of this node, upper case. */
  readonly country: string;
  readonly schema: string;
  /** Cedar files by name; every policy in them carries `@id`. */
  readonly files: Readonly<Record<string, string>>;
  readonly agreements: readonly Agreement[];
}

let policySets = 0;

/**
 * Builds `decide` for one node: the reviewed policy files and the agreements it is party to, checked against the
 * schema. The answer depends on nothing but the request.
 *
 * @throws PolicyError listing everything that is wrong with the policies.
 */
export function createDecide(sources: PolicySources): Decide {
  const staticPolicies: Record<string, string> = {};
  for (const [file, content] of Object.entries(sources.files)) {
    for (const policy of partsOf(file, content)) {
      const id = /@id\("([^"]+)"\)/.exec(policy)?.[1];
      if (!id) {
        throw new PolicyError(`${file}: a policy has no @id; every policy must be nameable in a decision`);
      }
      if (staticPolicies[id]) {
        throw new PolicyError(`${file}: the policy id ${id} is used twice`);
      }
      staticPolicies[id] = policy;
    }
  }
  for (const agreement of sources.agreements) {
    if (agreement.parties.some((party) => party.country === sources.country)) {
      Object.assign(staticPolicies, compileAgreement(agreement));
    }
  }

  const schemaName = `serai-${++policySets}`;
  failOn('schema', cedar.preparseSchema(schemaName, sources.schema));
  const validation = cedar.validate({ schema: sources.schema, policies: { staticPolicies } });
  failOn('policies', validation);
  if (validation.type === 'success' && validation.validationErrors.length > 0) {
    throw new PolicyError(
      validation.validationErrors.map((each) => `${each.policyId}: ${each.error.message}`).join('\n'),
    );
  }
  failOn('policies', cedar.preparsePolicySet(schemaName, { staticPolicies }));

  // Most requests ask the same question about another row: the question, without who and which, is the key.
  const remembered = new Map<string, Decision>();
  return (request) => {
    const question = questionOf(request, sources.country);
    const key = JSON.stringify(question);
    const known = remembered.get(key);
    if (known) {
      return known;
    }
    const decision = ask(schemaName, question);
    if (remembered.size >= 20_000) {
      remembered.clear();
    }
    remembered.set(key, decision);
    return decision;
  };
}

/** A request turned into what the policies may look at. No identity of a person is in it. */
interface Question {
  readonly action: string;
  readonly actor: {
    readonly class: string;
    readonly roles: readonly string[];
    readonly country: string;
    readonly home: boolean;
    readonly facility: string;
  };
  readonly target: {
    readonly kind: string;
    readonly name: string;
    readonly categories: readonly string[];
    readonly labels: readonly string[];
    readonly personal: boolean;
  };
  readonly context: Readonly<Record<string, cedar.CedarValueJson>>;
}

function questionOf(request: DecisionRequest, country: string): Question {
  const { actor, purpose, action, target, facts } = request;
  const personId = target.kind === 'resource' ? target.personId : undefined;
  const agreement = facts?.agreement;
  const home = actor.country === country;
  return {
    action,
    actor: {
      class: actor.class,
      roles: [...actor.roles].sort(),
      country: actor.country,
      home,
      facility: actor.facility ?? '',
    },
    target: {
      kind: target.kind,
      name: target.kind === 'route' ? `${target.method} ${target.route}` : target.resourceType,
      categories: target.kind === 'resource' ? [...target.categories].sort() : [],
      labels: target.kind === 'resource' ? [...target.labels].sort() : [],
      personal: personId !== undefined,
    },
    context: {
      purpose,
      consent: consentFor(facts?.person, purpose, home ? undefined : actor.country),
      ownRecord: personId !== undefined && actor.personId === personId,
      careRelationship: actor.facility !== undefined && (facts?.person?.facilities.includes(actor.facility) ?? false),
      breakGlass: facts?.breakGlass !== undefined,
      ownClaim:
        target.kind === 'resource' && target.claimedBy !== undefined && target.claimedBy === (actor.facility ?? ''),
      ...(agreement && {
        agreement: {
          id: agreement.id,
          version: agreement.version,
          clause: agreement.clause,
          // To the day: agreements begin and end with days, and the same question should have the same key.
          at: { __extn: { fn: 'datetime', arg: agreement.at.slice(0, 10) } },
        },
      }),
    },
  };
}

function ask(policySet: string, question: Question): Decision {
  const principal = { type: 'Serai::Actor', id: 'asking' };
  const resource = { type: 'Serai::Target', id: 'asked-for' };
  const answer = cedar.statefulIsAuthorized({
    principal,
    action: { type: 'Serai::Action', id: question.action },
    resource,
    context: { ...question.context },
    entities: [
      { uid: principal, attrs: { ...question.actor, roles: [...question.actor.roles] }, parents: [] },
      {
        uid: resource,
        attrs: {
          ...question.target,
          categories: [...question.target.categories],
          labels: [...question.target.labels],
        },
        parents: [],
      },
    ],
    preparsedPolicySetId: policySet,
    preparsedSchemaName: policySet,
    validateRequest: true,
  });
  if (answer.type === 'failure') {
    // A question the policies cannot understand is a "no", and the log says that it was one.
    return { permit: false, policies: [], clauses: [], reason: 'not-understood' };
  }
  const { decision, diagnostics } = answer.response;
  if (diagnostics.errors.length > 0) {
    return { permit: false, policies: diagnostics.reason, clauses: [], reason: 'policy-error' };
  }
  const permit = decision === 'allow';
  const policies = [...diagnostics.reason].sort(byPrecedence);
  return {
    permit,
    policies,
    clauses: policies.filter((id) => id.startsWith('agr:') && id.includes('#')),
    reason: permit ? 'permitted' : reasonOf(policies),
  };
}

/** The firewall's reason is given before any other. */
function byPrecedence(a: string, b: string): number {
  const rank = (id: string) => (id.startsWith('firewall.') ? 0 : id.startsWith('consent.') ? 2 : 1);
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}

function reasonOf(forbids: readonly string[]): string {
  const first = forbids[0];
  if (first === undefined) {
    return 'no-permit';
  }
  const exclamation = first.indexOf('!');
  return exclamation > 0 ? `agreement-${first.slice(exclamation + 1)}` : first;
}

function partsOf(file: string, content: string): string[] {
  const parts = cedar.policySetTextToParts(content);
  failOn(file, parts);
  return parts.type === 'success' ? parts.policies : [];
}

function failOn(what: string, answer: { type: string; errors?: { message: string }[] }): void {
  if (answer.type === 'failure') {
    throw new PolicyError(`${what}: ${answer.errors?.map((each) => each.message).join('; ')}`);
  }
}
