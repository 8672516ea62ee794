import { defineMessages } from '@serai/kernel/i18n/i18n.ts';
import { enrolmentMessages } from './screens.messages.ts';

/** Contributions that came in, their receipts, and the files of payment channels. */
export const paymentMessages = {
  ...enrolmentMessages,
  ...defineMessages({
    'receipt.number': { en: 'Receipt {number}', th: 'ใบเสร็จ {number}', my: 'ပြေစာ {number}' },
    'receipt.sms': {
      en: 'Receipt {number}: {amount} received {day} for {policies}.',
      th: 'ใบเสร็จ {number}: รับ {amount} วันที่ {day} สำหรับ {policies}',
      my: 'ပြေစာ {number}: {day} တွင် {policies} အတွက် {amount} လက်ခံပြီး။',
    },
    'receipt.sms-title': { en: 'Text message', th: 'ข้อความ SMS', my: 'SMS စာ' },
    'receipt.reversed': { en: 'Taken back', th: 'ยกเลิกแล้ว', my: 'ပယ်ဖျက်ပြီး' },
    print: { en: 'Print', th: 'พิมพ์', my: 'ပုံနှိပ်' },
    payments: { en: 'Payments', th: 'การชำระ', my: 'ငွေပေးချေမှု' },
    'payments.lead': {
      en: 'Contributions received, and those whose policy nobody knows yet.',
      th: 'เงินสมทบที่ได้รับ และที่ยังไม่ทราบกรมธรรม์',
      my: 'လက်ခံရရှိသော ထည့်ဝင်ကြေးများနှင့် ပေါ်လစီမသိသေးသည်များ။',
    },
    statement: { en: 'Take a statement', th: 'นำเข้ารายการเดินบัญชี', my: 'စာရင်း ထည့်သွင်း' },
    'file.send': { en: 'Send the file', th: 'ส่งไฟล์', my: 'ဖိုင်ပို့' },
    'statement.report': {
      en: '{matched} matched, {waiting} wait, {known} taken before, {passed} passed over.',
      th: 'ตรงกัน {matched} รอ {waiting} รับแล้ว {known} ข้าม {passed}',
      my: 'ကိုက်ညီ {matched}၊ စောင့် {waiting}၊ ယခင်ရ {known}၊ ကျော် {passed}။',
    },
    'statement.unreadable': {
      en: 'Lines that cannot be read: {lines}',
      th: 'บรรทัดที่อ่านไม่ได้: {lines}',
      my: 'မဖတ်နိုင်သော စာကြောင်းများ: {lines}',
    },
    waiting: { en: 'Waiting for somebody', th: 'รอผู้จัดการ', my: 'ဆောင်ရွက်ရန် စောင့်' },
    'waiting.none': { en: 'Nothing waits.', th: 'ไม่มีรายการรอ', my: 'စောင့်ဆိုင်းနေသည် မရှိပါ။' },
    note: { en: 'What was written', th: 'ข้อความ', my: 'မှတ်ချက်' },
    settle: { en: 'Settle', th: 'จัดการ', my: 'ဆောင်ရွက်' },
    'settle.member': {
      en: 'Which member is it for? Name or number',
      th: 'สำหรับสมาชิกใด ชื่อหรือหมายเลข',
      my: 'မည်သည့်အဖွဲ့ဝင်အတွက်လဲ',
    },
    'settle.aside': { en: 'None of ours: set aside', th: 'ไม่ใช่ของเรา: พักไว้', my: 'ကျွန်ုပ်တို့နှင့်မဆိုင်: ဖယ်ထား' },
    'settle.choose': { en: 'For {name}', th: 'สำหรับ {name}', my: '{name} အတွက်' },
  }),
};
