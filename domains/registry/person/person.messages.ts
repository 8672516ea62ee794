import { defineMessages } from '@serai/kernel/i18n/i18n.ts';

export const personMessages = defineMessages({
  overview: { en: 'Overview', th: 'ภาพรวม', my: 'အကျဉ်းချုပ်' },
  'other-names': { en: 'Other names', th: 'ชื่ออื่น', my: 'အခြားအမည်များ' },
  interpreter: { en: 'Interpreter', th: 'ล่าม', my: 'စကားပြန်' },
  'interpreter.needed': { en: 'Needed', th: 'ต้องการ', my: 'လိုအပ်သည်' },
  'interpreter.not': { en: 'Not needed', th: 'ไม่ต้องการ', my: 'မလိုအပ်ပါ' },
  facility: { en: 'Registered at', th: 'ลงทะเบียนที่', my: 'စာရင်းသွင်းသည့်နေရာ' },
  updated: { en: 'Last changed', th: 'แก้ไขล่าสุด', my: 'နောက်ဆုံး ပြင်ဆင်ချိန်' },
  'record-id': { en: 'Record', th: 'รหัสระเบียน', my: 'မှတ်တမ်းအမှတ်' },
  'received.title': {
    en: 'A received copy from {country}',
    th: 'สำเนาที่ได้รับจาก{country}',
    my: '{country} မှ ရရှိသော မိတ္တူ',
  },
  'received.lead': {
    en: 'It is not edited here.',
    th: 'ไม่มีการแก้ไขที่นี่',
    my: 'ဤနေရာတွင် မပြင်ဆင်ရပါ။',
  },
  assess: { en: 'New assessment', th: 'ประเมินสุขภาพใหม่', my: 'ကျန်းမာရေးစစ်ဆေးမှု အသစ်' },
});
