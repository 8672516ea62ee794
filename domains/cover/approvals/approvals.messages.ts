import { defineMessages } from '@serai/kernel/i18n/i18n.ts';

/** The sentence for each refusal of this feature; the key is its code. */
export const approvalsProblemMessages = defineMessages({
  'approvals.four-eyes': {
    en: 'Someone other than who proposed it decides this.',
    th: 'ผู้อื่นที่ไม่ใช่ผู้เสนอต้องเป็นผู้ตัดสิน',
    my: 'အဆိုပြုသူမဟုတ်သော အခြားသူက ဆုံးဖြတ်ရမည်။',
  },
  'approvals.waiting': {
    en: 'The same is proposed already and waits for a second person.',
    th: 'มีการเสนอเรื่องนี้แล้ว กำลังรอคนที่สอง',
    my: 'ဤအရာကို အဆိုပြုပြီးဖြစ်၍ ဒုတိယလူကို စောင့်နေသည်။',
  },
  'approvals.decided': {
    en: 'This was decided before, or set aside. Load the list again.',
    th: 'เรื่องนี้ตัดสินหรือยกเลิกไปแล้ว โหลดรายการใหม่',
    my: 'ဤအရာကို ဆုံးဖြတ်ပြီး သို့မဟုတ် ဖယ်ထားပြီး။ စာရင်းကို ပြန်ဖွင့်ပါ။',
  },
  'approvals.expired': {
    en: 'This waited for longer than a proposal may. Propose it anew.',
    th: 'ข้อเสนอนี้หมดเวลาแล้ว โปรดเสนอใหม่',
    my: 'ဤအဆိုပြုချက် သက်တမ်းကုန်ပြီ။ ထပ်မံ အဆိုပြုပါ။',
  },
  'approvals.changed': {
    en: 'What it comes to has changed since it was proposed. Set it aside and propose it anew.',
    th: 'จำนวนเงินเปลี่ยนไปจากที่เสนอ ยกเลิกแล้วเสนอใหม่',
    my: 'အဆိုပြုပြီးနောက် ပမာဏ ပြောင်းသွားသည်။ ဖယ်ထား၍ ထပ်မံ အဆိုပြုပါ။',
  },
});
