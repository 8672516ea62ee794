import { globSync } from 'node:fs';
import { join } from 'node:path';
import type { Me } from '@serai/domains/access/api.ts';
import { mayOf } from '@serai/domains/access/may.ts';
import { coverScreens } from '@serai/domains/cover/cover.screens.ts';
import { expect, test } from 'vitest';
import { mayOpen } from '../apps/console/router.tsx';
import { besideTheWalk, type Letter, letters, roles, routesOfCover } from './cover-authority.ts';
import { callsOf, panelsOf } from './cover-calls.ts';

/**
 * Every role × every screen of cover × every route its screens call. What a role may do at the node it finds a screen for,
 * and what a screen offers a role the node lets it do: who calls which route is `tests/cover-authority.ts`, shown on a running
 * node.
 */

const root = join(import.meta.dirname, '..');

const classOf: Readonly<Record<Letter, string>> = {
  ...{ N: 'care', V: 'programme', C: 'payer', F: 'payer', E: 'payer', A: 'payer', I: 'payer' },
  ...{ L: 'programme', M: 'employer', O: 'operator', X: 'enforcement' },
};
const may = (letter: Letter): Me['may'] => mayOf({ class: classOf[letter], roles: [roles[letter]] });

/** Whose own rows these are, and not those the walk asks for. */
const ownRows: Readonly<Record<string, string>> = {
  'GET enrolment/members/:id': 'M',
  'GET enrolment/payments/:id': 'M',
  'GET payment-runs/:id/remittance/:provider': 'N',
  'GET payment-runs/:id/remittance/:provider/fhir': 'N',
};
const routes = Object.fromEntries(
  Object.entries({ ...routesOfCover, ...besideTheWalk }).map(([route, who]) => [route, who + (ownRows[route] ?? '')]),
);
const panels = new Map(globSync('domains/cover/*/*.screens.ts', { cwd: root }).flatMap((file) => [...panelsOf(file)]));
const screens = coverScreens.map((screen) => ({
  screen,
  who: letters.filter((letter) => mayOpen(screen, may(letter))),
  ...callsOf(panels.get(screen.path)!, Object.keys(routes)),
}));

/** Tariffs and schemes are public: they name nobody, and whoever may sign in reads them. */
const isPublic = (route: string) =>
  [
    'GET schemes',
    'GET schemes/:id',
    'POST schemes/:id/quote',
    'GET eligibility/codes',
    'GET settlement/price-lists',
  ].includes(route);

/** Called from no panel of cover, and why. */
const elsewhere: Readonly<Record<string, string>> = {
  'GET jobs/:id': 'ui/components/job-progress.tsx, on every screen that starts long work; one’s own alone',
  'POST jobs/:id/cancel': 'ui/components/job-progress.tsx; one’s own alone',
  'POST enrolment/policies/:id/activate': 'one policy; the arrears screen does it to many (enrolment/bulk)',
  'GET enrolment/rosters/template': 'the screen writes the same columns itself',
  'POST fund/proposals':
    'any entry for someone else to post; on screens the reserve alone is proposed (actuary/reserve/propose)',
  'POST payment-delay': 'a figure for reports, made by programs',
  'GET settlement/periods/:memberId':
    'what a certificate would say, for other systems; on screens it is part of the certificate',
  'POST enrolment/payments/:id/apply':
    'what a payment left over goes to the next contribution by itself; for other systems',
};

interface Gate {
  readonly on: RegExp;
  readonly route: RegExp;
  /** Any of these. */
  readonly needs: readonly string[];
  /** Where the source asks for it by another name. */
  readonly asks?: RegExp;
}

const desk = { needs: ['cover.enrol.desk'], asks: /isAtTheDesk\(/ };
const judges = { route: /POST claims\/(bulk|:id\/(reverse|ask-feedback))/, needs: ['cover.claims'] };
const fund = { needs: ['cover.fund'] };
const actuary = { on: /^\/cover\/actuary/, needs: ['cover.actuary'] };

/** What a screen offers only to some of those who open it; its source asks for it. */
const gates: readonly Gate[] = [
  // Offered with what was decided: a batch of members' money, which enrolment officers and fund managers decide.
  { on: /^\/cover\/approvals/, route: /bulk\/undo/, needs: ['cover.enrol.desk'], asks: /done\.batchId !== undefined/ },
  { on: /^\/cover\/fund/, route: /POST fund\/(?!revaluation\/preview)/, ...fund },
  {
    on: /^\/cover\/(members|groups|renewals|arrears|contributions|receipts|campaigns)/,
    route: /POST (?!.*(find|list|queues))/,
    ...desk,
  },
  { on: /^\/cover\/contributions/, route: /GET enrolment\/(worker-excess|statement-lines)/, ...desk },
  // A clinic searches its records, whoever has none the members.
  {
    on: /eligibility/,
    route: /members\/find/,
    needs: ['cover.enrol', 'cover.claims'],
    asks: /may\.includes\('read'\)/,
  },
  { on: /^\/cover\/claims/, ...judges },
  { on: /^\/cover\/provider\/claims/, ...judges, asks: /props\.judges/ },
  { on: /^\/cover\/claims\//, route: /around/, needs: ['cover.claims', 'cover.look'] },
  { on: /^\/cover\/claims\//, route: /:id\/appeals/, needs: ['cover.claims', 'cover.provider'] },
  { on: /^\/cover\/settlement/, route: /POST settlement\/moves/, needs: ['cover.claims', 'cover.fund'] },
  { on: /^\/cover\/settlement/, route: /POST settlement\/(?!send|decide)/, ...fund },
  { on: /^\/cover\/vouchers/, route: /POST vouchers\/batches/, ...fund },
  { ...actuary, route: /POST actuary\// },
];

test('each screen of cover has a panel that was found, and calls something', () => {
  expect(screens.filter(({ calls }) => calls.length === 0).map(({ screen }) => screen.path)).toEqual([]);
});

test('what a role may do at the node it finds a screen for', () => {
  const faceless: string[] = [];
  for (const [route, who] of Object.entries(routes)) {
    if (isPublic(route) || route in elsewhere) {
      continue;
    }
    const openBy = new Set(screens.filter(({ calls }) => calls.includes(route)).flatMap((each) => each.who));
    const without = [...who].filter((letter) => !openBy.has(letter as Letter));
    if (without.length > 0) {
      faceless.push(`${route}: ${without.map((letter) => roles[letter as Letter]).join(', ')}`);
    }
  }
  expect(faceless).toEqual([]);
});

test('what a screen offers someone the node lets them do', () => {
  const broken: string[] = [];
  for (const { screen, who, source, calls } of screens) {
    for (const route of calls) {
      const gate = gates.find((each) => each.on.test(screen.path) && each.route.test(route));
      const asked = gate?.asks ? [gate.asks] : gate?.needs.map((need) => new RegExp(`may\\.includes\\('${need}'\\)`));
      const isForSome = who.some(
        (letter) => !gate?.needs.some((need) => (may(letter) as readonly string[]).includes(need)),
      );
      if (isForSome && asked?.some((each) => !each.test(source))) {
        broken.push(`${screen.path} does not ask for ${gate!.needs} before ${route}`);
      }
      for (const letter of who) {
        const has = (need: string) => (may(letter) as readonly string[]).includes(need);
        if ((!gate || gate.needs.some(has)) && !routes[route]!.includes(letter)) {
          broken.push(`${screen.path} as ${roles[letter]}: ${route}`);
        }
      }
    }
  }
  expect(broken).toEqual([]);
});
