import { deskReserve } from './actuarial/desk.ts';
import { protection } from './actuarial/protection.ts';
import { reserving } from './actuarial/reserving.ts';
import { risk } from './actuarial/risk.ts';
import type { Suite } from './suite.ts';

const suite: Suite = {
  name: 'actuarial',
  *cases() {
    yield* reserving();
    yield* risk();
    yield* protection();
    yield* deskReserve();
  },
};
export default suite;
