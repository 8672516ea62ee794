import { defineRefusals } from '../base/refusal.ts';

/** Why a machine-readable zone cannot be read at all. */
export const mrzRefusals = defineRefusals('mrz', {
  'mrz.shape': {
    status: 422,
    sentence: 'This is no machine-readable zone: it has two lines of 36 or 44 characters, or three of 30.',
  },
  'mrz.characters': {
    status: 422,
    sentence: 'A machine-readable zone holds only the letters A to Z, digits and the filler <.',
  },
});
