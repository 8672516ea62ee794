import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { claim, line, member, scheme, thb } from '../../../tests/conformance/claims/case.ts';
import { type SuspicionInput, suspicions } from './suspicion.ts';
import { suspicionReasons } from './suspicion-reasons.ts';

const rules = scheme();
const him = { ...member, sex: 'male' as const };
const other = (change: Parameters<typeof claim>[0] = {}) => claim({ claimId: 'claim-0', claimNumber: 'C0', ...change });
/** Something else altogether: another day, diagnosis, code and price. */
const unlike = (change: Parameters<typeof claim>[0] = {}) =>
  other({
    from: '2026-01-02',
    diagnoses: ['A09'],
    lines: [line({ code: 'consultation', unitPrice: thb('7.00') })],
    ...change,
  });
const stay = (from: string, to: string, provider: string, change: Parameters<typeof claim>[0] = {}) =>
  unlike({ from, to, claimedOn: to, provider, care: 'in-patient', ...change });
const delivery = [line({ code: 'delivery' })];
const ownStay = claim({ from: '2026-03-10', to: '2026-03-14', claimedOn: '2026-03-14', care: 'in-patient' });

type Row = readonly [number: number, what: string, input: Partial<SuspicionInput>, found: readonly number[]];

const rows: readonly Row[] = [
  [200, 'the same under another number', { others: [other()] }, [200]],
  [
    200,
    'lines in another order, quantities written otherwise',
    {
      claim: claim({ lines: [line({ quantity: '1.0' }), line({ line: 2, code: 'bed' })] }),
      others: [other({ lines: [line({ code: 'bed' }), line({ line: 2 })] })],
    },
    [200],
  ],
  [200, 'itself', { others: [claim()] }, []],
  [200, 'another member’s', { others: [unlike({ memberId: 'other' })] }, []],
  [201, 'one line of it', { others: [other({ lines: [line({ unitPrice: thb('90.00') })] })] }, [201]],
  [201, 'the day after', { others: [unlike({ from: '2026-03-11', lines: [line({ unitPrice: thb('90.00') })] })] }, []],
  [
    201,
    'at another facility',
    { others: [unlike({ from: '2026-03-10', provider: 'TH:hospital', lines: [line({ unitPrice: thb('90.00') })] })] },
    [],
  ],
  [202, 'twice in one claim', { claim: claim({ lines: [line(), line({ line: 2 })] }) }, [202]],
  [202, 'twice at two prices', { claim: claim({ lines: [line(), line({ line: 2, unitPrice: thb('90.00') })] }) }, []],
  [
    203,
    'the same amount and diagnosis two weeks before',
    { others: [other({ from: '2026-02-24', provider: 'TH:hospital' })] },
    [203],
  ],
  [203, 'a day earlier still', { others: [other({ from: '2026-02-23', provider: 'TH:hospital' })] }, []],
  [203, 'for another diagnosis', { others: [other({ from: '2026-02-24', diagnoses: ['A09'] })] }, []],
  [203, 'another amount', { others: [other({ from: '2026-02-24', lines: [line({ quantity: '1.01' })] })] }, []],
  [210, 'the day before birth', { member: { ...member, birthDate: '2026-03-11' } }, [210]],
  [210, 'on the day of birth', { member: { ...member, birthDate: '2026-03-10' } }, []],
  [210, 'born that year, day unknown', { member: { ...member, birthDate: '2026-07-01', birthPrecision: 'year' } }, []],
  [210, 'born the year after', { member: { ...member, birthDate: '2027-01-01', birthPrecision: 'estimated' } }, [210]],
  [211, 'the day after death', { member: { ...member, diedOn: '2026-03-09' } }, [211]],
  [211, 'on the day of death', { member: { ...member, diedOn: '2026-03-10' } }, []],
  [212, 'a man delivered', { claim: claim({ lines: delivery }), member: him }, [212]],
  [212, 'a man with the diagnosis', { claim: claim({ diagnoses: ['O80'] }), member: him }, [212]],
  [212, 'a man in antenatal care', { claim: claim({ lines: [line({ code: 'antenatal' })] }), member: him }, [212]],
  [212, 'a woman', { claim: claim({ lines: delivery }) }, []],
  [212, 'a newborn boy', { claim: claim({ diagnoses: ['Z38.0'] }), member: him }, []],
  [
    213,
    '149 days after the last',
    { claim: claim({ lines: delivery }), others: [unlike({ from: '2025-10-12', lines: delivery })] },
    [213],
  ],
  [
    213,
    '150 days after the last',
    { claim: claim({ lines: delivery }), others: [unlike({ from: '2025-10-11', lines: delivery })] },
    [],
  ],
  [
    213,
    'the ward’s claim of the same birth',
    { claim: claim({ lines: delivery }), others: [unlike({ from: '2026-03-09', diagnoses: ['O80'] })] },
    [],
  ],
  [
    214,
    'younger than ten',
    { claim: claim({ lines: delivery }), member: { ...member, birthDate: '2016-03-11' } },
    [214],
  ],
  [214, 'ten', { claim: claim({ lines: delivery }), member: { ...member, birthDate: '2016-03-10' } }, []],
  [214, 'fifty-five', { claim: claim({ lines: delivery }), member: { ...member, birthDate: '1970-03-11' } }, []],
  [214, 'fifty-six', { claim: claim({ lines: delivery }), member: { ...member, birthDate: '1970-03-10' } }, [214]],
  [
    215,
    'in two beds in one night',
    { claim: ownStay, others: [stay('2026-03-13', '2026-03-20', 'TH:hospital')] },
    [215],
  ],
  [215, 'transferred', { claim: ownStay, others: [stay('2026-03-14', '2026-03-20', 'TH:hospital')] }, []],
  [215, 'two claims of one facility', { claim: ownStay, others: [stay('2026-03-12', '2026-03-20', 'TH:clinic')] }, []],
  [
    216,
    'seen elsewhere during the stay',
    { claim: ownStay, others: [unlike({ from: '2026-03-12', provider: 'TH:hospital' })] },
    [216],
  ],
  [216, 'a visit during a stay elsewhere', { others: [stay('2026-03-09', '2026-03-11', 'TH:hospital')] }, [216]],
  [
    216,
    'seen elsewhere and admitted',
    { claim: ownStay, others: [unlike({ from: '2026-03-10', provider: 'TH:hospital' })] },
    [],
  ],
  [
    217,
    'both sides of the border on one day',
    { others: [unlike({ from: '2026-03-10', provider: 'MM:clinic' })] },
    [217],
  ],
  [217, 'the next day', { others: [unlike({ from: '2026-03-11', provider: 'MM:clinic' })] }, []],
  [220, 'six nights in five days', { claim: { ...ownStay, lines: [line({ code: 'bed', quantity: '6' })] } }, [220]],
  [220, 'five nights in five days', { claim: { ...ownStay, lines: [line({ code: 'bed', quantity: '5' })] } }, []],
  [221, 'a service twenty-five times a day', { claim: claim({ lines: [line({ quantity: '25' })] }) }, [221]],
  [221, 'twenty-four times', { claim: claim({ lines: [line({ quantity: '24' })] }) }, []],
  [
    221,
    'tablets for three months',
    { claim: claim({ lines: [line({ kind: 'item', code: 'drug', quantity: '1820' })] }) },
    [],
  ],
  [221, 'and one more', { claim: claim({ lines: [line({ kind: 'item', code: 'drug', quantity: '1821' })] }) }, [221]],
  [230, 'one more than it can see', { facility: { claimsOfDay: 121, capacityOfDay: 120 } }, [230]],
  [230, 'as many as it can see', { facility: { claimsOfDay: 120, capacityOfDay: 120 } }, []],
  [230, 'nobody knows how many', { facility: { claimsOfDay: 120 } }, []],
  [
    201,
    'one of several lines of it',
    { others: [other({ lines: [line({ code: 'bed' }), line({ line: 2, unitPrice: thb('90.00') })] })] },
    [201],
  ],
  [
    201,
    'the same code, but an item',
    { others: [other({ lines: [line({ kind: 'item', unitPrice: thb('90.00') })] })] },
    [],
  ],
  [
    203,
    'the same amount over several lines',
    {
      claim: claim({ lines: [line(), line({ line: 2, code: 'bed', unitPrice: thb('20.00') })] }),
      others: [other({ from: '2026-03-01', lines: [line({ code: 'surgery', unitPrice: thb('120.00') })] })],
    },
    [203],
  ],
  [
    203,
    'a difference of lines is no sum',
    {
      claim: claim({ lines: [line(), line({ line: 2, code: 'bed', unitPrice: thb('20.00') })] }),
      others: [other({ from: '2026-03-01', lines: [line({ code: 'surgery', unitPrice: thb('80.00') })] })],
    },
    [],
  ],
  [
    212,
    'a man, among other lines and diagnoses',
    { claim: claim({ diagnoses: ['A09', 'O82'], lines: [line(), line({ line: 2, code: 'antenatal' })] }), member: him },
    [212],
  ],
  [
    213,
    'eight days after the last',
    { claim: claim({ lines: delivery }), others: [unlike({ from: '2026-03-02', lines: delivery })] },
    [213],
  ],
  [
    213,
    'seven days after the last',
    { claim: claim({ lines: delivery }), others: [unlike({ from: '2026-03-03', lines: delivery })] },
    [],
  ],
  [
    215,
    'the night of the admission elsewhere',
    { claim: ownStay, others: [stay('2026-03-09', '2026-03-11', 'TH:hospital')] },
    [215],
  ],
  [
    215,
    'discharged elsewhere on the day of admission',
    { claim: ownStay, others: [stay('2026-03-09', '2026-03-10', 'TH:hospital')] },
    [],
  ],
  [
    216,
    'seen elsewhere on the day of discharge',
    { claim: ownStay, others: [unlike({ from: '2026-03-14', provider: 'TH:hospital' })] },
    [],
  ],
  [
    216,
    'seen elsewhere on the first whole day',
    { claim: ownStay, others: [unlike({ from: '2026-03-11', provider: 'TH:hospital' })] },
    [216],
  ],
  // 2026-03-10 is a Tuesday.
  [231, 'closed on Tuesdays', { facility: { closedWeekdays: [2] } }, [231]],
  [231, 'closed on other days', { facility: { closedWeekdays: [1, 3, 4, 5, 6, 7] } }, []],
  [231, 'a holiday', { facility: { closedDays: ['2026-03-10'] } }, [231]],
  [231, 'an emergency', { claim: claim({ visit: 'emergency' }), facility: { closedDays: ['2026-03-10'] } }, []],
  [231, 'a stay', { claim: ownStay, facility: { closedDays: ['2026-03-10'] } }, []],
];

const look = (input: Partial<SuspicionInput>) =>
  suspicions({ claim: claim(), scheme: rules, member, others: [], ...input });

test.each(rows)('%i: %s', (_, __, input, found) => {
  expect(look(input).map((each) => each.number)).toEqual(found);
});

test('each has a row that finds it and one that does not', () => {
  for (const { number } of suspicionReasons) {
    const own = rows.filter(([each]) => each === number);
    expect([number, own.some(([, , , found]) => found.includes(number))]).toEqual([number, true]);
    expect([number, own.some(([, , , found]) => !found.includes(number))]).toEqual([number, true]);
  }
});

describe('what it rests on', () => {
  test('is named, in order, whatever order the claims come in', () => {
    const others = ['c', 'a', 'b'].map((claimId) => other({ claimId }));
    expect(look({ others })[0]).toEqual({ number: 200, name: 'same-claim', weight: 'certain', with: ['a', 'b', 'c'] });
    fc.assert(
      fc.property(fc.shuffledSubarray(others, { minLength: 3 }), (shuffled) => {
        expect(look({ others: shuffled })).toEqual(look({ others }));
      }),
    );
  });

  test('a line is named where it is one', () => {
    expect(look({ claim: claim({ lines: [line(), line({ line: 7 })] }) })[0]).toMatchObject({ number: 202, line: 7 });
  });

  test('nobody known: what needs a member is not suspected', () => {
    expect(look({ member: undefined, claim: claim({ lines: delivery }) })).toEqual([]);
  });
});
