import { defineMessages } from '@serai/kernel/i18n/i18n.ts';
import { enrolmentMessages } from './screens.messages.ts';

/** One member: cover, history, and what can be done about it. */
export const memberMessages = {
  ...enrolmentMessages,
  ...defineMessages({
    record: { en: 'Health record', th: 'ระเบียนสุขภาพ', my: 'ကျန်းမာရေးမှတ်တမ်း' },
    'record.linked': {
      en: 'Linked: the next card carries the cover',
      th: 'เชื่อมแล้ว: บัตรใบถัดไปจะมีความคุ้มครอง',
      my: 'ချိတ်ပြီး - နောက်ကတ်တွင် အကာအကွယ် ပါမည်',
    },
    periods: { en: 'Covered in all', th: 'คุ้มครองรวม', my: 'စုစုပေါင်း အကာအကွယ်' },
    'periods.value': {
      en: '{months} months ({days} days)',
      th: '{months} เดือน ({days} วัน)',
      my: '{months} လ ({days} ရက်)',
    },
    history: { en: 'What happened', th: 'ประวัติ', my: 'ဖြစ်ခဲ့သည်များ' },
    'event.enrolled': { en: 'Enrolled', th: 'สมัคร', my: 'စာရင်းသွင်း' },
    'event.renewed': { en: 'Renewed', th: 'ต่ออายุ', my: 'သက်တမ်းတိုး' },
    'event.activated': { en: 'Came into force', th: 'เริ่มมีผล', my: 'အသက်ဝင်' },
    'event.paid': { en: 'Paid', th: 'ชำระ', my: 'ငွေပေး' },
    'event.payment-reversed': { en: 'Payment taken back', th: 'ยกเลิกการชำระ', my: 'ငွေပေးချေမှု ပယ်ဖျက်' },
    'event.refunded': { en: 'Money given back', th: 'คืนเงิน', my: 'ငွေပြန်အမ်း' },
    'event.waived': { en: 'Waived', th: 'ยกเว้นให้', my: 'ကင်းလွတ်ခွင့်ပေး' },
    'event.waiver-reversed': { en: 'Waiver taken back', th: 'ยกเลิกการยกเว้น', my: 'ကင်းလွတ်ခွင့် ပြန်ရုပ်သိမ်း' },
    'event.written-off': { en: 'Written off', th: 'ตัดหนี้', my: 'ကြွေးပယ်ဖျက်' },
    'event.write-off-reversed': { en: 'Owed again', th: 'กลับเป็นหนี้', my: 'ပြန်လည်ပေးရန်' },
    'event.member-joined': { en: 'A member joined', th: 'มีสมาชิกเข้าร่วม', my: 'အဖွဲ့ဝင် တိုး' },
    'event.member-left': { en: 'A member left', th: 'มีสมาชิกออก', my: 'အဖွဲ့ဝင် ထွက်' },
    'event.transferred': { en: 'To another employer', th: 'ย้ายนายจ้าง', my: 'အလုပ်ရှင် ပြောင်း' },
    'event.ended': { en: 'Ended', th: 'สิ้นสุด', my: 'ရပ်ဆိုင်း' },
    'event.end-taken-back': { en: 'The end was taken back', th: 'ยกเลิกการยุติ', my: 'ရပ်ဆိုင်းခြင်း ပြန်ရုပ်' },
    'event.leaving-taken-back': { en: 'A leaving was taken back', th: 'ยกเลิกการออก', my: 'ထွက်ခြင်း ပြန်ရုပ်' },
    'event.lapsed': { en: 'Lapsed', th: 'ขาดอายุ', my: 'ပျက်ပြယ်' },
    'event.reminded': { en: 'Reminded', th: 'เตือน', my: 'သတိပေး' },
    'event.contribution-raised': { en: 'Contribution of a month', th: 'เงินสมทบรายเดือน', my: 'လစဉ် ထည့်ဝင်ကြေး' },
    pay: { en: 'Take a payment', th: 'รับชำระ', my: 'ငွေလက်ခံ' },
    'because.asked': { en: 'The member asked', th: 'สมาชิกขอ', my: 'အဖွဲ့ဝင် တောင်းဆို' },
    'because.left-employer': { en: 'Left the employer', th: 'ออกจากนายจ้าง', my: 'အလုပ်ရှင်မှ ထွက်' },
    'because.left-country': { en: 'Left the country', th: 'ออกนอกประเทศ', my: 'နိုင်ငံမှ ထွက်' },
    'because.died': { en: 'Died', th: 'เสียชีวิต', my: 'ကွယ်လွန်' },
    'because.mistake': { en: 'Made by mistake', th: 'ทำผิดพลาด', my: 'မှားယွင်း' },
    refund: { en: 'Give back', th: 'คืนเงิน', my: 'ပြန်အမ်း' },
    reverse: { en: 'Take back', th: 'ยกเลิก', my: 'ပယ်ဖျက်' },
  }),
};
