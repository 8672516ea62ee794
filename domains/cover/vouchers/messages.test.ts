import { refusalSpecs } from '@serai/kernel/base/refusal.ts';
import '@serai/kernel/trust/voucher.refusals.ts';
import { expect, it } from 'vitest';
import { vouchersProblemMessages } from './vouchers.messages.ts';
import './vouchers.refusals.ts';

it('every refusal of the voucher desk has its sentence in three languages, and nothing else has', () => {
  const codes = [...refusalSpecs().keys()].filter((code) => /^vouchers?\./.test(code));
  expect(Object.keys(vouchersProblemMessages).sort()).toEqual(codes.sort());
  for (const language of ['en', 'th', 'my'] as const) {
    const sentences = Object.values(vouchersProblemMessages).map((texts) => texts[language]);
    expect(new Set(sentences).size).toBe(codes.length);
  }
});
