import { z } from 'zod';
import { columns, significant, tableOf } from './figures.ts';
import { ofScheme, quantity, riskTerms } from './inputs.ts';
import { poolRow, requiredPools } from './poolsize.ts';
import { isRefusal, readRisk } from './risk.store.ts';
import type { Risk } from './risk.ts';
import { defineStudy } from './study.ts';
import { riskAssumptions, schemeCheck, termAssumptions } from './study-parts.ts';

const input = z.strictObject({
  ...ofScheme,
  ...riskTerms,
  targetCv: quantity('The target CV', { above: 0, atMost: 1 }, 'Coefficient of variation of a year').default(0.05),
  targetRuin: quantity('The target ruin', { above: 0, below: 0.5 }, 'Chance that claims exceed the premium').default(
    0.05,
  ),
  targetCapital: quantity('The target capital', { above: 0, atMost: 1e9 }, 'Capital for each member').default(500),
  pilotMembers: quantity('The members of the pilot', { atLeast: 10, atMost: 1e7, whole: true }, 'Planned').default(
    1000,
  ),
});

/** How many members a pilot needs (S42), from the scheme's own experience. */
export const poolSizeStudy = defineStudy({
  kind: 'pool-size',
  input,
  check: schemeCheck,
  read: async (options, db, asked) => {
    const found = await readRisk(options, db, asked);
    return isRefusal(found) ? found : { facts: found.risk, provenance: found.provenance };
  },
  parts: () => 1,
  work: () => null,
  report: (asked, facts: Risk) => {
    const sizes = [100, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000];
    const rows = [...new Set([...sizes, asked.pilotMembers])]
      .sort((a, b) => a - b)
      .map((members) => {
        const { commonShockSd: _, ...chance } = { ...facts, commonShockSd: 0 };
        const alone = poolRow(chance, members, asked);
        const shocked = poolRow({ ...chance, commonShockSd: asked.commonShockSd }, members, asked);
        return { ...shocked, cvChance: alone.cv, capitalChance: alone.capitalPerMember };
      });
    const targets = { cv: asked.targetCv, ruin: asked.targetRuin, capitalPerMember: asked.targetCapital };
    const chance = requiredPools(facts, asked, targets);
    const shocked = requiredPools({ ...facts, commonShockSd: asked.commonShockSd }, asked, targets);
    const needed = (['cv', 'ruin', 'capitalPerMember'] as const).map((target) => ({
      target: `target.${target}`,
      value: targets[target],
      membersChance: chance[target],
      members: shocked[target],
    }));
    const pilot = rows.find(({ members }) => members === asked.pilotMembers)!;
    return {
      methods: ['compound', 'normal-capital', 'pool-size'],
      limits: ['shock-judged', 'normal-small-pools', 'past-not-future'],
      assumptions: [...riskAssumptions(facts), ...termAssumptions(asked)],
      findings: [
        {
          id: 'pool.pilot',
          tone: pilot.cv <= asked.targetCv ? 'good' : 'warn',
          values: {
            members: asked.pilotMembers,
            cv: significant(100 * pilot.cv, 3),
            capital: Math.round(pilot.capitalPerMember),
            ruin: significant(100 * pilot.ruin, 3),
          },
        },
        { id: 'pool.shock', tone: 'note', values: { shock: significant(100 * asked.commonShockSd, 3) } },
      ],
      tables: [
        tableOf(
          'pool.needed',
          columns({ target: 'word', value: 'decimal', membersChance: 'number', members: 'number' }),
          needed,
        ),
        tableOf(
          'pool.sizes',
          columns({
            members: 'number',
            cvChance: 'share',
            cv: 'share',
            capitalChance: 'money',
            capitalPerMember: 'money',
            ruin: 'share',
            riskPremium: 'money',
          }),
          rows,
          {
            currency: facts.currency,
            picture: { kind: 'line', x: 'members', y: ['capitalChance', 'capitalPerMember'] },
          },
        ),
      ],
    };
  },
});
