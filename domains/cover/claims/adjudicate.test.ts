import { describe, expect, test } from 'vitest';
import { decide } from '../../../tests/conformance/claims/case.ts';

describe('a claim nothing speaks against', () => {
  test('is paid in full, by the list', () => {
    expect(decide()).toEqual({
      claimId: 'claim-1',
      status: 'valuated',
      schemeVersion: 1,
      policyId: 'policy-1',
      category: 'visit',
      reason: 0,
      rule: undefined,
      claimedMinor: 10000n,
      allowedMinor: 10000n,
      adjustedMinor: 10000n,
      paidMinor: 10000n,
      currency: 'THB',
      lines: [
        {
          line: 1,
          code: 'visit',
          claimedMinor: 10000n,
          allowedMinor: 10000n,
          adjustedMinor: 10000n,
          paidMinor: 10000n,
          deductedMinor: 0n,
          memberPaysMinor: 0n,
          quantity: '1',
          reason: 0,
          rule: 'tariffs[0].prices.visit',
          relative: false,
        },
      ],
    });
  });
});
