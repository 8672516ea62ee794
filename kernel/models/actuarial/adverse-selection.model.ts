import { z } from 'zod';
import { defineModel } from '../model.ts';
import { enrolmentToFirstClaim } from './adverse-selection.ts';
import { fields, labelText, listOf, quantity } from './inputs.ts';

const day = (what: string, description: string) => quantity(what, { atLeast: 0, atMost: 100_000 }, description);

export const adverseSelectionModel = defineModel({
  name: 'adverse-selection',
  family: 'actuarial',
  title: 'When members first claim after enrolling, against when they should',
  input: fields({
    members: listOf(
      fields({
        days: day('The days', 'Days from enrolment to the first claim, or to the end of observation'),
        claimed: z
          .boolean({ error: 'Whether there was a claim must be true or false.' })
          .describe('Whether the days end with a claim'),
        group: labelText('A group', 'Enrolment channel, as individual or employer').default('all'),
      }),
      'The members',
      'One entry for each member observed',
    ),
    waitingDays: day(
      'The waiting period',
      'Days after enrolment without cover; earlier days are not counted, earlier claims are refused',
    ).default(0),
    expectedClaimsPerYear: quantity(
      'The expected first claims',
      { above: 0, atMost: 1000 },
      'First claims per member-year expected without selection, as from a group enrolled by its employer',
    ),
    edges: listOf(
      day('An edge', 'Days'),
      'The edges',
      'Ends of the windows after enrolment (or after the waiting period), ascending',
      1,
      200,
    ).default([30, 60, 90, 180, 365]),
    earlyDays: day('The early days', 'What counts as early: one of the edges but the last').default(60),
    confidence: quantity('The confidence', { above: 0.5, below: 1 }, 'Of the intervals').default(0.95),
  }).superRefine((input, context) => {
    if (input.edges.some((x, i) => x <= (input.edges[i - 1] ?? 0))) {
      context.addIssue({ code: 'custom', path: ['edges'], message: 'The edges must rise from above 0.' });
    }
    if (!input.edges.slice(0, -1).includes(input.earlyDays)) {
      context.addIssue({
        code: 'custom',
        path: ['earlyDays'],
        message: 'The early days must be one of the edges other than the last.',
      });
    }
    const early = input.members.findIndex((m) => m.claimed && m.days < input.waitingDays);
    if (early >= 0) {
      context.addIssue({
        code: 'custom',
        path: ['members', early, 'days'],
        message: `A claim within the waiting period of ${input.waitingDays} days cannot be a covered first claim.`,
      });
    }
  }),
  example: {
    members: [
      ...[2, 5, 9, 14, 17, 21, 33, 41, 58, 77, 130, 210, 290].map((days) => ({
        days,
        claimed: true,
        group: 'individual',
      })),
      ...[365, 365, 365, 365, 300, 250, 180, 120].map((days) => ({ days, claimed: false, group: 'individual' })),
      ...[40, 95, 160, 220, 300, 350].map((days) => ({ days, claimed: true, group: 'employer' })),
      ...[365, 365, 365, 365, 365, 365, 200, 150].map((days) => ({ days, claimed: false, group: 'employer' })),
    ],
    expectedClaimsPerYear: 0.6,
  },
  columns: [
    { name: 'group', description: 'Enrolment channel; (all) where there are several' },
    { name: 'window', description: 'Window in days; total; or spike (early ratio over late ratio)' },
    { name: 'memberDays', description: 'Days at risk of a first claim' },
    { name: 'observed', description: 'First claims' },
    { name: 'expected', description: 'First claims expected' },
    { name: 'ratio', description: 'Observed over expected' },
    { name: 'low', description: 'Lower end of its interval' },
    { name: 'high', description: 'Upper end' },
    { name: 'p', description: 'p-value: log-rank for total, no spike for spike' },
    { name: 'withoutClaim', description: 'Kaplan–Meier share without a claim at the window’s end' },
    { name: 'withoutClaimSe', description: 'Its standard error' },
    { name: 'withoutClaimExpected', description: 'The share the expectation gives' },
  ],
  *run(input) {
    const groups = [...new Set(input.members.map((m) => m.group))];
    const names = groups.length > 1 ? [...groups, '(all)'] : groups;
    const edges = [0, ...input.edges];
    const hazard = { from: [0], rate: [input.expectedClaimsPerYear / 365.25] };
    const finite = (x: number) => (Number.isFinite(x) ? x : null);
    const rows = [];
    for (const [i, group] of names.entries()) {
      const members = input.members
        .filter((m) => (group === '(all)' || m.group === group) && m.days >= input.waitingDays)
        .map((m) => ({ day: m.days - input.waitingDays, claimed: m.claimed }));
      const fit = enrolmentToFirstClaim(members, hazard, edges, input.earlyDays, input.confidence);
      const summary = (window: string) => ({
        group,
        window,
        memberDays: null as number | null,
        observed: null as number | null,
        expected: null as number | null,
        ratio: null as number | null,
        low: null as number | null,
        high: null as number | null,
        p: null as number | null,
        withoutClaim: null as number | null,
        withoutClaimSe: null as number | null,
        withoutClaimExpected: null as number | null,
      });
      for (const w of fit.windows) {
        rows.push({
          ...summary(`${w.from}-${w.to}`),
          memberDays: w.memberDays,
          observed: w.observed,
          expected: w.expected,
          ratio: finite(w.ratio),
          low: finite(w.low),
          high: finite(w.high),
          withoutClaim: w.survival,
          withoutClaimSe: w.survivalSe,
          withoutClaimExpected: w.expectedSurvival,
        });
      }
      const observed = fit.earlyObserved + fit.lateObserved;
      const expected = fit.earlyExpected + fit.lateExpected;
      rows.push(
        { ...summary('total'), observed, expected, ratio: finite(observed / expected), p: finite(fit.logRankP) },
        {
          ...summary('spike'),
          observed: fit.earlyObserved,
          expected: fit.earlyExpected,
          ratio: finite(fit.spike),
          low: finite(fit.spikeLow),
          high: finite(fit.spikeHigh),
          p: finite(fit.spikeP),
        },
      );
      yield (i + 1) / names.length;
    }
    return rows;
  },
});
