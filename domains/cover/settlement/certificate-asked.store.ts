import { addDays } from '@serai/kernel/base/days.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { RequestStore, Transaction } from '@serai/store/types.ts';
import type { Selectable } from 'kysely';
import { coverOf, type OwnCoverOptions } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { readMember } from '../enrolment/members.store.ts';
import { localDay, localDayOf } from '../local-day.ts';
import { believeCertificate, keepCertificate, periodsAgreement } from './certificate.store.ts';
import { answerDays } from './certificate.ts';
import type { From } from './inbound.store.ts';
import { say } from './outgoing.store.ts';
import type { SettlementTables } from './settlement.tables.ts';
import type { Told } from './statement-rows.store.ts';

/**
 * The asker's side of a certificate of insured periods that nobody has to travel for: the member shows the other country's
 * card here, its fund is asked, and what it signs is recorded when it comes.
 */

export type CertificateRequestRow = Selectable<SettlementTables['settlement_certificate_request']>;

/** Asks a card's country what it certifies of a member. One question at a time for a member and a country. */
export async function askForCertificate(
  options: OwnCoverOptions,
  store: RequestStore,
  input: {
    readonly requestId: string;
    readonly memberId: string;
    readonly partner: string;
    readonly card: string;
  },
): Promise<Result<{ certificateRequestId: string; answerBy: string }>> {
  const { actor } = store.context;
  const { memberId, partner } = input;
  const reader = { id: actor.id, country: options.country, audience: options.self };
  const card = await options.partners.checkCard(input.card, reader);
  if (!card.ok) {
    return card;
  }
  const { locator } = card.value;
  if (card.value.issuerCountry !== partner) {
    return refuse('settlement.card-of-another-country', undefined, 'card');
  }
  if (locator === undefined) {
    return refuse('settlement.no-locator', undefined, 'card');
  }
  return store.once<Result<{ certificateRequestId: string; answerBy: string }>>(input.requestId, async (tx) => {
    const db = coverOf(tx);
    const today = localDay(options);
    const found = periodsAgreement(options, partner, today);
    if (!found) {
      return refuse('settlement.no-agreement');
    }
    const member = await readMember(db, memberId);
    if (!member) {
      return refuse('settlement.person-unknown');
    }
    if (await openRequest(tx, memberId, partner)) {
      return refuse('settlement.certificate-asked');
    }
    const certificateRequestId = options.newId();
    const { agreement, clause } = found;
    const answerBy = addDays(today, agreement.periods.answerDays ?? answerDays);
    await db
      .insertInto('settlement_certificate_request')
      .values({
        request_id: certificateRequestId,
        side: 'asker',
        partner,
        agreement: agreement.id,
        clause,
        member_id: memberId,
        locator,
        asked_on: today,
        answer_by: answerBy,
        state: 'asked',
        asked_by: actor.id,
      })
      .execute();
    await say(tx, options, agreement, partner, {
      ...{ kind: 'certificate-asked', requestId: certificateRequestId, clause, locator },
      ...{ cardProof: input.card, answerBy },
    });
    await tx.evidence.append({
      kind: 'privileged',
      public: { action: 'ask-certificate', class: 'payer', country: partner, clause, purpose: 'COVERAGE' },
      sealed: { actor: actor.id, request: certificateRequestId },
      ...(member.personId !== undefined && { personId: member.personId }),
    });
    return ok({ certificateRequestId, answerBy });
  });
}

/** Under lock of the member: two officers who ask at once ask once. */
async function openRequest(tx: Transaction, memberId: string, partner: string): Promise<boolean> {
  const db = coverOf(tx);
  await db.selectFrom('cover_member').select('member_id').where('member_id', '=', memberId).forUpdate().execute();
  const row = await db
    .selectFrom('settlement_certificate_request')
    .select('request_id')
    .where('side', '=', 'asker')
    .where('member_id', '=', memberId)
    .where('partner', '=', partner)
    .where('state', '=', 'asked')
    .executeTakeFirst();
  return row !== undefined;
}

/** A request of ours the partner speaks of, locked. */
async function askedOf(db: CoverDatabase, from: From, requestId: string): Promise<CertificateRequestRow | undefined> {
  return db
    .selectFrom('settlement_certificate_request')
    .selectAll()
    .where('request_id', '=', requestId)
    .where('side', '=', 'asker')
    .where('partner', '=', from.partner)
    .forUpdate()
    .executeTakeFirst();
}

/** The partner has signed what we asked for: believed like one that is brought, and recorded for whom it was asked. */
export async function applyCertificateGiven(
  options: OwnCoverOptions,
  tx: Transaction,
  from: From,
  told: Told<'certificate-given'>,
): Promise<Result<unknown>> {
  const db = coverOf(tx);
  const row = await askedOf(db, from, told.requestId);
  if (!row) {
    return refuse('settlement.out-of-order');
  }
  if (row.state === 'given') {
    return ok(undefined);
  }
  if (row.state === 'refused') {
    return refuse('settlement.contradiction');
  }
  const shown = { certificate: readJson(told.document), signature: told.signature };
  const believed = await believeCertificate(options, shown, { issuer: from.partner, subject: row.locator });
  if (!believed.ok) {
    return believed;
  }
  const certificate = believed.value;
  const at = options.clock();
  const known = await db
    .selectFrom('settlement_certificate')
    .select(['certificate_id', 'member_id'])
    .where('certificate_id', '=', certificate.certificateId)
    .executeTakeFirst();
  if (known && known.member_id !== row.member_id) {
    return refuse('settlement.contradiction');
  }
  if (!known) {
    const signed = { certificate, signature: told.signature };
    await keepCertificate(db, signed, { given: false, partner: from.partner, memberId: row.member_id!, at });
  }
  await db
    .updateTable('settlement_certificate_request')
    .set({ state: 'given', certificate_id: certificate.certificateId, answered_on: localDayOf(at, options.country) })
    .where('request_id', '=', row.request_id)
    .execute();
  await receiptOf(tx, db, row, { certificate: certificate.certificateId });
  return ok(undefined);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The partner gives none, and says why in a word. */
export async function applyCertificateRefused(
  options: OwnCoverOptions,
  tx: Transaction,
  from: From,
  told: Told<'certificate-refused'>,
): Promise<Result<unknown>> {
  const db = coverOf(tx);
  const row = await askedOf(db, from, told.requestId);
  if (!row) {
    return refuse('settlement.out-of-order');
  }
  if (row.state === 'given' || (row.state === 'refused' && row.reason !== told.reason)) {
    return refuse('settlement.contradiction');
  }
  if (row.state !== 'refused') {
    await db
      .updateTable('settlement_certificate_request')
      .set({ state: 'refused', reason: told.reason, answered_on: localDay(options) })
      .where('request_id', '=', row.request_id)
      .execute();
    await receiptOf(tx, db, row, { reason: told.reason });
  }
  return ok(undefined);
}

async function receiptOf(
  tx: Transaction,
  db: CoverDatabase,
  row: CertificateRequestRow,
  sealed: Record<string, string>,
): Promise<void> {
  const member = await readMember(db, row.member_id!);
  await tx.evidence.append({
    kind: 'receipt',
    public: {
      ...{ direction: 'here', outcome: sealed.reason === undefined ? 'received' : 'refused', country: row.partner },
      ...{ class: 'payer', purpose: 'COVERAGE', clause: row.clause, categories: ['cover'] },
    },
    sealed: { request: row.request_id, ...sealed },
    ...(member?.personId !== undefined && { personId: member.personId }),
  });
}

/**
 * Questions whose day is over without an answer are waited for no longer, so that they may be asked again.
 * @returns how many.
 */
export async function lapseRequests(options: OwnCoverOptions, tx: Transaction, partner: string): Promise<number> {
  const lapsed = await coverOf(tx)
    .updateTable('settlement_certificate_request')
    .set({ state: 'lapsed' })
    .where('side', '=', 'asker')
    .where('partner', '=', partner)
    .where('state', '=', 'asked')
    .where('answer_by', '<', localDay(options))
    .returning('request_id')
    .execute();
  if (lapsed.length > 0) {
    await tx.evidence.append({
      kind: 'privileged',
      public: { action: 'certificate-request-lapsed', class: 'payer', country: partner, requests: lapsed.length },
      sealed: { requests: lapsed.map((row) => row.request_id) },
    });
  }
  return lapsed.length;
}
