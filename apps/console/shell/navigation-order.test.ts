import { expect, test } from 'vitest';
import { type Entry, inGroups, onPhone, placesOnPhone } from './navigation-order.ts';

const entry = (path: string, group: string, often = false): Entry => ({
  path,
  title: path,
  icon: 'find',
  group: { key: group, title: group.toUpperCase() },
  often,
});

const many = [
  entry('/fund', 'money', true),
  entry('/accounts', 'money'),
  entry('/members', 'members', true),
  entry('/arrears', 'members'),
  entry('/claims', 'claims'),
  entry('/runs', 'money', true),
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

test('more that are often used than fit: the first of them', () => {
  const busy = many.map((each) => ({ ...each, often: true }));
  expect(onPhone(busy).shown).toEqual(busy.slice(0, placesOnPhone - 1));
});
