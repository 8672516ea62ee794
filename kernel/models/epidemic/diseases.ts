/**
 * Parameter rows for outbreak models: where to start, never where to stop. A setting's own estimate comes first.
 * `latentDays` + `infectiousDays` is the mean generation time; where a source gives only that sum, `note` says how it
 * was divided.
 */
export interface DiseaseParameters {
  readonly id: string;
  readonly name: string;
  readonly reproductionNumber: number;
  /** Range over settings. */
  readonly reproductionRange: readonly [number, number];
  readonly latentDays: number;
  readonly infectiousDays: number;
  /** Serial interval for reproduction-number estimates, where one was measured. */
  readonly serialInterval?: { readonly meanDays: number; readonly sdDays: number };
  readonly source: string;
  readonly note?: string;
}

export const DISEASES: readonly DiseaseParameters[] = [
  {
    id: 'measles',
    name: 'Measles, nobody immune',
    reproductionNumber: 15,
    reproductionRange: [12, 18],
    latentDays: 7.5,
    infectiousDays: 6.5,
    serialInterval: { meanDays: 11.7, sdDays: 2 },
    source:
      'R0: Guerra et al. 2017, Lancet Infect Dis 17:e420. Periods: Anderson and May 1991, table 3.1 (latent 6–9, infectious 6–7 days). Serial interval mean: Vink et al. 2014, Am J Epidemiol 180:865.',
    note: 'Set the immune share from coverage: without it the row describes an island never vaccinated. The spread of the serial interval (2 days) is an assumption.',
  },
  {
    id: 'influenza-2009',
    name: 'Influenza A(H1N1) 2009',
    reproductionNumber: 1.46,
    reproductionRange: [1.3, 1.7],
    latentDays: 1,
    infectiousDays: 1.6,
    serialInterval: { meanDays: 2.6, sdDays: 1.5 },
    source:
      'R0: Biggerstaff et al. 2014, BMC Infect Dis 14:480 (median, interquartile range). Serial interval: Ferguson et al. 2005 as used by Cori et al. 2013, Am J Epidemiol 178:1505.',
    note: 'The serial interval of 2.6 days is divided into 1 latent and 1.6 infectious.',
  },
  {
    id: 'covid-19-2020',
    name: 'COVID-19, strain of early 2020',
    reproductionNumber: 2.79,
    reproductionRange: [1.4, 6.49],
    latentDays: 3,
    infectiousDays: 5,
    source:
      'R0: Liu et al. 2020, J Travel Med 27:taaa021 (median of 12 studies). Periods: Davies et al. 2020, Nat Med 26:1205.',
  },
  {
    id: 'sars-2003',
    name: 'SARS 2003, before control',
    reproductionNumber: 3,
    reproductionRange: [2.2, 3.6],
    latentDays: 4.2,
    infectiousDays: 4.2,
    serialInterval: { meanDays: 8.4, sdDays: 3.8 },
    source: 'Lipsitch et al. 2003, Science 300:1966 (serial interval 8.4, sd 3.8; R0 2.2–3.6).',
    note: 'The serial interval of 8.4 days is divided equally.',
  },
  {
    id: 'ebola',
    name: 'Ebola virus disease',
    reproductionNumber: 1.83,
    reproductionRange: [1.34, 2.02],
    latentDays: 5.3,
    infectiousDays: 5.61,
    serialInterval: { meanDays: 15.3, sdDays: 9.3 },
    source:
      'R0 and periods: Chowell et al. 2004, J Theor Biol 229:119 (Congo 1995; Uganda 2000 gave 1.34). Range to 2.02 and serial interval: WHO Ebola Response Team 2014, N Engl J Med 371:1481.',
    note: 'The generation time of the model (10.9 days) is shorter than the serial interval observed in 2014.',
  },
  {
    id: 'plague-pneumonic',
    name: 'Pneumonic plague, before control',
    reproductionNumber: 1.3,
    reproductionRange: [0.8, 3],
    latentDays: 4.3,
    infectiousDays: 2.5,
    source: 'Gani and Leach 2004, Emerg Infect Dis 10:608 (mean 1.3; periods of 4.3 and 2.5 days).',
    note: 'The range shown is wide on purpose: outbreaks were few and small.',
  },
];

export function diseaseById(id: string): DiseaseParameters | undefined {
  return DISEASES.find((row) => row.id === id);
}
