import { defineMessages } from '@serai/kernel/i18n/i18n.ts';

export const receivedMessages = defineMessages({
  'list.title': { en: 'Records from abroad', th: 'ระเบียนจากต่างประเทศ', my: 'နိုင်ငံခြားမှ မှတ်တမ်းများ' },
  'list.lead': {
    en: 'What your facility has received, newest first. These are copies: the record itself stays at home.',
    th: 'สิ่งที่สถานพยาบาลของคุณได้รับ เรียงจากใหม่ไปเก่า เป็นสำเนา ระเบียนตัวจริงอยู่ที่ประเทศต้นทาง',
    my: 'သင့်ဌာန ရရှိထားသည်များ (အသစ်ဆုံး ရှေ့ဆုံး)။ မိတ္တူများသာဖြစ်ပြီး မူရင်းမှတ်တမ်းသည် မူလနိုင်ငံတွင် ရှိသည်။',
  },
  none: {
    en: 'Nothing has been received yet. Scan a card to ask for a record.',
    th: 'ยังไม่ได้รับระเบียน สแกนบัตรเพื่อขอระเบียน',
    my: 'ဘာမှ မရရှိသေးပါ။ မှတ်တမ်းတောင်းရန် ကတ်ကို စကင်ဖတ်ပါ။',
  },
  scan: { en: 'Scan a card', th: 'สแกนบัตร', my: 'ကတ် စကင်ဖတ်ရန်' },
  name: { en: 'Name', th: 'ชื่อ', my: 'အမည်' },
  from: { en: 'From', th: 'จาก', my: 'ပေးပို့သူ' },
  'received-at': { en: 'Received', th: 'ได้รับเมื่อ', my: 'ရရှိချိန်' },
  purpose: { en: 'Purpose', th: 'วัตถุประสงค์', my: 'ရည်ရွယ်ချက်' },
  'retain-until': { en: 'Kept until', th: 'เก็บถึง', my: 'သိမ်းထားမည့်ရက်' },
  banner: { en: 'Received from {country}', th: 'ได้รับจาก{country}', my: '{country} မှ ရရှိသည်' },
  'banner.lead': {
    en: 'A copy signed by the other country. It cannot be edited here, and it may be incomplete: the agreement allows only the parts listed.',
    th: 'สำเนาที่ลงลายเซ็นโดยอีกประเทศ แก้ไขที่นี่ไม่ได้ และอาจไม่ครบ ความตกลงอนุญาตเฉพาะส่วนที่ระบุ',
    my: 'အခြားနိုင်ငံက လက်မှတ်ထိုးထားသော မိတ္တူဖြစ်သည်။ ဤနေရာတွင် ပြင်၍မရပါ၊ သဘောတူညီချက်ခွင့်ပြုသော အပိုင်းများသာ ပါသဖြင့် မပြည့်စုံနိုင်ပါ။',
  },
  'record.title': { en: 'Record from abroad', th: 'ระเบียนจากต่างประเทศ', my: 'နိုင်ငံခြားမှ မှတ်တမ်း' },
  'why.title': { en: 'Why it may be seen here', th: 'เหตุที่ดูได้ที่นี่', my: 'ဤနေရာတွင် ကြည့်ခွင့်ရသည့်အကြောင်း' },
  agreement: { en: 'Agreement', th: 'ความตกลง', my: 'သဘောတူညီချက်' },
  clause: { en: 'Clause', th: 'ข้อ', my: 'အပိုဒ်' },
  categories: { en: 'Parts released', th: 'ส่วนที่เปิดเผย', my: 'ထုတ်ပေးထားသော အပိုင်းများ' },
  'provenance.title': { en: 'Where it comes from', th: 'ที่มา', my: 'မူလအစ' },
  'signed-by': { en: 'Signed by', th: 'ลงลายเซ็นโดย', my: 'လက်မှတ်ထိုးသူ' },
  'signed-at': { en: 'Signed', th: 'ลงลายเซ็นเมื่อ', my: 'လက်မှတ်ထိုးချိန်' },
  'verified-at': { en: 'Signature checked', th: 'ตรวจลายเซ็นเมื่อ', my: 'လက်မှတ် စစ်ဆေးချိန်' },
  key: { en: 'Key', th: 'กุญแจ', my: 'သော့' },
  digest: { en: 'Fingerprint of the document', th: 'ลายนิ้วมือของเอกสาร', my: 'စာရွက်စာတမ်း၏ လက်ဗွေ' },
  expired: {
    en: 'The time this copy may be kept has passed.',
    th: 'เลยเวลาที่เก็บสำเนานี้ได้แล้ว',
    my: 'ဤမိတ္တူ သိမ်းခွင့်ရက် ကျော်လွန်ပြီ။',
  },
});
