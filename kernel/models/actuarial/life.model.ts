import { z } from 'zod';
import { defineModel } from '../model.ts';
import { fields, labelText, listOf, oneOf, quantity } from './inputs.ts';
import { lifeTable, lifeValues, makeham } from './life.ts';
import { valueMultiState } from './multi-state.ts';

const age = (what: string, description: string) => quantity(what, { atLeast: 0, atMost: 130 }, description);
const interest = quantity('The interest', { above: -0.5, atMost: 1 }, 'Yearly effective').default(0.04);
const nonNegative = (what: string, description: string) => quantity(what, { atLeast: 0, atMost: 1e12 }, description);

export const lifeBenefitsModel = defineModel({
  name: 'life-benefits',
  family: 'actuarial',
  title: 'Annuities and insurances on one life, in discrete and continuous time',
  input: fields({
    age: age('The age', 'Age at the start, years'),
    interest,
    mortality: z
      .discriminatedUnion(
        'law',
        [
          fields({
            law: z.literal('makeham'),
            a: quantity('The constant part a', { atLeast: 0, atMost: 10 }, 'Part that does not depend on age'),
            b: quantity('The scale b', { atLeast: 0, atMost: 1 }, 'Scale of the part that does'),
            c: quantity('The growth c', { atLeast: 1, atMost: 2 }, 'Its growth in a year of age').default(1),
          }),
          fields({
            law: z.literal('table'),
            firstAge: quantity('The first age', { atLeast: 0, atMost: 120, whole: true }, 'Age of the first entry'),
            q: listOf(
              quantity('A death probability', { atLeast: 0, atMost: 1 }, 'Of a year of age'),
              'The probabilities q',
              'By age',
              1,
              200,
            ),
          }),
        ],
        { error: 'The mortality needs a law: makeham (a + b·c^age) or table (yearly probabilities).' },
      )
      .describe('Mortality'),
    term: quantity('The term', { above: 0, atMost: 200 }, 'Years covered; left out, the whole of life').optional(),
    deferral: quantity('The deferral', { atLeast: 0, atMost: 120 }, 'Years before it begins').default(0),
    amount: nonNegative('The amount', 'Yearly annuity, or sum insured, money').default(1),
  }),
  example: {
    // The Standard Ultimate Survival Model of Dickson, Hardy and Waters.
    age: 60,
    interest: 0.05,
    mortality: { law: 'makeham', a: 0.00022, b: 2.7e-6, c: 1.124 },
  },
  columns: [
    { name: 'measure', description: 'annuity, insurance, pure-endowment, or years-lived (expected, undiscounted)' },
    { name: 'discrete', description: 'Annuity in advance; insurance at the end of the year of death', unit: 'money' },
    { name: 'continuous', description: 'Annuity paid continuously; insurance at the moment of death', unit: 'money' },
  ],
  *run(input) {
    const m = input.mortality;
    const survival = m.law === 'makeham' ? makeham(m.a, m.b, m.c) : lifeTable(m.firstAge, m.q);
    const values = lifeValues(survival, input.age, input.interest, input.term, input.deferral);
    yield 0.9;
    const row = (measure: string, discrete: number | null, continuous: number | null) => ({
      measure,
      discrete,
      continuous,
    });
    return [
      row('annuity', input.amount * values.annuityDue, input.amount * values.annuityContinuous),
      row('insurance', input.amount * values.insuranceYearEnd, input.amount * values.insuranceAtDeath),
      row('pure-endowment', input.amount * values.pureEndowment, null),
      row('years-lived', null, values.lifeExpectancy),
    ];
  },
});

const stateName = labelText('A state', 'Name of a state');

export const benefitCashFlowsModel = defineModel({
  name: 'benefit-cash-flows',
  family: 'actuarial',
  title: 'Cash flows of benefits that accrue while members are in care, out, lapsed or dead',
  input: fields({
    states: listOf(stateName, 'The states', 'Names of the states', 2, 20),
    startState: stateName,
    startAge: age('The start age', 'Age at the start, years'),
    years: quantity('The years', { atLeast: 1, atMost: 120, whole: true }, 'Horizon'),
    interest,
    timing: oneOf(
      ['continuous', 'discrete'],
      'The timing',
      'discrete: yearly, benefits and contributions in advance, lump sums at the year’s end',
    ).default('continuous'),
    transitions: listOf(
      fields({
        from: stateName,
        to: stateName,
        constant: nonNegative('The constant intensity', 'Moves a year that do not depend on age').default(0),
        scale: nonNegative('The scale', 'Intensity added: scale × e^(growth × age)').default(0),
        growth: quantity('The growth', { atLeast: -1, atMost: 1 }, 'Of it, a year of age').default(0),
        lumpSum: nonNegative('The lump sum', 'Paid on the move, money').default(0),
      }),
      'The transitions',
      'Moves between states',
      0,
      400,
    ),
    payments: listOf(
      fields({
        state: stateName,
        rate: quantity('The rate', { atLeast: -1e12, atMost: 1e12 }, 'Money a year; negative for contributions'),
        fromAge: age('The from age', 'Paid from this age').default(0),
        toAge: quantity('The to age', { atLeast: 0, atMost: 1000 }, 'Paid to this age').default(1000),
      }),
      'The payments',
      'Paid while in a state',
      0,
      400,
    ).default([]),
    accrual: fields({
      earningStates: listOf(stateName, 'The earning states', 'States in which the benefit is earned', 1, 20),
      perYear: nonNegative('The accrual', 'Yearly benefit earned by a year, money'),
      payableFromAge: age('The payable age', 'Paid from this age'),
      payableStates: listOf(stateName, 'The paying states', 'States in which it is paid', 1, 20),
      earned: nonNegative('The benefit earned', 'Yearly benefit earned before the start, money').default(0),
    })
      .optional()
      .describe('A benefit that grows with membership and is paid later, as health care in old age'),
  }).superRefine((input, context) => {
    const known = new Set(input.states);
    const missing = (name: string, path: (string | number)[]) => {
      if (!known.has(name)) {
        context.addIssue({ code: 'custom', path, message: `This state is not among the states.` });
      }
    };
    if (known.size !== input.states.length) {
      context.addIssue({ code: 'custom', path: ['states'], message: 'Two states have the same name.' });
    }
    missing(input.startState, ['startState']);
    for (const [i, t] of input.transitions.entries()) {
      missing(t.from, ['transitions', i, 'from']);
      missing(t.to, ['transitions', i, 'to']);
      if (t.from === t.to) {
        context.addIssue({ code: 'custom', path: ['transitions', i], message: 'A move must lead to another state.' });
      }
    }
    for (const [i, p] of input.payments.entries()) {
      missing(p.state, ['payments', i, 'state']);
    }
    for (const s of input.accrual?.earningStates ?? []) {
      missing(s, ['accrual', 'earningStates']);
    }
    for (const s of input.accrual?.payableStates ?? []) {
      missing(s, ['accrual', 'payableStates']);
    }
    // Runge–Kutta with 64 steps a year is stable and exact to about 1e-9 up to some ten moves a year.
    for (const [i, t] of input.transitions.entries()) {
      const most =
        t.constant + t.scale * Math.exp(t.growth * (t.growth > 0 ? input.startAge + input.years : input.startAge));
      if (most > 20) {
        context.addIssue({
          code: 'custom',
          path: ['transitions', i],
          message: `This move reaches ${most.toPrecision(3)} a year within the horizon; at most 20 are computed. Shorten the horizon or join the states.`,
        });
      }
    }
  }),
  example: {
    states: ['in care', 'out', 'lapsed', 'dead'],
    startState: 'in care',
    startAge: 30,
    years: 50,
    interest: 0.04,
    transitions: [
      { from: 'in care', to: 'out', constant: 0.12 },
      { from: 'out', to: 'in care', constant: 0.25 },
      { from: 'out', to: 'lapsed', constant: 0.05 },
      { from: 'in care', to: 'dead', constant: 0.0005, scale: 0.00005, growth: 0.09, lumpSum: 1500 },
      { from: 'out', to: 'dead', constant: 0.0007, scale: 0.00006, growth: 0.09 },
      { from: 'lapsed', to: 'dead', constant: 0.0008, scale: 0.00006, growth: 0.09 },
    ],
    payments: [
      { state: 'in care', rate: -96, toAge: 60 },
      { state: 'in care', rate: 55, toAge: 60 },
    ],
    accrual: {
      earningStates: ['in care'],
      perYear: 12,
      payableFromAge: 60,
      payableStates: ['in care', 'out', 'lapsed'],
    },
  },
  columns: [
    { name: 'year', description: 'Year since the start; null for present values' },
    { name: 'age', description: 'Age at the year’s end' },
    {
      name: 'item',
      description:
        'in: (state), its probability at the year’s end; benefits, contributions, lump-sums, accrued-benefits, earned, net-discounted; present-… for present values',
    },
    { name: 'value', description: 'Probability or money' },
  ],
  *run(input) {
    const index = new Map(input.states.map((name, i) => [name, i]));
    const at = (name: string) => index.get(name)!;
    const value = valueMultiState(
      {
        states: input.states.length,
        transitions: input.transitions.map((t) => ({
          from: at(t.from),
          to: at(t.to),
          lumpSum: t.lumpSum,
          intensity: (x: number) => t.constant + (t.scale > 0 ? t.scale * Math.exp(t.growth * x) : 0),
        })),
        payments: input.payments.map((p) => ({ ...p, state: at(p.state) })),
        ...(input.accrual && {
          accrual: {
            ...input.accrual,
            earningStates: input.accrual.earningStates.map(at),
            payableStates: input.accrual.payableStates.map(at),
          },
        }),
      },
      input.startAge,
      at(input.startState),
      input.years,
      input.interest,
      input.timing === 'discrete',
    );
    yield 0.9;
    const rows: { year: number | null; age: number | null; item: string; value: number }[] = [];
    for (const year of value.years) {
      const row = (item: string, x: number) =>
        rows.push({ year: year.year, age: input.startAge + year.year, item, value: x });
      for (const [i, name] of input.states.entries()) {
        row(`in: ${name}`, year.occupancy[i]!);
      }
      row('benefits', year.stateBenefits);
      row('contributions', year.contributions);
      row('lump-sums', year.lumpSums);
      row('accrued-benefits', year.accruedBenefits);
      row('earned', year.earned);
      row('net-discounted', year.discounted);
    }
    const total = (item: string, x: number) => rows.push({ year: null, age: null, item, value: x });
    total('present-benefits', value.presentBenefits);
    total('present-contributions', value.presentContributions);
    total('present-lump-sums', value.presentLumpSums);
    total('present-accrued', value.presentAccrued);
    total('present-net', value.present);
    return rows;
  },
});
