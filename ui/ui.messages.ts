import { defineMessages } from '@serai/kernel/i18n/i18n.ts';

/** Words the components themselves say. */
export const uiMessages = defineMessages({
  'field.required': { en: 'required', th: 'จำเป็น', my: 'ဖြည့်ရန်လိုအပ်' },
  'field.optional': { en: 'optional', th: 'ไม่บังคับ', my: 'မဖြည့်လည်းရ' },
  'errors.title': {
    en: 'Please check {count} entries below',
    th: 'โปรดตรวจสอบ {count} รายการด้านล่าง',
    my: 'အောက်ပါ {count} ချက်ကို စစ်ဆေးပါ',
  },
  'errors.title.one': {
    en: 'Please check one entry below',
    th: 'โปรดตรวจสอบ 1 รายการด้านล่าง',
    my: 'အောက်ပါ တစ်ချက်ကို စစ်ဆေးပါ',
  },
  retry: { en: 'Try again', th: 'ลองอีกครั้ง', my: 'ထပ်ကြိုးစားရန်' },
  close: { en: 'Close', th: 'ปิด', my: 'ပိတ်ရန်' },
  cancel: { en: 'Cancel', th: 'ยกเลิก', my: 'မလုပ်တော့ပါ' },
  loading: { en: 'Loading…', th: 'กำลังโหลด…', my: 'ဖွင့်နေသည်…' },
  working: { en: 'Working…', th: 'กำลังดำเนินการ…', my: 'လုပ်ဆောင်နေသည်…' },
  choose: { en: 'Choose…', th: 'เลือก…', my: 'ရွေးပါ…' },
  'table.filter': { en: 'Filter this table', th: 'กรองตารางนี้', my: 'ဤဇယားကို စစ်ထုတ်ရန်' },
  'table.export': { en: 'Export CSV', th: 'ส่งออก CSV', my: 'CSV ထုတ်ယူရန်' },
  'table.rows': { en: '{count} of {total} rows', th: '{count} จาก {total} แถว', my: 'အတန်း {total} အနက် {count}' },
  'table.sort': { en: 'Sort by {column}', th: 'เรียงตาม {column}', my: '{column} ဖြင့် စီရန်' },
  'table.empty': { en: 'No row matches.', th: 'ไม่พบแถวที่ตรงกัน', my: 'ကိုက်ညီသော အတန်းမရှိပါ။' },
  original: { en: 'Original', th: 'ต้นฉบับ', my: 'မူရင်း' },
  unknown: { en: 'Not known', th: 'ไม่ทราบ', my: 'မသိရှိ' },
  day: { en: 'Day', th: 'วัน', my: 'ရက်' },
  month: { en: 'Month', th: 'เดือน', my: 'လ' },
  year: { en: 'Year', th: 'ปี', my: 'နှစ်' },
  yes: { en: 'Yes', th: 'ใช่', my: 'ဟုတ်ကဲ့' },
  no: { en: 'No', th: 'ไม่ใช่', my: 'မဟုတ်ပါ' },
});
