import { defineRefusals } from '@serai/kernel/base/refusal.ts';

/** What the voucher desk refuses. Order is precedence. */
export const vouchersRefusals = defineRefusals('vouchers', {
  'vouchers.unknown-programme': { status: 422, sentence: 'There is no such voucher programme in this country.' },
  'vouchers.programme-closed': { status: 422, sentence: 'The programme does not run on this day.' },
  'vouchers.unknown-group': { status: 422, sentence: 'The programme is not for this group of people.' },
  'vouchers.unknown-village': { status: 422, sentence: 'The village is not one of the programme.' },
  'vouchers.not-eligible': {
    status: 422,
    sentence: 'The date of birth is not one of a child this programme is for.',
  },
  'vouchers.already-registered': {
    status: 409,
    sentence: 'This person is registered in the programme already. Find the entry and use it.',
  },
  'vouchers.holder-unknown': { status: 404, sentence: 'There is no such holder here.' },
  'vouchers.has-booklet': {
    status: 409,
    sentence: 'The holder has a booklet in use. Replace it where it was lost; do not issue a second.',
  },
  'vouchers.nothing-left': { status: 422, sentence: 'No voucher of this booklet is left to replace.' },
  'vouchers.no-phone': { status: 422, sentence: 'No telephone number is known for this holder. Print the booklet.' },
  'vouchers.unknown': {
    status: 404,
    sentence: 'No voucher has this code. Check it character by character, or scan the square.',
  },
  'vouchers.not-issued': { status: 409, sentence: 'The voucher was made but not yet issued to anybody.' },
  'vouchers.void': { status: 409, sentence: 'The voucher was made void.' },
  'vouchers.lost-replaced': {
    status: 409,
    sentence: 'The voucher was reported lost and replaced. Ask for the new booklet.',
  },
  'vouchers.expired': { status: 409, sentence: 'The voucher has expired. The holder can ask for a new booklet.' },
  'vouchers.already-redeemed': {
    status: 409,
    sentence: 'The voucher was redeemed before. It is good for one service, once.',
  },
  'vouchers.held': {
    status: 409,
    sentence: 'The voucher is held while something is looked into. Ask the voucher officer.',
  },
  'vouchers.not-activated': {
    status: 409,
    sentence: 'The booklet has not been activated by whoever handed it out. Ask the voucher officer.',
  },
  'vouchers.wrong-booklet': {
    status: 422,
    sentence: 'The code is not that of the booklet this voucher belongs to. Read it from the cover of the booklet.',
  },
  'vouchers.wrong-service': { status: 422, sentence: 'The voucher is for another service than the one given.' },
  'vouchers.wrong-facility': {
    status: 422,
    sentence: 'This facility may not give this service for vouchers of the programme.',
  },
  'vouchers.future-service': { status: 422, sentence: 'The day of service lies in the future.' },
  'vouchers.before-issue': { status: 422, sentence: 'The day of service lies before the voucher was issued.' },
  'vouchers.too-late': { status: 422, sentence: 'The service was given too long ago to be sent in.' },
  'vouchers.out-of-order': {
    status: 422,
    sentence: 'An earlier voucher of the booklet comes first. Use the vouchers in their order.',
  },
  'vouchers.birth-first': {
    status: 422,
    sentence: 'Care after birth needs the birth: redeem its voucher first, or give the day of birth.',
  },
  'vouchers.after-birth': { status: 422, sentence: 'The birth is recorded: care before birth is no longer possible.' },
  'vouchers.too-soon': {
    status: 422,
    sentence: 'The visit before was too short a time ago for this service.',
  },
  'vouchers.not-possible': { status: 409, sentence: 'A voucher in this state does not allow this step.' },
  'vouchers.device-unknown': {
    status: 404,
    sentence: 'This device is not registered for this facility, or no longer. Register it, then sync.',
  },
  'vouchers.device-revoked': {
    status: 409,
    sentence: 'This device was revoked. Send what it still holds; to redeem with it again, set it up anew.',
  },
  'vouchers.device-day': {
    status: 422,
    sentence: 'The day lies in the future, or before the device was set up.',
  },
  'vouchers.counter-gap': {
    status: 409,
    sentence: 'The device left a redemption out. Send all of them, in the order they were made.',
  },
  'vouchers.counter-reused': {
    status: 409,
    sentence: 'The device gave one number to two redemptions. It is held; ask the voucher officer.',
  },
  'vouchers.chain-broken': {
    status: 409,
    sentence: 'The redemptions of this device do not follow each other. It is held; ask the voucher officer.',
  },
  'vouchers.clock': {
    status: 422,
    sentence: 'The time on the device cannot be right. Set its clock, then sync again.',
  },
  'vouchers.kit-expired': {
    status: 409,
    sentence: 'The list on this device is too old to redeem without a network. Connect once to renew it.',
  },
  'vouchers.cap-day': {
    status: 409,
    sentence: 'This device has taken as many vouchers without a network today as it may. Connect to go on.',
  },
  'vouchers.cap-sync': {
    status: 409,
    sentence: 'This device has taken as many vouchers as it may before it syncs. Connect to go on.',
  },
  'vouchers.needs-network': {
    status: 409,
    sentence: 'Without a network a voucher is redeemed by its square, not by its code.',
  },
  'vouchers.used-on-device': { status: 409, sentence: 'This device has redeemed this voucher before.' },
  'vouchers.call-first': {
    status: 409,
    sentence: 'This redemption was drawn for a telephone call. Call the holder first, then validate it.',
  },
  'vouchers.dispute-open': {
    status: 409,
    sentence: 'Two redemptions of this voucher are in dispute. Decide the dispute first.',
  },
  'vouchers.dispute-closed': { status: 409, sentence: 'The dispute was decided before.' },
  'vouchers.own-batch': {
    status: 409,
    sentence: 'Whoever proposed a payment does not approve it. Ask a second person.',
  },
  'vouchers.nothing-to-pay': { status: 409, sentence: 'No validated voucher waits to be paid.' },
});

export type VouchersRefusalCode = keyof typeof vouchersRefusals;
