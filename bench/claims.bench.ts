import { adjudicate } from '../domains/cover/claims/adjudicate.ts';
import { openDifference } from '../domains/cover/claims/difference.ts';
import { selectForReview } from '../domains/cover/claims/selection.ts';
import { suspicions } from '../domains/cover/claims/suspicion.ts';
import { type Bench, seconds } from './bench.ts';
import { judgedYear } from './claims-year.ts';

/** A generated year of two schemes, its claims judged by everything that passed before them. One thread, no database. */
const bench: Bench = {
  name: 'claims',
  async run(note) {
    const year = judgedYear();
    const { inputs } = year;
    const lines = inputs.reduce((sum, { claim }) => sum + claim.lines.length, 0);
    const history = inputs.reduce((sum, input) => sum + input.history.length, 0);
    note(
      `${year.members} members, ${inputs.length} claims of ${(lines / inputs.length).toFixed(1)} lines, ` +
        `${(history / inputs.length).toFixed(1)} lines of history a claim`,
    );
    const judging = await seconds(() => {
      for (const input of inputs) {
        adjudicate(input);
      }
    });
    note('the same claims read from JSON…');
    const texts = inputs.map(({ claim }) =>
      JSON.stringify(claim, (_, each) => (typeof each === 'bigint' ? `${each}` : each)),
    );
    const parsing = await seconds(() => {
      for (const text of texts) {
        JSON.parse(text);
      }
    });
    note('the difference two versions of the rules make…');
    const stricter = year.schemes.map((scheme) => ({
      ...scheme,
      benefits: scheme.benefits.map((benefit) => ({ ...benefit, waitingMonths: { adult: 3, child: 3 } })),
    }));
    let differing = 0;
    const comparing = await seconds(() => {
      const report = openDifference({ before: year.schemes, after: stricter });
      for (const { schemes: _schemes, history: _history, ...each } of inputs) {
        report.add(each);
      }
      differing = report.totals().differing;
    }, 1);
    const byMember = Map.groupBy(
      inputs.map(({ claim }) => claim),
      (claim) => claim.memberId,
    );
    const suspecting = await seconds(() => {
      for (const { claim, member, schemes } of inputs) {
        const found = suspicions({ claim, member, scheme: schemes.at(-1)!, others: byMember.get(claim.memberId)! });
        selectForReview({
          claim,
          suspicions: found,
          adjudication: { status: 'valuated', category: 'visit', claimedMinor: 100_000n, paidMinor: 100_000n },
        });
      }
    }, 1);
    return [
      {
        claim: `adjudications, ${inputs.length} claims of a year`,
        value: inputs.length / judging,
        unit: 'claims/s',
        against: 'JSON.parse of the same claims',
        ratio: parsing / judging,
      },
      { claim: 'lines of them', value: lines / judging, unit: 'lines/s' },
      { claim: 'a year judged again', value: judging, unit: 's' },
      {
        claim: `difference report, ${differing} claims pay otherwise`,
        value: inputs.length / comparing,
        unit: 'claims/s',
      },
      { claim: 'suspicions and selection', value: inputs.length / suspecting, unit: 'claims/s' },
    ];
  },
};

export default bench;
