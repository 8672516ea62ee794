import { expect, it } from 'vitest';
import { blankDraft, type Draft, draftTotal, isReady, lineTotal, statedOf } from './claim-draft.ts';

const line = { key: 1, kind: 'item', code: 'MED-PARACETAMOL', quantity: '3', unitPrice: '10.10' } as const;
const draft: Draft = { ...blankDraft('2026-03-01'), memberNumber: ' M-1 ', diagnoses: 'j06.9; r50.9', lines: [line] };

it('a total is live, exact, and leaves out what is no number yet', () => {
  expect(lineTotal(line, 'THB')).toEqual({ amount: '30.30', currency: 'THB' });
  expect(lineTotal({ ...line, unitPrice: 'ten' }, 'THB')).toBe(undefined);
  expect(lineTotal({ ...line, quantity: '' }, 'THB')).toBe(undefined);
  const lines = [line, { ...line, key: 2, quantity: '0.5', unitPrice: '0.10' }, { ...line, key: 3, unitPrice: '' }];
  expect(draftTotal({ ...draft, lines }, 'THB')).toEqual({ amount: '30.35', currency: 'THB' });
});

it('a line nobody began is neither waited for nor sent; one half done is waited for', () => {
  const opened = { ...line, key: 2, code: '', unitPrice: '' };
  expect(isReady({ ...draft, lines: [line, opened] })).toBe(true);
  expect(statedOf({ ...draft, lines: [line, opened] })).toMatchObject({
    memberNumber: 'M-1',
    diagnoses: ['J06.9', 'R50.9'],
    to: '2026-03-01',
    lines: [{ kind: 'item', code: 'MED-PARACETAMOL', quantity: '3', unitPrice: '10.10' }],
  });
  expect(isReady({ ...draft, lines: [line, { ...opened, code: 'CON-GENERAL' }] })).toBe(false);
  expect(isReady({ ...draft, lines: [opened] })).toBe(false);
  expect(isReady({ ...draft, from: '' })).toBe(false);
});
