import { defineMessages } from '@serai/kernel/i18n/i18n.ts';

export const findMessages = defineMessages({
  title: { en: 'Find a person', th: 'ค้นหาบุคคล', my: 'လူတစ်ဦးကို ရှာရန်' },
  text: { en: 'Name', th: 'ชื่อ', my: 'အမည်' },
  'text.hint': {
    en: 'In any script or spelling. Leave it empty to see the latest records.',
    th: 'ใช้อักษรหรือการสะกดแบบใดก็ได้ เว้นว่างเพื่อดูระเบียนล่าสุด',
    my: 'မည်သည့်စာ၊ မည်သည့်စာလုံးပေါင်းဖြင့်မဆို။ နောက်ဆုံးမှတ်တမ်းများကြည့်ရန် အလွတ်ထားပါ။',
  },
  year: { en: 'Birth year', th: 'ปีเกิด (ค.ศ.)', my: 'မွေးနှစ်' },
  search: { en: 'Search', th: 'ค้นหา', my: 'ရှာပါ' },
  results: { en: 'People', th: 'บุคคล', my: 'လူများ' },
  latest: { en: 'Latest records', th: 'ระเบียนล่าสุด', my: 'နောက်ဆုံး မှတ်တမ်းများ' },
  count: { en: '{count} found', th: 'พบ {count} คน', my: '{count} ဦး တွေ့ရှိ' },
  none: {
    en: 'No one found. Try another spelling, only part of the name, or another script.',
    th: 'ไม่พบ ลองสะกดแบบอื่น พิมพ์เพียงบางส่วนของชื่อ หรือใช้อักษรอื่น',
    my: 'မတွေ့ပါ။ အခြားစာလုံးပေါင်း၊ အမည်တစ်စိတ်တစ်ပိုင်း သို့မဟုတ် အခြားစာဖြင့် စမ်းပါ။',
  },
  'none.latest': {
    en: 'No one is registered here yet.',
    th: 'ยังไม่มีผู้ลงทะเบียนที่นี่',
    my: 'ဤနေရာတွင် စာရင်းသွင်းထားသူ မရှိသေးပါ။',
  },
  register: { en: 'Register a new person', th: 'ลงทะเบียนบุคคลใหม่', my: 'လူသစ် စာရင်းသွင်းရန်' },
  more: { en: 'Show more', th: 'แสดงเพิ่ม', my: 'ထပ်ပြပါ' },
  'why.written': { en: 'Written so', th: 'เขียนเช่นนี้', my: 'ဤသို့ ရေးထားသည်' },
  'why.sounds': { en: 'Sounds alike', th: 'ออกเสียงคล้ายกัน', my: 'အသံ တူသည်' },
  updated: { en: 'Updated {date}', th: 'ปรับปรุง {date}', my: '{date} တွင် ပြင်ဆင်' },
});
