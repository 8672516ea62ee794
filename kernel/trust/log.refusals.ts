import { defineRefusals } from '../base/refusal.ts';

/** What an audit of an evidence log finds wrong. Order is precedence. */
export const logRefusals = defineRefusals('log', {
  'log.bad-checkpoint': {
    status: 422,
    sentence: 'A checkpoint is not signed by this log, or a known witness’s signature on it does not hold.',
  },
  'log.bad-leaf': { status: 422, sentence: 'A leaf of the log is not in its canonical form.' },
  'log.rewritten': {
    status: 422,
    sentence: 'The leaves do not give the root of a signed checkpoint: the log was changed after it was signed.',
  },
  'log.too-short': {
    status: 422,
    sentence: 'A signed checkpoint speaks of more leaves than the log holds: some were taken away.',
  },
});

export type LogRefusalCode = keyof typeof logRefusals;
