import { actuaryRefusals } from '@serai/domains/cover/actuary/actuary.refusals.ts';
import { approvalsRefusals } from '@serai/domains/cover/approvals/approvals.refusals.ts';
import { claimsRefusals } from '@serai/domains/cover/claims/claims.refusals.ts';
import { coverProblemMessages } from '@serai/domains/cover/cover.messages.ts';
import { paymentsRefusals } from '@serai/domains/cover/payments/payments.refusals.ts';
import { exchangeProblemMessages } from '@serai/domains/exchange/exchange.messages.ts';
import { registryProblemMessages } from '@serai/domains/registry/registry.messages.ts';
import { generalProblemMessages } from '@serai/ui/problem.messages.ts';
import '@serai/domains/cover/fund/fund.refusals.ts';
import '@serai/domains/exchange/crossing/crossing.refusals.ts';
import { eligibilityRefusals } from '@serai/domains/cover/eligibility/eligibility.refusals.ts';
import { enrolmentRefusals } from '@serai/domains/cover/enrolment/enrolment.refusals.ts';
import { policyRefusals } from '@serai/domains/cover/enrolment/policy.refusals.ts';
import { schemesRefusals } from '@serai/domains/cover/schemes/schemes.refusals.ts';
import { settlementRefusals } from '@serai/domains/cover/settlement/settlement.refusals.ts';
import '@serai/domains/cover/vouchers/vouchers.refusals.ts';
import '@serai/domains/registry/registry.refusals.ts';
import { refusalSpecs } from '@serai/kernel/base/refusal.ts';
import '@serai/kernel/ledger/ledger.refusals.ts';
import '@serai/kernel/trust/card.refusals.ts';
import '@serai/kernel/trust/voucher.refusals.ts';
import '@serai/store/store.refusals.ts';
import { expect, it } from 'vitest';

const told = {
  ...generalProblemMessages,
  ...registryProblemMessages,
  ...exchangeProblemMessages,
  ...coverProblemMessages,
};

it.each([
  'card.unreadable',
  'card.tampered',
  'card.expired',
  'card.holder-not-proven',
  'card.not-yet-valid',
  'card.revoked',
  'card.wrong-issuer',
  'card.replayed',
  'card.wrong-audience',
  'card.status-unknown',
  'card.stale-trust',
  'crossing.partner-unreachable',
  'crossing.partner-slow',
  'crossing.bad-answer',
  'crossing.bad-signature',
  'crossing.clock',
  'crossing.agreement-suspended',
  'crossing.agreement-differs',
  'crossing.own-card',
  'crossing.no-locator',
  'crossing.no-agreement',
  'crossing.consent-withdrawn',
  'crossing.person-unknown',
  'crossing.refused',
  'registry.forbidden-field',
  'registry.name-missing',
  'registry.birth-invalid',
  'registry.duplicate-unseen',
  'store.request-id-reused',
  'offline',
  'timeout',
  'server',
  'busy',
  'signed-out',
  'not-found',
  'conflict',
  'invalid',
  'too-large',
])('the console has its own sentence for %s', (code) => {
  expect(told).toHaveProperty([code]);
});

it.each(
  [
    schemesRefusals,
    enrolmentRefusals,
    policyRefusals,
    eligibilityRefusals,
    claimsRefusals,
    paymentsRefusals,
    settlementRefusals,
    actuaryRefusals,
    approvalsRefusals,
  ].flatMap((each) => Object.keys(each)),
)('the console has its own sentence for %s', (code) => {
  expect(told).toHaveProperty([code]);
});

it('no two refusals are told in the same words', () => {
  const sentences = Object.values(told).map((texts) => texts.en);
  expect(new Set(sentences).size).toBe(sentences.length);
});

it('every refusal a screen can meet has its sentence here', () => {
  const codes = [...refusalSpecs().keys()].filter((code) =>
    /^(card|fund|ledger|crossing|registry|store|vouchers?)\./.test(code),
  );
  expect(codes.length).toBeGreaterThan(20);
  expect(codes.filter((code) => !(code in told))).toEqual([]);
});
