import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import { canonicalJson } from '@serai/kernel/trust/canonical.ts';
import type { Actor } from '@serai/policy/types.ts';
import { RefusedError } from '@serai/store/faults.ts';
import type { RequestStore, Transaction } from '@serai/store/types.ts';
import { coverOf, type OwnCoverOptions } from '../cover.deps.ts';
import type { Member } from '../cover.ts';
import { readMember, readMemberByPerson } from '../enrolment/members.store.ts';
import { localDay, localDayOf } from '../local-day.ts';
import { coverAgreements } from './agreed.ts';
import { certify } from './certificate.store.ts';
import type { CertificateRefusal } from './certificate.ts';
import type { CertificateRequestRow } from './certificate-asked.store.ts';
import type { From } from './inbound.store.ts';
import { say } from './outgoing.store.ts';
import type { Told } from './statement-rows.store.ts';

/**
 * The issuer's side: a partner's fund asks what is certified of the person whose card was shown to it. What cannot be given is
 * refused at once, without saying what is known here; what can waits for an enrolment officer, who signs it or does not.
 */

/** A partner asks. The person's consent to sharing with that country is looked at now, and again when it is answered. */
export async function applyCertificateAsked(
  options: OwnCoverOptions,
  tx: Transaction,
  from: From,
  told: Told<'certificate-asked'>,
): Promise<Result<unknown>> {
  const db = coverOf(tx);
  const { partner, agreement } = from;
  if (told.clause !== `${agreement.id}#${agreement.periods?.clause}`) {
    return refuse('settlement.refused');
  }
  const known = await db
    .selectFrom('settlement_certificate_request')
    .select(['partner', 'side'])
    .where('request_id', '=', told.requestId)
    .executeTakeFirst();
  if (known) {
    return known.partner === partner && known.side === 'issuer' ? ok(undefined) : refuse('settlement.contradiction');
  }
  const found = await whoIsMeant(options, tx, from, told);
  const member = found.ok ? found.value : undefined;
  const row = {
    request_id: told.requestId,
    side: 'issuer',
    partner,
    agreement: agreement.id,
    clause: told.clause,
    member_id: member?.memberId ?? null,
    locator: told.locator,
    asked_on: localDay(options),
    answer_by: told.answerBy,
    state: 'asked',
    asked_by: `node:${partner}`,
  };
  await db.insertInto('settlement_certificate_request').values(row).execute();
  await tx.evidence.append({
    kind: 'receipt',
    public: {
      ...{ direction: 'abroad', outcome: 'received', class: 'payer', country: partner, purpose: 'COVERAGE' },
      ...{ clause: told.clause, categories: ['cover'] },
    },
    sealed: { request: told.requestId },
    ...(member?.personId !== undefined && { personId: member.personId }),
  });
  if (!found.ok) {
    const of = { ...row, reason: null, answered_on: null, certificate_id: null };
    await refuseRequest(options, tx, of, found.code as CertificateRefusal, 'node');
  }
  return ok(undefined);
}

/** Who stood there with the card; the refusal's code is a word of {@link CertificateRefusal}. */
async function whoIsMeant(
  options: OwnCoverOptions,
  tx: Transaction,
  from: From,
  told: Told<'certificate-asked'>,
): Promise<Result<Member>> {
  const { partner } = from;
  const audience = options.partners.addressOf(partner) ?? partner;
  const card = await options.partners.checkCard(told.cardProof, { id: `node:${partner}`, country: partner, audience });
  if (!card.ok || card.value.issuerCountry !== options.country) {
    return refuse('card-not-valid' satisfies CertificateRefusal);
  }
  const person = await options.partners.personOfCard(card.value.cardId, partner);
  if (!person || person.locator !== told.locator) {
    return refuse('card-not-valid' satisfies CertificateRefusal);
  }
  const member = await readMemberByPerson(coverOf(tx), person.personId);
  if (!member) {
    return refuse('no-periods' satisfies CertificateRefusal);
  }
  const may = await mayTell(options, from.agreement.version, {
    ...{ agreement: from.agreement.id, clause: told.clause, partner, requestId: told.requestId },
    personId: person.personId,
  });
  return may ? ok(member) : refuse('no-consent' satisfies CertificateRefusal);
}

/** Whether policy lets the partner's fund have it: the clause, and the person's own word. */
async function mayTell(
  options: OwnCoverOptions,
  version: number,
  of: {
    readonly agreement: string;
    readonly clause: string;
    readonly partner: string;
    readonly requestId: string;
    readonly personId: string;
  },
): Promise<boolean> {
  const actor: Actor = {
    id: `node:${of.partner}/payer`,
    class: 'payer',
    roles: ['enrolment-officer'],
    country: of.partner,
  };
  const at = options.clock().toISOString();
  const facts = { agreement: { id: of.agreement, version, clause: of.clause.split('#')[1] ?? '', at } };
  const decision = await options.partners.storeFor(actor, 'COVERAGE', facts, of.requestId).judge({
    action: 'disclose',
    target: { kind: 'resource', resourceType: 'Coverage', personId: of.personId, categories: ['cover'], labels: [] },
  });
  return decision.permit;
}

export interface CertificateAnswer {
  readonly requestId: string;
  readonly certificateRequestId: string;
  /** Absent: the certificate is signed and given. */
  readonly refuse?: CertificateRefusal | undefined;
}

/** An officer signs what was asked for, or says that it is not given. */
export async function answerRequest(
  options: OwnCoverOptions,
  store: RequestStore,
  input: CertificateAnswer,
): Promise<Result<{ state: 'given' | 'refused'; reason?: string }>> {
  type Answer = Result<{ state: 'given' | 'refused'; reason?: string }>;
  const actorId = store.context.actor.id;
  return store.once<Answer>(input.requestId, async (tx) => {
    const row = await coverOf(tx)
      .selectFrom('settlement_certificate_request')
      .selectAll()
      .where('request_id', '=', input.certificateRequestId)
      .where('side', '=', 'issuer')
      .forUpdate()
      .executeTakeFirst();
    if (row?.state !== 'asked' || row.member_id === null) {
      return refuse('settlement.certificate-answered');
    }
    if (input.refuse !== undefined) {
      return refused(options, tx, row, input.refuse, actorId);
    }
    const agreement = agreementOf(options, row);
    const member = await readMember(coverOf(tx), row.member_id);
    const may =
      agreement &&
      member?.personId !== undefined &&
      (await mayTell(options, agreement.version, {
        ...{ agreement: row.agreement, clause: row.clause, partner: row.partner, requestId: row.request_id },
        personId: member.personId,
      }));
    if (!may) {
      return refused(options, tx, row, 'no-consent', actorId);
    }
    const certified = await certify(options, tx, {
      ...{ memberId: row.member_id, partner: row.partner, actorId, asked: row.request_id },
    });
    if (!certified.ok) {
      return certified.code === 'settlement.no-periods' ? refused(options, tx, row, 'no-periods', actorId) : certified;
    }
    await tell(options, tx, row, member.personId!, certified.value);
    return ok({ state: 'given' });
  });
}

function agreementOf(options: OwnCoverOptions, { partner, agreement }: CertificateRequestRow) {
  return coverAgreements(options.agreements, options.country, partner).find((each) => each.id === agreement);
}

/** On its way, in both evidence and the person's own list of who was told what. */
async function tell(
  options: OwnCoverOptions,
  tx: Transaction,
  row: CertificateRequestRow,
  personId: string,
  { certificate, signature }: { readonly certificate: { readonly certificateId: string }; readonly signature: string },
): Promise<void> {
  const at = options.clock();
  await coverOf(tx)
    .updateTable('settlement_certificate_request')
    .set({ state: 'given', certificate_id: certificate.certificateId, answered_on: localDayOf(at, options.country) })
    .where('request_id', '=', row.request_id)
    .execute();
  await say(tx, options, agreementOf(options, row)!, row.partner, {
    ...{ kind: 'certificate-given', requestId: row.request_id, document: canonicalJson(certificate), signature },
  });
  await tx.evidence.append({
    kind: 'disclosure',
    public: {
      ...{ direction: 'abroad', outcome: 'permitted', class: 'payer', country: row.partner, purpose: 'COVERAGE' },
      ...{ clause: row.clause, categories: ['cover'] },
    },
    sealed: { request: row.request_id, certificate: certificate.certificateId },
    personId,
  });
  await tx.outbox.enqueue({
    topic: 'disclosure-notice',
    destination: 'local',
    messageId: `notice:${row.partner}:${row.request_id}`,
    payload: {
      ...{ personId, country: row.partner, facility: row.partner, purpose: 'COVERAGE', clause: row.clause },
      at: at.toISOString(),
    },
  });
}

async function refused(
  options: OwnCoverOptions,
  tx: Transaction,
  row: CertificateRequestRow,
  reason: CertificateRefusal,
  actorId: string,
): Promise<Result<{ state: 'refused'; reason: string }>> {
  await refuseRequest(options, tx, row, reason, actorId);
  return ok({ state: 'refused', reason });
}

async function refuseRequest(
  options: OwnCoverOptions,
  tx: Transaction,
  row: CertificateRequestRow,
  reason: CertificateRefusal,
  actorId: string,
): Promise<void> {
  const agreement = agreementOf(options, row);
  if (!agreement) {
    throw new RefusedError(refuse('settlement.no-agreement'));
  }
  await coverOf(tx)
    .updateTable('settlement_certificate_request')
    .set({ state: 'refused', reason, answered_on: localDay(options) })
    .where('request_id', '=', row.request_id)
    .execute();
  await say(tx, options, agreement, row.partner, { kind: 'certificate-refused', requestId: row.request_id, reason });
  await tx.evidence.append({
    kind: 'privileged',
    public: { action: 'refuse-certificate', class: 'payer', country: row.partner, clause: row.clause },
    sealed: { actor: actorId, request: row.request_id, reason },
  });
}
