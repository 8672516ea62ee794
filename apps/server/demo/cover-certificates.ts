import { periodsAgreement } from '@serai/domains/cover/settlement/certificate.store.ts';
import type { IssuedCard } from '@serai/domains/exchange/api.ts';
import { projectedUpTo, type RegistryDatabase, setProjectedUpTo } from '@serai/domains/registry/persons.store.ts';
import { addDays } from '@serai/kernel/base/days.ts';
import type { RunningNode } from '../node.ts';
import { call, idOf, patience as long, type Patience, sign, waitFor } from './caller.ts';
import { meetings } from './cover-across.ts';
import { insuredWithRecord, type Meeting } from './patients-across.ts';
import { RefusedOnTheDay, type RoutesOfADay, routesOfADay } from './routes-of-a-day.ts';

/**
 * People who were insured with the partner and are enrolled here now: with the card they brought, the partner's fund is asked
 * to certify their insured periods. One question of the partner's is answered; the others wait for the enrolment officer.
 */
export async function askForCertificates(
  node: RunningNode,
  country: string,
  demoFile: string,
  patience: Patience = long,
): Promise<void> {
  const database = node.database as unknown as RegistryDatabase;
  for (const meeting of meetings(demoFile, country)) {
    const marker = `demonstration-cover-certificates-${meeting.there.country}`;
    const day = node.cover.options.clock().toISOString().slice(0, 10);
    if ((await projectedUpTo(database, marker)) === undefined) {
      const routes = routesOfADay(node);
      const asked = await ask({ node, routes, meeting, day, patience }).finally(routes.close);
      await setProjectedUpTo(database, marker, String(asked));
    }
  }
}

interface Asking {
  readonly node: RunningNode;
  readonly routes: RoutesOfADay;
  readonly meeting: Omit<Meeting, 'occasion'>;
  readonly day: string;
  readonly patience: Patience;
}

const people = 8;

interface PersonAtHome {
  readonly name?: readonly { readonly text?: string }[];
  readonly gender?: string;
  readonly birthDate?: string;
}

async function ask({ node, routes, meeting, day, patience }: Asking): Promise<number> {
  const { here, there } = meeting;
  const partner = there.country.toUpperCase();
  const { options } = node.cover;
  const schemeId = periodsAgreement(options, partner, day)?.agreement.settlement.funds[options.country];
  if (schemeId === undefined) {
    return 0;
  }
  const home = await sign(there);
  const insured = await insuredWithRecord(there, people, patience);
  let asked = 0;
  for (const personId of insured) {
    const id = (act: string) => idOf('certificate', here.country, personId, act);
    const person = await call<PersonAtHome>(home, 'GET', `/fhir/R4/Patient/${personId}`);
    const card = await call<IssuedCard>(home, 'POST', `/api/persons/${personId}/cards`, {
      ...{ requestId: id('card'), include: ['name', 'birthYear'] },
    });
    const newMember = {
      name: person.name?.[0]?.text ?? '',
      birth: { kind: 'year', year: Number(person.birthDate?.slice(0, 4)) },
      ...{ sex: person.gender, entitlement: 'contract-worker', residence: options.country },
    };
    try {
      const enrolled = await routes.call<{ memberIds: readonly string[] }>('enrolment', day, '/enrolment/policies', {
        ...{ requestId: id('enrolled'), schemeId, members: [{ relation: 'holder', newMember }] },
      });
      await routes.call('enrolment', day, '/settlement/certificates/ask', {
        ...{ requestId: id('asked'), memberId: enrolled.memberIds[0], partner, card: card.printed.text },
      });
      asked += 1;
    } catch (error) {
      // Someone of that name and year is a member already, or the scheme is not for them: they are not asked about.
      if (!(error instanceof RefusedOnTheDay)) {
        throw error;
      }
    }
  }
  await answerOne(node, routes, { partner, day, patience });
  return asked;
}

/** Signs the one about whoever has been insured longest: some have not been for as long as the agreement asks. */
async function answerOne(
  node: RunningNode,
  routes: RoutesOfADay,
  { partner, day, patience }: { readonly partner: string; readonly day: string; readonly patience: Patience },
): Promise<void> {
  // Whoever was asked about may have been insured in schemes the agreement does not count: then all of them wait.
  const most = Math.min(patience.atMostSeconds, 60);
  const counted = periodsAgreement(node.cover.options, partner, day)?.agreement.periods.schemes ?? [''];
  const waiting = await waitFor(
    async () => {
      const rows = await node.database
        .selectFrom('settlement_certificate_request as request')
        .innerJoin('cover_policy_member as covered', 'covered.member_id', 'request.member_id')
        .innerJoin('cover_policy as policy', 'policy.policy_id', 'covered.policy_id')
        .select('request.request_id')
        .where('request.side', '=', 'issuer')
        .where('request.partner', '=', partner)
        .where('policy.effective_on', '<=', addDays(day, -60))
        .where('policy.scheme_id', 'in', counted)
        .orderBy('policy.effective_on')
        .orderBy('request.request_id')
        .execute();
      return rows[0];
    },
    { ...patience, atMostSeconds: most },
  );
  if (waiting) {
    const requestId = idOf('certificate', partner, 'answered');
    const body = { requestId, certificateRequestId: waiting.request_id };
    await routes.call('enrolment', day, '/settlement/certificates/answer', body);
  }
}
