import { expect, it } from 'vitest';
import { mayHold, standingOfRevoked } from './offline.ts';

const offline = { perDeviceDay: 12, betweenSyncs: 40, kitDays: 7, graceDays: 3 };
const midnight = 20_000 * 86_400;

it('what a device may hold grows by the day until its list runs out, less what it has sent', () => {
  const holds = (days: number, takenSinceKit = 0, kitIssuedAt = midnight) =>
    mayHold(offline, { kitIssuedAt, takenSinceKit }, midnight + days * 86_400);
  expect([holds(0), holds(1), holds(2), holds(3), holds(400)]).toEqual([12, 24, 36, 40, 40]);
  expect([holds(0, 5), holds(3, 40), holds(3, 45)]).toEqual([7, 0, 0]);
  expect(holds(3, 0, 0)).toBe(0);
  const short = { ...offline, kitDays: 1 };
  expect(mayHold(short, { kitIssuedAt: midnight, takenSinceKit: 0 }, midnight + 30 * 86_400)).toBe(24);
});

it('a revoked device is heard for the days it was in hand, and not a day longer', () => {
  expect(standingOfRevoked('2026-03-01', '2026-03-01')).toBe('held');
  expect(standingOfRevoked('2026-02-01', '2026-03-01')).toBe('held');
  expect(standingOfRevoked('2026-03-02', '2026-03-01')).toBe('refused');
});
