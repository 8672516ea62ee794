import type { Provenance } from '../provenance.ts';
import {
  type DoseLine,
  type DoseTable,
  doseTables,
  type Product,
  products,
  type TbDrug,
  targetMgPerKg,
  type WeightBand,
} from './doses.table.ts';

export interface TbDoseInput {
  /** A regimen of {@link dosedRegimens}. */
  readonly regimen: string;
  readonly weightKg: number;
  /** Whose table: `who` unless a programme has its own (`in`). */
  readonly programme?: string;
  /** The band at exactly a weight on which the source contradicts itself (70 kg). Default `lower`. */
  readonly disputedEdge?: 'lower' | 'higher';
  /** The drugs of a composed regimen; left out, all drugs of the table. */
  readonly drugs?: readonly TbDrug[];
  /** Between exclusive ways of giving a drug, by name: `bedaquiline:daily`, `fluoroquinolone:moxifloxacin`, `linezolid:1200`. */
  readonly choices?: readonly string[];
}

export interface PrescribedLine {
  readonly phase: 'intensive' | 'continuation' | 'whole';
  readonly product: Product;
  /** Tablets or capsules each time. */
  readonly units: number;
  readonly timesPerDay: number;
  readonly days: DoseLine['days'];
  /** First and last day of the phase it is given, counted from 0; null for the end of the phase. */
  readonly fromDay: number;
  readonly toDay: number | null;
  /** Milligrams each day it is taken, by drug: what travels when tablets differ abroad. */
  readonly mgPerDay: Readonly<Partial<Record<TbDrug, number>>>;
}

export interface DrugTotal {
  readonly phase: PrescribedLine['phase'];
  readonly drug: TbDrug;
  readonly mgPerDay: number;
  readonly mgPerKg: number;
  /** Against the mg/kg the WHO aims for; null where none is set for the drug. */
  readonly withinTarget: boolean | null;
}

export type TbDoses =
  | {
      readonly result: 'dosed';
      readonly programme: string;
      readonly lines: readonly PrescribedLine[];
      /** Of the daily lines from a phase's first day. */
      readonly totals: readonly DrugTotal[];
      /** `disputed-edge` at a weight on which the source contradicts itself. */
      readonly notes: readonly string[];
      readonly source: Provenance;
    }
  | {
      readonly result: 'expert-advice' | 'no-table' | 'weight-unknown';
      readonly programme: string;
      readonly source: Provenance | null;
    };

/** Regimens a programme has doses for. */
export function dosedRegimens(programme = 'who'): string[] {
  return doseTables.filter((table) => table.programme === programme).flatMap((table) => table.regimens);
}

/**
 * Doses by weight band. Below the lightest band (or where a drug of the regimen has none) the answer is
 * `expert-advice`: nothing is extrapolated.
 */
export function tbDoses(input: TbDoseInput): TbDoses {
  const programme = input.programme ?? 'who';
  const table = doseTables.find((row) => row.programme === programme && row.regimens.includes(input.regimen));
  if (!table) {
    return { result: 'no-table', programme, source: null };
  }
  const source: Provenance = {
    source: table.source,
    effectiveFrom: table.effectiveFrom,
    jurisdiction: table.jurisdiction,
    ...(table.note && { note: table.note }),
  };
  if (!(input.weightKg > 0) || !Number.isFinite(input.weightKg)) {
    return { result: 'weight-unknown', programme, source };
  }
  const disputed = table.disputedEdgesKg?.includes(input.weightKg) ?? false;
  const lookUp = disputed && input.disputedEdge !== 'higher' ? lowerBand(input.weightKg) : input.weightKg;

  const lines: PrescribedLine[] = [];
  for (const phase of table.phases) {
    const wanted = phase.lines.filter((line) => isWanted(line, phase.lines, input));
    for (const drug of drugsOf(wanted)) {
      // Child and adult products share a drug; one of them has to know the weight.
      if (!wanted.some((line) => drug in products[line.product] && bandAt(line.bands, lookUp))) {
        return { result: 'expert-advice', programme, source };
      }
    }
    for (const line of wanted) {
      const band = bandAt(line.bands, lookUp);
      if (band) {
        lines.push({
          phase: phase.phase,
          product: line.product,
          units: band.units,
          timesPerDay: line.timesPerDay,
          days: line.days,
          fromDay: line.fromDay ?? 0,
          toDay: line.toDay ?? null,
          mgPerDay: Object.fromEntries(
            Object.entries(products[line.product]).map(([drug, mg]) => [drug, mg * band.units * line.timesPerDay]),
          ),
        });
      }
    }
  }
  return {
    result: 'dosed',
    programme,
    lines,
    totals: totals(table, lines, input.weightKg),
    notes: disputed ? ['disputed-edge'] : [],
    source,
  };
}

export type WeightChange = 'same' | 're-dose' | 'unknown';

/** Whether a new weight asks for new doses: the band changed, or weight moved by `kgLimit` (5 kg) since the last dosing. */
export function weightChange(input: TbDoseInput, newWeightKg: number, kgLimit = 5): WeightChange {
  const before = tbDoses(input);
  const after = tbDoses({ ...input, weightKg: newWeightKg });
  if (before.result === 'no-table' || before.result === 'weight-unknown' || after.result === 'weight-unknown') {
    return 'unknown';
  }
  const units = (doses: TbDoses) =>
    doses.result === 'dosed' ? doses.lines.map((line) => `${line.product}×${line.units}`).join() : doses.result;
  return units(before) !== units(after) || Math.abs(newWeightKg - input.weightKg) >= kgLimit ? 're-dose' : 'same';
}

const bandAt = (bands: readonly WeightBand[], kg: number) =>
  bands.find((band) => kg >= band.fromKg && kg < band.belowKg);

/** A weight just inside the band below an edge. */
const lowerBand = (edgeKg: number) => edgeKg - 1e-9;

function isWanted(line: DoseLine, all: readonly DoseLine[], input: TbDoseInput): boolean {
  if (input.drugs && !Object.keys(products[line.product]).some((drug) => input.drugs!.includes(drug as TbDrug))) {
    return false;
  }
  if (!line.choice) {
    return true;
  }
  const family = line.choice.split(':')[0]!;
  const options = all.flatMap((other) => (other.choice?.startsWith(`${family}:`) ? [other] : []));
  const allowed = options.filter(
    (other) =>
      !input.drugs || Object.keys(products[other.product]).some((drug) => input.drugs!.includes(drug as TbDrug)),
  );
  const named = allowed.find((other) => input.choices?.includes(other.choice!));
  return line.choice === (named ?? allowed[0])?.choice;
}

function drugsOf(lines: readonly DoseLine[]): TbDrug[] {
  return [...new Set(lines.flatMap((line) => Object.keys(products[line.product]) as TbDrug[]))];
}

function totals(table: DoseTable, lines: readonly PrescribedLine[], weightKg: number): DrugTotal[] {
  return table.phases.flatMap(({ phase }) => {
    const sums = new Map<TbDrug, number>();
    for (const line of lines) {
      if (line.phase === phase && line.fromDay === 0) {
        for (const [drug, mg] of Object.entries(line.mgPerDay) as [TbDrug, number][]) {
          sums.set(drug, (sums.get(drug) ?? 0) + mg);
        }
      }
    }
    return [...sums].map(([drug, mgPerDay]) => {
      const who = weightKg < 25 ? 'child' : 'adult';
      // The targets are those of the first-line regimens; high-dose isoniazid is outside them by intent.
      const firstLine = table.regimens.some((regimen) => /HR/.test(regimen) || /REZ/.test(regimen));
      const target = firstLine ? targetMgPerKg.find((row) => row.drug === drug && row.who === who) : undefined;
      const mgPerKg = mgPerDay / weightKg;
      return {
        phase,
        drug,
        mgPerDay,
        mgPerKg,
        withinTarget: target ? mgPerKg >= target.low && mgPerKg <= target.high : null,
      };
    });
  });
}
