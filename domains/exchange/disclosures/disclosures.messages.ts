import { defineMessages } from '@serai/kernel/i18n/i18n.ts';

export const disclosureMessages = defineMessages({
  title: { en: 'Who has seen this record', th: 'ใครเห็นระเบียนนี้', my: 'ဤမှတ်တမ်းကို မည်သူကြည့်ခဲ့သနည်း' },
  short: { en: 'Disclosures', th: 'การเปิดเผย', my: 'ထုတ်ဖော်မှုများ' },
  none: { en: 'No one has been shown this record.', th: 'ยังไม่มีใครได้ดูระเบียนนี้', my: 'ဤမှတ်တမ်းကို မည်သူ့ကိုမျှ မပြရသေးပါ။' },
  at: { en: 'When', th: 'เมื่อ', my: 'အချိန်' },
  who: { en: 'Who and where', th: 'ใคร ที่ใด', my: 'မည်သူ၊ မည်သည့်နေရာ' },
  why: { en: 'What for, under which clause', th: 'เพื่ออะไร ตามข้อใด', my: 'ရည်ရွယ်ချက်နှင့် အပိုဒ်' },
  clause: { en: 'Clause', th: 'ข้อ', my: 'အပိုဒ်' },
  what: { en: 'What', th: 'ข้อมูลใด', my: 'မည်သည့်အရာ' },
  outcome: { en: 'Answer', th: 'ผล', my: 'အဖြေ' },
  permitted: { en: 'Shown', th: 'เปิดเผย', my: 'ပြခဲ့သည်' },
  refused: { en: 'Refused', th: 'ปฏิเสธ', my: 'ငြင်းခဲ့သည်' },
  abroad: { en: 'Abroad', th: 'ต่างประเทศ', my: 'နိုင်ငံခြား' },
  proof: { en: 'Log entry', th: 'ลำดับในบันทึก', my: 'မှတ်တမ်းအမှတ်' },
  'proof.pending': { en: 'being added', th: 'กำลังเพิ่ม', my: 'ထည့်သွင်းနေဆဲ' },
  counters: {
    en: 'Disclosures of this node, by recipient',
    th: 'การเปิดเผยของระบบนี้ แยกตามผู้รับ',
    my: 'ဤစနစ်၏ ထုတ်ဖော်မှုများ (လက်ခံသူအလိုက်)',
  },
  'enforcement.zero': {
    en: 'Disclosures to immigration enforcement: 0. This is a promise the software keeps and the log proves.',
    th: 'การเปิดเผยต่อผู้บังคับใช้กฎหมายคนเข้าเมือง: 0 ซอฟต์แวร์รักษาสัญญานี้ และบันทึกพิสูจน์ได้',
    my: 'လူဝင်မှုကြီးကြပ်ရေးသို့ ထုတ်ဖော်မှု - 0။ ဤကတိကို ဆော့ဖ်ဝဲက ထိန်းသိမ်းပြီး မှတ်တမ်းက သက်သေပြသည်။',
  },
  'enforcement.broken': {
    en: 'Disclosures to immigration enforcement: {count}. This must never happen: tell the operator and the data protection officer at once.',
    th: 'การเปิดเผยต่อผู้บังคับใช้กฎหมายคนเข้าเมือง: {count} เรื่องนี้ต้องไม่เกิดขึ้น แจ้งผู้ดูแลระบบและเจ้าหน้าที่คุ้มครองข้อมูลทันที',
    my: 'လူဝင်မှုကြီးကြပ်ရေးသို့ ထုတ်ဖော်မှု - {count}။ ဤသို့ လုံးဝမဖြစ်ရပါ။ စနစ်ကြီးကြပ်သူနှင့် ဒေတာကာကွယ်ရေးအရာရှိကို ချက်ချင်း ပြောပါ။',
  },
  'enforcement.refused': {
    en: 'Attempts refused: {count}',
    th: 'ความพยายามที่ถูกปฏิเสธ: {count}',
    my: 'ငြင်းပယ်ခဲ့သော ကြိုးပမ်းမှု - {count}',
  },
  'reason.firewall': {
    en: 'Health data is closed to this requester',
    th: 'ข้อมูลสุขภาพปิดสำหรับผู้ขอรายนี้',
    my: 'ဤတောင်းဆိုသူအတွက် ကျန်းမာရေးအချက်အလက် ပိတ်ထားသည်',
  },
  'reason.purpose': { en: 'The purpose is not allowed', th: 'วัตถุประสงค์ไม่ได้รับอนุญาต', my: 'ရည်ရွယ်ချက်ကို ခွင့်မပြုပါ' },
  'reason.consent': { en: 'The person does not agree', th: 'เจ้าตัวไม่ยินยอม', my: 'ထိုသူ သဘောမတူပါ' },
  'reason.clause': { en: 'The clause does not allow it', th: 'ข้อตกลงไม่อนุญาต', my: 'အပိုဒ်က ခွင့်မပြုပါ' },
  'reason.suspended': { en: 'The agreement is suspended', th: 'ความตกลงถูกระงับ', my: 'သဘောတူညီချက် ဆိုင်းငံ့ထားသည်' },
  'reason.no-permit': { en: 'Nothing allows it', th: 'ไม่มีสิ่งใดอนุญาต', my: 'ခွင့်ပြုချက် မရှိပါ' },
});
