import { defineMessages } from '@serai/kernel/i18n/i18n.ts';

/** Words of certificates asked for across a border. */
export const requestMessages = defineMessages({
  title: { en: 'Certificates asked for', th: 'คำขอใบรับรอง', my: 'တောင်းခံထားသော လက်မှတ်များ' },
  lead: {
    en: 'Insured periods another country’s fund asks about, to sign or refuse; and what this fund has asked.',
    th: 'ระยะเวลาประกันที่กองทุนประเทศอื่นถามมา ให้ลงนามหรือปฏิเสธ และสิ่งที่กองทุนนี้ถามไป',
    my: 'အခြားနိုင်ငံ ရန်ပုံငွေက မေးသော အာမခံကာလများ - လက်မှတ်ထိုးရန် သို့မဟုတ် ငြင်းရန်၊ ဤရန်ပုံငွေက မေးထားသည်များ။',
  },
  'of-us': { en: 'Asked of us', th: 'ถามมาที่เรา', my: 'ကျွန်ုပ်တို့ကို မေးထားသည်' },
  'by-us': { en: 'Asked by us', th: 'เราถามไป', my: 'ကျွန်ုပ်တို့ မေးထားသည်' },
  'none.of-us': {
    en: 'No other country asks for a certificate.',
    th: 'ไม่มีประเทศใดขอใบรับรอง',
    my: 'မည်သည့်နိုင်ငံကမျှ လက်မှတ် မတောင်းပါ။',
  },
  'none.by-us': {
    en: 'Nothing was asked. Open a member’s certificates to ask another country.',
    th: 'ยังไม่ได้ถาม เปิดใบรับรองของสมาชิกเพื่อถามประเทศอื่น',
    my: 'မမေးရသေးပါ။ အခြားနိုင်ငံကို မေးရန် အဖွဲ့ဝင်၏ လက်မှတ်များကို ဖွင့်ပါ။',
  },
  member: { en: 'Member', th: 'สมาชิก', my: 'အဖွဲ့ဝင်' },
  'member.none': { en: 'nobody found', th: 'ไม่พบ', my: 'မတွေ့ပါ' },
  country: { en: 'Country', th: 'ประเทศ', my: 'နိုင်ငံ' },
  'asked-on': { en: 'Asked', th: 'ถามเมื่อ', my: 'မေးသည့်ရက်' },
  'answer-by': { en: 'Answer by', th: 'ตอบภายใน', my: 'ဖြေရန် နောက်ဆုံးရက်' },
  state: { en: 'State', th: 'สถานะ', my: 'အခြေအနေ' },
  'state.asked': { en: 'waits for an answer', th: 'รอคำตอบ', my: 'အဖြေ စောင့်နေသည်' },
  'state.given': { en: 'signed and given', th: 'ลงนามและให้แล้ว', my: 'လက်မှတ်ထိုး ပေးပြီး' },
  'state.refused': { en: 'refused', th: 'ปฏิเสธ', my: 'ငြင်းပြီး' },
  'state.lapsed': { en: 'no answer in time', th: 'ไม่ได้รับคำตอบทันเวลา', my: 'အချိန်မီ မဖြေပါ' },
  overdue: { en: 'overdue', th: 'เลยกำหนด', my: 'ရက်ကျော်' },
  sign: { en: 'Sign and send', th: 'ลงนามและส่ง', my: 'လက်မှတ်ထိုး၍ ပို့ရန်' },
  refuse: { en: 'Refuse', th: 'ปฏิเสธ', my: 'ငြင်းရန်' },
  'refuse.title': { en: 'Give no certificate', th: 'ไม่ให้ใบรับรอง', my: 'လက်မှတ် မပေးပါ' },
  'refuse.why': { en: 'What is said', th: 'เหตุผลที่แจ้ง', my: 'ပြောမည့် အကြောင်းပြချက်' },
  'because.no-periods': {
    en: 'No insured periods that count',
    th: 'ไม่มีระยะเวลาประกันที่นับได้',
    my: 'ရေတွက်နိုင်သော အာမခံကာလ မရှိ',
  },
  'because.no-consent': {
    en: 'The person does not agree to it',
    th: 'เจ้าตัวไม่ยินยอม',
    my: 'ထိုသူက သဘောမတူပါ',
  },
  'because.card-not-valid': {
    en: 'The card does not hold',
    th: 'บัตรใช้ไม่ได้',
    my: 'ကတ် အကျုံးမဝင်ပါ',
  },
  'because.unclear': {
    en: 'Not clear whether it is this person',
    th: 'ไม่ชัดเจนว่าเป็นบุคคลนี้',
    my: 'ဤသူ ဟုတ်မဟုတ် မရှင်းပါ',
  },
  'because.other': { en: 'another reason', th: 'เหตุผลอื่น', my: 'အခြား အကြောင်းပြချက်' },
  'ask.title': { en: 'Ask {country}', th: 'ถาม{country}', my: '{country} ကို မေးရန်' },
  'ask.lead': {
    en: 'The member shows the card of {country}; its fund is asked and signs what it certifies. Nobody travels for a paper. The member’s own word on sharing is looked at there.',
    th: 'สมาชิกแสดงบัตรของ{country} กองทุนที่นั่นจะถูกถามและลงนามรับรอง ไม่ต้องเดินทางไปเอาเอกสาร ที่นั่นจะดูความยินยอมของสมาชิก',
    my: 'အဖွဲ့ဝင်က {country} ၏ ကတ်ကို ပြသည်။ ထိုရန်ပုံငွေကို မေးပြီး အတည်ပြုချက်ကို လက်မှတ်ထိုးသည်။ စာရွက်အတွက် ခရီးသွားရန် မလိုပါ။ မျှဝေရန် သဘောတူမှုကို ထိုနေရာတွင် ကြည့်သည်။',
  },
  'ask.do': { en: 'Ask for a certificate', th: 'ขอใบรับรอง', my: 'လက်မှတ် တောင်းရန်' },
  'ask.done': {
    en: 'Asked. The answer is recorded here when it comes, at the latest by {day}.',
    th: 'ถามแล้ว คำตอบจะบันทึกที่นี่เมื่อมาถึง อย่างช้า {day}',
    my: 'မေးပြီး။ အဖြေရောက်လျှင် ဤနေရာတွင် မှတ်တမ်းတင်မည်၊ နောက်ဆုံး {day}။',
  },
  sent: { en: 'Signed. It is on its way.', th: 'ลงนามแล้ว กำลังส่ง', my: 'လက်မှတ်ထိုးပြီး ပို့ဆဲ။' },
  'sent.refused': {
    en: 'No certificate was given: {because}.',
    th: 'ไม่ได้ให้ใบรับรอง: {because}',
    my: 'လက်မှတ် မပေးပါ - {because}။',
  },
});
