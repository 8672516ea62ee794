import { defineMessages } from '@serai/kernel/i18n/i18n.ts';

/** Texts sent to a holder's telephone. */
export const smsMessages = defineMessages({
  'sms.head': {
    en: '{programme}. Booklet code {code}: tell it to the midwife only. Good until {date}. It costs you nothing.',
    th: '{programme} รหัสสมุด {code} บอกเฉพาะพยาบาลเท่านั้น ใช้ได้ถึง {date} ไม่มีค่าใช้จ่าย',
    my: '{programme}။ စာအုပ်ကုဒ် {code} ကို သားဖွားဆရာမအားသာ ပြောပါ။ {date} အထိ သုံးနိုင်သည်။ အခမဲ့ဖြစ်သည်။',
  },
});
