import { defineMessages } from '@serai/kernel/i18n/i18n.ts';

/** The sentence for each refusal of this feature; the key is its code. */
export const actuaryProblemMessages = defineMessages({
  'actuary.scheme-unknown': {
    en: 'This country has no scheme of that name.',
    th: 'ประเทศนี้ไม่มีโครงการชื่อนี้',
    my: 'ဤနိုင်ငံတွင် ထိုအမည်ရှိ အစီအစဉ် မရှိပါ။',
  },
  'actuary.months-reversed': {
    en: 'The last month comes before the first. Swap them.',
    th: 'เดือนสุดท้ายอยู่ก่อนเดือนแรก โปรดสลับกัน',
    my: 'နောက်ဆုံးလသည် ပထမလထက် စောနေသည်။ လဲပါ။',
  },
  'actuary.span-too-long': {
    en: 'Choose at most 120 months.',
    th: 'เลือกได้ไม่เกิน 120 เดือน',
    my: 'အများဆုံး လ ၁၂၀ ရွေးပါ။',
  },
  'actuary.month-not-over': {
    en: 'The last month is not over yet. Choose one that is: a month cut short looks like claims that did not come.',
    th: 'เดือนสุดท้ายยังไม่สิ้นสุด เลือกเดือนที่สิ้นสุดแล้ว เพราะเดือนที่ไม่ครบจะดูเหมือนไม่มีการเรียกเก็บ',
    my: 'နောက်ဆုံးလ မကုန်သေးပါ။ ကုန်ပြီးသောလ ရွေးပါ။ မပြည့်သောလသည် တောင်းဆိုမှု မလာသကဲ့သို့ ထင်ရသည်။',
  },
  'actuary.triangle-thin': {
    en: 'There are too few claims for a chain ladder. Choose quarters, or a longer time.',
    th: 'จำนวนการเรียกเก็บน้อยเกินไปสำหรับวิธีเชนแลดเดอร์ เลือกรายไตรมาสหรือช่วงที่ยาวกว่า',
    my: 'ချိန်းလက်ဒါနည်းအတွက် တောင်းဆိုမှု နည်းလွန်းသည်။ သုံးလပတ် သို့မဟုတ် ပိုရှည်သောကာလ ရွေးပါ။',
  },
  'actuary.reserve-as-booked': {
    en: 'The books, with what is proposed already, hold this reserve. There is nothing to propose.',
    th: 'บัญชีรวมกับที่เสนอไว้แล้วมีเงินสำรองเท่านี้อยู่แล้ว ไม่มีอะไรต้องเสนอ',
    my: 'စာရင်းနှင့် အဆိုပြုပြီးသားတို့တွင် ဤအရန်ငွေ ရှိပြီးဖြစ်သည်။ အဆိုပြုရန် မလိုပါ။',
  },
  'actuary.benefit-unknown': {
    en: 'The scheme has no benefit of that id. It has: {benefits}.',
    th: 'โครงการไม่มีสิทธิประโยชน์รหัสนั้น มี: {benefits}',
    my: 'အစီအစဉ်တွင် ထိုအမှတ်ရှိ ခံစားခွင့် မရှိပါ။ ရှိသည်များ - {benefits}။',
  },
  'actuary.no-experience': {
    en: 'The scheme has no members or claims in these months. Choose other months.',
    th: 'โครงการไม่มีสมาชิกหรือการเรียกเก็บในเดือนเหล่านี้ เลือกเดือนอื่น',
    my: 'ဤလများတွင် အဖွဲ့ဝင် သို့မဟုတ် တောင်းဆိုမှု မရှိပါ။ အခြားလ ရွေးပါ။',
  },
});
