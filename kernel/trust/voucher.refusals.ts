import { defineRefusals } from '../base/refusal.ts';

/** Why a signed voucher, a redemption kit or a device's statement is not believed. Order is precedence. */
export const voucherTrustRefusals = defineRefusals('voucher', {
  'voucher.unreadable': { status: 400, sentence: 'This is not a care voucher, or it was read badly. Scan it again.' },
  'voucher.wrong-issuer': {
    status: 422,
    sentence:
      'The key that signed this voucher is not one of an issuer known here. Renew the redemption kit, then try again.',
  },
  'voucher.tampered': {
    status: 422,
    sentence: 'The signature does not fit: the voucher was changed after it was issued. Do not accept it.',
  },
  'voucher.not-yet-valid': {
    status: 422,
    sentence: 'The voucher is dated in the future. Check the clock of this device.',
  },
  'voucher.past-its-date': { status: 422, sentence: 'The voucher has expired. The holder can ask for a new booklet.' },
  'voucher.statement-unreadable': {
    status: 400,
    sentence: 'What the device sent is not a redemption it has signed. Sync again from the device itself.',
  },
  'voucher.statement-forged': {
    status: 422,
    sentence: 'The redemption is not signed by the key this device registered. Register the device anew.',
  },
});

export type VoucherTrustRefusalCode = keyof typeof voucherTrustRefusals;
