import type { MoneyText } from '@serai/kernel/base/money.ts';
import type { FigureTable, Finding } from './figures.ts';
import type { Basis, Unit } from './reserve.ts';

/** What the actuary's routes answer, for the screens. */

export interface SchemeChoice {
  readonly id: string;
  readonly title: Readonly<Record<string, string>>;
  readonly currency: string;
}

/** Where numbers come from: said on every screen and report. */
export interface Provenance {
  readonly country: string;
  readonly schemeId?: string;
  /** Version of the scheme's rules at the end of the months; absent in reports made before it was kept. */
  readonly schemeVersion?: number;
  readonly from?: string;
  readonly to?: string;
  /** Instant the data was read. */
  readonly at: string;
  /** Rows behind it, by table. */
  readonly rows: Readonly<Record<string, number>>;
}

export interface ReserveView {
  readonly best: MoneyText;
  /** The 75 % quantile of the bootstrap: prudent. */
  readonly upper: MoneyText;
  readonly booked: MoneyText;
  readonly pending: MoneyText;
}

export interface DeskView {
  readonly schemes: readonly SchemeChoice[];
  readonly schemeId: string;
  readonly from: string;
  readonly to: string;
  readonly basis: Basis;
  readonly unit: Unit;
  readonly seed: number;
  readonly provenance: Provenance;
  /** Keys of the messages, as in a study's report. */
  readonly methods: readonly string[];
  readonly limits: readonly string[];
  readonly tables: readonly FigureTable[];
  readonly findings: readonly Finding[];
  readonly reserve?: ReserveView;
}

export interface ProposedReserve {
  readonly transferId: string;
  readonly event: 'ibnr-raised' | 'ibnr-released';
  readonly amount: MoneyText;
}

export const studyKinds = ['pooling', 'solvency', 'pool-size', 'gaps', 'premium'] as const;
export type StudyKind = (typeof studyKinds)[number];

export interface StudyLine {
  readonly studyId: string;
  readonly kind: StudyKind;
  readonly schemeId?: string;
  readonly askedBy: string;
  readonly createdAt: string;
  readonly state: 'waiting' | 'done' | 'failed' | 'cancelled';
}

/** A study as it was made, word for word: opened again it says the same. */
export interface StudyView extends StudyLine {
  readonly jobId: string;
  readonly seed: number;
  readonly input: Readonly<Record<string, unknown>>;
  readonly report?: StudyReport;
}

export interface StudyReport {
  readonly provenance: Provenance;
  /** Keys of the messages: `method.<id>`; each says its source. */
  readonly methods: readonly string[];
  /** Keys of the messages: `limit.<id>`. */
  readonly limits: readonly string[];
  /** What was assumed, in the order it is read. */
  readonly assumptions: readonly Assumption[];
  readonly findings: readonly Finding[];
  readonly tables: readonly FigureTable[];
}

export interface Assumption {
  /** Key of the messages: `assumption.<id>`. */
  readonly id: string;
  readonly value: string | number;
  /** `data`: from this scheme's experience; `scheme`: pricing; `asked`: the actuary; `usual`: what is taken where nobody set it; else who says it. */
  readonly from: string;
}
