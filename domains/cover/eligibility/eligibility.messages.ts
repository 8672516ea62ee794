import { defineMessages } from '@serai/kernel/i18n/i18n.ts';

/** The sentence for each refusal of this feature; the key is its code. */
export const eligibilityProblemMessages = defineMessages({
  'eligibility.day': {
    en: 'Ask about a day of the last ten years or the next one.',
    th: 'โปรดถามถึงวันในสิบปีที่ผ่านมาหรือหนึ่งปีข้างหน้า',
    my: 'ပြီးခဲ့သော ဆယ်နှစ် သို့မဟုတ် လာမည့်တစ်နှစ်အတွင်း ရက်ကို မေးပါ။',
  },
  'eligibility.unknown-facility': {
    en: 'This country has no such facility.',
    th: 'ไม่มีสถานพยาบาลนี้ในประเทศ',
    my: 'ဤနိုင်ငံတွင် ထိုဆေးရုံ မရှိပါ။',
  },
  'eligibility.card-without-person': {
    en: 'The card is one of ours, but not of anyone who is known here any more. Ask by member number.',
    th: 'บัตรนี้ออกที่นี่ แต่ไม่พบเจ้าของแล้ว โปรดถามด้วยเลขสมาชิก',
    my: 'ဤကတ်သည် ဤနေရာမှ ဖြစ်သော်လည်း ပိုင်ရှင် မရှိတော့ပါ။ အဖွဲ့ဝင်နံပါတ်ဖြင့် မေးပါ။',
  },
  'eligibility.unknown-member': {
    en: 'Nobody with this number is a member here. In an emergency choose “emergency”: care is given all the same.',
    th: 'ไม่พบสมาชิกเลขนี้ กรณีฉุกเฉินให้เลือก “ฉุกเฉิน” เพราะยังต้องได้รับการรักษา',
    my: 'ဤနံပါတ်ဖြင့် အဖွဲ့ဝင် မရှိပါ။ အရေးပေါ်ဖြစ်လျှင် “အရေးပေါ်” ကို ရွေးပါ၊ ကုသမှု ရရှိမည်။',
  },
});
