import { isoDate, optional, yesNo } from '../fields.ts';
import type { Proportion } from './proportion.ts';

/** What the doors of the indicators share. */
export const flag = (what: string) => optional(yesNo(what), what);

/** Columns of a share, with its interval. */
export const shareColumns = [
  { name: 'numerator', description: 'Counted' },
  { name: 'denominator', description: 'Of so many' },
  { name: 'value', description: 'Numerator ÷ denominator; none where nobody is in the denominator' },
  { name: 'low', description: 'Lower end of the 95 % interval (Wilson)' },
  { name: 'high', description: 'Upper end of the 95 % interval (Wilson)' },
] as const;
/** The cells of a share. */
export const share = ({
  numerator,
  denominator,
  value,
  low,
  high,
}: Omit<Proportion, 'denominator'> & { readonly denominator: number | null }) => ({
  numerator,
  denominator,
  value,
  low,
  high,
});

/** First and last day of a reporting period. */
export const period = {
  from: isoDate('The first day of the period'),
  to: isoDate('The last day of the period'),
} as const;
/** What is wrong with a period that ends first. */
export const inOrder = {
  path: ['to'],
  error: 'The period ends before it begins.',
};
