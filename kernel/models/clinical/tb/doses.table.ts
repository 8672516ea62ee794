import type { Provenance } from '../provenance.ts';

/** Weight-band doses of TB medicines as data. {@link tbDoses} reads these rows and knows nothing else. */

export type TbDrug =
  | 'isoniazid'
  | 'rifampicin'
  | 'rifapentine'
  | 'pyrazinamide'
  | 'ethambutol'
  | 'levofloxacin'
  | 'moxifloxacin'
  | 'bedaquiline'
  | 'pretomanid'
  | 'linezolid'
  | 'clofazimine'
  | 'cycloserine'
  | 'delamanid'
  | 'ethionamide';

/** Milligrams of each drug in one tablet or capsule. */
export const products = {
  'HRZE 75/150/400/275': { isoniazid: 75, rifampicin: 150, pyrazinamide: 400, ethambutol: 275 },
  'HR 75/150': { isoniazid: 75, rifampicin: 150 },
  'HRE 75/150/275': { isoniazid: 75, rifampicin: 150, ethambutol: 275 },
  'HRZ 50/75/150': { isoniazid: 50, rifampicin: 75, pyrazinamide: 150 },
  'HR 50/75': { isoniazid: 50, rifampicin: 75 },
  'E 100': { ethambutol: 100 },
  'E 400': { ethambutol: 400 },
  'H 300': { isoniazid: 300 },
  'R 300': { rifampicin: 300 },
  'P 150': { rifapentine: 150 },
  'Z 400': { pyrazinamide: 400 },
  'Z 500': { pyrazinamide: 500 },
  'M 400': { moxifloxacin: 400 },
  'Lfx 250': { levofloxacin: 250 },
  'Bdq 100': { bedaquiline: 100 },
  'Pa 200': { pretomanid: 200 },
  'Lzd 600': { linezolid: 600 },
  'Lzd 150': { linezolid: 150 },
  'Cfz 100': { clofazimine: 100 },
  'Cs 250': { cycloserine: 250 },
  'Dlm 25': { delamanid: 25 },
  'Dlm 50': { delamanid: 50 },
  'Eto 250': { ethionamide: 250 },
} as const satisfies Record<string, Partial<Record<TbDrug, number>>>;
export type Product = keyof typeof products;

/** Closed below, open above: `fromKg ≤ weight < belowKg`. */
export interface WeightBand {
  readonly fromKg: number;
  readonly belowKg: number;
  /** Tablets or capsules each time. */
  readonly units: number;
}

export interface DoseLine {
  readonly product: Product;
  readonly bands: readonly WeightBand[];
  readonly timesPerDay: 1 | 2;
  readonly days: 'daily' | 'monday-wednesday-friday';
  /** Part of the phase, counted in days from its start; the whole phase when left out. */
  readonly fromDay?: number;
  readonly toDay?: number;
  /** Lines that share a choice exclude one another; {@link tbDoses} takes the first unless another is named. */
  readonly choice?: string;
}

export interface DosePhase {
  readonly phase: 'intensive' | 'continuation' | 'whole';
  readonly months: number;
  /** Prescribed daily doses, where the regimen counts them. */
  readonly doses?: number;
  readonly lines: readonly DoseLine[];
}

export interface DoseTable extends Provenance {
  readonly programme: string;
  readonly regimens: readonly string[];
  readonly phases: readonly DosePhase[];
  /**
   * Band edges on which the source contradicts itself. At exactly this weight the lower band applies unless the
   * programme says otherwise.
   */
  readonly disputedEdgesKg?: readonly number[];
  readonly note?: string;
}

/** `[fromKg, units]` pairs; each band ends where the next begins, the last at `endKg`. */
function bands(pairs: readonly (readonly [fromKg: number, units: number])[], endKg = Number.POSITIVE_INFINITY) {
  return pairs.map(([fromKg, units], i) => ({ fromKg, units, belowKg: pairs[i + 1]?.[0] ?? endKg }));
}

function line(product: Product, weightBands: readonly WeightBand[], more: Partial<DoseLine> = {}): DoseLine {
  return { product, bands: weightBands, timesPerDay: 1, days: 'daily', ...more };
}

const everyWeight = (units: number): WeightBand[] => bands([[0, units]]);

const child = bands(
  [
    [4, 1],
    [8, 2],
    [12, 3],
    [16, 4],
  ],
  25,
);
const adult = bands([
  [25, 2],
  [30, 3],
  [35, 4],
  [50, 4],
  [65, 5],
]);

const hrze = [line('HRZE 75/150/400/275', adult), line('HRZ 50/75/150', child), line('E 100', child)];
const hr = [line('HR 75/150', adult), line('HR 50/75', child)];

/** Without ethambutol there is no adult combination of three: single drugs from 25 kg. */
const singleH = line(
  'H 300',
  bands([
    [25, 0.5],
    [30, 1],
    [65, 1.25],
  ]),
);
const singleR = line(
  'R 300',
  bands([
    [25, 1],
    [30, 1.5],
    [35, 2],
    [65, 2.5],
  ]),
);
const hrz = [
  line('HRZ 50/75/150', child),
  singleH,
  singleR,
  line(
    'Z 500',
    bands([
      [25, 1.5],
      [30, 2.5],
      [35, 3],
      [65, 4],
    ]),
  ),
];

const dak = (rules: string): Provenance => ({
  source: `WHO SMART Guidelines, TB Digital Adaptation Kit, ${rules}`,
  effectiveFrom: '2025-04-23',
  jurisdiction: 'WHO',
});

const intensive = (lines: readonly DoseLine[], doses?: number): DosePhase => ({
  phase: 'intensive',
  months: 2,
  lines,
  ...(doses && { doses }),
});
const continuation = (months: number, lines: readonly DoseLine[], doses?: number): DosePhase => ({
  phase: 'continuation',
  months,
  lines,
  ...(doses && { doses }),
});

/** Bedaquiline either way; the first is the default. */
const bedaquiline = (units: readonly WeightBand[], half: readonly WeightBand[]): DoseLine[] => [
  line('Bdq 100', units, { fromDay: 0, toDay: 13, choice: 'bedaquiline:loading-2-weeks' }),
  line('Bdq 100', half, { fromDay: 14, days: 'monday-wednesday-friday', choice: 'bedaquiline:loading-2-weeks' }),
];
const bedaquilineDaily: DoseLine[] = [
  line('Bdq 100', everyWeight(2), { fromDay: 0, toDay: 55, choice: 'bedaquiline:daily' }),
  line('Bdq 100', everyWeight(1), { fromDay: 56, choice: 'bedaquiline:daily' }),
];

const bpal = [
  ...bedaquiline(everyWeight(4), everyWeight(2)),
  ...bedaquilineDaily,
  line('Pa 200', everyWeight(1)),
  line('Lzd 600', everyWeight(1), { choice: 'linezolid:600' }),
  line('Lzd 600', everyWeight(2), { choice: 'linezolid:1200' }),
];

/** Second-line drugs from 24 kg (rules 105–111 of the 9-month regimen, 200–305 of the longer ones). */
const secondLine = {
  bedaquiline: bedaquiline(
    bands([
      [24, 2],
      [30, 4],
    ]),
    bands([
      [24, 1],
      [30, 2],
    ]),
  ),
  levofloxacin: line(
    'Lfx 250',
    bands([
      [24, 2],
      [30, 3],
      [46, 4],
    ]),
    { choice: 'fluoroquinolone:levofloxacin' },
  ),
  moxifloxacin: line('M 400', bands([[24, 1]]), { choice: 'fluoroquinolone:moxifloxacin' }),
  moxifloxacinHigh: line(
    'M 400',
    bands([
      [30, 1.5],
      [56, 2],
    ]),
    { choice: 'fluoroquinolone:moxifloxacin-high' },
  ),
  clofazimine: line('Cfz 100', bands([[24, 1]])),
  pyrazinamide: line(
    'Z 400',
    bands([
      [24, 2.5],
      [30, 3],
      [36, 4],
      [70, 5],
    ]),
  ),
  ethambutol: line(
    'E 400',
    bands([
      [24, 1.5],
      [30, 2],
      [46, 3],
      [70, 4],
    ]),
  ),
  isoniazidHigh: line(
    'H 300',
    bands([
      [24, 1.5],
      [46, 2],
    ]),
  ),
  ethionamide: line(
    'Eto 250',
    bands([
      [24, 2],
      [46, 3],
      [70, 4],
    ]),
  ),
  linezolid: [
    line(
      'Lzd 150',
      bands(
        [
          [24, 2],
          [36, 3],
        ],
        46,
      ),
    ),
    line('Lzd 600', bands([[46, 1]])),
  ],
  cycloserine: line(
    'Cs 250',
    bands([
      [24, 2],
      [46, 3],
    ]),
  ),
  delamanid: [
    line('Dlm 25', bands([[30, 2]], 46), { timesPerDay: 2 }),
    line('Dlm 50', bands([[46, 2]]), { timesPerDay: 2 }),
  ],
} as const;

const fluoroquinolone = [secondLine.levofloxacin, secondLine.moxifloxacin, secondLine.moxifloxacinHigh];
const companions = [...fluoroquinolone, secondLine.clofazimine, secondLine.pyrazinamide, secondLine.ethambutol];

export const doseTables: readonly DoseTable[] = [
  {
    ...dak('TB.D11.DT.01–10'),
    programme: 'who',
    regimens: ['2HRZE/4HR'],
    phases: [intensive(hrze, 56), continuation(4, hr, 112)],
  },
  {
    ...dak('TB.D11.DT.11–20'),
    programme: 'who',
    regimens: ['2HRZ/4HR'],
    phases: [intensive(hrz, 56), continuation(4, [line('HR 50/75', child), singleH, singleR], 112)],
  },
  {
    ...dak('TB.D11.DT.21–30'),
    programme: 'who',
    regimens: ['2HRZE/2HR'],
    phases: [intensive(hrze), continuation(2, hr)],
  },
  {
    ...dak('TB.D11.DT.31–40'),
    programme: 'who',
    regimens: ['2HRZ/2HR'],
    phases: [intensive(hrz), continuation(2, [line('HR 50/75', child), singleH, singleR])],
  },
  {
    ...dak('TB.D11.DT.43–52'),
    programme: 'who',
    regimens: ['2HRZE/10HR'],
    phases: [intensive(hrze), continuation(10, hr)],
  },
  {
    ...dak('TB.D11.DT.41–42'),
    programme: 'who',
    regimens: ['2HPMZ/2HPM'],
    phases: (() => {
      const hpm = [
        line(
          'H 300',
          bands([
            [40, 1],
            [65, 1.25],
          ]),
        ),
        line('P 150', bands([[40, 8]])),
        line('M 400', bands([[40, 1]])),
      ];
      const z = line(
        'Z 400',
        bands([
          [40, 4],
          [65, 5],
        ]),
      );
      return [intensive([...hpm, z]), continuation(2, hpm)];
    })(),
  },
  {
    ...dak('TB.D11.DT.69–78'),
    programme: 'who',
    regimens: ['6(H)REZ'],
    phases: [{ phase: 'whole', months: 6, lines: hrze }],
  },
  {
    ...dak('TB.D11.DT.79–92'),
    programme: 'who',
    regimens: ['6(H)REZ-Lfx'],
    note: 'Levofloxacin from 24 kg; below that by mg/kg (15–20) in dispersible tablets.',
    phases: [
      {
        phase: 'whole',
        months: 6,
        lines: [
          ...hrze,
          line(
            'Lfx 250',
            bands([
              [24, 2],
              [30, 3],
              [46, 4],
            ]),
          ),
        ],
      },
    ],
  },
  {
    ...dak('TB.D11.DT.94'),
    programme: 'who',
    regimens: ['BPaLM'],
    note: 'Linezolid 600 mg by WHO advice; the kit prints 1200 mg "adjustable".',
    phases: [{ phase: 'whole', months: 6, lines: [...bpal, line('M 400', everyWeight(1))] }],
  },
  {
    ...dak('TB.D11.DT.93'),
    programme: 'who',
    regimens: ['BPaL'],
    note: 'Linezolid 600 mg by WHO advice; the kit prints 1200 mg "adjustable". Six months, up to nine.',
    phases: [{ phase: 'whole', months: 6, lines: bpal }],
  },
  {
    ...dak('TB.D11.DT.105–111'),
    programme: 'who',
    regimens: ['9-month-Eto'],
    disputedEdgesKg: [70],
    phases: [
      {
        phase: 'intensive',
        months: 4,
        lines: [...secondLine.bedaquiline, ...companions, secondLine.isoniazidHigh, secondLine.ethionamide],
      },
      { phase: 'continuation', months: 5, lines: companions },
    ],
    note: 'Bedaquiline for six months in all; the intensive phase is prolonged to six months while smears stay positive.',
  },
  {
    ...dak('TB.D11.DT.105–111'),
    programme: 'who',
    regimens: ['9-month-Lzd'],
    disputedEdgesKg: [70],
    phases: [
      {
        phase: 'intensive',
        months: 4,
        lines: [
          ...secondLine.bedaquiline,
          ...secondLine.linezolid.map((row) => ({ ...row, fromDay: 0, toDay: 55 })),
          ...companions,
          secondLine.isoniazidHigh,
        ],
      },
      { phase: 'continuation', months: 5, lines: companions },
    ],
    note: 'Linezolid for the first two months, bedaquiline for six.',
  },
  {
    ...dak('TB.D11.DT.200–305'),
    programme: 'who',
    regimens: ['longer'],
    disputedEdgesKg: [70],
    phases: [
      {
        phase: 'whole',
        months: 18,
        lines: [
          ...secondLine.bedaquiline,
          ...fluoroquinolone,
          ...secondLine.linezolid,
          secondLine.clofazimine,
          secondLine.cycloserine,
          secondLine.ethambutol,
          secondLine.pyrazinamide,
          ...secondLine.delamanid,
          secondLine.ethionamide,
        ],
      },
    ],
    note: 'A menu: name the drugs the regimen is composed of.',
  },
  {
    programme: 'in',
    source: 'India, National TB Elimination Programme: daily fixed-dose combinations, adult weight bands',
    effectiveFrom: '2017-10-30',
    jurisdiction: 'IN',
    note: 'Five adult bands, and ethambutol also in the continuation phase. Re-dose when weight moves by 5 kg or the band changes.',
    regimens: ['2HRZE/4HRE', '2HRZE/4HR'],
    phases: (() => {
      const five = bands([
        [25, 2],
        [35, 3],
        [50, 4],
        [65, 5],
        [75, 6],
      ]);
      return [intensive([line('HRZE 75/150/400/275', five)], 56), continuation(4, [line('HRE 75/150/275', five)], 112)];
    })(),
  },
];

/** mg/kg a day the WHO aims for, by first-line drug; children are those below 25 kg. */
export const targetMgPerKg: readonly {
  readonly drug: TbDrug;
  readonly who: 'adult' | 'child';
  readonly low: number;
  readonly high: number;
}[] = [
  { drug: 'isoniazid', who: 'adult', low: 4, high: 6 },
  { drug: 'rifampicin', who: 'adult', low: 8, high: 12 },
  { drug: 'pyrazinamide', who: 'adult', low: 20, high: 30 },
  { drug: 'ethambutol', who: 'adult', low: 15, high: 25 },
  { drug: 'isoniazid', who: 'child', low: 7, high: 15 },
  { drug: 'rifampicin', who: 'child', low: 10, high: 20 },
  { drug: 'pyrazinamide', who: 'child', low: 30, high: 40 },
  { drug: 'ethambutol', who: 'child', low: 15, high: 25 },
];
