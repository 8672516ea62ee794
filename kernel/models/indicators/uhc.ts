/** The UHC service coverage index (SDG 3.8.1): areas, tracers and their rescaling, as data. */
export interface UhcTracer {
  readonly id: string;
  readonly area: UhcArea;
  readonly title: string;
  /** Where the raw value is not already a percentage covered. */
  readonly rescale?: { readonly from: number; readonly to: number; readonly unit: string };
  /** Left out where malaria is rare. */
  readonly onlyHighMalaria?: boolean;
}

export const uhcAreas = ['reproductive-maternal-child', 'infectious', 'noncommunicable', 'capacity'] as const;
export type UhcArea = (typeof uhcAreas)[number];

export const uhcSource = {
  source: 'WHO, tracking universal health coverage, 2023 global monitoring report (14 tracers)',
  effectiveFrom: '2023-09-18',
  jurisdiction: 'WHO',
  note: 'The index of 2017 had 16 tracers; a revision of 2025 is not included.',
} as const;

export const uhcTracers: readonly UhcTracer[] = [
  {
    id: 'family-planning',
    area: 'reproductive-maternal-child',
    title: 'Need for family planning satisfied, modern methods',
  },
  { id: 'antenatal-4', area: 'reproductive-maternal-child', title: 'Antenatal care, four contacts or more' },
  { id: 'dtp-3', area: 'reproductive-maternal-child', title: 'Third dose of diphtheria-tetanus-pertussis vaccine' },
  { id: 'ari-care', area: 'reproductive-maternal-child', title: 'Care sought for suspected pneumonia under five' },
  { id: 'tb', area: 'infectious', title: 'TB cases detected and treated' },
  { id: 'art', area: 'infectious', title: 'Antiretroviral treatment' },
  { id: 'bed-nets', area: 'infectious', title: 'Insecticide-treated nets', onlyHighMalaria: true },
  { id: 'sanitation', area: 'infectious', title: 'At least basic sanitation' },
  { id: 'hypertension', area: 'noncommunicable', title: 'Treatment among people with hypertension' },
  {
    id: 'glucose',
    area: 'noncommunicable',
    title: 'Mean fasting plasma glucose',
    rescale: { from: 7.1, to: 5.1, unit: 'mmol/L' },
  },
  {
    id: 'tobacco',
    area: 'noncommunicable',
    title: 'Not using tobacco',
    rescale: { from: 50, to: 100, unit: '%' },
  },
  {
    id: 'beds',
    area: 'capacity',
    title: 'Hospital beds',
    rescale: { from: 0, to: 18, unit: 'per 10,000' },
  },
  { id: 'health-workers', area: 'capacity', title: 'Health worker density, rescaled by the source' },
  { id: 'health-security', area: 'capacity', title: 'IHR core capacities' },
];

/** A tracer is never worth less: a zero would make the whole index zero. */
export const uhcFloor = 1;

export interface UhcResult {
  /** 0 to 100; null where an area has no tracer. */
  readonly index: number | null;
  readonly areas: readonly { readonly area: UhcArea; readonly value: number | null; readonly tracers: number }[];
  /** Tracers expected and not given. */
  readonly missing: readonly string[];
}

/**
 * The index: the geometric mean of the four areas, each the geometric mean of its tracers.
 *
 * @param values raw values by tracer id, in the tracer's unit (percent unless it is rescaled).
 * @throws RangeError for a value that is not a number, or an unknown tracer.
 */
export function uhcServiceCoverage(
  values: Readonly<Record<string, number>>,
  { highMalaria }: { readonly highMalaria: boolean },
): UhcResult {
  const used = uhcTracers.filter((tracer) => highMalaria || !tracer.onlyHighMalaria);
  for (const [id, value] of Object.entries(values)) {
    if (!uhcTracers.some((tracer) => tracer.id === id)) {
      throw new RangeError(`There is no tracer "${id}".`);
    }
    if (!Number.isFinite(value)) {
      throw new RangeError(`The value of ${id} is not a number.`);
    }
  }
  const areas = uhcAreas.map((area) => {
    const scores = used.flatMap((tracer) => {
      const raw = tracer.area === area && Object.hasOwn(values, tracer.id) ? values[tracer.id] : undefined;
      return raw === undefined ? [] : [rescaled(tracer, raw)];
    });
    return { area, value: geometricMean(scores), tracers: scores.length };
  });
  return {
    index: uhcIndex(areas.map((row) => row.value)),
    areas,
    missing: used.filter((tracer) => !Object.hasOwn(values, tracer.id)).map((tracer) => tracer.id),
  };
}

/** The geometric mean of area values; null when one is missing. */
export function uhcIndex(areas: readonly (number | null)[]): number | null {
  return areas.every((value) => value !== null) ? geometricMean(areas) : null;
}

/** The geometric mean of percentages, each at least the floor of 1; null for none. */
export function geometricMean(values: readonly number[]): number | null {
  if (values.length === 0) {
    return null;
  }
  const logs = values.reduce((sum, value) => sum + Math.log(Math.max(value, uhcFloor)), 0);
  return Math.exp(logs / values.length);
}

function rescaled({ rescale }: UhcTracer, raw: number): number {
  const percent = rescale ? ((raw - rescale.from) / (rescale.to - rescale.from)) * 100 : raw;
  return Math.min(100, Math.max(uhcFloor, percent));
}
