import type { Provenance } from '../provenance.ts';
import { type Criterion, type RegimenRow, regimenRows } from './regimens.table.ts';

export type Susceptibility = 'susceptible' | 'resistant' | 'unknown';

export type ExtrapulmonaryForm =
  | 'peripheral-lymph-node'
  | 'meningitis'
  | 'central-nervous-system'
  | 'osteoarticular'
  | 'disseminated'
  | 'pericardial'
  | 'other';

/** What is known of a TB case. A field left out is not known; {@link chooseRegimens} says which have to be asked. */
export interface TbCase {
  readonly rifampicin: Susceptibility;
  readonly isoniazid?: Susceptibility | undefined;
  readonly fluoroquinolone?: Susceptibility | undefined;
  /** Years, fractions allowed (an infant of two months is 0.17). */
  readonly ageYears?: number | undefined;
  readonly weightKg?: number | undefined;
  readonly sex?: 'male' | 'female' | 'other' | undefined;
  readonly pulmonary?: boolean | undefined;
  /** Empty for pulmonary disease alone. */
  readonly extrapulmonaryForms?: readonly ExtrapulmonaryForm[] | undefined;
  /** Miliary or meningeal; below 15 years any extrapulmonary form but peripheral nodes or an isolated mediastinal mass. */
  readonly severe?: boolean | undefined;
  /** Bilateral cavities or extensive damage on X-ray. */
  readonly extensive?: boolean | undefined;
  readonly hivStatus?: 'positive' | 'negative' | 'unknown' | undefined;
  readonly cd4PerMicrolitre?: number | undefined;
  readonly pregnant?: boolean | undefined;
  readonly breastfeeding?: boolean | undefined;
  readonly postpartum?: boolean | undefined;
  /** False only for a premenopausal woman unwilling to use effective contraception. */
  readonly usesContraception?: boolean | undefined;
  readonly severeWasting?: boolean | undefined;
  readonly severeAcutePneumonia?: boolean | undefined;
  /** Years since an earlier TB treatment; null when never treated. */
  readonly yearsSinceTreatment?: number | null | undefined;
  readonly highIsoniazidResistanceOrHivSetting?: boolean | undefined;
  readonly fluoroquinoloneIntolerant?: boolean | undefined;
  /** Resistance or allergy to bedaquiline, pretomanid or linezolid. */
  readonly bpalDrugResistanceOrAllergy?: boolean | undefined;
  /** Resistance to, or suspected ineffectiveness of, a drug of the 9-month regimen. */
  readonly nineMonthDrugIneffective?: boolean | undefined;
}

export interface RegimenOption {
  readonly regimen: string;
  readonly months: number;
  readonly status: 'eligible' | 'ask-first' | 'excluded' | 'superseded';
  /** Codes of what excludes it, or the fields to ask. */
  readonly because: readonly string[];
  readonly source: Provenance;
}

/**
 * Which regimens a person may have, in the order they are offered, each with what excludes it or what has to be asked
 * first. A proposal for the clinician, never a prescription.
 *
 * @param editions of the guidelines to offer from; the 2025 additions only when asked for.
 */
export function chooseRegimens(
  tbCase: TbCase,
  editions: readonly RegimenRow['edition'][] = ['2022'],
): readonly RegimenOption[] {
  const options = regimenRows
    .filter((row) => editions.includes(row.edition))
    .map((row) => ({ row, ...judge(row.anyOf, tbCase) }));
  const eligible = new Set(options.filter((option) => option.status === 'eligible').map((option) => option.row.id));
  return options.map(({ row, status, because }) => {
    const better = status === 'eligible' ? row.supersededBy?.filter((id) => eligible.has(id)) : undefined;
    return {
      regimen: row.id,
      months: row.months,
      status: better?.length ? 'superseded' : status,
      because: better?.length ? better : because,
      source: {
        source: row.source,
        effectiveFrom: row.effectiveFrom,
        jurisdiction: row.jurisdiction,
        ...(row.note && { note: row.note }),
      },
    };
  });
}

type Judgement = { readonly status: 'eligible' | 'ask-first' | 'excluded'; readonly because: readonly string[] };

/** The best of the alternatives: eligible before ask-first before excluded. */
function judge(alternatives: RegimenRow['anyOf'], tbCase: TbCase): Judgement {
  const judged = alternatives.map((criteria): Judgement => {
    const unmet: string[] = [];
    const ask = new Set<string>();
    for (const criterion of criteria) {
      const answer = check(criterion, tbCase);
      if (answer === false) {
        unmet.push(criterion.code);
      } else if (answer === undefined) {
        ask.add(criterion.field);
      }
    }
    return unmet.length > 0
      ? { status: 'excluded', because: unmet }
      : ask.size > 0
        ? { status: 'ask-first', because: [...ask] }
        : { status: 'eligible', because: [] };
  });
  return (
    judged.find((answer) => answer.status === 'eligible') ??
    judged.find((answer) => answer.status === 'ask-first') ??
    judged[0]!
  );
}

/** True, false, or undefined where it has to be asked. */
function check(criterion: Criterion, tbCase: TbCase): boolean | undefined {
  if (criterion.onlyIf) {
    const other = tbCase[criterion.onlyIf.field];
    if (other !== undefined && other !== criterion.onlyIf.is) {
      return true;
    }
  }
  const value = tbCase[criterion.field];
  if (value === undefined || value === 'unknown' || Number.isNaN(value)) {
    return criterion.whenUnknown === 'pass' ? true : undefined;
  }
  if (Array.isArray(value)) {
    const list = value as readonly string[];
    return (
      !criterion.notIn?.some((item) => list.includes(item as string)) &&
      (criterion.includes?.some((item) => list.includes(item)) ?? true) &&
      (criterion.only === undefined || list.every((item) => criterion.only!.includes(item)))
    );
  }
  if (value === null) {
    // Only "never treated" is null: no limit in time can be broken by it.
    return true;
  }
  if (typeof value === 'number') {
    return (
      (criterion.from === undefined || value >= criterion.from) &&
      (criterion.above === undefined || value > criterion.above) &&
      (criterion.below === undefined || value < criterion.below)
    );
  }
  return (
    (criterion.in?.includes(value as string | boolean) ?? true) &&
    !(criterion.notIn?.includes(value as string | boolean) ?? false)
  );
}
