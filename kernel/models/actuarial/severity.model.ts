import { defineModel } from '../model.ts';
import { fields, listOf, oneOf, probabilityLevels, quantity } from './inputs.ts';
import { bootstrapFit, fitSeverity, fitSpliced, type SeverityFit, severityFamilies } from './severity.ts';
import { fitSeverityThroughTerms } from './severity-terms.ts';
import { empirical } from './splicing.ts';

/** Some hundreds of likelihoods are computed for each family: about a minute. */
const MOST_THROUGH_TERMS = 500_000;

export const severityFitModel = defineModel({
  name: 'severity-fit',
  family: 'actuarial',
  title: 'Claim amounts fitted by gamma, lognormal, Weibull, Lomax, Pareto, exponential, and a spliced tail',
  input: fields({
    amounts: listOf(
      quantity('An amount', { above: 0, atMost: 1e15 }, 'Amount of one claim, money'),
      'The amounts',
      'Amounts of single claims; complete, unless a deductible or a ceiling is named',
      5,
    ).superRefine((amounts, context) => {
      if (!amounts.some((x) => x !== amounts[0])) {
        context.addIssue({ code: 'custom', message: 'All amounts are equal, so no spread can be fitted.' });
      }
    }),
    families: listOf(
      oneOf(severityFamilies, 'A family', 'Family of distributions'),
      'The families',
      'Families to fit',
      1,
      severityFamilies.length,
    ).default([...severityFamilies]),
    tailThreshold: quantity(
      'The tail threshold',
      { above: 0, atMost: 1e15 },
      'Amount above which a generalised Pareto tail replaces the body (spliced fits are added)',
    ).optional(),
    deductible: quantity(
      'The deductible',
      { above: 0, atMost: 1e12 },
      'Losses at or below it never reached these data; amounts are losses before it is taken off, money',
    ).optional(),
    ceiling: quantity(
      'The ceiling',
      { above: 0, atMost: 1e12 },
      'Amounts at or above it are only known to be so large, money',
    ).optional(),
    bootstrapReplicates: quantity(
      'The bootstrap replicates',
      { atLeast: 0, atMost: 10_000, whole: true },
      'Refits for p-values that allow for the fitting; 0 for none',
    ).default(0),
    levels: probabilityLevels([0.5, 0.9, 0.99, 0.995]).describe('Levels at which quantiles are compared with the data'),
  }).superRefine((input, context) => {
    const { deductible = 0, ceiling = Number.POSITIVE_INFINITY } = input;
    const wrong = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    if (input.deductible !== undefined || input.ceiling !== undefined) {
      if (ceiling <= deductible) {
        wrong('ceiling', 'The ceiling must lie above the deductible.');
      }
      if (input.amounts.some((x) => x <= deductible)) {
        wrong('deductible', 'Every amount must lie above the deductible: those at or below it were never reported.');
      }
      if (new Set(input.amounts.filter((x) => x < ceiling)).size < 3) {
        wrong('ceiling', 'At least three different amounts must lie below the ceiling.');
      }
      if (input.tailThreshold !== undefined) {
        wrong('tailThreshold', 'A spliced tail needs complete amounts, without deductible or ceiling.');
      }
      if (input.bootstrapReplicates > 0) {
        wrong('bootstrapReplicates', 'The bootstrap needs complete amounts, without deductible or ceiling.');
      }
      if (input.amounts.length > MOST_THROUGH_TERMS) {
        wrong(
          'amounts',
          `With a deductible or ceiling at most ${MOST_THROUGH_TERMS} amounts are fitted; take a sample.`,
        );
      }
    }
    const { tailThreshold } = input;
    if (tailThreshold !== undefined) {
      const above = input.amounts.filter((x) => x > tailThreshold).length;
      if (above < 5 || above === input.amounts.length) {
        context.addIssue({
          code: 'custom',
          path: ['tailThreshold'],
          message: 'The tail threshold must leave at least five amounts above it and one at or below it.',
        });
      }
    }
  }),
  example: {
    amounts: [
      15, 22, 31, 38, 40, 41, 44, 52, 57, 63, 66, 71, 78, 84, 90, 97, 103, 118, 126, 140, 155, 163, 188, 205, 240, 277,
      310, 364, 421, 505, 611, 780, 1015, 1340, 2090,
    ],
  },
  columns: [
    { name: 'family', description: 'Family, best (lowest AIC) first; empirical for the data' },
    {
      name: 'item',
      description:
        'A parameter’s name, mean, quantile, log-likelihood, aic, bic, ks, ad, chi-squared, ks-bootstrap, ad-bootstrap, or note',
    },
    { name: 'level', description: 'Of a quantile' },
    { name: 'value', description: 'Estimate or statistic' },
    { name: 'standardError', description: 'Of an estimate' },
    {
      name: 'p',
      description: 'p-value; for ks and ad as if the parameters had been known, so too large: use the bootstrap’s',
    },
    { name: 'text', description: 'A note where the fit needs one' },
  ],
  *run(input, { prng }) {
    const amounts = Float64Array.from(input.amounts);
    const hidden =
      input.deductible === undefined && input.ceiling === undefined
        ? undefined
        : { deductible: input.deductible ?? 0, ceiling: input.ceiling ?? Number.POSITIVE_INFINITY };
    const fits: { fit: SeverityFit; ksP?: number; adP?: number }[] = [];
    for (const [i, family] of input.families.entries()) {
      const fit = hidden ? fitSeverityThroughTerms(family, amounts, hidden) : fitSeverity(family, amounts);
      if (input.bootstrapReplicates > 0) {
        const run = bootstrapFit(family, fit, amounts.length, input.bootstrapReplicates, prng);
        let step = run.next();
        while (!step.done) {
          yield (i + step.value) / input.families.length;
          step = run.next();
        }
        fits.push({ fit, ...step.value });
      } else {
        fits.push({ fit });
        yield (i + 1) / input.families.length;
      }
      if (input.tailThreshold !== undefined && family !== 'pareto') {
        fits.push({ fit: fitSpliced(family, amounts, input.tailThreshold) });
      }
    }
    fits.sort((a, b) => a.fit.aic - b.fit.aic);
    const data = empirical(amounts);
    return [
      ...fits.flatMap(({ fit, ksP, adP }) => {
        const row = rowOf(fit.family);
        return [
          ...fit.parameters.map((p) => row(p.name, p.estimate, { standardError: finite(p.standardError) })),
          row('mean', finite(fit.distribution.mean)),
          ...input.levels.map((level) => row('quantile', finite(fit.distribution.quantile(level)), { level })),
          row('log-likelihood', fit.logLikelihood),
          row('aic', fit.aic),
          row('bic', fit.bic),
          row('ks', fit.ks, { p: fit.ksP }),
          row('ad', finite(fit.ad), { p: finite(fit.adP) }),
          row('chi-squared', fit.chiSquared.statistic, { p: finite(fit.chiSquared.p) }),
          ...(ksP === undefined ? [] : [row('ks-bootstrap', fit.ks, { p: ksP })]),
          ...(adP === undefined ? [] : [row('ad-bootstrap', fit.ad, { p: adP })]),
          ...(fit.note ? [row('note', null, { text: fit.note })] : []),
        ];
      }),
      rowOf('empirical')('mean', data.mean),
      ...input.levels.map((level) => rowOf('empirical')('quantile', data.quantile(level), { level })),
    ];
  },
});

type SeverityRow = {
  family: string;
  item: string;
  level: number | null;
  value: number | null;
  standardError: number | null;
  p: number | null;
  text: string | null;
};

const finite = (x: number) => (Number.isFinite(x) ? x : null);

const rowOf =
  (family: string) =>
  (item: string, value: number | null, more: Partial<SeverityRow> = {}): SeverityRow => ({
    family,
    item,
    level: null,
    value,
    standardError: null,
    p: null,
    text: null,
    ...more,
  });
