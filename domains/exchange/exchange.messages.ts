import { defineMessages } from '@serai/kernel/i18n/i18n.ts';

/** The sentence for each refusal of a card or of a crossing; the key is its code. */
export const exchangeProblemMessages = defineMessages({
  'card.unreadable': {
    en: 'This is not a card we can read. Hold the code flat, in good light, and try again, or paste its text.',
    th: 'อ่านบัตรนี้ไม่ได้ วางรหัสให้เรียบในที่สว่างแล้วลองอีกครั้ง หรือวางข้อความของรหัส',
    my: 'ဤကတ်ကို ဖတ်၍မရပါ။ ကုဒ်ကို အလင်းကောင်းသောနေရာတွင် ဖြန့်ထားပြီး ထပ်ကြိုးစားပါ၊ သို့မဟုတ် စာသားကို ကူးထည့်ပါ။',
  },
  'card.tampered': {
    en: 'The card has been changed since it was issued. Do not rely on anything it says.',
    th: 'บัตรถูกแก้ไขหลังจากออกบัตร อย่าเชื่อข้อมูลใด ๆ บนบัตร',
    my: 'ကတ်ကို ထုတ်ပေးပြီးနောက် ပြင်ဆင်ထားသည်။ ကတ်ပါ မည်သည့်အချက်ကိုမျှ မယုံကြည်ပါနှင့်။',
  },
  'card.expired': {
    en: 'The card has expired. It was genuine; the person can be given a new one by its issuer.',
    th: 'บัตรหมดอายุแล้ว บัตรเป็นของจริง ขอบัตรใหม่ได้จากผู้ออกบัตร',
    my: 'ကတ်သက်တမ်း ကုန်ဆုံးပြီ။ ကတ်အစစ်ဖြစ်သည်၊ ထုတ်ပေးသူထံမှ ကတ်အသစ် ရယူနိုင်သည်။',
  },
  'card.holder-not-proven': {
    en: 'The card was shown without proof that it is held by the phone it was issued to. Ask the person to show it from that phone.',
    th: 'บัตรถูกแสดงโดยไม่มีหลักฐานว่าอยู่ในโทรศัพท์ที่ออกบัตรให้ ขอให้เจ้าของบัตรแสดงจากโทรศัพท์เครื่องนั้น',
    my: 'ကတ်ကို ထုတ်ပေးထားသော ဖုန်းမှ ပြကြောင်း သက်သေ မပါပါ။ ထိုဖုန်းမှ ပြရန် ပြောပါ။',
  },
  'card.not-yet-valid': {
    en: 'The card is not valid yet. Check this computer’s date and time.',
    th: 'บัตรยังไม่เริ่มมีผล โปรดตรวจสอบวันและเวลาของเครื่องนี้',
    my: 'ကတ်သည် အကျုံးမဝင်သေးပါ။ ဤကွန်ပျူတာ၏ ရက်နှင့်အချိန်ကို စစ်ပါ။',
  },
  'card.revoked': {
    en: 'The card has been revoked by its issuer, for example because it was lost. It must not be used.',
    th: 'ผู้ออกบัตรเพิกถอนบัตรนี้แล้ว เช่น เพราะบัตรหาย ห้ามใช้บัตรนี้',
    my: 'ထုတ်ပေးသူက ကတ်ကို ပယ်ဖျက်ထားသည် (ဥပမာ ပျောက်ဆုံး၍)။ ဤကတ်ကို မသုံးရပါ။',
  },
  'card.wrong-issuer': {
    en: 'The card was not issued by any country this node trusts.',
    th: 'บัตรนี้ไม่ได้ออกโดยประเทศที่ระบบนี้เชื่อถือ',
    my: 'ဤစနစ်က ယုံကြည်သော နိုင်ငံတစ်ခုခုမှ ထုတ်ပေးသော ကတ် မဟုတ်ပါ။',
  },
  'card.replayed': {
    en: 'This showing of the card was used before. Ask the person to show it afresh on the phone.',
    th: 'การแสดงบัตรครั้งนี้ถูกใช้ไปแล้ว ขอให้เจ้าของบัตรแสดงใหม่จากโทรศัพท์',
    my: 'ဤပြသမှုကို အသုံးပြုပြီးဖြစ်သည်။ ဖုန်းမှ အသစ်ပြန်ပြရန် ပြောပါ။',
  },
  'card.wrong-audience': {
    en: 'The card was shown to someone else, not to this facility. Ask the person to show it here.',
    th: 'บัตรนี้ถูกแสดงให้หน่วยงานอื่น ไม่ใช่ที่นี่ ขอให้เจ้าของบัตรแสดงที่นี่',
    my: 'ကတ်ကို အခြားဌာနသို့ ပြခြင်းဖြစ်ပြီး ဤဌာနသို့ မဟုတ်ပါ။ ဤနေရာတွင် ပြရန် ပြောပါ။',
  },
  'card.status-unknown': {
    en: 'Whether the card was revoked is not known: no list of revoked cards has been received from its issuer.',
    th: 'ไม่ทราบว่าบัตรถูกเพิกถอนหรือไม่ เพราะยังไม่ได้รับรายการบัตรที่ถูกเพิกถอนจากผู้ออกบัตร',
    my: 'ကတ်ကို ပယ်ဖျက်ထားခြင်း ရှိမရှိ မသိရပါ။ ထုတ်ပေးသူထံမှ ပယ်ဖျက်ကတ်စာရင်း မရသေးပါ။',
  },
  'card.stale-trust': {
    en: 'The list of trusted issuers is too old to rely on. Connect this node to the network and try again.',
    th: 'รายการผู้ออกบัตรที่เชื่อถือเก่าเกินไป โปรดเชื่อมต่อเครือข่ายแล้วลองอีกครั้ง',
    my: 'ယုံကြည်ရသော ထုတ်ပေးသူစာရင်းသည် ဟောင်းလွန်းသည်။ ကွန်ရက်ချိတ်ပြီး ထပ်ကြိုးစားပါ။',
  },
  'crossing.partner-unreachable': {
    en: 'The other country’s node cannot be reached. Nothing was recorded. Try again when the line is back.',
    th: 'เชื่อมต่อระบบของอีกประเทศไม่ได้ ยังไม่มีการบันทึกใด ๆ ลองอีกครั้งเมื่อเครือข่ายกลับมา',
    my: 'အခြားနိုင်ငံ၏ စနစ်နှင့် ချိတ်ဆက်၍မရပါ။ မည်သည့်အရာမျှ မမှတ်တမ်းတင်ပါ။ လိုင်းပြန်ရလျှင် ထပ်ကြိုးစားပါ။',
  },
  'crossing.partner-slow': {
    en: 'The other country’s node did not answer in time. Nothing was recorded. Try again.',
    th: 'ระบบของอีกประเทศไม่ตอบภายในเวลา ยังไม่มีการบันทึกใด ๆ ลองอีกครั้ง',
    my: 'အခြားနိုင်ငံ၏ စနစ်က အချိန်မီ မဖြေပါ။ မည်သည့်အရာမျှ မမှတ်တမ်းတင်ပါ။ ထပ်ကြိုးစားပါ။',
  },
  'crossing.bad-answer': {
    en: 'The other country’s node sent an answer that cannot be read. It was thrown away.',
    th: 'ระบบของอีกประเทศส่งคำตอบที่อ่านไม่ได้ คำตอบนั้นถูกทิ้งไป',
    my: 'အခြားနိုင်ငံ၏ စနစ်က ဖတ်၍မရသော အဖြေပို့သည်။ ထိုအဖြေကို စွန့်ပစ်လိုက်သည်။',
  },
  'crossing.bad-signature': {
    en: 'The answer is not signed by the other country. It was thrown away and the operator has been told.',
    th: 'คำตอบไม่มีลายเซ็นที่ถูกต้องของอีกประเทศ คำตอบถูกทิ้งและแจ้งผู้ดูแลระบบแล้ว',
    my: 'အဖြေတွင် အခြားနိုင်ငံ၏ မှန်ကန်သော လက်မှတ် မပါပါ။ စွန့်ပစ်ပြီး စနစ်ကြီးကြပ်သူကို အကြောင်းကြားထားသည်။',
  },
  'crossing.clock': {
    en: 'The clocks of the two countries’ nodes differ too much. The operator must set the time; then try again.',
    th: 'นาฬิกาของระบบสองประเทศต่างกันมากเกินไป ผู้ดูแลระบบต้องตั้งเวลาก่อน แล้วลองอีกครั้ง',
    my: 'နိုင်ငံနှစ်ခု၏ စနစ်နာရီများ ကွာခြားလွန်းသည်။ စနစ်ကြီးကြပ်သူက အချိန်ညှိပြီးမှ ထပ်ကြိုးစားပါ။',
  },
  'crossing.agreement-suspended': {
    en: 'The agreement between the two countries is suspended, so no record can be asked for.',
    th: 'ความตกลงระหว่างสองประเทศถูกระงับ จึงขอระเบียนไม่ได้',
    my: 'နိုင်ငံနှစ်ခုကြား သဘောတူညီချက်ကို ဆိုင်းငံ့ထားသဖြင့် မှတ်တမ်း တောင်းခံ၍မရပါ။',
  },
  'crossing.agreement-differs': {
    en: 'The two countries hold different versions of the agreement. Tell the operator.',
    th: 'สองประเทศถือความตกลงคนละฉบับ โปรดแจ้งผู้ดูแลระบบ',
    my: 'နိုင်ငံနှစ်ခုတွင် သဘောတူညီချက်ဗားရှင်း မတူပါ။ စနစ်ကြီးကြပ်သူကို ပြောပါ။',
  },
  'crossing.own-card': {
    en: 'This card was issued here. Open the person’s record directly.',
    th: 'บัตรนี้ออกที่นี่ เปิดระเบียนของบุคคลได้โดยตรง',
    my: 'ဤကတ်ကို ဤနေရာတွင် ထုတ်ပေးထားသည်။ ထိုသူ၏ မှတ်တမ်းကို တိုက်ရိုက် ဖွင့်ပါ။',
  },
  'crossing.no-locator': {
    en: 'The card does not carry what this country needs to ask for the record. Its issuer can make a new one.',
    th: 'บัตรไม่มีข้อมูลที่ประเทศนี้ต้องใช้ขอระเบียน ผู้ออกบัตรทำบัตรใหม่ให้ได้',
    my: 'ဤနိုင်ငံက မှတ်တမ်းတောင်းရန် လိုအပ်သည်များ ကတ်တွင် မပါပါ။ ထုတ်ပေးသူက ကတ်အသစ် လုပ်ပေးနိုင်သည်။',
  },
  'crossing.no-agreement': {
    en: 'No agreement allows this facility to ask for this record for this purpose.',
    th: 'ไม่มีความตกลงที่อนุญาตให้สถานพยาบาลนี้ขอระเบียนเพื่อวัตถุประสงค์นี้',
    my: 'ဤရည်ရွယ်ချက်ဖြင့် ဤဌာနက မှတ်တမ်းတောင်းခံရန် ခွင့်ပြုသော သဘောတူညီချက် မရှိပါ။',
  },
  'crossing.consent-withdrawn': {
    en: 'The person has not agreed to share the record with this country. They can change this at home.',
    th: 'บุคคลนี้ไม่ยินยอมให้แบ่งปันระเบียนกับประเทศนี้ เจ้าตัวเปลี่ยนได้ที่ประเทศต้นทาง',
    my: 'ထိုသူသည် ဤနိုင်ငံနှင့် မှတ်တမ်းမျှဝေရန် သဘောမတူပါ။ မိမိနိုင်ငံတွင် ပြန်ပြောင်းနိုင်သည်။',
  },
  'crossing.person-unknown': {
    en: 'The other country does not know the person of this card.',
    th: 'อีกประเทศไม่รู้จักบุคคลตามบัตรนี้',
    my: 'အခြားနိုင်ငံက ဤကတ်ပိုင်ရှင်ကို မသိပါ။',
  },
  'crossing.refused': {
    en: 'The other country did not release the record.',
    th: 'อีกประเทศไม่เปิดเผยระเบียนนี้',
    my: 'အခြားနိုင်ငံက မှတ်တမ်းကို မထုတ်ပေးပါ။',
  },
});

/** Claims a card can carry. */
export const claimMessages = defineMessages({
  name: { en: 'Name', th: 'ชื่อ', my: 'အမည်' },
  birth_year: { en: 'Birth year', th: 'ปีเกิด', my: 'မွေးနှစ်' },
  residence: { en: 'Where the person stays', th: 'ที่พัก', my: 'နေထိုင်ရာ' },
  employment: { en: 'Work', th: 'การทำงาน', my: 'အလုပ်အကိုင်' },
  cover: { en: 'Insurance cover', th: 'สิทธิประกัน', my: 'အာမခံ' },
  education: { en: 'Education', th: 'การศึกษา', my: 'ပညာရေး' },
});

/** Classes of recipients. */
export const classMessages = defineMessages({
  care: { en: 'Care', th: 'การดูแลรักษา', my: 'ကုသစောင့်ရှောက်မှု' },
  'public-health': { en: 'Public health', th: 'สาธารณสุข', my: 'ပြည်သူ့ကျန်းမာရေး' },
  payer: { en: 'Payer', th: 'ผู้จ่ายค่ารักษา', my: 'ကုန်ကျစရိတ်ပေးသူ' },
  person: { en: 'The person', th: 'เจ้าของข้อมูล', my: 'ပုဂ္ဂိုလ်ကိုယ်တိုင်' },
  programme: { en: 'Programme', th: 'โครงการ', my: 'အစီအစဉ်' },
  system: { en: 'System', th: 'ระบบ', my: 'စနစ်' },
  operator: { en: 'Operator', th: 'ผู้ดูแลระบบ', my: 'စနစ်ကြီးကြပ်သူ' },
  enforcement: { en: 'Immigration enforcement', th: 'ผู้บังคับใช้กฎหมายคนเข้าเมือง', my: 'လူဝင်မှုကြီးကြပ်ရေး' },
});
