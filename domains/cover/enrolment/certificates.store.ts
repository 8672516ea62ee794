import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import { type Agreement, clauseId, inForce } from '@serai/policy/agreement.ts';
import type { OwnCoverOptions } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { localDay } from '../local-day.ts';
import { coverAgreements, partnersOf } from '../settlement/agreed.ts';
import { totalisedPeriods } from '../settlement/certificate.store.ts';
import { certificateKind, certificateShape, periodsHold, type SignedCertificate } from '../settlement/certificate.ts';
import type { CountedPeriod } from '../settlement/periods.ts';
import { readMember } from './members.store.ts';
import { periodsOf } from './periods.store.ts';
import { daysOf, monthsOf } from './periods.ts';

/** What a certificate of insured periods would hold, those a member has, and whether one that is shown is true. */

/** What would be certified for a partner country today, or why nothing would. */
export interface Certifiable {
  readonly partner: string;
  readonly clause: string;
  readonly title: Readonly<Record<string, string>>;
  readonly periods: readonly { readonly schemeId: string; readonly from: string; readonly to: string }[];
  readonly days: number;
  readonly months: number;
  /** Fewer days are not certified. */
  readonly minimumDays: number;
  /** A member without a record here has no pseudonym abroad. */
  readonly record: boolean;
}

export interface KeptCertificate extends SignedCertificate {
  readonly given: boolean;
  readonly partner: string;
  readonly recorded: string;
}

export interface CertificatesOfMember {
  /** Partner countries whose agreement counts insured periods together. */
  readonly partners: readonly Certifiable[];
  readonly certificates: readonly KeptCertificate[];
  /** Everything insured here and elsewhere, no day twice. */
  readonly totalled: { readonly periods: readonly CountedPeriod[]; readonly days: number; readonly months: number };
}

/** Whether a certificate that is shown is what its issuer signed; what it says is answered either way it holds. */
export interface CertificateCheck {
  readonly signedBy: string | undefined;
  readonly certificate: SignedCertificate['certificate'];
  readonly days: number;
  readonly months: number;
  /** Here it was recorded, or given, before. */
  readonly known: 'given' | 'recorded' | 'no';
}

/** Certificates of a member, what could be certified, and what all of it comes to. Access is decided before. */
export async function certificatesOf(
  options: OwnCoverOptions,
  memberId: string,
): Promise<CertificatesOfMember | undefined> {
  const { database, country, agreements } = options;
  const member = await readMember(database, memberId);
  if (!member) {
    return undefined;
  }
  const today = localDay(options);
  const own = (await periodsOf(database, memberId, today)).schemes;
  const partners = partnersOf(agreements, country).flatMap((partner): Certifiable[] => {
    const agreement = coverAgreements(agreements, country, partner).find(
      (each) => each.periods && inForce(each, today),
    );
    return agreement ? [certifiable(agreement, partner, own, member.personId !== undefined)] : [];
  });
  const all = await totalisedPeriods(options, memberId);
  return {
    partners,
    certificates: await keptCertificates(database, memberId),
    totalled: { ...all, months: monthsOf(all.periods) },
  };
}

function certifiable(
  agreement: Agreement,
  partner: string,
  own: readonly { readonly schemeId: string; readonly from: string; readonly to: string }[],
  record: boolean,
): Certifiable {
  const { clause: named, schemes, minimumDays } = agreement.periods!;
  const clause = agreement.clauses.find((each) => each.id === named);
  const counted = own.filter((each) => schemes.includes(each.schemeId));
  return {
    partner,
    clause: clause ? clauseId(agreement, clause) : named,
    title: clause?.title ?? {},
    periods: counted.map(({ schemeId, from, to }) => ({ schemeId, from, to })),
    days: daysOf(counted),
    months: monthsOf(counted),
    minimumDays,
    record,
  };
}

async function keptCertificates(db: CoverDatabase, memberId: string): Promise<KeptCertificate[]> {
  const rows = await db
    .selectFrom('settlement_certificate')
    .selectAll()
    .where('member_id', '=', memberId)
    .orderBy('recorded', 'desc')
    .orderBy('certificate_id')
    .execute();
  return rows.map((row) => ({
    given: row.given,
    partner: row.partner,
    recorded: row.recorded.toISOString(),
    certificate: certificateShape.parse(JSON.parse(row.document)),
    signature: row.signature,
  }));
}

/** Reads a certificate somebody shows and checks its signature against the trust list. Nothing is recorded. */
export async function checkCertificate(
  options: OwnCoverOptions,
  shown: { readonly certificate: unknown; readonly signature: string },
): Promise<Result<CertificateCheck>> {
  const parsed = certificateShape.safeParse(shown.certificate);
  if (!parsed.success || !periodsHold(parsed.data)) {
    return refuse('enrolment.no-certificate');
  }
  const certificate = parsed.data;
  const signed = await options.partners.verify(certificateKind, certificate, shown.signature);
  const row = await options.database
    .selectFrom('settlement_certificate')
    .select('given')
    .where('certificate_id', '=', certificate.certificateId)
    .executeTakeFirst();
  return ok({
    signedBy: signed.ok && signed.value.country === certificate.issuer ? certificate.issuer : undefined,
    certificate,
    days: daysOf(certificate.periods),
    months: monthsOf(certificate.periods),
    known: row ? (row.given ? 'given' : 'recorded') : 'no',
  });
}
