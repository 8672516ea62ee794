import type { OwnCoverOptions } from '../cover.deps.ts';
import { localDay } from '../local-day.ts';
import type { CertificateRequests } from './api.ts';

/** Certificates asked for, by this country and of it, as the enrolment officer sees them: what waits first. Access is decided before. */
export async function certificateRequests(
  options: OwnCoverOptions,
  of: { readonly memberId?: string | undefined; readonly side?: 'asker' | 'issuer' | undefined },
): Promise<CertificateRequests> {
  const today = localDay(options);
  let query = options.database
    .selectFrom('settlement_certificate_request as request')
    .leftJoin('cover_member as member', 'member.member_id', 'request.member_id')
    .selectAll('request')
    .select(['member.name', 'member.member_number'])
    .orderBy((is) => is.case().when('request.state', '=', 'asked').then(0).else(1).end())
    .orderBy('request.answer_by', (by) => by.asc())
    .orderBy('request.request_id')
    .limit(mostShown);
  if (of.memberId !== undefined) {
    query = query.where('request.member_id', '=', of.memberId);
  }
  if (of.side !== undefined) {
    query = query.where('request.side', '=', of.side);
  }
  const rows = await query.execute();
  return {
    requests: rows.map((row) => ({
      certificateRequestId: row.request_id,
      side: row.side as 'asker' | 'issuer',
      partner: row.partner,
      clause: row.clause,
      askedOn: row.asked_on,
      answerBy: row.answer_by,
      overdue: row.state === 'asked' && row.answer_by < today,
      state: row.state as CertificateRequests['requests'][number]['state'],
      ...(row.reason !== null && { reason: row.reason }),
      ...(row.answered_on !== null && { answeredOn: row.answered_on }),
      ...(row.certificate_id !== null && { certificateId: row.certificate_id }),
      ...(row.member_id !== null && {
        member: { memberId: row.member_id, name: row.name ?? '', memberNumber: row.member_number ?? '' },
      }),
    })),
  };
}

const mostShown = 200;
