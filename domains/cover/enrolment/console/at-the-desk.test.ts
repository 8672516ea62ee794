import { expect, test } from 'vitest';
import { isAtTheDesk } from './at-the-desk.ts';

test('officers and fund managers decide; volunteers, employers and clinics do not', () => {
  expect(isAtTheDesk(['cover.enrol', 'cover.enrol.desk'])).toBe(true);
  expect(isAtTheDesk(['cover.fund', 'cover.claims', 'cover.enrol', 'cover.enrol.desk', 'cover.vouchers'])).toBe(true);
  expect(isAtTheDesk(['cover.enrol', 'cover.vouchers'])).toBe(false);
  expect(isAtTheDesk(['cover.employer'])).toBe(false);
  expect(isAtTheDesk(['cover.provider', 'cover.vouchers'])).toBe(false);
});
