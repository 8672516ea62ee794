import { describe, expect, test } from 'vitest';
import { type RosterFault, readRoster, readWage, rosterColumns } from './roster.ts';

const heading = ['Works number', 'Name', 'Birth', 'Sex', 'Phone', 'Wage', 'Entitlement', 'Residence'];

/** Of a line: the faults, or what was read of it. */
function read(...rows: readonly (readonly string[])[]) {
  const table = { columns: heading, rows: rows.map((cells, i) => ({ line: i + 2, cells })) };
  return readRoster(table, rosterColumns(heading), {
    ...{ today: '2026-03-01', currency: 'THB', country: 'TH', entitlement: 'contract-worker' },
  });
}
const good = ['W1', 'Zorkel Drufas', '1990-04-05', 'F', '0812345678', '12,500.50', 'contract-worker', 'TH'];
const withCell = (at: number, cell: string) => good.map((each, i) => (i === at ? cell : each));

describe('a line of a roster, each cell wrong in turn', () => {
  test('as it stands it is read', () => {
    expect(read(good)).toMatchObject({ refused: [], people: [{ line: 2, reference: 'W1', notes: [] }] });
  });

  test.each<[string, number, string, RosterFault | undefined]>([
    ['a works number of a page', 0, 'x'.repeat(61), 'reference-long'],
    ['no works number', 0, '', undefined],
    ['no name', 1, '   ', 'name-missing'],
    ['a name of digits', 1, '12345', 'name-missing'],
    ['a name of a page', 1, 'x'.repeat(301), 'name-long'],
    ['born tomorrow', 2, '2026-03-02', 'birth-impossible'],
    ['born today', 2, '2026-03-01', undefined],
    ['born in a Buddhist year still to come', 2, '1/4/2569', 'birth-impossible'],
    ['an age below zero', 2, '-3', 'birth-unreadable'],
    ['a sex of its own', 3, 'Q', 'sex-unknown'],
    ['a telephone number of letters', 4, 'call me', 'phone-invalid'],
    ['a telephone number in Burmese digits', 4, '၀၉၁၂၃၄၅၆၇', undefined],
    ['a wage below zero', 5, '-12500', 'wage-invalid'],
    ['a wage in brackets, as books write less than zero', 5, '(12500)', 'wage-invalid'],
    ['no wage', 5, '', undefined],
    ['a wage of nothing', 5, '0', undefined],
    ['a wage with three decimals', 5, '12500.005', 'wage-invalid'],
    ['a wage that is no number', 5, 'NaN', 'wage-invalid'],
    ['a wage in powers', 5, '1e9', 'wage-invalid'],
    ['a hundred million', 5, '100000000', undefined],
    ['more than a hundred million', 5, '100000000.01', 'wage-large'],
    ['dollars', 5, 'USD 500', 'wage-currency'],
    ['dollars by their sign', 5, '$500', 'wage-currency'],
    ['kyats', 5, '300000 MMK', 'wage-currency'],
    ['baht', 5, 'THB 12500', undefined],
    ['baht by their sign', 5, '฿12,500', undefined],
    ['baht by their word', 5, '12500 บาท', undefined],
    ['baht in Thai digits', 5, '๑๒,๕๐๐.๕๐', undefined],
    ['a category of spaces and signs', 6, '!!', 'entitlement-invalid'],
    ['a country of three letters', 7, 'THA', 'residence-invalid'],
  ])('%s', (_, at, cell, fault) => {
    const { refused, people } = read(withCell(at, cell));
    expect(refused.flatMap((each) => each.issues.map((issue) => issue.fault))).toEqual(fault ? [fault] : []);
    expect(people).toHaveLength(fault ? 0 : 1);
  });

  test('all that is wrong of a line is told at once', () => {
    const { refused } = read(['', '', '', 'Q', 'x', '-1', '!', 'THA']);
    expect(refused[0]!.issues.map(({ field }) => field)).toEqual([
      ...['name', 'birth', 'sex', 'phone', 'wage', 'entitlement', 'residence'],
    ]);
  });
});

describe('twice in one file', () => {
  test.each<[string, readonly string[], RosterFault | undefined]>([
    ['the same line', good, 'reference-twice'],
    [
      'the works number with another name',
      ['W1', 'Hixlom Jungob', '1977-01-05', 'M', '', '', '', ''],
      'reference-twice',
    ],
    ['the person under another works number', withCell(0, 'W2'), 'same-person-twice'],
    [
      'the person written otherwise',
      ['W2', ' ZORKEL  drufas ', '05/04/2533', 'F', '', '', '', ''],
      'same-person-twice',
    ],
    ['the person without a works number', withCell(0, ''), 'same-person-twice'],
    ['somebody of the name born another day', ['W2', 'Zorkel Drufas', '1990-04-06', 'F', '', '', '', ''], undefined],
    ['somebody of the name, of the year alone', ['W2', 'Zorkel Drufas', '1990', 'F', '', '', '', ''], undefined],
  ])('%s', (_, second, fault) => {
    const { refused } = read(good, second);
    expect(refused.map((each) => [each.line, each.issues[0]!.fault])).toEqual(fault ? [[3, fault]] : []);
  });

  test('two of one name whose day nobody knows, with a works number each, are two', () => {
    const conventional = withCell(2, '1990-01-01');
    expect(read(conventional, ['W2', ...conventional.slice(1)]).people).toHaveLength(2);
  });
});

test('a wage is read the same way for a payroll', () => {
  expect(readWage('12,500.50', 'THB')).toEqual({ minor: 1_250_050n, currency: 'THB' });
  expect(readWage('', 'THB')).toBe('wage-invalid');
  expect(readWage('300000', 'MMK')).toEqual({ minor: 30_000_000n, currency: 'MMK' });
});
