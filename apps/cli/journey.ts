import { insure } from './journey/cover.ts';
import { cross } from './journey/crossing.ts';
import { register } from './journey/register.ts';
import { allDone, openDemonstration } from './journey/steps.ts';
import { giveVouchers } from './journey/vouchers.ts';

/**
 * `npm run journey`: the main job over HTTP alone, against what `npm start` brought up. A line a step with its
 * milliseconds; the first step that fails ends it with exit code 1.
 */
const corridor = openDemonstration();
const person = await register(corridor);
await cross(corridor, person);
await insure(corridor, person);
await giveVouchers(corridor);
allDone();
