import { reserving } from './actuarial/reserving.ts';
import type { Suite } from './suite.ts';

const suite: Suite = {
  name: 'actuarial',
  *cases() {
    yield* reserving();
  },
};
export default suite;
