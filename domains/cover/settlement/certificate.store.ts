import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import { canonicalJson } from '@serai/kernel/trust/canonical.ts';
import { type Agreement, clauseId, inForce } from '@serai/policy/agreement.ts';
import type { RequestStore, Transaction } from '@serai/store/types.ts';
import { sql } from 'kysely';
import { countedByClause } from '../claims/insured-abroad.ts';
import { coverOf, type OwnCoverOptions } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { readMember } from '../enrolment/members.store.ts';
import { periodsOf } from '../enrolment/periods.store.ts';
import { daysOf } from '../enrolment/periods.ts';
import { localDay, localDayOf } from '../local-day.ts';
import { agreementRef, coverAgreements, type Settling, sameAgreement } from './agreed.ts';
import {
  type Certificate,
  certificateKind,
  certificateShape,
  periodsHold,
  type SignedCertificate,
} from './certificate.ts';
import { type CountedPeriod, type InsuredPeriod, totalised } from './periods.ts';

/** Certificates of insured periods: given to a person for a partner country, recorded from one, counted without a day twice. */

type PeriodsAgreement = Settling & { readonly periods: NonNullable<Settling['periods']> };

/** The agreement under which periods are counted together with a partner today, and its clause. */
export function periodsAgreement(
  options: Pick<OwnCoverOptions, 'agreements' | 'country'>,
  partner: string,
  today: string,
): { readonly agreement: PeriodsAgreement; readonly clause: string } | undefined {
  const agreement = coverAgreements(options.agreements, options.country, partner).find(
    (each): each is PeriodsAgreement => each.periods !== undefined && inForce(each, today),
  );
  const clause = agreement?.clauses.find((each) => each.id === agreement.periods.clause);
  return agreement && clause && { agreement, clause: clauseId(agreement, clause) };
}

/** Certifies what the agreement counts of a member until today, signed and kept. `asked`: by whom across the border. */
export async function certify(
  options: OwnCoverOptions,
  tx: Transaction,
  of: { readonly memberId: string; readonly partner: string; readonly actorId: string; readonly asked?: string },
): Promise<Result<SignedCertificate>> {
  const db = coverOf(tx);
  const at = options.clock();
  const today = localDayOf(at, options.country);
  const { partner } = of;
  const found = periodsAgreement(options, partner, today);
  if (!found) {
    return refuse('settlement.no-agreement');
  }
  const { agreement, clause } = found;
  const member = await readMember(db, of.memberId);
  if (member?.personId === undefined) {
    return refuse('settlement.no-periods');
  }
  const counted = (await periodsOf(db, member.memberId, today)).schemes.filter((each) =>
    agreement.periods.schemes.includes(each.schemeId),
  );
  if (counted.length === 0 || daysOf(counted) < agreement.periods.minimumDays) {
    return refuse('settlement.no-periods');
  }
  const certificate: Certificate = {
    certificateId: options.newId(),
    issuer: options.country,
    for: partner,
    agreement: await agreementRef(agreement),
    clause,
    subject: await options.partners.locatorOf(member.personId, partner),
    issuedOn: today,
    periods: counted.map(({ schemeId, from, to }) => ({ schemeId, from, to })),
  };
  const signature = await options.partners.sign(certificateKind, certificate);
  await keepCertificate(db, { certificate, signature }, { given: true, partner, memberId: member.memberId, at });
  await tx.evidence.append({
    kind: 'privileged',
    public: { action: 'certify-periods', class: 'payer', country: partner, clause },
    sealed: {
      actor: of.actorId,
      certificate: certificate.certificateId,
      ...(of.asked !== undefined && { asked: of.asked }),
    },
    personId: member.personId,
  });
  return ok({ certificate, signature });
}

/** Gives a member a certificate of the periods the agreement counts, until today, at the person's own request. */
export async function giveCertificate(
  options: OwnCoverOptions,
  store: RequestStore,
  input: { readonly requestId: string; readonly memberId: string; readonly partner: string },
): Promise<Result<SignedCertificate>> {
  const { memberId, partner } = input;
  return store.once<Result<SignedCertificate>>(input.requestId, (tx) =>
    certify(options, tx, { memberId, partner, actorId: store.context.actor.id }),
  );
}

/** Records a certificate a member brings, with the card it belongs to. */
export async function recordCertificate(
  options: OwnCoverOptions,
  store: RequestStore,
  input: {
    readonly requestId: string;
    readonly memberId: string;
    readonly card: string;
    readonly certificate: unknown;
    readonly signature: string;
  },
): Promise<Result<{ certificateId: string; periods: number }>> {
  const { actor } = store.context;
  const believed = await believe(options, actor.id, input);
  if (!believed.ok) {
    return believed;
  }
  const certificate = believed.value;
  return store.once<Result<{ certificateId: string; periods: number }>>(input.requestId, async (tx) => {
    const db = coverOf(tx);
    const known = await db
      .selectFrom('settlement_certificate')
      .select('certificate_id')
      .where('certificate_id', '=', certificate.certificateId)
      .executeTakeFirst();
    if (known) {
      return refuse('settlement.certificate-known');
    }
    const member = await readMember(db, input.memberId);
    if (!member) {
      return refuse('settlement.person-unknown');
    }
    const at = options.clock();
    const signed = { certificate, signature: input.signature };
    await keepCertificate(db, signed, { given: false, partner: certificate.issuer, memberId: member.memberId, at });
    await tx.evidence.append({
      kind: 'receipt',
      public: {
        direction: 'here',
        outcome: 'received',
        country: certificate.issuer,
        class: 'payer',
        purpose: 'COVERAGE',
      },
      sealed: { actor: actor.id, certificate: certificate.certificateId },
      ...(member.personId !== undefined && { personId: member.personId }),
    });
    return ok({ certificateId: certificate.certificateId, periods: certificate.periods.length });
  });
}

/** A certificate with the card it belongs to. */
async function believe(
  options: OwnCoverOptions,
  actorId: string,
  input: { readonly card: string; readonly certificate: unknown; readonly signature: string },
): Promise<Result<Certificate>> {
  const reader = { id: actorId, country: options.country, audience: options.self };
  const card = await options.partners.checkCard(input.card, reader);
  if (!card.ok) {
    return card;
  }
  const { issuerCountry: issuer, locator: subject } = card.value;
  return believeCertificate(options, input, { issuer, subject });
}

/** A certificate that its issuer signed, for here, of the person who is meant, under a clause both hold alike. */
export async function believeCertificate(
  options: OwnCoverOptions,
  shown: { readonly certificate: unknown; readonly signature: string },
  of: { readonly issuer: string; readonly subject: string | undefined },
): Promise<Result<Certificate>> {
  const parsed = certificateShape.safeParse(shown.certificate);
  if (!parsed.success || !periodsHold(parsed.data)) {
    return refuse('settlement.certificate-invalid');
  }
  const certificate = parsed.data;
  const signature = await options.partners.verify(certificateKind, certificate, shown.signature);
  const belongs =
    signature.ok &&
    signature.value.country === certificate.issuer &&
    certificate.for === options.country &&
    of.issuer === certificate.issuer &&
    of.subject === certificate.subject &&
    certificate.issuedOn <= localDay(options);
  if (!belongs) {
    return refuse('settlement.certificate-invalid');
  }
  const agreement = await sameAgreement(options.agreements, options.country, certificate.issuer, certificate.agreement);
  if (!agreement.ok) {
    return agreement;
  }
  if (certificate.clause !== `${agreement.value.id}#${agreement.value.periods?.clause}`) {
    return refuse('settlement.certificate-invalid');
  }
  return ok(certificate);
}

/** Keeps a certificate that was given or is believed, and its periods. */
export async function keepCertificate(
  db: CoverDatabase,
  { certificate, signature }: SignedCertificate,
  of: { readonly given: boolean; readonly partner: string; readonly memberId: string; readonly at: Date },
): Promise<void> {
  await db
    .insertInto('settlement_certificate')
    .values({
      certificate_id: certificate.certificateId,
      given: of.given,
      partner: of.partner,
      agreement: certificate.agreement.id,
      member_id: of.memberId,
      document: canonicalJson(certificate),
      signature,
      recorded: of.at,
    })
    .execute();
  await db
    .insertInto('settlement_certified_period')
    .values(
      certificate.periods.map((period, number) => ({
        certificate_id: certificate.certificateId,
        number,
        country: certificate.issuer,
        scheme_id: period.schemeId,
        period_from: period.from,
        period_to: period.to,
      })),
    )
    .execute();
}

/** Periods other countries have certified of members, as far as they count by the clause they were certified under. */
export async function certifiedPeriods(
  db: CoverDatabase,
  agreements: readonly Agreement[],
  memberIds: readonly string[],
): Promise<ReadonlyMap<string, InsuredPeriod[]>> {
  const rows = await db
    .selectFrom('settlement_certified_period')
    .innerJoin(
      'settlement_certificate',
      'settlement_certificate.certificate_id',
      'settlement_certified_period.certificate_id',
    )
    .selectAll('settlement_certified_period')
    .select(['settlement_certificate.member_id', 'settlement_certificate.agreement'])
    .where(sql<boolean>`settlement_certificate.member_id = any(${memberIds}::text[])`)
    .where('settlement_certificate.given', '=', false)
    .orderBy('period_from')
    .orderBy('settlement_certified_period.certificate_id')
    .orderBy('number')
    .execute();
  const counted = new Map<string, InsuredPeriod[]>();
  for (const [memberId, own] of Map.groupBy(rows, (row) => row.member_id)) {
    const certified = [...Map.groupBy(own, (row) => row.certificate_id).values()].map((periods) => ({
      agreement: periods[0]!.agreement,
      periods: periods.map((row) => ({
        ...{ country: row.country, schemeId: row.scheme_id, from: row.period_from, to: row.period_to },
      })),
    }));
    counted.set(memberId, countedByClause(agreements, certified));
  }
  return counted;
}

/** Everything a member has been insured for, here and elsewhere, no day twice. */
export async function totalisedPeriods(
  options: OwnCoverOptions,
  memberId: string,
): Promise<{ readonly periods: readonly CountedPeriod[]; readonly days: number }> {
  const { database, country } = options;
  const own = (await periodsOf(database, memberId, localDay(options))).schemes;
  const periods = totalised(country, [
    ...own.map(({ schemeId, from, to }) => ({ country, schemeId, from, to })),
    ...((await certifiedPeriods(database, options.agreements, [memberId])).get(memberId) ?? []),
  ]);
  return { periods, days: daysOf(periods) };
}
