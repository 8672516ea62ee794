import { defineMessages } from '@serai/kernel/i18n/i18n.ts';

/** The sentence for each refusal of this feature; the key is its code. */
export const schemesProblemMessages = defineMessages({
  'schemes.unknown': {
    en: 'There is no such scheme in force on this day.',
    th: 'ไม่มีกองทุนนี้ที่ใช้บังคับในวันดังกล่าว',
    my: 'ဤရက်တွင် အသက်ဝင်သော ထိုအစီအစဉ် မရှိပါ။',
  },
  'schemes.not-on-sale': {
    en: 'This version of the scheme is not sold on this day. Choose the one in force.',
    th: 'หลักเกณฑ์ฉบับนี้ไม่เปิดรับในวันดังกล่าว โปรดเลือกฉบับที่ใช้บังคับ',
    my: 'ဤဗားရှင်းကို ထိုနေ့တွင် မရောင်းပါ။ အသက်ဝင်နေသည်ကို ရွေးပါ။',
  },
  'schemes.no-members': {
    en: 'Name at least one person to be covered.',
    th: 'ระบุผู้ที่จะได้รับสิทธิอย่างน้อยหนึ่งคน',
    my: 'အကျုံးဝင်မည့်သူ အနည်းဆုံး တစ်ဦး ထည့်ပါ။',
  },
  'schemes.no-holder': {
    en: 'Exactly one person is the holder; the others are dependants.',
    th: 'ต้องมีผู้ถือสิทธิหลักหนึ่งคน คนอื่นเป็นผู้ติดตาม',
    my: 'ပိုင်ရှင် တစ်ဦးတည်း ရှိရမည်။ ကျန်သူများသည် မှီခိုသူများ ဖြစ်သည်။',
  },
  'schemes.too-many-members': {
    en: 'The scheme does not take so many people on one policy.',
    th: 'กองทุนไม่รับจำนวนคนเท่านี้ในกรมธรรม์เดียว',
    my: 'စာချုပ်တစ်ခုတွင် ဤမျှများစွာ လက်မခံပါ။',
  },
  'schemes.born-later': {
    en: 'Someone is not born yet on this day. Check the date of birth.',
    th: 'มีผู้ที่ยังไม่เกิดในวันดังกล่าว โปรดตรวจสอบวันเกิด',
    my: 'ဤရက်တွင် မမွေးသေးသူ ပါနေသည်။ မွေးသက္ကရာဇ် စစ်ပါ။',
  },
  'schemes.not-entitled': {
    en: 'The scheme is not for people of this kind of work.',
    th: 'กองทุนไม่ได้มีไว้สำหรับผู้ทำงานประเภทนี้',
    my: 'ဤအစီအစဉ်သည် ထိုအလုပ်အမျိုးအစားအတွက် မဟုတ်ပါ။',
  },
  'schemes.age': {
    en: 'Someone is outside the ages the scheme takes.',
    th: 'มีผู้ที่อายุอยู่นอกช่วงที่กองทุนรับ',
    my: 'လက်ခံသည့်အသက်အပိုင်းအခြား ပြင်ပရှိသူ ပါနေသည်။',
  },
  'schemes.relation': {
    en: 'The scheme does not cover a dependant of this relation or age.',
    th: 'กองทุนไม่คุ้มครองผู้ติดตามที่มีความสัมพันธ์หรืออายุนี้',
    my: 'ဤတော်စပ်မှု သို့မဟုတ် အသက်ရှိ မှီခိုသူကို အကျုံးမဝင်ပါ။',
  },
  'schemes.too-many-dependants': {
    en: 'The scheme does not take so many dependants.',
    th: 'กองทุนไม่รับผู้ติดตามจำนวนเท่านี้',
    my: 'မှီခိုသူ ဤမျှများစွာ လက်မခံပါ။',
  },
  'schemes.left-behind': {
    en: 'The scheme does not cover dependants who live in another country.',
    th: 'กองทุนไม่คุ้มครองผู้ติดตามที่อยู่ต่างประเทศ',
    my: 'အခြားနိုင်ငံရှိ မှီခိုသူများကို အကျုံးမဝင်ပါ။',
  },
  'schemes.industry': {
    en: 'The scheme is not for this industry.',
    th: 'กองทุนไม่ได้มีไว้สำหรับอุตสาหกรรมนี้',
    my: 'ဤလုပ်ငန်းအတွက် မဟုတ်ပါ။',
  },
  'schemes.no-length': {
    en: 'The scheme is not sold for this length of time. Choose one of its lengths.',
    th: 'กองทุนไม่มีระยะเวลานี้ โปรดเลือกระยะเวลาที่มี',
    my: 'ဤကာလအတွက် မရောင်းပါ။ ရှိသည့်ကာလများထဲမှ ရွေးပါ။',
  },
  'schemes.no-rate': {
    en: 'There is no contribution for this age and length.',
    th: 'ไม่มีอัตราเงินสมทบสำหรับอายุและระยะเวลานี้',
    my: 'ဤအသက်နှင့် ကာလအတွက် ထည့်ဝင်ကြေးနှုန်း မရှိပါ။',
  },
  'schemes.wage-needed': {
    en: 'The contribution is a share of the wage. Enter the monthly wage.',
    th: 'เงินสมทบคิดจากค่าจ้าง โปรดกรอกค่าจ้างรายเดือน',
    my: 'ထည့်ဝင်ကြေးသည် လုပ်ခ၏ ရာခိုင်နှုန်းဖြစ်သည်။ လစဉ်လုပ်ခ ထည့်ပါ။',
  },
  'schemes.too-many-instalments': {
    en: 'The scheme does not take so many instalments.',
    th: 'กองทุนไม่รับการแบ่งชำระหลายงวดเท่านี้',
    my: 'အရစ်ကျ ဤမျှများစွာ လက်မခံပါ။',
  },
});
