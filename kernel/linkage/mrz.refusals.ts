import { defineRefusals } from '../base/refusal.ts';

/** Why a machine-readable zone cannot be read at all; a wrong check digit is told with what was read. */
export const mrzRefusals = defineRefusals('mrz', {
  'mrz.shape': {
    status: 400,
    sentence: 'These are not the two or three lines of a machine-readable zone (ICAO 9303). Scan or type them again.',
  },
  'mrz.characters': {
    status: 400,
    sentence: 'A machine-readable zone holds only A to Z, 0 to 9 and <. Scan or type it again.',
  },
});
