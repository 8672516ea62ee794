import { addDays, type Day } from '@serai/kernel/base/days.ts';
import { InputFault } from '@serai/kernel/base/input.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import { sql } from 'kysely';
import type { CoverOptions } from '../cover.deps.ts';
import type { CoverDatabase } from '../cover.tables.ts';
import type { EmployerCount } from './campaign-effect.ts';

/** Campaigns: who they are for, what they give, and the counts their effect is measured from. */

export interface Campaign {
  readonly campaignId: string;
  readonly name: string;
  readonly schemeId: string;
  readonly begins: Day;
  readonly ends: Day;
  readonly incentivePercent: number;
  readonly targeted: number;
  readonly controls: number;
}

/**
 * The campaign an enrolment is under, and what it takes off.
 * @throws InputFault where the one named is not for this group on this day.
 */
export async function campaignFor(
  db: CoverDatabase,
  input: {
    readonly campaign?: string | undefined;
    readonly groupId?: string | undefined;
    readonly schemeId?: string | undefined;
  },
  on: Day,
): Promise<{ campaign?: string; incentivePercent?: number }> {
  if (input.groupId === undefined) {
    if (input.campaign !== undefined) {
      throw notRunning();
    }
    return {};
  }
  let query = db
    .selectFrom('cover_campaign as campaign')
    .innerJoin('cover_campaign_group as of_group', 'of_group.campaign_id', 'campaign.campaign_id')
    .select(['campaign.campaign_id', 'campaign.incentive_percent'])
    .where('of_group.group_id', '=', input.groupId)
    .where('of_group.arm', '=', 'targeted')
    .where('campaign.begins', '<=', on)
    .where('campaign.ends', '>=', on);
  if (input.campaign !== undefined) {
    query = query.where('campaign.campaign_id', '=', input.campaign);
  }
  if (input.schemeId !== undefined) {
    query = query.where('campaign.scheme_id', '=', input.schemeId);
  }
  const row = await query.orderBy('campaign.incentive_percent', 'desc').executeTakeFirst();
  if (!row && input.campaign !== undefined) {
    throw notRunning();
  }
  return row ? { campaign: row.campaign_id, incentivePercent: Number(row.incentive_percent) } : {};
}

function notRunning(): InputFault {
  return new InputFault([{ expression: 'campaign', sentence: 'is not running for this group on this day' }]);
}

/** Campaigns, the newest first; for one group, those it is targeted by. */
export async function listCampaigns(db: CoverDatabase, groupId?: string): Promise<Campaign[]> {
  const { rows } = await sql<{
    campaign_id: string;
    name: string;
    scheme_id: string;
    begins: string;
    ends: string;
    incentive_percent: string;
    targeted: number;
    controls: number;
  }>`
    select c.campaign_id, c.name, c.scheme_id, c.begins, c.ends, c.incentive_percent,
      count(*) filter (where g.arm = 'targeted')::int as targeted,
      count(*) filter (where g.arm = 'control')::int as controls
    from cover_campaign c join cover_campaign_group g using (campaign_id)
    where ${groupId ?? null}::text is null or exists (
      select from cover_campaign_group mine
      where mine.campaign_id = c.campaign_id and mine.group_id = ${groupId ?? null} and mine.arm = 'targeted')
    group by c.campaign_id order by c.begins desc, c.campaign_id`.execute(db);
  return rows.map((row) => ({
    campaignId: row.campaign_id,
    name: row.name,
    schemeId: row.scheme_id,
    begins: row.begins,
    ends: row.ends,
    incentivePercent: Number(row.incentive_percent),
    targeted: row.targeted,
    controls: row.controls,
  }));
}

/**
 * Of each employer of a campaign, how many it employs and how many of them were covered in the scheme the day before it
 * began and on a later day. Employers who have not said how many they employ are counted by their members.
 */
export async function employerCounts(db: CoverDatabase, campaign: Campaign, after: Day): Promise<EmployerCount[]> {
  const before = addDays(campaign.begins, -1);
  const { rows } = await sql<{
    group_id: string;
    name: string;
    arm: 'targeted' | 'control';
    workers: number | null;
    known: number;
    covered_before: number;
    covered_after: number;
  }>`
    select g.group_id, g.name, cg.arm, g.workers,
      (select count(*)::int from cover_member m where m.group_id = g.group_id) as known,
      ${coveredOn(before, campaign.schemeId)} as covered_before,
      ${coveredOn(after, campaign.schemeId)} as covered_after
    from cover_campaign_group cg join cover_group g using (group_id)
    where cg.campaign_id = ${campaign.campaignId}
    order by cg.arm desc, g.name, g.group_id`.execute(db);
  return rows.map((row) => ({
    groupId: row.group_id,
    name: row.name,
    arm: row.arm,
    workers: Math.max(row.workers ?? row.known, row.covered_before, row.covered_after),
    coveredBefore: row.covered_before,
    coveredAfter: row.covered_after,
  }));
}

/** Holders of the group whose policy is in effect on a day. */
function coveredOn(day: Day, schemeId: string) {
  return sql`(
    select count(distinct pm.member_id)::int
    from cover_policy p join cover_policy_member pm using (policy_id)
    where p.group_id = g.group_id and p.scheme_id = ${schemeId} and pm.relation = 'holder'
      and p.effective_on <= ${day}::date and pm.covered_from <= ${day}::date and pm.covered_to >= ${day}::date)`;
}

export interface NewCampaign extends Omit<Campaign, 'campaignId' | 'targeted' | 'controls'> {
  /** Groups that are written to, and groups that are left alone so that there is something to compare with. */
  readonly targeted: readonly string[];
  readonly controls: readonly string[];
}

/** Keeps a campaign and which groups are in which of its arms. */
export async function writeCampaign(
  db: CoverDatabase,
  options: Pick<CoverOptions, 'newId' | 'clock'>,
  input: NewCampaign,
  by: string,
): Promise<Result<{ campaignId: string }>> {
  const [targeted, controls] = [new Set(input.targeted), new Set(input.controls)];
  const ids = [...new Set([...targeted, ...controls])];
  const known = await db.selectFrom('cover_group').select('group_id').where('group_id', 'in', ids).execute();
  if (known.length < ids.length) {
    return refuse('enrolment.unknown-group', undefined, 'targeted');
  }
  const campaignId = options.newId();
  await db
    .insertInto('cover_campaign')
    .values({
      campaign_id: campaignId,
      name: input.name,
      scheme_id: input.schemeId,
      begins: input.begins,
      ends: input.ends,
      incentive_percent: String(input.incentivePercent),
      made_by: by,
      made: options.clock(),
    })
    .execute();
  const armOf = (ids: ReadonlySet<string>, arm: 'targeted' | 'control') =>
    [...ids].map((group_id) => ({ campaign_id: campaignId, group_id, arm }));
  await db
    .insertInto('cover_campaign_group')
    .values([...armOf(targeted, 'targeted'), ...armOf(controls, 'control')])
    .execute();
  return ok({ campaignId });
}
