import { z } from 'zod';
import { defineModel } from '../model.ts';
import { studentT } from '../numeric/distributions.ts';
import { normalCdf, normalQuantile } from '../numeric/special.ts';
import { fields, labelText, listOf, oneOf, quantity } from './inputs.ts';
import { fitTariff } from './pricing.ts';

export const pricingModel = defineModel({
  name: 'pricing-glm',
  family: 'actuarial',
  title: 'A multiplicative tariff by generalised linear model: claim counts or mean amounts by rating factor',
  input: fields({
    family: oneOf(
      ['poisson', 'quasi-poisson', 'gamma'],
      'The family',
      'poisson or quasi-poisson for counts with exposure, gamma for mean amounts weighted by claims',
    ).default('poisson'),
    cells: listOf(
      fields({
        response: quantity('A response', { atLeast: 0, atMost: 1e15 }, 'Number of claims, or mean amount of a claim'),
        exposure: quantity(
          'An exposure',
          { above: 0, atMost: 1e15 },
          'Member-years (counts), or number of claims behind the mean (gamma)',
        ).default(1),
        factors: z
          .record(z.string(), z.union([z.string(), z.number()]), {
            error: 'The factors must give a text or a number for each name.',
          })
          .describe('Rating factors by name: a text is a class, a number enters linearly'),
      }),
      'The cells',
      'One entry for each rating cell, or for each person',
      2,
      2_000_000,
      'Add up claims and exposure of persons with equal factors into one cell: the fit is the same.',
    ),
    bases: z
      .record(z.string(), labelText('A base level', 'Class the others are compared with'), {
        error: 'The bases must name a class for each factor.',
      })
      .default({})
      .describe('Base class of a factor; left out, the first to appear'),
    confidence: quantity('The confidence', { above: 0.5, below: 1 }, 'Of the intervals').default(0.95),
  }).superRefine(({ cells, family, bases }, context) => {
    const first = cells[0]?.factors ?? {};
    const names = Object.keys(first).sort();
    for (const [i, cell] of cells.entries()) {
      const own = Object.keys(cell.factors).sort();
      if (own.join('\u0000') !== names.join('\u0000')) {
        context.addIssue({
          code: 'custom',
          path: ['cells', i, 'factors'],
          message: `Every cell must have the same factors (${names.join(', ')}).`,
        });
        break;
      }
      const changed = names.find((name) => typeof cell.factors[name] !== typeof first[name]);
      if (changed) {
        context.addIssue({
          code: 'custom',
          path: ['cells', i, 'factors', changed],
          message: 'A factor must be a text in every cell or a number in every cell.',
        });
        break;
      }
      if (family === 'gamma' && cell.response === 0) {
        context.addIssue({
          code: 'custom',
          path: ['cells', i, 'response'],
          message: 'A mean amount must be above zero; leave out cells without claims.',
        });
        break;
      }
    }
    if (family !== 'gamma' && cells.every((cell) => cell.response === 0)) {
      context.addIssue({ code: 'custom', path: ['cells'], message: 'There are no claims at all.' });
    }
    for (const [name, base] of Object.entries(bases)) {
      if (!cells.some((cell) => cell.factors[name] === base)) {
        context.addIssue({
          code: 'custom',
          path: ['bases', name],
          message: 'The base class does not appear among the cells.',
        });
      }
    }
  }),
  example: {
    cells: [
      { response: 38, exposure: 197, factors: { age: 'under 25', sector: 'fishing' } },
      { response: 63, exposure: 284, factors: { age: 'under 25', sector: 'construction' } },
      { response: 35, exposure: 264, factors: { age: '25-29', sector: 'fishing' } },
      { response: 84, exposure: 536, factors: { age: '25-29', sector: 'construction' } },
      { response: 156, exposure: 1680, factors: { age: '30 and over', sector: 'fishing' } },
      { response: 400, exposure: 3582, factors: { age: '30 and over', sector: 'construction' } },
    ],
  },
  columns: [
    {
      name: 'term',
      description: 'Coefficient, or deviance, null-deviance, dispersion, aic, degrees-of-freedom, converged (1 or 0)',
    },
    { name: 'estimate', description: 'On the log scale; for a summary row, its value' },
    { name: 'standardError', description: 'Standard error' },
    { name: 'relativity', description: 'exp(estimate): the factor on the premium; the intercept is the base rate' },
    { name: 'low', description: 'Lower end of the interval of the relativity' },
    { name: 'high', description: 'Upper end' },
    { name: 'p', description: 'p-value of no effect (z for Poisson, t otherwise)' },
  ],
  *run(input) {
    const names = Object.keys(input.cells[0]!.factors);
    const factors = names.map((name) => {
      const values = input.cells.map((cell) => cell.factors[name]!);
      return typeof values[0] === 'number'
        ? { name, values: values as number[] }
        : { name, labels: values as string[], ...(input.bases[name] && { base: input.bases[name] }) };
    });
    yield 0.1;
    const { fit, terms, standardErrors, nullDeviance, aic } = fitTariff(
      factors,
      input.cells.map((cell) => cell.response),
      input.family,
      input.cells.map((cell) => cell.exposure),
    );
    yield 0.9;
    const finite = (x: number) => (Number.isFinite(x) ? x : null);
    const t = studentT(Math.max(1, fit.residualDegreesOfFreedom));
    const known = input.family === 'poisson';
    const tail = (1 + input.confidence) / 2;
    const multiple = known ? normalQuantile(tail) : t.quantile(tail);
    const row = (term: string, estimate: number) => ({
      term,
      estimate: finite(estimate),
      standardError: null as number | null,
      relativity: null as number | null,
      low: null as number | null,
      high: null as number | null,
      p: null as number | null,
    });
    return [
      ...terms.map((term, j) => {
        const b = fit.coefficients[j]!;
        const se = standardErrors[j]!;
        const ratio = Math.abs(b / se);
        return {
          ...row(term, b),
          standardError: finite(se),
          relativity: finite(Math.exp(b)),
          low: finite(Math.exp(b - multiple * se)),
          high: finite(Math.exp(b + multiple * se)),
          p: finite(known ? 2 * normalCdf(-ratio) : 2 * t.survival(ratio)),
        };
      }),
      row('deviance', fit.deviance),
      row('null-deviance', nullDeviance),
      row('degrees-of-freedom', fit.residualDegreesOfFreedom),
      row('dispersion', fit.dispersion),
      row('aic', aic),
      row('converged', fit.converged ? 1 : 0),
    ];
  },
});
