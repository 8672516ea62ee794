import type { CoverDatabase } from '@serai/domains/cover/cover.tables.ts';
import { answerEligibility } from '@serai/domains/cover/eligibility/answer.store.ts';
import type { EligibilityView } from '@serai/domains/cover/eligibility/api.ts';
import { type EligibilityQuestion, eligibility } from '@serai/domains/cover/eligibility/eligibility.ts';
import { overview } from '@serai/domains/cover/fund/overview.store.ts';
import { schemeNames } from '@serai/domains/cover/fund/read.routes.ts';
import { createPrng } from '@serai/kernel/base/prng.ts';
import { loadCoverYear } from '@serai/server/demo/cover-year.ts';
import { sql } from 'kysely';
import { type Bench, type BenchRow, quantile } from './bench.ts';
import { judgedYear } from './claims-year.ts';
import { must, openBenchCorridor } from './corridor.ts';

const asked = 1500;
const atOnce = 8;
const budgetMs = 50;
const codes = ['CON-GENERAL', 'LAB-BLOOD-COUNT', 'DELIVERY-NORMAL', 'SURGERY-CATARACT', 'MED-AMLODIPINE', undefined];

/** Issue 4: eligibility answers in under 50 ms locally, on a year of a scheme of 20,000 members and 60,000 claims. */
const bench: Bench = {
  name: 'eligibility',
  async run(note) {
    const { th, close } = await openBenchCorridor();
    try {
      note('a year of the schemes of Thailand is loaded…');
      const loaded = await loadCoverYear(th.node, 'TH');
      const db = th.node.database as unknown as CoverDatabase;
      const members = await db.selectFrom('cover_member').select('member_number').execute();
      note(`${loaded?.members} members, ${loaded?.claims} claims; ${asked} questions of each kind…`);
      const prng = createPrng(4);
      const pick = <T>(of: readonly T[]): T => of[prng.below(of.length)]!;
      const question = () => {
        const code = pick(codes);
        return { memberNumber: pick(members).member_number, ...(code && { code }) };
      };
      const overHttp = () => must<EligibilityView>(th, 'POST', '/api/cover/eligibility', question());
      const { options } = th.node.cover;
      const on = new Date().toISOString().slice(0, 10);
      const facility = { id: 'mae-sot-clinic', country: 'TH', level: 'clinic' };
      const bare = () =>
        db.selectFrom('cover_member').selectAll().where('member_number', '=', pick(members).member_number).execute();
      const fromTables = () => answerEligibility(db, options, { ...question(), on, facility });
      for (let i = 0; i < 100; i++) {
        await overHttp();
        await fromTables();
      }
      const http = await timed(asked, overHttp);
      const tables = await timed(asked, fromTables);
      const read = quantile(await timed(asked, bare), 0.5);
      const busy = await inParallel(asked, atOnce, overHttp);
      // Settled after the load, as a database that has run for a while is.
      await sql`vacuum analyze`.execute(db);
      const at = th.node.cover.options.clock();
      const looked = { schemes: schemeNames(options), day: on, at };
      const desk = await timed(15, () => overview(th.node.database as never, looked));
      return [
        ...overviewRows(desk),
        ...rows(`asked over HTTP, decided and logged, of ${members.length} members`, http, true),
        ...rows(`the same, ${atOnce} asking at once`, busy.times, true),
        { claim: `answers a second, ${atOnce} asking at once`, value: busy.perSecond, unit: '/s' },
        ...rows('from the tables, without HTTP', tables, true),
        {
          claim: 'from the tables, against one bare read by number',
          value: quantile(tables, 0.5),
          unit: 'ms',
          against: `a bare read (${read.toFixed(1)} ms)`,
          ratio: quantile(tables, 0.5) / read,
        },
        pure(note),
      ];
    } finally {
      await close();
    }
  },
};
export default bench;

function overviewRows(times: readonly number[]): BenchRow[] {
  const median = quantile(times, 0.5);
  const budget = 300;
  return [
    {
      claim: 'the fund’s overview, median',
      value: median,
      unit: 'ms',
      budget: `≤ ${budget} ms`,
      met: median <= budget,
    },
  ];
}

async function timed(count: number, work: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const begun = performance.now();
    await work();
    times.push(performance.now() - begun);
  }
  return times;
}

async function inParallel(count: number, lanes: number, work: () => Promise<unknown>) {
  const begun = performance.now();
  const times = (await Promise.all(Array.from({ length: lanes }, () => timed(Math.ceil(count / lanes), work)))).flat();
  return { times, perSecond: times.length / ((performance.now() - begun) / 1000) };
}

function rows(claim: string, times: readonly number[], budgeted: boolean): BenchRow[] {
  const p95 = quantile(times, 0.95);
  return [
    { claim: `${claim}, median`, value: quantile(times, 0.5), unit: 'ms' },
    {
      claim: `${claim}, p95`,
      value: p95,
      unit: 'ms',
      ...(budgeted && { budget: `≤ ${budgetMs} ms`, met: p95 <= budgetMs }),
    },
  ];
}

/** The rule alone, with what the year's claims were judged by. */
function pure(note: (line: string) => void): BenchRow {
  note('the rule alone…');
  const { inputs, schemes } = judgedYear();
  const questions = inputs.slice(0, 20_000).map(
    (input): EligibilityQuestion => ({
      on: input.claim.from,
      member: input.member,
      schemes,
      policies: input.policies,
      history: input.history,
      facility: input.facility,
      code: input.claim.lines[0]!.code,
      visit: input.claim.visit,
      diagnosis: input.claim.diagnoses[0],
    }),
  );
  const begun = performance.now();
  let covered = 0;
  for (const question of questions) {
    covered += eligibility(question).covered ? 1 : 0;
  }
  const secondsTaken = (performance.now() - begun) / 1000;
  note(`${covered} of ${questions.length} covered`);
  return { claim: 'the rule alone, one core', value: questions.length / secondsTaken, unit: 'answers/s' };
}
