/**
 * Figures that programmes have published, kept with what they are: a share with its denominator, a bound, a split of a
 * total, or a change of shares without a volume. For dashboards that quote them, and as fixtures.
 */
export type SeedFigure =
  | {
      readonly id: string;
      readonly kind: 'share';
      readonly numerator: number;
      readonly denominator: number;
      readonly note: string;
    }
  /** Published as "above", with no value. */
  | { readonly id: string; readonly kind: 'bound'; readonly above: number; readonly note: string }
  /** Percentages of a total; the counts add up to it (largest remainders). */
  | {
      readonly id: string;
      readonly kind: 'split';
      readonly total: number;
      readonly percents: readonly number[];
      readonly counts: readonly number[];
      readonly note: string;
    }
  /** Shares before and after; nothing is said of how many. */
  | {
      readonly id: string;
      readonly kind: 'shift';
      readonly before: readonly number[];
      readonly after: readonly number[];
      readonly note: string;
    }
  | {
      readonly id: string;
      readonly kind: 'count';
      readonly value: number;
      readonly approximate: boolean;
      readonly note: string;
    };

export const seedFigures: readonly SeedFigure[] = [
  {
    id: 'voucher-children-issued',
    kind: 'share',
    numerator: 646,
    denominator: 775,
    note: 'Migrant-friendly voucher scheme, Myanmar 2015–2016. 775 is who was eligible, not how many vouchers went out.',
  },
  {
    id: 'voucher-women-served',
    kind: 'share',
    numerator: 132,
    denominator: 167,
    note: 'The same scheme. 478 services are 3.62 for each woman served: a ratio, not a share of 132.',
  },
  { id: 'referral-follow-through', kind: 'bound', above: 0.6, note: 'IOM handbook: "above 60 %".' },
  {
    id: 'mena-direct-assistance',
    kind: 'split',
    total: 55_828,
    percents: [59, 20, 21],
    counts: [32_938, 11_166, 11_724],
    note: 'Egypt, Libya, Morocco, Tunisia, Yemen 2015–2018. Rounded one by one the parts would make 55,829.',
  },
  {
    id: 'knows-no-borders-referrals',
    kind: 'split',
    total: 8092,
    percents: [57, 43],
    counts: [4612, 3480],
    note: 'Southern Africa 2016–2018. Not to be divided by the 229,575 reached "to date": other period, other definition.',
  },
  {
    id: 'gwadar-patients',
    kind: 'shift',
    before: [0.8, 0.2],
    after: [0.2, 0.8],
    note: 'Chinese and Pakistani patients of a port clinic: shares only, without a volume.',
  },
  {
    id: 'iom-assessments-2019',
    kind: 'count',
    value: 400_000,
    approximate: true,
    note: 'Health assessments of migrants by IOM in 2019.',
  },
];
