import { describe, expect, it } from 'vitest';
import { poolRow, requiredPools, smallestPool } from './poolsize.ts';

/** DOMAIN F.6: λ = 2.1, m = 310, s = 620. */
const risk = { claimsPerMember: 2.1, severityMean: 310, severitySd: 620 };
const terms = { loading: 0.05, level: 0.995, costOfCapital: 0.06 };

describe('required pool size', () => {
  it.each([
    [100, 0.1543],
    [1000, 0.0488],
    [5000, 0.0218],
    [20_000, 0.0109],
  ])('%i members: a coefficient of variation of %f', (members, cv) => {
    expect(poolRow(risk, members, terms).cv).toBeCloseTo(cv, 4);
  });

  it('5,000 members: expected 3,255,000, sd 71,029.9, VaR 99.5 % 3,437,961', () => {
    const row = poolRow(risk, 5000, terms);
    expect(row.expected).toBeCloseTo(3_255_000, 6);
    expect(row.sd).toBeCloseTo(71_029.9, 1);
    expect(row.expected + row.capitalPerMember * 5000).toBeCloseTo(3_437_961, 0);
    expect(row.purePremium).toBeCloseTo(651, 9);
  });

  it('finds the pool that just meets each target, and the one before it does not', () => {
    const found = requiredPools(risk, terms, { cv: 0.0488, ruin: 0.05, capitalPerMember: 50 });
    expect(poolRow(risk, found.cv!, terms).cv).toBeLessThanOrEqual(0.0488);
    expect(poolRow(risk, found.cv! - 1, terms).cv).toBeGreaterThan(0.0488);
    expect(poolRow(risk, found.ruin!, terms).ruin).toBeLessThanOrEqual(0.05);
    expect(poolRow(risk, found.ruin! - 1, terms).ruin).toBeGreaterThan(0.05);
    expect(poolRow(risk, found.capitalPerMember! - 1, terms).capitalPerMember).toBeGreaterThan(50);
  });

  it('is out of reach where a common shock alone is worse', () => {
    const shocked = { ...risk, commonShockSd: 0.1 };
    const found = requiredPools(shocked, terms, { cv: 0.05, ruin: 0.05, capitalPerMember: 50 });
    expect(found).toEqual({ cv: undefined, ruin: undefined, capitalPerMember: undefined });
    expect(poolRow(shocked, 1_000_000, terms).cv).toBeGreaterThan(0.1);
  });

  it('gives the first number, and none where there is none', () => {
    expect(smallestPool((n) => n >= 17)).toBe(17);
    expect(smallestPool(() => false)).toBeUndefined();
  });
});
