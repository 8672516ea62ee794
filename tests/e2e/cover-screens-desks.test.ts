import { test } from 'vitest';
import { lookAtEvery, openYear } from './looks.ts';

/** Every screen of those who use cover without running the fund. */
openYear();

/** Who opens what, one test each: a slow one keeps nobody else waiting. */
const staff = [
  ['employer', ['cover.employer']],
  ['actuary', ['cover.actuary']],
  ['volunteer', ['cover.enrol', 'cover.vouchers']],
  ['voucher-officer', ['cover.vouchers', 'cover.vouchers.settle']],
  ['nurse', ['cover.provider', 'cover.vouchers']],
] as const;

test.each(staff)(
  'every screen of the %s is whole in three languages at 360 px, and wide',
  (username, may) => lookAtEvery(username, may),
  240_000,
);

test('every screen of a nurse is a doctor’s too', () => {
  return lookAtEvery('doctor', ['cover.provider', 'cover.vouchers'], true);
}, 240_000);
