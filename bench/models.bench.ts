import type { Bench } from './bench.ts';
import actuarial from './models-actuarial.bench.ts';
import epidemic from './models-epidemic.bench.ts';

/** Every measured model in one run; each family is also a benchmark of its own. */
const bench: Bench = {
  name: 'models',
  run: async (note) => [...(await actuarial.run(note)), ...(await epidemic.run(note))],
};
export default bench;
