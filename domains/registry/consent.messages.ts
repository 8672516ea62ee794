import { defineMessages } from '@serai/kernel/i18n/i18n.ts';

/** Each purpose in the words a person can be read aloud. */
export const consentMessages = defineMessages({
  TREAT: { en: 'Care here', th: 'การรักษาที่นี่', my: 'ဤနေရာတွင် ကုသမှု' },
  'TREAT.plain': {
    en: 'The nurses and doctors who look after you in this country may see your health record.',
    th: 'พยาบาลและแพทย์ที่ดูแลคุณในประเทศนี้ดูประวัติสุขภาพของคุณได้',
    my: 'ဤနိုင်ငံတွင် သင့်ကိုစောင့်ရှောက်သော သူနာပြုနှင့် ဆရာဝန်များက သင့်ကျန်းမာရေးမှတ်တမ်းကို ကြည့်နိုင်သည်။',
  },
  COC: { en: 'Care in another country', th: 'การรักษาในประเทศอื่น', my: 'အခြားနိုင်ငံတွင် ကုသမှု' },
  'COC.plain': {
    en: 'If you show your card at a clinic in a partner country, they may ask for a summary of your health record.',
    th: 'หากคุณแสดงบัตรที่คลินิกในประเทศคู่ความร่วมมือ คลินิกขอสรุปประวัติสุขภาพของคุณได้',
    my: 'မိတ်ဖက်နိုင်ငံရှိ ဆေးခန်းတွင် သင့်ကတ်ကိုပြလျှင် သင့်ကျန်းမာရေးမှတ်တမ်းအကျဉ်းကို တောင်းကြည့်နိုင်သည်။',
  },
  PUBHLTH: { en: 'Protecting everyone’s health', th: 'การคุ้มครองสุขภาพของทุกคน', my: 'အများပြည်သူ ကျန်းမာရေး ကာကွယ်ခြင်း' },
  'PUBHLTH.plain': {
    en: 'Health officers may use what is needed to stop the spread of disease, such as tuberculosis.',
    th: 'เจ้าหน้าที่สาธารณสุขใช้ข้อมูลเท่าที่จำเป็นเพื่อหยุดการแพร่โรค เช่น วัณโรค',
    my: 'တီဘီကဲ့သို့ ရောဂါပြန့်ပွားမှုကို တားဆီးရန် လိုအပ်သလောက်ကို ကျန်းမာရေးဝန်ထမ်းများက သုံးနိုင်သည်။',
  },
  HRESCH: { en: 'Research', th: 'การวิจัย', my: 'သုတေသန' },
  'HRESCH.plain': {
    en: 'Researchers may study your data without your name. Saying no changes nothing about your care.',
    th: 'นักวิจัยศึกษาข้อมูลของคุณโดยไม่มีชื่อได้ การไม่ยินยอมไม่มีผลต่อการรักษา',
    my: 'သုတေသီများက သင့်အမည်မပါဘဲ လေ့လာနိုင်သည်။ ငြင်းလျှင်လည်း သင့်ကုသမှု မပြောင်းလဲပါ။',
  },
  permit: { en: 'Agrees', th: 'ยินยอม', my: 'သဘောတူသည်' },
  deny: { en: 'Does not agree', th: 'ไม่ยินยอม', my: 'သဘောမတူပါ' },
  'never-enforcement': {
    en: 'Whatever the answers: police and immigration authorities never get health data.',
    th: 'ไม่ว่าจะตอบอย่างไร ตำรวจและเจ้าหน้าที่ตรวจคนเข้าเมืองไม่มีวันได้ข้อมูลสุขภาพ',
    my: 'မည်သို့ဖြေဆိုသည်ဖြစ်စေ ရဲနှင့် လူဝင်မှုကြီးကြပ်ရေးသည် ကျန်းမာရေးအချက်အလက်ကို မည်သည့်အခါမျှ မရပါ။',
  },
  title: { en: 'Consent', th: 'ความยินยอม', my: 'သဘောတူညီချက်' },
  lead: {
    en: 'Read each one aloud in the person’s language. Each can be changed at any time.',
    th: 'อ่านแต่ละข้อให้ฟังในภาษาของบุคคลนั้น เปลี่ยนแปลงได้ทุกเมื่อ',
    my: 'တစ်ချက်စီကို ထိုသူ၏ဘာသာစကားဖြင့် ဖတ်ပြပါ။ အချိန်မရွေး ပြောင်းနိုင်သည်။',
  },
  since: { en: 'since {date}', th: 'ตั้งแต่ {date}', my: '{date} မှစ၍' },
  everywhere: { en: 'All countries', th: 'ทุกประเทศ', my: 'နိုင်ငံအားလုံး' },
  only: { en: 'Only {country}', th: 'เฉพาะ{country}', my: '{country} အတွက်သာ' },
  'only.no-node': {
    en: 'Only {country} (no node yet)',
    th: 'เฉพาะ{country} (ยังไม่มีระบบ)',
    my: '{country} အတွက်သာ (စနစ် မရှိသေး)',
  },
  change: { en: 'Change', th: 'เปลี่ยน', my: 'ပြောင်းရန်' },
  'change.title': {
    en: 'Change consent: {purpose}',
    th: 'เปลี่ยนความยินยอม: {purpose}',
    my: 'သဘောတူညီချက် ပြောင်းရန် - {purpose}',
  },
  'change.save': { en: 'Record this answer', th: 'บันทึกคำตอบนี้', my: 'ဤအဖြေကို မှတ်တမ်းတင်ရန်' },
  'change.where': { en: 'Where it holds', th: 'มีผลที่ใด', my: 'အကျုံးဝင်သည့်နေရာ' },
  changed: { en: 'Recorded.', th: 'บันทึกแล้ว', my: 'မှတ်တမ်းတင်ပြီး။' },
  unanswered: { en: 'Not asked yet', th: 'ยังไม่ได้ถาม', my: 'မမေးရသေးပါ' },
});
