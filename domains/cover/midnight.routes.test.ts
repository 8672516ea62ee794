import { addDays } from '@serai/kernel/base/days.ts';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Corridor, openCorridor, type TestNode } from '../../tests/corridor.ts';
import { claimBody, cover, insured, payment } from '../../tests/cover-claims.ts';

/** Half past one at night in Thailand is the day before in UTC: care of that night is of the day the clocks there show. */

let corridor: Corridor;
let th: TestNode;
let tonight: string;

beforeAll(async () => {
  const utc = new Date().toISOString().slice(0, 10);
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(new Date(`${utc}T18:30:00Z`));
  tonight = addDays(utc, 1);
  corridor = await openCorridor();
  th = corridor.th;
}, 120_000);
afterAll(async () => {
  await corridor?.close();
  vi.useRealTimers();
});

test('care of the night is claimed the same night, and not of the next day', async () => {
  const nurse = await th.token('nurse');
  const { memberNumber } = await insured(th);
  const claim = (day: string) =>
    th.call(nurse, 'POST', '/api/cover/claims', claimBody(memberNumber, { from: day, to: day }), payment);
  expect((await claim(addDays(tonight, 1))).code).toBe('claims.future');
  const made = await claim(tonight);
  expect(made.status, made.text).toBe(200);
});

test('cover that begins with the day is there at half past one', async () => {
  const nurse = await th.token('nurse');
  const { memberNumber } = await insured(th, { since: tonight });
  const answer = await th.call(nurse, 'POST', '/api/cover/eligibility', { memberNumber }, cover);
  expect(answer.json, answer.text).toMatchObject({ covered: true });
});
