/** The health strand of the Migrant Integration Policy Index: four scales of indicators scored 0, 50 or 100. */
export const mipexScales = ['entitlement', 'accessibility', 'responsiveness', 'change'] as const;
export type MipexScale = (typeof mipexScales)[number];

export const mipexSource = {
  source: 'IOM Migration Research Series 52; MIPEX health strand 2015, 38 indicators',
  effectiveFrom: '2015-01-01',
  jurisdiction: 'example',
} as const;

export interface MipexResult {
  readonly scales: Readonly<Record<MipexScale, number | null>>;
  /** Mean of entitlement and accessibility. */
  readonly access: number | null;
  /** Mean of responsiveness and measures to achieve change. */
  readonly quality: number | null;
  /** Mean of the four scales. */
  readonly total: number | null;
  readonly indicators: number;
}

/** @throws RangeError for a score other than 0, 50 or 100. */
export function mipexHealth(scores: Readonly<Partial<Record<MipexScale, readonly number[]>>>): MipexResult {
  const scales = Object.fromEntries(
    mipexScales.map((scale) => {
      const list = scores[scale] ?? [];
      if (list.some((score) => score !== 0 && score !== 50 && score !== 100)) {
        throw new RangeError('An indicator is scored 0, 50 or 100.');
      }
      return [scale, mean(list)];
    }),
  ) as Record<MipexScale, number | null>;
  return {
    scales,
    access: meanOfAll([scales.entitlement, scales.accessibility]),
    quality: meanOfAll([scales.responsiveness, scales.change]),
    total: meanOfAll(mipexScales.map((scale) => scales[scale])),
    indicators: mipexScales.reduce((count, scale) => count + (scores[scale]?.length ?? 0), 0),
  };
}

const mean = (list: readonly number[]) => (list.length === 0 ? null : list.reduce((a, b) => a + b, 0) / list.length);
const meanOfAll = (list: readonly (number | null)[]) => (list.every((value) => value !== null) ? mean(list) : null);
