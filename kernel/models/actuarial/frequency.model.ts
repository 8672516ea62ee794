import { defineModel } from '../model.ts';
import { fitFrequency, frequencyFamilies } from './frequency.ts';
import { fields, listOf, oneOf, quantity } from './inputs.ts';

export const frequencyFitModel = defineModel({
  name: 'frequency-fit',
  family: 'actuarial',
  title: 'Claim counts fitted by Poisson, negative binomial, binomial and zero-modified families',
  input: fields({
    policiesByClaims: listOf(
      quantity('A number of policies', { atLeast: 0, atMost: 1e12, whole: true }, 'Policies with this many claims'),
      'The policies by claims',
      'Entry k is the number of policies (or members) with k claims, k = 0, 1, 2, …',
      1,
      10_000,
      'Count the policies first: entry 0 is how many had no claim, entry 1 how many had one.',
    ).superRefine((counts, context) => {
      if (!counts.slice(1).some((x) => x > 0)) {
        context.addIssue({ code: 'custom', message: 'There are no claims at all, so nothing can be fitted.' });
      }
    }),
    families: listOf(
      oneOf(frequencyFamilies, 'A family', 'Family of distributions'),
      'The families',
      'Families to fit',
      1,
      frequencyFamilies.length,
    ).default([...frequencyFamilies]),
    trials: quantity('The trials', { atLeast: 1, atMost: 1e6, whole: true }, 'Of the binomial, where known').optional(),
  }),
  example: {
    // Automobile third-party claims, Thyrion (1961), in Klugman, Panjer and Willmot, Loss Models.
    policiesByClaims: [7840, 1317, 239, 42, 14, 4, 4, 1],
  },
  columns: [
    { name: 'family', description: 'Family; families come best (lowest AIC) first' },
    { name: 'item', description: 'A parameter’s name, or log-likelihood, aic, bic, chi-squared, note, or expected k' },
    { name: 'value', description: 'Estimate or statistic' },
    { name: 'standardError', description: 'Of an estimate; null at a boundary' },
    { name: 'degreesOfFreedom', description: 'Of chi-squared' },
    { name: 'p', description: 'p-value of chi-squared; large says no contradiction' },
    { name: 'text', description: 'A note where the fit needs one' },
  ],
  *run(input) {
    const fits = [];
    for (const [i, family] of input.families.entries()) {
      fits.push(fitFrequency(family, input.policiesByClaims, input.trials));
      yield (i + 1) / input.families.length;
    }
    fits.sort((a, b) => a.aic - b.aic);
    return fits.flatMap((fit) => {
      const row = (item: string, value: number | null, more: Partial<FrequencyRow> = {}): FrequencyRow => ({
        family: fit.family,
        item,
        value,
        standardError: null,
        degreesOfFreedom: null,
        p: null,
        text: null,
        ...more,
      });
      return [
        ...fit.parameters.map((p) => row(p.name, p.estimate, { standardError: finite(p.standardError) })),
        row('log-likelihood', fit.logLikelihood),
        row('aic', fit.aic),
        row('bic', fit.bic),
        row('chi-squared', fit.chiSquared.statistic, {
          degreesOfFreedom: fit.chiSquared.degreesOfFreedom,
          p: finite(fit.chiSquared.p),
        }),
        ...(fit.note ? [row('note', null, { text: fit.note })] : []),
        ...Array.from(fit.expected, (e, k) =>
          row(k < fit.expected.length - 1 ? `expected ${k}` : `expected ${k} or more`, e),
        ),
      ];
    });
  },
});

type FrequencyRow = {
  family: string;
  item: string;
  value: number | null;
  standardError: number | null;
  degreesOfFreedom: number | null;
  p: number | null;
  text: string | null;
};

const finite = (x: number) => (Number.isFinite(x) ? x : null);
