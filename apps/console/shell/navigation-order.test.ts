import { expect, test } from 'vitest';
import { type Entry, inGroups, onPhone, placesOnPhone } from './navigation-order.ts';

const entry = (path: string, group: string, rank = 9): Entry => ({
  path,
  title: path,
  icon: 'find',
  group: { key: group, title: group.toUpperCase() },
  rank,
});

const many = [
  entry('/fund', 'money', 1),
  entry('/accounts', 'money'),
  entry('/members', 'members', 1),
  entry('/arrears', 'members'),
  entry('/claims', 'claims'),
  entry('/runs', 'money', 2),
];

test('groups come in the order of their first entry and gather what comes later', () => {
  expect(inGroups(many).map((group) => [group.title, group.entries.map(({ path }) => path)])).toEqual([
    ['MONEY', ['/fund', '/accounts', '/runs']],
    ['MEMBERS', ['/members', '/arrears']],
    ['CLAIMS', ['/claims']],
  ]);
});

test('a phone shows everything where it fits', () => {
  const few = many.slice(0, placesOnPhone);
  expect(onPhone(few)).toEqual({ shown: few, more: [] });
});

test('a phone shows the most used in their order, then others, and keeps one place for the way to the rest', () => {
  const { shown, more } = onPhone(many);
  expect(shown.map(({ path }) => path)).toEqual(['/fund', '/accounts', '/members', '/runs']);
  expect(more.map(({ path }) => path)).toEqual(['/arrears', '/claims']);
});

test('of equal rank the first', () => {
  const busy = many.map((each) => ({ ...each, rank: 1 }));
  expect(onPhone(busy).shown).toEqual(busy.slice(0, placesOnPhone - 1));
});
