import { expect, test } from 'vitest';
import { contactPriority, indexPriority } from './contacts.ts';

const contact = { ageYears: 30, symptoms: false, immunocompromised: false, indexResistant: false };
test.each([
  ['nobody’s reason', {}, 5, [], false],
  ['symptoms first', { symptoms: true, ageYears: 3 }, 1, ['symptoms', 'under-5'], true],
  ['just under five', { ageYears: 4.99 }, 2, ['under-5'], true],
  ['five', { ageYears: 5 }, 5, [], false],
  ['HIV', { immunocompromised: true }, 3, ['immunocompromised'], true],
  ['MDR index', { indexResistant: true }, 4, ['index-resistant'], false],
])('%s', (_, changed, priority, reasons, forwardFirst) => {
  expect(contactPriority({ ...contact, ...changed })).toEqual({ priority, reasons, forwardFirst });
});

test.each([
  ['confirmed pulmonary', { confirmedPulmonary: true }, ['confirmed-pulmonary']],
  ['a child: look for the source', { ageYears: 4 }, ['source-search']],
  ['none', {}, []],
])('index: %s', (_, changed, reasons) => {
  expect(indexPriority({ confirmedPulmonary: false, resistant: false, hiv: false, ageYears: 40, ...changed })).toEqual({
    trace: reasons.length > 0,
    reasons,
  });
});
