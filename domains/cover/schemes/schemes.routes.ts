import { addDays, addMonths, isDay } from '@serai/kernel/base/days.ts';
import { InputFault, parseInput } from '@serai/kernel/base/input.ts';
import { moneyText, parseMoney } from '@serai/kernel/base/money.ts';
import { ok, type Result, refuse } from '@serai/kernel/base/refusal.ts';
import type { RequestStore } from '@serai/store/types.ts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { type CoverOptions, requireCover } from '../cover.deps.ts';
import { planPolicy } from '../enrolment/policy.ts';
import { localDay } from '../local-day.ts';
import type { QuoteView, SchemeList, SchemeSummary, SchemeVersions } from './api.ts';
import { quote } from './premium.ts';
import { type Scheme, schemeAt } from './scheme.ts';

const day = z.string().refine(isDay, 'must be a day like "2026-03-01"');

const quoteSchema = z.strictObject({
  members: z
    .array(
      z.strictObject({
        relation: z.enum(['holder', 'spouse', 'child', 'parent', 'other']),
        age: z.int('must be whole years').min(0, 'must be 0 or more').max(125, 'must be at most 125'),
      }),
    )
    .max(1000, 'must be at most 1000'),
  on: day.optional(),
  months: z.int().min(1).max(120).optional(),
  days: z.int().min(1).max(3660).optional(),
  wage: z.string().max(20).optional(),
  stage: z.enum(['new', 'renewal']).optional(),
  previousExpiresOn: day.optional(),
  groupMembers: z.int().min(0).max(1_000_000).optional(),
  instalments: z.int().min(1).max(60).optional(),
});

/** The schemes of this country as data, and what they cost. */
export async function schemesRoutes(app: FastifyInstance, options: CoverOptions): Promise<void> {
  app.get(
    '/api/cover/schemes',
    { config: { summary: 'Schemes of this country with their versions.' } },
    async (request): Promise<SchemeList> => {
      await mayRead(options.storeFor(request));
      const today = localDay(options);
      const ids = [...new Set(options.schemes.map((scheme) => scheme.id))];
      return { schemes: ids.map((id) => summaryOf(options.schemes, id, today)) };
    },
  );

  app.get<{ Params: { id: string } }>(
    '/api/cover/schemes/:id',
    { config: { summary: 'A scheme in every version.' } },
    async (request): Promise<Result<SchemeVersions>> => {
      await mayRead(options.storeFor(request));
      const versions = options.schemes.filter((scheme) => scheme.id === request.params.id);
      const current = schemeAt(options.schemes, request.params.id, localDay(options))?.version;
      return versions.length === 0
        ? refuse('schemes.unknown')
        : ok({ versions, ...(current !== undefined && { current }) });
    },
  );

  app.post<{ Params: { id: string } }>(
    '/api/cover/schemes/:id/quote',
    { config: { summary: 'What cover would cost, who pays and when.', body: quoteSchema } },
    async (request): Promise<Result<QuoteView>> => {
      await mayRead(options.storeFor(request));
      const asked = parseInput(quoteSchema, request.body);
      const today = localDay(options);
      const scheme = schemeAt(options.schemes, request.params.id, asked.on ?? today);
      return scheme ? quoteFor(scheme, { ...asked, on: asked.on ?? today }) : refuse('schemes.unknown');
    },
  );
}

/** Rules and prices are nobody's secret; an employer reaches them as part of the cover it buys. */
function mayRead(store: RequestStore): Promise<void> {
  return requireCover(store, 'read', store.context.actor.class === 'employer' ? 'Coverage' : 'InsurancePlan');
}

function summaryOf(schemes: readonly Scheme[], id: string, today: string): SchemeSummary {
  const versions = schemes.filter((scheme) => scheme.id === id);
  const current = schemeAt(schemes, id, today);
  const { title, kind, country, currency } = current ?? versions.at(-1)!;
  return {
    ...{ id, title, kind, country, currency },
    versions: versions.map(({ version, validFrom, validTo }) => ({
      version,
      validFrom,
      ...(validTo !== undefined && { validTo }),
      inForce: version === current?.version,
    })),
  };
}

function quoteFor(
  scheme: Scheme,
  { on, wage, instalments, members, ...asked }: z.output<typeof quoteSchema> & { on: string },
): Result<QuoteView> {
  const earned = wage === undefined ? undefined : parseMoney(wage, scheme.currency);
  if (wage !== undefined && (!earned || earned.minor < 0n)) {
    throw new InputFault([{ expression: 'wage', sentence: `must be an amount of ${scheme.currency} like "12000.00"` }]);
  }
  const price = quote(scheme, {
    ...asked,
    on,
    // Of that age since the day before: neither more nor less.
    members: members.map(({ relation, age }) => ({ relation, birthDate: addDays(addMonths(on, -12 * age), -1) })),
    ...(earned && { wageMinor: earned.minor }),
  });
  if (!price.ok) {
    return price;
  }
  const { premium, lines, payers } = price.value;
  const plan = planPolicy({
    policyId: 'quote',
    scheme,
    enrolledOn: on,
    premium,
    members: members.map(({ relation }, i) => ({ memberId: String(i), relation })),
    ...(asked.months !== undefined && { months: asked.months }),
    ...(asked.days !== undefined && { days: asked.days }),
    ...(instalments !== undefined && { instalments }),
  });
  if (!plan.ok) {
    return plan;
  }
  return ok({
    version: scheme.version,
    premium: moneyText(premium),
    lines: lines.map((line) => ({ ...line, amount: moneyText(line.amount) })),
    payers: payers.map(({ by, amount }) => ({ by, amount: moneyText(amount) })),
    startsOn: plan.value.startsOn,
    expiresOn: plan.value.expiresOn,
    instalments: plan.value.instalments.map(({ due, graceUntil, amount }) => ({
      due,
      graceUntil,
      amount: moneyText(amount),
    })),
  });
}
