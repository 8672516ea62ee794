import { defineRefusals } from '@serai/kernel/base/refusal.ts';

/** Why an enrolment, a contribution or a change of either is refused; where two reasons hold, the earlier is given. */
export const enrolmentRefusals = defineRefusals('enrolment', {
  'enrolment.forbidden-field': {
    status: 400,
    sentence: 'Serai never records {field}. Leave it out: nobody needs a document to be enrolled.',
  },
  'enrolment.unknown-group': { status: 404, sentence: 'There is no group like that. Choose one of the list.' },
  'enrolment.unknown-member': {
    status: 404,
    sentence: 'There is no member like that. Search by name or number.',
  },
  'enrolment.unknown-device': {
    status: 404,
    sentence: 'This device was set up by another account, or on another node. Sign in as whoever set it up.',
  },
  'enrolment.unknown-policy': { status: 404, sentence: 'There is no policy like that. Search by member or number.' },
  'enrolment.unknown-person': {
    status: 404,
    sentence: 'The record of that person is not here. Scan the card again, or enrol without a record.',
  },
  'enrolment.person-differs': {
    status: 409,
    sentence: 'The record is of someone whose name or birth is another. Check both, or enrol without the record.',
  },
  'enrolment.person-enrolled': {
    status: 409,
    sentence: 'The record is of a member already. Enrol that member instead of making a second one.',
  },
  'enrolment.day-invalid': {
    status: 422,
    sentence: 'That day cannot be right: it is in the future, too long ago, or ends before it begins. Correct the day.',
  },
  'enrolment.birth-invalid': {
    status: 422,
    sentence: 'A birth in the future or more than 125 years ago cannot be right. Correct it, or estimate the age.',
  },
  'enrolment.overlap': {
    status: 409,
    sentence:
      'A member is covered in this scheme on some of these days already. Begin after the last of them, or end that policy.',
  },
  'enrolment.duplicate-unseen': {
    status: 409,
    sentence: 'A member very like this one is enrolled already. Look at the likely matches, then save.',
  },
  'enrolment.roster-number-taken': {
    status: 409,
    sentence: 'The group has another member under this works number. Check the number.',
  },
  'enrolment.wrong-currency': {
    status: 422,
    sentence: 'The scheme is kept in {currency}. State the amount in {currency}.',
  },
  'enrolment.amount-invalid': {
    status: 422,
    sentence: 'The amount must be above zero and no more than what it is taken from. Correct the amount.',
  },
  'enrolment.payment-taken': {
    status: 409,
    sentence: 'A payment with this reference was taken before. Look it up; it is not taken twice.',
  },
  'enrolment.nothing-owed': {
    status: 409,
    sentence: 'Nothing is owed here. There is nothing to write off or allocate.',
  },
  'enrolment.already-reversed': { status: 409, sentence: 'The payment was reversed before. It is not reversed twice.' },
  'enrolment.not-reversible': {
    status: 409,
    sentence:
      'A refund or a reversal is not reversed, nor a payment out of which money was returned. Take a new payment.',
  },
  'enrolment.already-renewed': { status: 409, sentence: 'The policy was renewed before. Open the renewal instead.' },
  'enrolment.already-ended': { status: 409, sentence: 'The policy has ended. Enrol anew to be covered again.' },
  'enrolment.not-renewable': {
    status: 409,
    sentence: 'It is too early, or the policy never began. Renew within {days} days before its end.',
  },
  'enrolment.not-covered-then': {
    status: 409,
    sentence: 'The member is not covered on that day. Choose a day of the policy.',
  },
  'enrolment.file-too-large': {
    status: 413,
    sentence: 'The file is larger than {megabytes} MB. Split it, and send the parts one after another.',
  },
  'enrolment.file-unreadable': {
    status: 422,
    sentence: 'The file is no table that can be read. Save it as CSV (UTF-8) or XLSX and send it again.',
  },
  'enrolment.file-line-unreadable': {
    status: 422,
    sentence:
      'Line {line} of the file has more or fewer columns than its heading, or a quote that is not closed. Correct it, save, and send the file again.',
  },
  'enrolment.sheet-too-far': {
    status: 422,
    sentence:
      'The sheet has a cell far outside the list. Delete the empty rows and columns around the list, save, and send it again.',
  },
  'enrolment.columns-missing': {
    status: 422,
    sentence: 'These columns are missing: {columns}. Download the template for the names they need.',
  },
  'enrolment.file-changed': {
    status: 409,
    sentence: 'The file is not the one that was previewed. Preview it again, then enrol.',
  },
  'enrolment.line-settled': { status: 409, sentence: 'Somebody settled this line already. Reload the list.' },
  'enrolment.campaign-invalid': {
    status: 422,
    sentence: 'A campaign needs groups it is for, and ends after it begins. Complete it.',
  },
  'enrolment.too-many': { status: 422, sentence: 'At most {maximum} at once. Choose fewer, or narrow the list.' },
  'enrolment.left-before': {
    status: 409,
    sentence:
      'This member was on the policy until {until}. Take the leaving back, or enrol the member under a policy of their own.',
  },
  'enrolment.nothing-to-take-back': {
    status: 409,
    sentence: 'There is nothing to take back: it was taken back already, or something else happened since.',
  },
  'enrolment.covered-elsewhere': {
    status: 409,
    sentence:
      'This person is covered in this scheme already, so nothing is due a second time. If they came to you from another employer, ask the enrolment officer to transfer them; if it is somebody else, ask for an enrolment at the desk.',
  },
  'enrolment.no-excess': {
    status: 409,
    sentence: 'There is nothing above the ceiling to give back for that month: it was given back, or not all is paid.',
  },
  'enrolment.no-reminder': {
    status: 409,
    sentence: 'Nobody needs to be told of this any more: somebody was there, or it is settled. Reload the list.',
  },
  'enrolment.no-certificate': {
    status: 422,
    sentence: 'That is no certificate of insured periods. Copy the whole text of the sheet.',
  },
});
