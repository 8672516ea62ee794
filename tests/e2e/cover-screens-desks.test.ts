import { test } from 'vitest';
import { lookAtEvery, openYear } from './looks.ts';

/** Every screen of those who use cover without running the fund. */
openYear();

/** Who opens what, one test each: a slow one keeps nobody else waiting. */
const staff = [
  ['employer', 'employer'],
  ['actuary', 'payer'],
  ['insurer', 'payer'],
  ['volunteer', 'programme'],
  ['voucher-officer', 'programme'],
  ['nurse', 'care'],
] as const;

test.each(staff)(
  'every screen of the %s is whole in three languages at 360 px, and wide',
  (username, ofClass) => lookAtEvery(username, ofClass),
  240_000,
);

test('every screen of a nurse is a doctor’s too', () => {
  return lookAtEvery('doctor', 'care', true);
}, 240_000);
