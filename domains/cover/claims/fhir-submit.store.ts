import type { ClaimResponse, Resource } from '@medplum/fhirtypes';
import { InputFault } from '@serai/kernel/base/input.ts';
import { parseMoney } from '@serai/kernel/base/money.ts';
import { ok, type Refusal, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { RequestStore, Transaction } from '@serai/store/types.ts';
import { type CoverOptions, coverOf, requireCover } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import type { Claim, Member } from '../cover.ts';
import { readMemberByNumber, readMemberByPerson } from '../enrolment/members.store.ts';
import type { Scheme } from '../schemes/scheme.ts';
import type { Adjudication } from './adjudication.ts';
import { authorise, predetermine } from './authorisations.store.ts';
import { ownProviderOf } from './claims.deps.ts';
import { type ProjectedClaim, toClaimResponse } from './fhir.ts';
import { type FhirSubmission, type Party, readFhirClaim, totalAgrees } from './fhir-claim.ts';
import { projectedClaim } from './record.store.ts';
import { selectionOf } from './selecting.store.ts';
import { claimClaimed } from './submission.ts';
import type { ClaimsOptions, SubmittedBy } from './submit.store.ts';
import { claimOf, sameClaim, schemeOf, takeClaim, todayOf } from './take.store.ts';

/** `POST /fhir/R4/Claim/$submit`: a claim in, what became of it out. */
export function claimSubmitOperation(options: Omit<CoverOptions, 'storeFor'>) {
  return {
    resourceType: 'Claim',
    code: 'submit',
    definition: 'http://hl7.org/fhir/OperationDefinition/Claim-submit',
    handle: ({ body, store }: { readonly body: unknown; readonly store: RequestStore }): Promise<Result<Resource>> =>
      submitFhirClaim(options, store, body),
  };
}

/**
 * @throws InputFault naming every field that cannot be read, by FHIRPath.
 */
export async function submitFhirClaim(
  options: ClaimsOptions,
  store: RequestStore,
  body: unknown,
): Promise<Result<ClaimResponse>> {
  await requireCover(store, 'create', 'Claim');
  const ownProvider = ownProviderOf(store, options);
  const found = readFhirClaim(body);
  if ('issues' in found) {
    throw new InputFault(found.issues);
  }
  const by: SubmittedBy = {
    actor: store.context.actor.id,
    source: 'fhir',
    ...(ownProvider !== undefined && { ownProvider }),
    ...(found.read.explanation !== undefined && { explanation: found.read.explanation }),
  };
  return store.transaction(async (tx) => {
    const understood = await understand(coverOf(tx), options, found.read, ownProvider);
    return 'ok' in understood ? underClaim(understood) : answer(tx, options, found.read, understood, by);
  });
}

/** Paths of a refusal begin at the resource. */
function underClaim(refusal: Refusal): Refusal {
  return refusal.expression === undefined ? refusal : { ...refusal, expression: `Claim.${refusal.expression}` };
}

interface Understood {
  readonly claim: Claim;
  readonly member: Member;
  readonly scheme: Scheme;
}

async function understand(
  db: CoverDatabase,
  options: ClaimsOptions,
  read: FhirSubmission,
  ownProvider: string | undefined,
): Promise<Understood | Refusal> {
  const provider = providerCode(read.provider, options) ?? ownProvider;
  if (provider === undefined) {
    return refuse('claims.unknown-provider', undefined, 'provider');
  }
  const member = await memberOf(db, read.patient);
  if (!member) {
    return refuse('claims.unknown-member', undefined, 'patient');
  }
  const insured = read.insured && (await memberOf(db, read.insured));
  if (read.insured && insured?.memberId !== member.memberId) {
    return refuse('claims.another-patient', undefined, 'insurance[0].coverage');
  }
  const scheme = await schemeOf(db, options.schemes, member, {
    from: read.from,
    ...(read.coverage && { policyNumber: read.coverage.identifier ?? read.coverage.id }),
    ...(planOf(read, options) && { schemeId: planOf(read, options) }),
  });
  if ('ok' in scheme) {
    return scheme;
  }
  const priced = pricedLines(read, scheme);
  if ('ok' in priced) {
    return priced;
  }
  const claim = claimOf(options, member, {
    ...read,
    provider,
    schemeId: scheme.id,
    currency: read.currency ?? scheme.currency,
    claimedOn: read.created ?? todayOf(options),
    lines: priced,
  });
  if (!totalAgrees(read.total, claim.currency, claimClaimed(claim).minor)) {
    return refuse('claims.total-differs', undefined, 'total.value');
  }
  return { claim, member, scheme };
}

/** The scheme a claim is under, where its insurance names it: as an identifier, or as the plan of a Coverage sent along. */
function planOf(read: FhirSubmission, options: Pick<ClaimsOptions, 'schemes'>): string | undefined {
  return [read.coverage?.identifier, read.plan].find((named) => options.schemes.some((each) => each.id === named));
}

function memberOf(db: CoverDatabase, party: Party): Promise<Member | undefined> {
  return party.identifier !== undefined
    ? readMemberByNumber(db, party.identifier)
    : readMemberByPerson(db, party.id ?? '');
}

function providerCode(party: Party | undefined, options: ClaimsOptions): string | undefined {
  const id = party?.identifier ?? party?.id;
  return id === undefined ? undefined : id.includes(':') ? id : `${options.country}:${id}`;
}

function pricedLines(read: FhirSubmission, scheme: Scheme): Claim['lines'] | Refusal {
  const currency = read.currency ?? scheme.currency;
  const lines: Claim['lines'][number][] = [];
  for (const [i, line] of read.lines.entries()) {
    const own = line.currency ?? currency;
    const unitPrice = /^[A-Z]{3}$/.test(own) ? parseMoney(line.unitPrice, own) : undefined;
    if (!unitPrice) {
      return /^[A-Z]{3}$/.test(own)
        ? refuse('claims.price', undefined, `item[${i}].unitPrice.value`)
        : refuse('claims.wrong-currency', { currency: scheme.currency }, `item[${i}].unitPrice.currency`);
    }
    const entry = entryOf(line, scheme);
    const kind = line.kind ?? entry?.kind ?? 'service';
    const code = entry?.code ?? line.codes[0]!.slice(0, 64);
    lines.push({ line: line.line, kind, code, quantity: line.quantity, unitPrice });
  }
  return lines;
}

/** The entry of the catalogue a line means: by a code it gives, else by its title, where only one has it. */
function entryOf(line: FhirSubmission['lines'][number], scheme: Scheme): Scheme['catalogue'][number] | undefined {
  for (const code of line.codes) {
    const byCode = scheme.catalogue.find((entry) => entry.code === code);
    if (byCode) {
      return byCode;
    }
  }
  const said = new Set(line.codes.map((code) => code.toLowerCase()));
  const titled = scheme.catalogue.filter((entry) =>
    Object.values(entry.title).some((title) => said.has(title.toLowerCase())),
  );
  return titled.length === 1 ? titled[0] : undefined;
}

async function answer(
  tx: Transaction,
  options: ClaimsOptions,
  read: FhirSubmission,
  { claim, member, scheme }: Understood,
  by: SubmittedBy,
): Promise<Result<ClaimResponse>> {
  const about = { claim, member, scheme, use: read.use, at: options.clock().toISOString(), country: options.country };
  if (read.use === 'predetermination') {
    const found = await predetermine(tx, options, claim, by);
    return found.ok ? ok(prospective(about, found.value)) : underClaim(found);
  }
  if (read.use === 'preauthorization') {
    const found = await authorise(tx, options, claim, by);
    return found.ok
      ? ok(
          prospective(about, found.value.adjudication, {
            preAuthRef: found.value.reference,
            preAuthUntil: found.value.expires?.toISOString(),
          }),
        )
      : underClaim(found);
  }
  const db = coverOf(tx);
  const again = await sameClaim(db, claim);
  const taken = again
    ? ok({ claimId: again })
    : await takeClaim(tx, options, claim, by, { judge: true, select: selectionOf });
  if (!taken.ok) {
    return underClaim(taken);
  }
  const projected = await projectedClaim(db, options, taken.value.claimId);
  return ok(toClaimResponse(projected!));
}

/** A response to what is not a claim yet: nothing of it is in the record. */
function prospective(
  about: Pick<Understood, 'claim' | 'member' | 'scheme'> & {
    readonly use: FhirSubmission['use'];
    readonly at: string;
    readonly country: string;
  },
  adjudication: Adjudication,
  promise: { readonly preAuthRef?: string | undefined; readonly preAuthUntil?: string | undefined } = {},
): ClaimResponse {
  const { claim, member, scheme } = about;
  const of: ProjectedClaim = {
    claim,
    status: adjudication.status === 'rejected' ? 'rejected' : 'valuated',
    personId: member.personId,
    memberNumber: member.memberNumber,
    schemeTitle: scheme.title.en ?? scheme.id,
    country: about.country,
    reason: adjudication.reason,
    lines: adjudication.lines.map((line) => ({
      line: line.line,
      allowed: line.allowedMinor,
      adjusted: line.adjustedMinor,
      paid: line.paidMinor,
      reason: line.reason,
      rule: line.rule,
    })),
    paysCurrency: adjudication.currency,
    paid: adjudication.paidMinor,
    at: about.at,
    use: about.use,
    ...(promise.preAuthRef && { preAuthRef: promise.preAuthRef }),
    ...(promise.preAuthUntil && { preAuthUntil: promise.preAuthUntil }),
  };
  const { id: _, request: __, ...response } = toClaimResponse(of);
  return response;
}
