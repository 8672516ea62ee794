import { parseInput } from '@serai/kernel/base/input.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { z } from 'zod';
import { type CoverOptions, coverOf } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import { localDay } from '../local-day.ts';
import { type Scheme, schemeAt } from '../schemes/scheme.ts';
import { type CampaignEffect, campaignEffect, type EmployerCount } from './campaign-effect.ts';
import { type Campaign, employerCounts, listCampaigns, writeCampaign } from './campaigns.store.ts';
import { absent, type Reach, reachesGroup, reachFor } from './enrolment.access.ts';
import { country, day, id, requestId, schemeId } from './enrolment.inputs.ts';
import { refuseForbidden } from './member.ts';

const name = z.string().trim().min(1, 'must not be empty').max(200);
const groupSchema = z.strictObject({
  requestId,
  name,
  kind: z.enum(['employer', 'community', 'association', 'government', 'family']),
  country: country.optional(),
  industry: z.string().max(60).optional(),
  workers: z.int().min(0).max(10_000_000).optional(),
});
const campaignSchema = z.strictObject({
  requestId,
  name,
  schemeId,
  begins: day,
  ends: day,
  incentivePercent: z.number().min(0).max(100),
  targeted: z.array(id).max(2000),
  controls: z.array(id).max(2000),
});

export interface GroupView {
  readonly groupId: string;
  readonly name: string;
  readonly kind: string;
  readonly industry?: string;
  readonly workers?: number;
  readonly members: number;
  readonly covered: number;
}

export interface CampaignPage {
  readonly campaign: Campaign;
  readonly effect: CampaignEffect;
  readonly employers: readonly EmployerCount[];
  readonly measuredOn: string;
}

/** Employers and communities, and the campaigns that ask them to enrol. */
export async function groupRoutes(app: FastifyInstance, options: CoverOptions): Promise<void> {
  const { storeFor, database, clock } = options;

  app.get(
    '/api/cover/enrolment/groups',
    { config: { summary: 'Employers, communities and associations, with how many are covered.' } },
    async (request): Promise<{ groups: readonly GroupView[] }> => {
      const reach = await reachFor(storeFor(request), 'read');
      return { groups: await readGroups(database, reach, localDay(options)) };
    },
  );

  app.post(
    '/api/cover/enrolment/groups',
    { config: { summary: 'Keep a new employer, community or association.', body: groupSchema } },
    async (request, reply): Promise<Result<{ groupId: string }>> => {
      const refused = refuseForbidden(request.body);
      if (refused) {
        return refused;
      }
      const input = parseInput(groupSchema, request.body);
      const store = storeFor(request);
      await reachFor(store, 'change');
      const result = await store.once<Result<{ groupId: string }>>(input.requestId, async (tx) => {
        const groupId = options.newId();
        await coverOf(tx)
          .insertInto('cover_group')
          .values({
            group_id: groupId,
            kind: input.kind,
            name: input.name,
            country: input.country ?? options.country,
            industry: input.industry ?? null,
            workers: input.workers ?? null,
            created: clock(),
          })
          .execute();
        return ok({ groupId });
      });
      reply.code(201);
      return result;
    },
  );

  app.get(
    '/api/cover/enrolment/schemes',
    { config: { summary: 'Schemes one can be enrolled in today, and what they ask.' } },
    async (request): Promise<{ schemes: readonly EnrolmentScheme[] }> => {
      await reachFor(storeFor(request), 'read');
      return { schemes: openSchemes(options, localDay(options)) };
    },
  );

  campaignRoutes(app, options);
}

/** A scheme as the form that enrols needs it. */
export interface EnrolmentScheme {
  readonly schemeId: string;
  readonly title: Readonly<Record<string, string>>;
  readonly currency: string;
  readonly basis: Scheme['contribution']['basis'];
  readonly entitlements: readonly string[];
  readonly relations: readonly string[];
  readonly leftBehind: boolean;
  /** Lengths it is sold for, in months; the first is the usual one. */
  readonly months: readonly number[];
  readonly maximumInstalments: number;
}

/** Schemes somebody can be enrolled in on a day. */
export function openSchemes(options: CoverOptions, on: string): EnrolmentScheme[] {
  const ids = [...new Set(options.schemes.map((scheme) => scheme.id))];
  return ids.flatMap((schemeId) => {
    const scheme = schemeAt(options.schemes, schemeId, on);
    // Vouchers are handed out, not enrolled in.
    if (!scheme || scheme.kind === 'voucher') {
      return [];
    }
    const { contribution, who, period } = scheme;
    return {
      schemeId,
      title: scheme.title,
      currency: scheme.currency,
      basis: contribution.basis,
      entitlements: who.entitlements,
      relations: who.dependants.relations,
      leftBehind: who.dependants.leftBehind,
      months: [...new Set([period.months, ...contribution.rates.map((rate) => rate.months)])],
      maximumInstalments: contribution.maximumInstalments,
    };
  });
}

async function readGroups(db: CoverDatabase, reach: Reach, today: string): Promise<GroupView[]> {
  if (reach.kind === 'person') {
    return [];
  }
  const { rows } = await sql<{
    group_id: string;
    name: string;
    kind: string;
    industry: string | null;
    workers: number | null;
    members: number;
    covered: number;
  }>`
    select g.group_id, g.name, g.kind, g.industry, g.workers,
      (select count(*)::int from cover_member m where m.group_id = g.group_id) as members,
      (select count(distinct pm.member_id)::int from cover_policy p join cover_policy_member pm using (policy_id)
        where p.group_id = g.group_id and p.effective_on <= ${today}::date
          and pm.covered_from <= ${today}::date and pm.covered_to >= ${today}::date) as covered
    from cover_group g
    where ${reach.kind === 'group' ? reach.groupId : null}::text is null
       or g.group_id = ${reach.kind === 'group' ? reach.groupId : null}
    order by g.name, g.group_id limit 2000`.execute(db);
  return rows.map((row) => ({
    groupId: row.group_id,
    name: row.name,
    kind: row.kind,
    ...(row.industry !== null && { industry: row.industry }),
    ...(row.workers !== null && { workers: row.workers }),
    members: row.members,
    covered: row.covered,
  }));
}

function campaignRoutes(app: FastifyInstance, options: CoverOptions): void {
  const { storeFor, database } = options;

  app.get(
    '/api/cover/enrolment/campaigns',
    { config: { summary: 'Campaigns, the newest first; an employer sees those it is asked by.' } },
    async (request): Promise<{ campaigns: readonly Campaign[] }> => {
      const reach = await reachFor(storeFor(request), 'read');
      if (reach.kind === 'person') {
        return absent();
      }
      return { campaigns: await listCampaigns(database, reach.kind === 'group' ? reach.groupId : undefined) };
    },
  );

  app.post(
    '/api/cover/enrolment/campaigns',
    {
      config: {
        summary: 'Begin a campaign: for which employers, against which, with what incentive.',
        body: campaignSchema,
      },
    },
    async (request, reply): Promise<Result<{ campaignId: string }>> => {
      const input = parseInput(campaignSchema, request.body);
      const store = storeFor(request);
      await reachFor(store, 'change');
      const both = input.targeted.filter((each) => input.controls.includes(each));
      if (input.ends < input.begins || input.targeted.length === 0 || both.length > 0) {
        return refuse('enrolment.campaign-invalid');
      }
      const result = await store.once<Result<{ campaignId: string }>>(input.requestId, (tx) =>
        writeCampaign(coverOf(tx), options, input, store.context.actor.id),
      );
      if (result.ok) {
        reply.code(201);
      }
      return result;
    },
  );

  app.get<{ Params: { id: string } }>(
    '/api/cover/enrolment/campaigns/:id',
    { config: { summary: 'What a campaign did: enrolment before and after, against employers it was not for.' } },
    async (request): Promise<CampaignPage> => {
      const reach = await reachFor(storeFor(request), 'read');
      const campaign = (await listCampaigns(database)).find((each) => each.campaignId === request.params.id);
      if (!campaign || !reachesGroup(reach, null)) {
        return absent();
      }
      const today = localDay(options);
      const measuredOn = today < campaign.ends ? today : campaign.ends;
      const employers = await employerCounts(database, campaign, measuredOn);
      return { campaign, effect: campaignEffect(employers), employers, measuredOn };
    },
  );
}
