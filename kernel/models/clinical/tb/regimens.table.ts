import type { Provenance } from '../provenance.ts';
import type { TbCase } from './regimens.ts';

/**
 * TB regimens and who may have them, as data. A criterion looks at one field of the case; what is not known either
 * passes, because the source lets treatment begin without it, or has to be asked.
 */
export interface Criterion {
  readonly field: keyof TbCase;
  /** The value is one of these. */
  readonly in?: readonly (string | number | boolean | null)[];
  /** The value is none of these; for a list of values, none of them is there. */
  readonly notIn?: readonly (string | number | boolean | null)[];
  /** For a list of values: at least one of these is there. */
  readonly includes?: readonly string[];
  /** For a list of values: nothing but these is there. */
  readonly only?: readonly string[];
  readonly from?: number;
  readonly above?: number;
  readonly below?: number;
  /** Why the regimen is excluded, as a code. */
  readonly code: string;
  readonly whenUnknown: 'pass' | 'ask';
  /** The criterion counts only where this other field has this value. */
  readonly onlyIf?: { readonly field: keyof TbCase; readonly is: string | boolean };
}

export interface RegimenRow extends Provenance {
  readonly id: string;
  readonly months: number;
  /** Criteria of one list all have to hold; any list that holds makes the regimen eligible. */
  readonly anyOf: readonly (readonly Criterion[])[];
  /** Not offered where one of these is eligible. */
  readonly supersededBy?: readonly string[];
  readonly edition: '2022' | '2025';
}

const dak = (rules: string): Provenance & { readonly edition: '2022' } => ({
  source: `WHO SMART Guidelines, TB Digital Adaptation Kit, ${rules}`,
  effectiveFrom: '2025-04-23',
  jurisdiction: 'WHO',
  edition: '2022',
});
const edition2025: Provenance & { readonly edition: '2025' } = {
  source: 'WHO consolidated guidelines, module 4: treatment and care (2025)',
  effectiveFrom: '2025-04-15',
  jurisdiction: 'WHO',
  edition: '2025',
};

const rifampicinNotResistant: Criterion = {
  field: 'rifampicin',
  notIn: ['resistant'],
  code: 'rifampicin-resistant',
  whenUnknown: 'pass',
};
const rifampicinResistant: Criterion = {
  field: 'rifampicin',
  in: ['resistant'],
  code: 'rifampicin-not-resistant',
  whenUnknown: 'ask',
};
const isoniazidNotResistant: Criterion = {
  field: 'isoniazid',
  notIn: ['resistant'],
  code: 'isoniazid-resistant',
  whenUnknown: 'pass',
};
const isoniazidResistant: Criterion = {
  field: 'isoniazid',
  in: ['resistant'],
  code: 'isoniazid-not-resistant',
  whenUnknown: 'ask',
};
const susceptible = [rifampicinNotResistant, isoniazidNotResistant];

const fluoroquinoloneNotResistant: Criterion = {
  field: 'fluoroquinolone',
  notIn: ['resistant'],
  code: 'fluoroquinolone-resistant',
  whenUnknown: 'pass',
};
const toleratesFluoroquinolone: Criterion = {
  field: 'fluoroquinoloneIntolerant',
  notIn: [true],
  code: 'fluoroquinolone-intolerant',
  whenUnknown: 'pass',
};
const age = (limits: Pick<Criterion, 'from' | 'below'>, code: string): Criterion => ({
  field: 'ageYears',
  ...limits,
  code,
  whenUnknown: 'ask',
});
const isFemale = { field: 'sex', is: 'female' } as const;
const isNot = (field: keyof TbCase, code: string, more: Partial<Criterion> = {}): Criterion => ({
  field,
  notIn: [true],
  code,
  whenUnknown: 'ask',
  ...more,
});
const notPregnant = isNot('pregnant', 'pregnant', { onlyIf: isFemale });
const notBreastfeeding = isNot('breastfeeding', 'breastfeeding', { onlyIf: isFemale });
const forms = (
  test: Pick<Criterion, 'notIn' | 'includes' | 'only'>,
  code: string,
  whenUnknown: Criterion['whenUnknown'] = 'ask',
): Criterion => ({
  field: 'extrapulmonaryForms',
  ...test,
  code,
  whenUnknown,
});
const nervousOrBone = ['meningitis', 'central-nervous-system', 'osteoarticular'];

/** Three months, in years: below it no shorter treatment. */
const threeMonths = 0.25;

const fourMonthsForChildren: Criterion[] = [
  ...susceptible,
  age({ from: threeMonths }, 'under-3-months'),
  age({ below: 16 }, 'aged-16-or-over'),
  isNot('severe', 'severe-disease'),
  { field: 'weightKg', above: 3, code: 'weight-3-kg-or-less', whenUnknown: 'ask' },
  isNot('severeWasting', 'severe-wasting'),
  isNot('severeAcutePneumonia', 'severe-acute-pneumonia'),
  // Null is "never treated before".
  { field: 'yearsSinceTreatment', above: 2, code: 'treated-in-last-2-years', whenUnknown: 'ask' },
  forms({ only: ['peripheral-lymph-node'] }, 'extrapulmonary-other-than-peripheral-nodes'),
];

/** Ethambutol may be left out where isoniazid resistance and HIV are rare, in children without HIV. */
const withoutEthambutol: Criterion[] = [
  { field: 'hivStatus', notIn: ['positive'], code: 'hiv', whenUnknown: 'ask' },
  isNot('highIsoniazidResistanceOrHivSetting', 'isoniazid-resistance-or-hiv-common'),
];

const bpal: Criterion[] = [
  rifampicinResistant,
  age({ from: 14 }, 'under-14'),
  notPregnant,
  notBreastfeeding,
  {
    field: 'usesContraception',
    notIn: [false],
    code: 'contraception-not-wanted',
    whenUnknown: 'ask',
    onlyIf: isFemale,
  },
  isNot('bpalDrugResistanceOrAllergy', 'bpal-drug-resistance-or-allergy', { whenUnknown: 'pass' }),
  forms({ notIn: [...nervousOrBone, 'disseminated'] }, 'nervous-system-bone-or-disseminated'),
];

const nineMonths: Criterion[] = [
  rifampicinResistant,
  {
    field: 'fluoroquinolone',
    in: ['susceptible'],
    code: 'fluoroquinolone-susceptibility-not-shown',
    whenUnknown: 'ask',
  },
  isNot('nineMonthDrugIneffective', 'nine-month-drug-ineffective', { whenUnknown: 'pass' }),
  isNot('extensive', 'extensive-disease'),
  isNot('severe', 'severe-disease'),
  forms(
    { notIn: [...nervousOrBone, 'disseminated', 'pericardial'] },
    'nervous-system-bone-disseminated-or-pericardial',
  ),
];

/** In the order they are offered. */
export const regimenRows: readonly RegimenRow[] = [
  { ...dak('TB.D9.DT.04–18'), id: '2HRZE/2HR', months: 4, anyOf: [fourMonthsForChildren] },
  { ...dak('TB.D9.DT.04–18'), id: '2HRZ/2HR', months: 4, anyOf: [[...fourMonthsForChildren, ...withoutEthambutol]] },
  {
    ...dak('TB.D9.DT.78–85'),
    id: '2HPMZ/2HPM',
    months: 4,
    note: 'Fluoroquinolone resistance and intolerance are excluded here though the kit does not ask: moxifloxacin carries the regimen.',
    anyOf: [
      [
        ...susceptible,
        age({ from: 12 }, 'under-12'),
        { field: 'weightKg', from: 40, code: 'under-40-kg', whenUnknown: 'ask' },
        { field: 'pulmonary', in: [true], code: 'not-pulmonary', whenUnknown: 'ask' },
        forms({ only: [] }, 'extrapulmonary'),
        notPregnant,
        notBreastfeeding,
        isNot('postpartum', 'postpartum', { onlyIf: isFemale }),
        // An unknown CD4 count does not exclude (rules 79 and 82).
        {
          field: 'cd4PerMicrolitre',
          from: 100,
          code: 'cd4-under-100',
          whenUnknown: 'pass',
          onlyIf: { field: 'hivStatus', is: 'positive' },
        },
        fluoroquinoloneNotResistant,
        toleratesFluoroquinolone,
      ],
    ],
  },
  {
    ...dak('TB.D9.DT.87–89'),
    id: '2HRZE/10HR',
    months: 12,
    note: 'Adults with disease of the nervous system or bone: some expert groups suggest 9 to 12 months.',
    anyOf: [
      [
        ...susceptible,
        age({ below: 20 }, 'aged-20-or-over'),
        forms({ includes: nervousOrBone }, 'not-nervous-system-or-bone'),
      ],
    ],
  },
  {
    ...dak('TB.D9.DT.87'),
    id: '6HRZEto',
    months: 6,
    anyOf: [
      [...susceptible, age({ below: 20 }, 'aged-20-or-over'), forms({ includes: ['meningitis'] }, 'not-meningitis')],
    ],
  },
  {
    ...dak('TB.D9.DT.01–91'),
    id: '2HRZE/4HR',
    months: 6,
    supersededBy: ['2HRZE/2HR', '2HRZ/2HR'],
    anyOf: [
      [...susceptible, age({ from: 20 }, 'under-20')],
      [...susceptible, forms({ notIn: nervousOrBone }, 'nervous-system-or-bone')],
    ],
  },
  {
    ...dak('TB.D9.DT.01–86'),
    id: '2HRZ/4HR',
    months: 6,
    supersededBy: ['2HRZE/2HR', '2HRZ/2HR'],
    anyOf: [
      [
        ...susceptible,
        age({ below: 16 }, 'aged-16-or-over'),
        isNot('severe', 'severe-disease'),
        isNot('severeAcutePneumonia', 'severe-acute-pneumonia'),
        forms({ only: ['peripheral-lymph-node'] }, 'extrapulmonary-other-than-peripheral-nodes'),
        ...withoutEthambutol,
      ],
    ],
  },
  {
    ...dak('TB.D9.DT.94'),
    id: '6(H)REZ-Lfx',
    months: 6,
    anyOf: [[rifampicinNotResistant, isoniazidResistant, fluoroquinoloneNotResistant, toleratesFluoroquinolone]],
  },
  {
    ...dak('TB.D9.DT.92–93'),
    id: '6(H)REZ',
    months: 6,
    anyOf: [
      [
        rifampicinNotResistant,
        isoniazidResistant,
        { field: 'fluoroquinolone', in: ['resistant'], code: 'fluoroquinolone-usable', whenUnknown: 'ask' },
      ],
      [
        rifampicinNotResistant,
        isoniazidResistant,
        { field: 'fluoroquinoloneIntolerant', in: [true], code: 'fluoroquinolone-usable', whenUnknown: 'ask' },
      ],
    ],
  },
  {
    ...dak('TB.D10.DT.32, .40–41'),
    id: 'BPaLM',
    months: 6,
    note: 'May begin before fluoroquinolone susceptibility is known; drop moxifloxacin (BPaL) once resistance is shown.',
    anyOf: [[...bpal, fluoroquinoloneNotResistant]],
  },
  {
    ...dak('TB.D10.DT.38–39'),
    id: 'BPaL',
    months: 6,
    note: 'Six months, up to nine.',
    anyOf: [
      [
        ...bpal,
        {
          field: 'fluoroquinolone',
          in: ['resistant'],
          code: 'fluoroquinolone-resistance-not-shown',
          whenUnknown: 'ask',
        },
      ],
    ],
  },
  {
    ...edition2025,
    id: 'BDLLfxC',
    months: 6,
    note: 'Bedaquiline, delamanid, linezolid, levofloxacin, clofazimine; not in the kit, and no dose table here.',
    anyOf: [
      [
        rifampicinResistant,
        forms({ notIn: [...nervousOrBone, 'disseminated'] }, 'nervous-system-bone-or-disseminated'),
      ],
    ],
  },
  {
    ...dak('TB.D10.DT.01–33'),
    id: '9-month-Eto',
    months: 9,
    // Rules 19 and 32 offer only the linezolid version beside BPaLM.
    supersededBy: ['BPaLM'],
    note: '4–6 Bdq(6 m)-Lfx/Mfx-Cfz-Z-E-Hh-Eto / 5 Lfx/Mfx-Cfz-Z-E',
    anyOf: [[...nineMonths, notPregnant]],
  },
  {
    ...dak('TB.D10.DT.01–33'),
    id: '9-month-Lzd',
    months: 9,
    note: '4–6 Bdq(6 m)-Lzd(2 m)-Lfx/Mfx-Cfz-Z-E-Hh / 5 Lfx/Mfx-Cfz-Z-E; the one for pregnancy.',
    anyOf: [nineMonths],
  },
  {
    ...edition2025,
    id: 'BLMZ',
    months: 9,
    note: 'Modified 9-month: bedaquiline, linezolid, moxifloxacin, pyrazinamide; not in the kit, and no dose table here.',
    anyOf: [nineMonths],
  },
  {
    ...dak('TB.D10.DT.02–41'),
    id: 'longer',
    months: 18,
    note: '18 to 20 months, composed from groups A, B and C; start with at least four effective drugs.',
    anyOf: [[rifampicinResistant]],
  },
];
